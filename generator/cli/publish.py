"""`kawaraban publish`: a built site goes where it is served, or the one before comes back."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import options
from generator.cli.exits import exit_on_error
from generator.cli.language import say
from generator.cli.outside import outside
from generator.cli.telling import Format, report, tell


@click.command(
    help=say(
        "できたサイトを公開先に反映する。切り替えは一瞬で、前の版に戻せます。\n\n例: kawaraban publish /srv/kawaraban",
        "Put a built site where it is served. It is switched in one step, with a way back.\n\n"
        "Example: kawaraban publish /srv/kawaraban",
    )
)
@click.argument(
    "target",
    metavar="DIR",
    type=options.GivenPath(),
    help=say("公開先（current が現在の版）", "the target; `current` in it is what to serve"),
)
@options.config_file
@options.site_dir
@click.option("--rollback", is_flag=True, help=say("ひとつ前の版に戻す", "go back to the release before"))
@click.option(
    "--allow-shrink",
    is_flag=True,
    help=say("ページが3割より多く減っていても公開する", "publish even when more than 30 % of the pages are gone"),
)
@click.option(
    "--allow-older",
    is_flag=True,
    help=say(
        "公開中のもののほうが後の日時に作られていても公開する",
        "publish even when the current release says that it was built later",
    ),
)
@options.now
@options.output
def publish(
    target: Path,
    config_file: Path,
    site_dir: Path | None,
    rollback: bool,
    allow_shrink: bool,
    allow_older: bool,
    now: str | None,
    output: Format,
) -> None:
    if rollback and (allow_shrink or allow_older or site_dir is not None):
        raise click.UsageError(
            say(
                "`--rollback` は前の版に戻すだけです。`--allow-shrink`、`--allow-older`、`--site-dir` とは一緒に使えません",
                "`--rollback` goes back and publishes nothing: it takes no `--allow-shrink`, `--allow-older` or `--site-dir`",
            )
        )
    from generator import publish as publishing
    from generator.mkdocs_site import load_site
    from generator.scaffold import doubts_of_samples

    with exit_on_error(output, of_a_site=True):
        site = load_site(config_file, site_dir=site_dir)
        with outside(now, site.settings) as effects:
            if rollback:
                release = publishing.rollback(target, effects)
            else:
                release = publishing.publish(
                    *(site.settings, site.site_dir, target, effects),
                    allow_shrink=allow_shrink,
                    allow_older=allow_older,
                )
    if not rollback:
        edited = publishing.edited_since(site.site_dir, site.settings)
        report([*edited, *doubts_of_samples(site.settings)], output)
    current = target / "current"
    if rollback:
        tell(output, f"{release.id} に戻しました（{current}）。", f"went back to {release.id} ({current}).")
    elif release.is_new:
        tell(output, f"{release.id} を公開しました（{current}）。", f"published {release.id} ({current}).")
    else:
        tell(
            output, f"{release.id} と同じ内容です。何も変えていません。", f"the same as {release.id}: nothing changed."
        )
