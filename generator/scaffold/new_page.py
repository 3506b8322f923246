"""`kawaraban new`: a draft in the right folder, with the questions to ask written into it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

from generator.archetypes import archetype
from generator.errors import Rejected
from generator.model.finding import Family, Place, Text, nearest
from generator.model.organisation import Department
from generator.model.page import FOLDERS, PageType
from generator.read.file_names import judge_name
from generator.scaffold import surroundings
from generator.scaffold.placeholders import dates, fill, quoted
from generator.scaffold.refusals import not_writable, readable_title, refusal
from generator.settings import Settings

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_NAMED_BY_DEPARTMENT = (PageType.DEPARTMENT, PageType.CHAMPION)


def create_page(
    settings: Settings,
    page_type: str,
    title: str,
    *,
    today: date,
    slug: str | None = None,
    campaign: str | None = None,
) -> Path:
    """Write one draft (`status: draft`) of a page type (`story`, `faq`, …) and return its path.

    The file is named after `slug`; without one after an ASCII title, else after the day. A department's page and a
    champion's are named after the department, which `slug` or `title` names by id or name; an issue after its
    number. `campaign` says to which campaign a question belongs; it may be left out while there is only one.

    Raises Rejected, with nothing written, for an unknown type, an unusable title or slug, an unknown department or
    campaign, a file name that `read` would refuse, and when the file is there already.
    """
    kind = _kind(page_type)
    title = readable_title(title)
    campaign = _campaign(settings, campaign) if kind is PageType.FAQ else ""
    folder = settings.content / FOLDERS[kind] / campaign
    if kind in _NAMED_BY_DEPARTMENT:
        unit = _department(settings, slug or title, today)
        stem, department = unit.id, unit.id
        title = _heading(kind, unit) if slug is None else title
    else:
        stem = _stem(folder, kind, title, today, slug)
        department = next((unit.id for unit in surroundings.departments(settings.data, today)), "department-id")
    values = {
        **dates(today),
        "title": quoted(title),
        "slug": stem,
        "campaign": campaign,
        "department": department,
        "number": str(surroundings.next_issue_number(settings.content / FOLDERS[PageType.ISSUE])),
        "lead": surroundings.newest_story(settings.content / FOLDERS[PageType.STORY]) or "stories/story.md",
    }
    target = folder / f"{stem}.md"
    shown = settings.shown(target)
    if objections := judge_name(target.name, Place(shown)):
        raise Rejected(objections)
    if _is_taken(target):
        raise _page_exists(shown)
    _write(target, shown, fill(archetype(kind), values))
    return target


def _kind(page_type: str) -> PageType:
    known = [kind.value for kind in PageType]
    if page_type in known:
        return PageType(page_type)
    raise refusal(
        Family.CONTENT,
        "unknown-type",
        "TYPE",
        Text(f"`{page_type}` という種類のページはありません", f"there is no page type `{page_type}`"),
        nearest(page_type, known),
    )


def _write(target: Path, shown: str, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise _page_exists(shown) from None
    except OSError as error:
        raise not_writable(shown, error) from error


def _is_taken(target: Path) -> bool:
    """Whether a page has this name; upper and lower case make no other address."""
    name = target.name.casefold()
    return any(there.name.casefold() == name for there in target.parent.glob("*.md"))


def _page_exists(shown: str) -> Rejected:
    return refusal(
        Family.CONTENT,
        "page-exists",
        shown,
        Text(
            "同じ名前のページがもうあるので、何も書きませんでした",
            "there is such a page already; nothing was written",
        ),
        Text(
            "そのページを書き直すか、`--slug` で別の名前（部署のページなら別の部署）を指定してください",
            "edit that page, or give another name (for a department's page another department) with `--slug`",
        ),
    )


def _stem(folder: Path, kind: PageType, title: str, today: date, slug: str | None) -> str:
    """The file name without `.md`, of a page that is not named after a department."""
    if slug is not None:
        return _usable(slug)
    if kind is PageType.ISSUE:
        return f"{surroundings.next_issue_number(folder):03d}"
    return _from_title(title) or _from_day(folder, f"{today.isoformat()}-{kind.value}")


def _usable(slug: str) -> str:
    if _SLUG.fullmatch(slug):
        return slug
    raise refusal(
        Family.CONTENT,
        "bad-slug",
        "--slug",
        Text(
            f"`{slug}` はURLに使えません（半角の英数字で始まる、英数字・ハイフン・下線だけの名前にします）",
            f"`{slug}` cannot stand in an address: it takes letters a–z, digits, `-` and `_`, and starts with no sign",
        ),
        Text("例: `--slug night-shift`", "for example `--slug night-shift`"),
    )


def _from_title(title: str) -> str | None:
    """`Field notes 2` becomes `field-notes-2`; None when the title has letters that an address cannot carry."""
    plain = unicodedata.normalize("NFKC", title).lower()
    if not plain.isascii():
        return None
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or None


def _from_day(folder: Path, stem: str) -> str:
    """The stem, counted up while another page of the day has it."""
    number = 1
    while (folder / f"{stem if number == 1 else f'{stem}-{number}'}.md").exists():
        number += 1
    return stem if number == 1 else f"{stem}-{number}"


def _heading(kind: PageType, unit: Department) -> str:
    return unit.name if kind is PageType.DEPARTMENT else f"{unit.name}の推進担当"


def _department(settings: Settings, named: str, today: date) -> Department:
    """The department that goes by this id or name."""
    units = surroundings.departments(settings.data, today)
    for unit in units:
        if named in (unit.id, unit.name):
            return unit
    listed = ", ".join(f"`{unit.id}`（{unit.name}）" for unit in units)
    listed_en = ", ".join(f"`{unit.id}`" for unit in units)
    raise refusal(
        Family.CONTENT,
        "unknown-department",
        settings.shown(settings.data / "departments.csv"),
        Text(f"`{named}` という部署は部署の一覧にありません", f"the list of departments has no `{named}`"),
        Text(
            "新しい部署なら、先に `departments.csv` に行を足してください。"
            f"ある部署なら、`--slug` にIDを書いてください。あるのは {listed or 'まだ一つもありません'}",
            "add a row to `departments.csv` first if the department is new, "
            f"else name its id with `--slug`; there are: {listed_en or 'none yet'}",
        ),
    )


def _campaign(settings: Settings, named: str | None) -> str:
    """The campaign a question belongs to."""
    there = surroundings.campaigns(settings.content / FOLDERS[PageType.CAMPAIGN])
    if named in there:
        return named
    if named is None and len(there) == 1:
        return there[0]
    raise _no_campaign(settings, named, there)


def _no_campaign(settings: Settings, named: str | None, there: list[str]) -> Rejected:
    listed = ", ".join(f"`{name}`" for name in there)
    if not there:
        what = Text(
            "取り組みがまだ一つもないので、質問の置き場所がありません",
            "a question belongs to a campaign; there is none",
        )
        remedy = Text(
            '先に `kawaraban new campaign "題"` で取り組みをつくってください',
            'make one first: `kawaraban new campaign "TITLE"`',
        )
    elif named is None:
        what = Text("どの取り組みへの質問か分かりません", "it is not said to which campaign the question belongs")
        remedy = Text(f"`--campaign` で選んでください: {listed}", f"choose with `--campaign`: {listed}")
    else:
        what = Text(f"`{named}` という取り組みはありません", f"there is no campaign `{named}`")
        remedy = Text(f"`--campaign` で選んでください: {listed}", f"choose with `--campaign`: {listed}")
    return refusal(
        Family.CONTENT, "unknown-campaign", settings.shown(settings.content / FOLDERS[PageType.CAMPAIGN]), what, remedy
    )
