"""What of the starter's fiction still stands in a site: nobody means to publish it, and it passes every check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.model.finding import Family, Finding, Place, Severity, Text, listed
from generator.scaffold.new_site import STARTER
from generator.scaffold.placeholders import is_filled_from
from generator.settings import Settings

_MOST_NAMED = 3
_CONTENT = STARTER / "content"
_OF_A_COMPANY = ("data/departments.csv", "data/sources.yml")
"""Data that no other company has; how figures are counted may be kept, so that `metrics.yml` is none of them."""


def samples_left(config_file: Path, content: Path) -> list[Path]:
    """The files of a site that are still, but for title and dates, those that `kawaraban init` wrote."""
    return [path for template, path in _written(config_file, content) if _is_untouched(path, template)]


def doubts_of_samples(settings: Settings) -> list[Finding]:
    """A warning about the samples of a site that readers get; none without any."""
    shown = [settings.shown(path) for path in samples_left(settings.root / settings.config_file, settings.content)]
    if not shown:
        return []
    named, more = listed(shown[:_MOST_NAMED]), len(shown) - _MOST_NAMED
    what = Text(
        f"見本のままのファイルが残っています: {named}{f' ほか {more} 個' if more > 0 else ''}",
        f"files of the sample site are left: {named}{f' and {more} more' if more > 0 else ''}",
    )
    remedy = Text(
        "自社のものに書き直すか、消してください。`kawaraban doctor` がすべての名前を並べます",
        "make them your own or delete them; `kawaraban doctor` names them all",
    )
    return [Finding(Family.PUBLISH, "samples-left", Place(shown[0]), what, remedy, Severity.WARNING)]


def _written(config_file: Path, content: Path) -> Iterator[tuple[Path, Path]]:
    """Templates that speak of the fictional company, and where each was written."""
    yield STARTER / "mkdocs.yml", config_file
    for template in (*(_CONTENT / name for name in _OF_A_COMPANY), *sorted(_CONTENT.rglob("*.md"))):
        yield template, content / template.relative_to(_CONTENT)


def _is_untouched(path: Path, template: Path) -> bool:
    try:
        text = path.read_text("utf-8-sig")  # git and editors may have given it a mark or other ends of lines
    except (OSError, UnicodeDecodeError):
        return False
    return is_filled_from(template.read_text("utf-8"), text)
