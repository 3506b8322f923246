"""`kawaraban publish`: a built site goes where it is served, or the one before comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.exits import exit_on_error
from generator.cli.language import described, say
from generator.cli.options import ConfigFile, Now, Output, SiteDir
from generator.cli.outside import outside
from generator.cli.telling import Format, tell


@described(
    "できたサイトを公開先に反映する。切り替えは一瞬で、前の版に戻せます。\n\n例: kawaraban publish /srv/kawaraban",
    "Put a built site where it is served: switched in one step, with a way back.\n\n"
    "Example: kawaraban publish /srv/kawaraban",
)
def publish(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help=say("公開先（current が現在の版）", "the target; `current` in it is what to serve")
        ),
    ],
    config_file: ConfigFile = Path("mkdocs.yml"),
    site_dir: SiteDir = None,
    rollback: Annotated[
        bool, typer.Option("--rollback", help=say("ひとつ前の版に戻す", "go back to the release before"))
    ] = False,
    allow_shrink: Annotated[
        bool,
        typer.Option(
            "--allow-shrink",
            help=say(
                "ページが3割より多く減っていても公開する", "publish even when more than 30 % of the pages are gone"
            ),
        ),
    ] = False,
    allow_older: Annotated[
        bool,
        typer.Option(
            "--allow-older",
            help=say(
                "公開中のもののほうが後の日時に作られていても公開する",
                "publish even when the current release says that it was built later",
            ),
        ),
    ] = False,
    now: Now = None,
    output: Output = Format.TEXT,
) -> None:
    from generator import publish as publishing
    from generator.mkdocs_site import load_site

    with exit_on_error(output):
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
    current = target / "current"
    if rollback:
        tell(output, f"{release.id} に戻しました（{current}）。", f"went back to {release.id} ({current}).")
    elif release.is_new:
        tell(output, f"{release.id} を公開しました（{current}）。", f"published {release.id} ({current}).")
    else:
        tell(
            output, f"{release.id} と同じ内容です。何も変えていません。", f"the same as {release.id}: nothing changed."
        )
