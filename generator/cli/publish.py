"""`kawaraban publish`: a built site goes where it is served, or the one before comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli.exits import exit_on_error
from generator.cli.language import described, say
from generator.cli.options import ConfigFile, Output, SiteDir
from generator.cli.outside import outside
from generator.cli.telling import Format, tell

if TYPE_CHECKING:
    from generator.settings import Settings


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
            help=say("ページが3割以上減っていても公開する", "publish even when 30 % of the pages are gone"),
        ),
    ] = False,
    output: Output = Format.TEXT,
) -> None:
    from generator import publish as publishing
    from generator.ledger import ledger_path
    from generator.mkdocs_site import load_site

    with exit_on_error(output):
        site = load_site(config_file, site_dir=site_dir)
        with outside(None, site.settings) as effects:
            if rollback:
                release = publishing.rollback(target, effects)
            else:
                _refuse_content(target, site.settings)
                release = publishing.publish(
                    *(site.site_dir, target, effects),
                    stamp=publishing.stamp_path(site.settings),
                    ledger=ledger_path(site.settings),
                    allow_shrink=allow_shrink,
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


def _refuse_content(target: Path, settings: Settings) -> None:
    """Releases among the authors' files would be read as content by the next build. Raises Rejected."""
    from generator.errors import Rejected
    from generator.model.finding import Family, Finding, Place, Text

    if target.resolve() != settings.root and not target.resolve().is_relative_to(settings.content):
        return
    what = Text("公開先が、サイトの元になるフォルダーです", "the target is the folder that the site is made from")
    remedy = Text("サイトの外のフォルダーを指定してください", "name a folder outside the site")
    raise Rejected([Finding(Family.PUBLISH, "target-in-content", Place(str(target)), what, remedy)])
