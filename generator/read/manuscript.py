"""One Markdown file, read as far as it can be judged alone."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from generator.declared.cut_texts import judge_cut_texts
from generator.declared.schema import validate, with_other_choices
from generator.declared.yaml_fields import Fields
from generator.markup.outline import Outline, outline
from generator.markup.targets import is_template
from generator.model import page as page_model
from generator.model.finding import Finding, Place, Severity, Text
from generator.model.page import (
    FOLDERS,
    FRONT_MATTER,
    Campaign,
    FrontMatter,
    Page,
    PageText,
    PageType,
    Withheld,
    is_foreign,
)
from generator.model.sentence import distinctive_sentences
from generator.read.addresses import is_index, url_of
from generator.read.blocks import take_blocks
from generator.read.decode import decode, decode_article
from generator.read.foreign import adopt_article, adopt_description, adopt_spelling
from generator.read.front_matter import Split, split
from generator.read.full_width_marks import judge_full_width_marks
from generator.read.headings import Heading, headings, readable_name
from generator.read.pictures import judge_pictures
from generator.read.places import PlaceOf
from generator.read.references import Reference, is_overloaded, references
from generator.read.reporting import error, listed, one_line, warning
from generator.read.unknown_marks import judge_marks
from generator.read.unsafe import judge_safety
from generator.read.walk import FoundFile
from generator.read.withhold import declared_reason

_TYPES_BY_FOLDER = {folder: kind for kind, folder in FOLDERS.items() if kind is not PageType.MVV}
"""What a page is that does not say so; about/ holds plain pages beside the one that says `type: mvv`."""

_YEARS = range(1900, 2201)  # moments beyond cannot be shown in every zone


class Details(Struct, frozen=True):
    """What only the judging of a page needs: where the parts of its text stand."""

    fields: Fields
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    place_of: PlaceOf
    """Offsets of `references` as places."""
    written: str
    """Everything below the front matter as the author wrote it, figure blocks and first heading included.

    Empty where that is the text's body, as for most pages: no need to keep it twice.
    """


class Kept(Protocol):
    """What is known of a page beside its front matter; looked up when it is asked for."""

    @property
    def text(self) -> PageText: ...

    @property
    def details(self) -> Details: ...


class Manuscript(Struct, frozen=True):
    """A readable page, for the rules that compare pages.

    Its text is looked up when somebody asks for it, and its details when a rule does: of most pages nothing but the
    front matter is needed.
    """

    source: str  # of the page; most rules ask for nothing else
    page: Page
    shown: str
    kept: Kept

    @property
    def text(self) -> PageText:
        return self.kept.text

    @property
    def fields(self) -> Fields:
        return self.kept.details.fields

    @property
    def headings(self) -> tuple[Heading, ...]:
        return self.kept.details.headings

    @property
    def references(self) -> tuple[Reference, ...]:
        return self.kept.details.references

    @property
    def place_of(self) -> PlaceOf:
        return self.kept.details.place_of

    @property
    def place(self) -> Place:
        """The page as a whole."""
        return Place(self.shown)

    @property
    def written(self) -> str:
        """Everything below the front matter as the author wrote it."""
        return self.kept.details.written or self.text.body

    @property
    def sentences(self) -> tuple[str, ...]:
        """What would give the page away if it came out."""
        return _sentences(self.fields, self.written)

    def meant_files(self) -> Iterator[Iterator[str]]:
        """For each reference, the files below content/ that it may mean."""
        return (reference.files_from(self.source, is_foreign=self.page.is_foreign) for reference in self.references)

    def at(self, *location: str | int) -> Place:
        """Where a key stands; the first line of the page when it is absent."""
        return self.fields.place_of(location) if location[:1] in self.fields.places else Place(self.shown, 1)


class Judged(Struct, frozen=True):
    """One file, as far as it can be judged alone: a page with its text and details, or why there is none."""

    page: Page | None
    text: PageText | None
    details: Details | None
    withheld: Withheld | None  # by its own word, when it could not be typed
    findings: list[Finding]
    unsaid: list[Finding] = []
    """What is wrong with a draft, as warnings: said only to those who look at drafts."""
    nearly: Page | None = None
    """Where a wrong choice is all that keeps it from being a page: the page with another, to judge the rest of it by."""


def judge_manuscript(file: FoundFile, data: bytes, zone: ZoneInfo) -> Judged:
    """Judge the bytes of one page; without a page, the findings say why it cannot be typed.

    A page that calls itself a draft or archived is not judged further than that: nothing of it leaves, and it
    may be unfinished. Of a page under review everything is said, as warnings. When such a page cannot be
    typed it is Withheld by its own word.
    """
    text, refused = decode(data, file.shown)
    removed: list[Finding] = []
    if text is None:
        text, removed = decode_article(data, file.shown)
    if text is None:
        return _unreadable(refused)
    parts, findings = split(text, file.shown)
    if parts is None and is_foreign(file.source) and all(_stands_in_template(text, f.place) for f in findings):
        return _unreadable([_template_page(findings[0].place)])
    if parts is None:
        return _unreadable([*refused, *findings])
    if refused and not _is_foreign_article(file.source, parts.fields):
        return _unreadable(refused)
    judged = _judge(file, parts, zone)
    findings = [*removed, *judged.findings]
    own_word = declared_reason(dict(parts.fields.values))
    if own_word is None:
        return replace(judged, findings=findings)
    mild = [replace(finding, severity=Severity.WARNING) for finding in findings]
    said, unsaid = mild if own_word == "review" else [], mild if own_word == "draft" else []
    if judged.page is not None:
        return replace(judged, findings=said, unsaid=unsaid)
    staying = Withheld(file.source, own_word, sentences=_sentences(parts.fields, parts.body))
    return Judged(None, None, None, staying, said, unsaid)


def _unreadable(findings: list[Finding]) -> Judged:
    return Judged(None, None, None, None, findings)


def _judge(file: FoundFile, parts: Split, zone: ZoneInfo) -> Judged:
    """Judge a page whatever it says of its own status."""
    fields = parts.fields
    kind, findings = _type_of(file.source, fields)
    is_foreign_article = kind is PageType.ARTICLE and is_foreign(file.source)
    body = outline(parts.body)
    if is_overloaded(body.prose):
        return _unreadable([*findings, _overloaded(Place(file.shown, parts.body_line))])
    found = references(body.prose)
    place_of = PlaceOf(body.prose, file.shown, parts.body_line)
    findings += judge_safety(body.prose, found, place_of, is_foreign=is_foreign_article)
    markdown, blocks, problems = take_blocks(body, file.shown, parts.body_line)
    findings += [*problems, *_unclosed_code(body, file.shown, parts.body_line)]
    findings += judge_marks(body.read, file.shown, parts.body_line)
    findings += judge_full_width_marks(body.prose, place_of)
    if kind is None:
        return _unreadable(findings)
    if kind is PageType.ARTICLE:
        adopt_spelling(fields)
    findings += adopt_description(fields)
    if kind is PageType.ARTICLE:
        findings += adopt_article(fields, file.source, body.prose)
    fields.values["type"] = kind.value
    front, unfit = validate(FRONT_MATTER[kind], fields.values, fields)
    findings += unfit
    if front is None:
        front = _with_other_choices(FRONT_MATTER[kind], fields)
    if front is None:
        return _unreadable(findings)
    findings += judge_cut_texts(front, fields)
    front, problems = _in_zone(front, fields, zone)
    findings += problems
    marks = headings(body.lines, body.prose)
    title, heading = _title(front, marks)
    if not title:
        title = readable_name(file.source)
        findings.append(_named_after_file(title, Place(file.shown, parts.body_line)))
    findings += judge_pictures(found, place_of, is_foreign=is_foreign_article)
    page = Page(source=file.source, url=url_of(file.source, front), front=front, title=title)
    text = PageText(
        body=_without_lines(markdown, heading) if heading else markdown,
        body_line=parts.body_line,
        blocks=blocks,
        references=tuple(_placed(reference, place_of) for reference in found),
        heading=heading.text if heading else "",
    )
    written = parts.body if parts.body != text.body else ""
    details = Details(fields, tuple(marks), tuple(found), place_of, written)
    if unfit:
        return Judged(None, text, details, None, findings, nearly=page)
    return Judged(page, text, details, None, findings)


def _with_other_choices(model: type[FrontMatter], fields: Fields) -> FrontMatter | None:
    """The front matter as it might be meant; None where nobody can tell, also of whether it is a draft."""
    front = with_other_choices(model, fields.values, fields)
    return (
        front if front is not None and front.status.value == fields.values.get("status", front.status.value) else None
    )


def _placed(reference: Reference, place_of: PlaceOf) -> page_model.Reference:
    place = place_of(reference.index)
    return page_model.Reference(reference.target, place.line, place.column, reference.is_picture)


def _sentences(fields: Fields, body: str) -> tuple[str, ...]:
    typed = (fields.typed.get((key,), "") for key in ("title", "summary", "description"))
    return distinctive_sentences(tuple(text.strip() for text in typed), body)


def _stands_in_template(text: str, place: Place) -> bool:
    return place.line > 0 and is_template(text.split("\n")[place.line - 1])


def _template_page(place: Place) -> Finding:
    return warning(
        "template-page",
        place,
        Text(
            "先頭の項目欄が、別のツールのひな形（`{{ … }}`）です。記事ではないため掲載しません",
            "the front matter is a template of another tool (`{{ … }}`): this is no page, and it is left out",
        ),
        Text("記事なら、`{{ … }}` を言葉に直してください", "write words in place of `{{ … }}` if it is a page"),
    )


def _is_foreign_article(source: str, fields: Fields) -> bool:
    kind, _ = _type_of(source, fields)
    return kind is PageType.ARTICLE and is_foreign(source)


def _type_of(source: str, fields: Fields) -> tuple[PageType | None, list[Finding]]:
    """The type a page names, else that of its folder; a folder's index page is an article that introduces it."""
    named = fields.values.get("type")
    if named is None:
        by_folder = _TYPES_BY_FOLDER.get(source.partition("/")[0], PageType.ARTICLE)
        # The guide's first page is a page of the guide; elsewhere an index page tells what the folder holds.
        introduces = is_index(source) and by_folder is not PageType.GUIDE
        return PageType.ARTICLE if introduces else by_folder, []
    if str(named) in [kind.value for kind in PageType]:
        return PageType(str(named)), []
    shown = one_line(str(named))
    place = fields.place_of(("type",))
    choices = [kind.value for kind in PageType]
    if is_foreign(source) and not difflib.get_close_matches(str(named), choices, n=1, cutoff=0.7):
        return PageType.ARTICLE, [_foreign_type(shown, place)]
    what = Text(f"`type` に `{shown}` はありません", f"there is no `type` `{shown}`")
    remedy = Text(f"{listed(choices)} のどれかを書いてください", f"write one of {listed(choices)}")
    return None, [error("bad-choice", place, what, remedy)]


