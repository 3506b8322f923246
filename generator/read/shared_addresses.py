"""Articles from elsewhere that would share one address: each keeps its text and gets an address of its own.

Other tools put the date or the language into an address, so that a `slug` may stand twice; and a book may have
both `money.md` and `money/README.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from generator.model.finding import Finding, Text
from generator.read.addresses import is_index, url_of
from generator.read.manuscript import Manuscript
from generator.read.reporting import one_line, warning


def give_own_addresses(manuscripts: Iterable[Manuscript]) -> tuple[list[Manuscript], list[Finding]]:
    """The same manuscripts, with other addresses where articles shared one; the first of them keeps it.

    A slug that stands twice gives way to the file names; what is shared even then is counted up.
    """
    before, findings = list(manuscripts), list[Finding]()
    if len({manuscript.page.url.casefold() for manuscript in before}) == len(before):
        return before, findings  # as nearly always
    result = {manuscript.source: manuscript for manuscript in before}
    for sharing in _sharing(before):
        if all(manuscript.page.front.slug for manuscript in sharing):
            for manuscript in sharing:
                moved = _moved(manuscript, _url_by_file_name(manuscript))
                result[manuscript.source] = moved
                findings.append(_slug_not_used(moved))
    taken = {manuscript.page.url.casefold() for manuscript in result.values()}
    for sharing in _sharing(result.values()):
        for manuscript in sharing[1:]:
            url = _free(manuscript.page.url, taken)
            taken.add(url.casefold())
            result[manuscript.source] = _moved(manuscript, url)
            findings.append(_counted_up(result[manuscript.source]))
    return list(result.values()), findings


def _sharing(manuscripts: Iterable[Manuscript]) -> list[list[Manuscript]]:
    """Groups of articles with the same address; a folder's index page comes first in its group."""
    by_url: defaultdict[str, list[Manuscript]] = defaultdict(list)
    for manuscript in manuscripts:
        by_url[manuscript.page.url.casefold()].append(manuscript)
    groups = (group for group in by_url.values() if len(group) > 1 and all(m.page.is_foreign for m in group))
    return [sorted(group, key=lambda m: (not is_index(m.source), m.source)) for group in groups]


def _url_by_file_name(manuscript: Manuscript) -> str:
    return url_of(manuscript.source, manuscript.page.front.model_copy(update={"slug": None}))


def _free(url: str, taken: set[str]) -> str:
    """`a/b/` as `a/b-2/`, or with the first number that nobody has."""
    number = 2
    while (counted := f"{url.rstrip('/')}-{number}/").casefold() in taken:
        number += 1
    return counted


def _moved(manuscript: Manuscript, url: str) -> Manuscript:
    return replace(manuscript, page=replace(manuscript.page, url=url))


def _slug_not_used(manuscript: Manuscript) -> Finding:
    slug = one_line(manuscript.page.front.slug or "")
    return warning(
        "slug-unfit",
        manuscript.at("slug"),
        Text(
            f"`slug` の `{slug}` はほかの記事にもあるため、ファイル名を使います",
            f"another article has the `slug` `{slug}` too: the file name is used",
        ),
        Text("記事ごとに違う `slug` を書いてください", "give each article a `slug` of its own"),
    )


def _counted_up(manuscript: Manuscript) -> Finding:
    url = manuscript.page.url
    return warning(
        "shared-address",
        manuscript.place,
        Text(
            f"同じURLになる記事があるため、この記事は `/{url}` に載せます",
            f"another article has the same address: this one is put at `/{url}`",
        ),
        Text("ファイル名か `slug` を変えてください", "rename the file, or give it a `slug`"),
    )
