"""部署と推進担当: every department that exists today has a page, whether or not somebody has written one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compose import sections
from generator.compose.desk import Desk
from generator.compose.notices import current_notices
from generator.compose.paging import intro_of
from generator.compose.parts import (
    body_slot,
    card_of,
    contact_label,
    department_label,
    foot_of,
    plain_head,
    slot_mark,
)
from generator.compose.planned import PlannedPage
from generator.compose.press import Draft
from generator.compose.relative import Here
from generator.compose.reports import small_tile, small_trend
from generator.compose.shelves import Piece
from generator.compose.targets_reached import first_reached
from generator.compose.trends import reorganisations
from generator.compose.views.organisation import (
    ChampionCard,
    ChampionGroup,
    ChampionsView,
    DepartmentFigure,
    DepartmentGroup,
    DepartmentLine,
    DepartmentsView,
    DepartmentView,
)
from generator.compose.views.parts import Label, Link
from generator.compose.wording import full_day
from generator.model.organisation import Department
from generator.model.page import Champion
from generator.model.site import Slot

_STORIES = 12


def department_pages(desk: Desk) -> Iterator[PlannedPage]:
    yield PlannedPage(sections.DEPARTMENTS, _index)
    for unit in desk.units:
        yield PlannedPage(f"{sections.DEPARTMENTS}{unit.id}/", _department, (unit,))
    yield PlannedPage(sections.CHAMPIONS, _champions)


def department_groups(desk: Desk, here: Here) -> tuple[DepartmentGroup, ...]:
    """All departments of today by division, in organisation order."""
    return tuple(
        DepartmentGroup(name, tuple(_line(desk, unit, here) for unit in units)) for name, units in _by_division(desk)
    )


def _by_division(desk: Desk) -> Iterator[tuple[str, list[Department]]]:
    divisions: dict[str | None, list[Department]] = {}
    for unit in desk.units:
        divisions.setdefault(unit.parent_id, []).append(unit)
    for parent, units in divisions.items():
        yield desk.department_name(parent) if parent else "", units


def _line(desk: Desk, unit: Department, here: Here) -> DepartmentLine:
    page, champion = desk.shelves.departments.get(unit.id), desk.shelves.champions.get(unit.id)
    return DepartmentLine(
        id=unit.id,
        link=Link(unit.name, here.to(f"{sections.DEPARTMENTS}{unit.id}/")),
        what_we_do=page.front.what_we_do if page else None,
        champion=f"推進担当 {champion.front.person}さん" if champion else None,
    )


def _index(desk: Desk) -> Draft:
    here = Here(sections.DEPARTMENTS)
    slots = intro_of(desk, sections.DEPARTMENTS)
    title = "部署と推進担当"
    standfirst = "それぞれの部署の仕事と頼み方、推進担当、いまの数字を見られます。"
    view = DepartmentsView(
        head=plain_head(title, standfirst),
        intro=slot_mark() if slots else None,
        groups=department_groups(desk, here),
        champions=Link("推進担当の一覧", here.to(sections.CHAMPIONS)),
    )
    return Draft(sections.DEPARTMENTS, title, standfirst, view, slots, section=sections.DEPARTMENTS)


def _department(desk: Desk, unit: Department) -> Draft:
    url = f"{sections.DEPARTMENTS}{unit.id}/"
    here, piece = Here(url), desk.shelves.departments.get(unit.id)
    figures = tuple(_figures(desk, unit, here))
    champion = desk.shelves.champions.get(unit.id)
    division = desk.department_name(unit.parent_id) if unit.parent_id else None
    kicker = [Label("部署と推進担当", here.to(sections.DEPARTMENTS)), *([Label(division, None)] if division else [])]
    what_we_do = piece.front.what_we_do if piece else ""
    has_body = piece is not None and bool(desk.text_of(piece.page).body.strip())
    view = DepartmentView(
        id=unit.id,
        head=plain_head(unit.name, what_we_do, kicker),
        history=_history(desk, unit),
        ask_us_for=piece.front.ask_us_for if piece else (),
        champion=_champion_card(desk, champion, unit, here, None) if champion else None,
        figures=figures,
        data_use=next((metric.data_use for metric in desk.book.metrics.values()), None) if figures else None,
        body=slot_mark() if has_body else None,
        stories=tuple(card_of(desk, story.page, here) for story in desk.shelves.stories_of.get(unit.id, ())[:_STORIES]),
        notices=tuple(card_of(desk, notice.page, here) for notice in current_notices(desk)),
        feed=Link(f"{unit.name}に関わる更新を購読する", here.to(f"feeds/{unit.id}.xml")),
        foot=foot_of(desk, piece.page, here) if piece else None,
    )
    return Draft(
        url=url,
        title=unit.name,
        description=what_we_do or f"{unit.name}の数字と推進担当",
        view=view,
        slots=(body_slot(desk, piece.page),) if piece and has_body else (),
        source=piece.page.source if piece else None,
        section=sections.DEPARTMENTS,
        updated_on=piece.front.updated if piece else None,
        departments=(unit.name,),
    )


def _figures(desk: Desk, unit: Department, here: Here) -> Iterator[DepartmentFigure]:
    for metric, about in desk.book.about.items():
        series = desk.book.series(metric, unit.id)
        if not series:
            continue
        goal = first_reached(series)
        yield DepartmentFigure(
            link=Link(about.label, here.to(f"{sections.METRICS}{metric}/")),
            tile=small_tile(desk, series[-1], f"{metric}-tile"),
            trend=small_trend(desk, series[-1], f"{metric}-trend"),
            reached=_reached_link(goal.reached.period.label_ja, here.to(goal.address)) if goal else None,
        )


def _reached_link(month: str, href: str) -> Link:
    return Link(f"{month}に目標に届きました", href)


def _history(desk: Desk, unit: Department) -> str | None:
    changes = reorganisations(desk.organisation, unit.id)
    return "".join(f"{full_day(change.day)}に{change.what_happened}" for change in changes) or None


def _champions(desk: Desk) -> Draft:
    url = sections.CHAMPIONS
    here = Here(url)
    slots: list[Slot] = list(intro_of(desk, url))
    has_intro = bool(slots)
    groups: list[ChampionGroup] = []
    for name, units in _by_division(desk):
        cards, vacant = [], []
        for unit in units:
            piece = desk.shelves.champions.get(unit.id)
            if piece is None:
                vacant.append(department_label(desk, here, unit.id))
                continue
            slots.append(body_slot(desk, piece.page, id_prefix=f"{unit.id}-", key=unit.id))
            cards.append(_champion_card(desk, piece, unit, here, len(slots) - 1))
        groups.append(ChampionGroup(name, tuple(cards), tuple(vacant)))
    title = "推進担当"
    standfirst = "部署の困りごとを会議に持ってきて、決まったことを部署に持ち帰る人たちです。"
    view = ChampionsView(plain_head(title, standfirst), slot_mark() if has_intro else None, tuple(groups))
    return Draft(url, title, standfirst, view, tuple(slots), section=sections.DEPARTMENTS)


def _champion_card(desk: Desk, piece: Piece[Champion], unit: Department, here: Here, slot: int | None) -> ChampionCard:
    front = piece.front
    term = f"{full_day(front.term_from)}から" + (f"{full_day(front.term_to)}まで" if front.term_to else "")
    return ChampionCard(
        anchor=unit.id,
        department=department_label(desk, here, unit.id),
        person=front.person,
        person_role=front.person_role,
        term=term,
        brings=front.brings,
        takes=front.takes,
        contact=contact_label(front.contact),
        body=slot_mark(slot) if slot is not None and desk.text_of(piece.page).body.strip() else None,
    )