def _foreign_type(shown: str, place: Place) -> Finding:
    """Zenn writes `type: tech`, Hugo `type: post`: their word, not ours."""
    return warning(
        "foreign-type",
        place,
        Text(
            f"`type: {shown}` は別のサービスの種類です。読み物（`article`）として掲載します",
            f"`type: {shown}` is a type of another service: the page is shown as an `article`",
        ),
        Text("`type` の行は消してもかまいません", "the line with `type` may be deleted"),
    )


def _in_zone(front: FrontMatter, fields: Fields, zone: ZoneInfo) -> tuple[FrontMatter, list[Finding]]:
    """All moments in the site's zone: as such where they carry none, else the same moment on its clocks."""
    findings: list[Finding] = []

    def local(moment: dt.datetime, *location: str) -> dt.datetime:
        if not _YEARS[0] <= moment.year <= _YEARS[-1]:
            findings.append(_impossible_moment(fields.typed[location], fields.place_of(location)))
            return moment
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)

    if front.publish_at is not None:
        front = front.model_copy(update={"publish_at": local(front.publish_at, "publish_at")})
    if isinstance(front, Campaign) and front.switchoff is not None:
        off_at = local(front.switchoff.off_at, "switchoff", "off_at")
        front = front.model_copy(update={"switchoff": front.switchoff.model_copy(update={"off_at": off_at})})
    return front, findings


def _impossible_moment(typed: str, place: Place) -> Finding:
    return error(
        "bad-date",
        place,
        Text(
            f"`{one_line(typed)}` の年は扱えません（{_YEARS[0]}年から{_YEARS[-1]}年まで）",
            f"the year of `{one_line(typed)}` is out of range ({_YEARS[0]} to {_YEARS[-1]})",
        ),
        Text("年を直してください", "correct the year"),
    )


def _title(front: FrontMatter, marks: list[Heading]) -> tuple[str, Heading | None]:
    """The title, "" when nobody wrote one, and the heading that says it and needs not be said twice."""
    first = next((heading for heading in marks if heading.level == 1), None)
    written = front.title.strip()
    if first is not None and (not written or first.text == written):
        return written or first.text, first
    return written, None


def _named_after_file(title: str, place: Place) -> Finding:
    return warning(
        "title-from-file-name",
        place,
        Text(
            f"見出しがないため、ファイル名から「{title}」を題にします",
            f"there is no title, so the file name gives one: `{title}`",
        ),
        Text(
            "`title` か、`# ` で始まる見出しを書いてください",
            "write a `title`, or a heading that begins with `# `",
        ),
    )


def _without_lines(markdown: str, heading: Heading) -> str:
    """Blank out a heading; the number of lines stays."""
    lines = markdown.split("\n")
    for index in range(heading.first, heading.last + 1):
        lines[index] = ""
    return "\n".join(lines)


def _overloaded(place: Place) -> Finding:
    return error(
        "too-many-links",
        place,
        Text("リンクや括弧が多すぎて、ページにできません", "there are too many links and brackets to make a page of"),
        Text(
            "ページを分けるか、一覧は CSV ファイルにして添付してください",
            "split the page, or attach a list as a CSV file",
        ),
    )


def _unclosed_code(body: Outline, shown: str, body_line: int) -> list[Finding]:
    return [
        warning(
            "fence-unclosed",
            Place(shown, body_line + fence.opens, len(fence.prefix) + 1),
            Text(
                "コードの囲みが閉じていません。ここから先もコードとして表示されます",
                "the code block is never closed: what follows it will be shown as code too",
            ),
            Text(
                "コードが終わる所に、始まりと同じ記号だけの行を書いてください",
                "where the code ends, write a line of the marks it begins with",
            ),
        )
        for fence in body.fences
        if fence.closes is None and fence.language not in ("kpi", "chart")
    ]
