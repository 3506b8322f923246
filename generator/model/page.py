"""Pages as `read` accepts them: typed front matter, the author's Markdown, and where each came from.

Field names are the front-matter keys; the sentence under a field is its documentation (the guide's table
and the JSON Schema for editors are made from it).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct
from pydantic import Field

from generator.model.block import FigureBlock
from generator.model.record import Record


class PageType(StrEnum):
    """What a page is; decided by `type:` or by the folder it lies in."""

    ARTICLE = "article"
    STORY = "story"
    FAQ = "faq"
    MVV = "mvv"
    CAMPAIGN = "campaign"
    DEPARTMENT = "department"
    CHAMPION = "champion"
    ISSUE = "issue"
    NOTICE = "notice"
    GUIDE = "guide"


FOLDERS: Mapping[PageType, str] = {
    PageType.ARTICLE: "articles",
    PageType.STORY: "stories",
    PageType.FAQ: "faq",  # and the campaign's folder below it
    PageType.MVV: "about",
    PageType.CAMPAIGN: "campaigns",
    PageType.DEPARTMENT: "departments",
    PageType.CHAMPION: "champions",
    PageType.ISSUE: "issues",
    PageType.NOTICE: "notices",
    PageType.GUIDE: "guide",
}
"""Where each page type lies below content/, and where its pages are listed on the site."""


class Status(StrEnum):
    """How far a page has come; only `published` ever leaves `read`."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


MAX_SLUG = 80  # characters; it becomes a folder's name, and a link in mails
MAX_SUMMARY = 120  # characters


class FrontMatter(Record):
    """What every page may say about itself."""

    id: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=MAX_SLUG)
    """Permanent name of the page, at most 80 characters; `/p/<id>/` always leads to it."""
    type: PageType = PageType.ARTICLE
    title: str = ""
    """Headline; the first `#` heading when absent."""
    slug: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=MAX_SLUG)
    """Last part of the address, at most 80 characters; the file name when absent."""
    summary: str = Field(default="", max_length=MAX_SUMMARY)
    """Standfirst, at most 120 characters; also shown in lists and feeds."""
    date: dt.date | None = None
    updated: dt.date | None = None
    author: str | None = None
    author_role: str | None = None
    owner: str | None = None
    """Who keeps the page right: a department id or a name."""
    status: Status = Status.PUBLISHED
    draft: bool = False
    publish_at: dt.datetime | None = None
    """Not before this moment; in the site's `timezone` unless a zone is given."""
    expires_on: dt.date | None = None
    """The last day the page is on the site."""
    review_by: dt.date | None = None
    """When the owner looks at the page again; a warning once it is past."""
    approved_by: str | None = None
    approved_on: dt.date | None = None
    tags: tuple[str, ...] = ()
    campaign: str | None = None
    related: tuple[str, ...] = ()
    """Paths below `content/`, e.g. `stories/sales-east.md`."""
    cover: str | None = None
    cover_alt: str | None = None
    contact: str | None = None
    lang: Literal["ja", "en"] = "ja"


class Article(FrontMatter):
    """Anything worth telling; needs only a title or a first heading."""

    type: Literal[PageType.ARTICLE] = PageType.ARTICLE


class Person(Record):
    """Somebody in a story, named as they agreed."""

    name: str
    role: str
    consent_id: str
    """Where their consent is kept."""


class Facts(Record):
    """A story in three lines and one number."""

    challenge: str
    action: str
    result: str
    number: str | None = None


class ValueTo(Record):
    """Whom a story is worth something, and what."""

    company: str | None = None
    department: str | None = None
    individual: str | None = None
    customer: str | None = None


class Story(FrontMatter):
    """活用事例: what a department tried and what came of it, failures included."""

    type: Literal[PageType.STORY] = PageType.STORY
    department: str
    kind: Literal["success", "failure", "field_innovation"] = "success"
    people: tuple[Person, ...] = ()
    confirmed_by: str
    confirmed_on: dt.date
    """The interviewee has read it and agreed."""
    facts: Facts
    value_to: ValueTo
    lesson: str | None = None
    """What others should take from it; required for a failure."""


class FaqCategory(StrEnum):
    """The five that every campaign answers, and how-to questions."""

    PURPOSE = "目的"
    PLAN = "計画"
    EFFECT = "期待される効果"
    ROLES = "各部署の役割分担"
    RISK = "リスク"
    USAGE = "使い方"


REQUIRED_FAQ_CATEGORIES = (
    FaqCategory.PURPOSE,
    FaqCategory.PLAN,
    FaqCategory.EFFECT,
    FaqCategory.ROLES,
    FaqCategory.RISK,
)


class Faq(FrontMatter):
    """よくある質問: one question, with the company's view in one line."""

    type: Literal[PageType.FAQ] = PageType.FAQ
    campaign: str
    category: FaqCategory
    official_view: str
    asked_count: int | None = Field(default=None, ge=0)
    synonyms: tuple[str, ...] = ()


class Value(Record):
    """One value of a company and what people make of it."""

    id: str
    text: str
    in_our_words: str


class Mvv(FrontMatter):
    """Mission, vision and values of the company or of one department."""

    type: Literal[PageType.MVV] = PageType.MVV
    level: Literal["company", "department"]
    department: str | None = None
    mission: str
    vision: str
    values: tuple[Value, ...]
    effective_from: dt.date


class Decision(Record):
    """Who allowed it, when, and where that is written."""

    approved_by: str
    approved_on: dt.date
    reference: str | None = None


class QuestionAnswer(Record):
    """One row of 「解決できること」."""

    q: str
    a: str


class Role(Record):
    """Who does what for the shared purpose."""

    who: str
    role: str


class Milestone(Record):
    """One step of a plan; `done_on` stays empty until it is done."""

    name: str
    due: dt.date
    done_on: dt.date | None = None


class Rules(Record):
    """決めごと."""

    effective_from: dt.date
    do: tuple[str, ...]
    dont: tuple[str, ...] = ()


class Channel(Record):
    """One way people hear of the campaign."""

    name: str
    content: str
    effect: str


class Voice(Record):
    """An objection or a wish, and what became of it."""

    quote: str
    who: str
    answer: str


class Switchoff(Record):
    """What stops working, when, and what to use instead."""

    service: str
    off_at: dt.datetime
    scope: str
    exceptions: tuple[str, ...] = ()
    alternative: str
    contact: str


class CampaignStage(StrEnum):
    """The seven steps of a campaign, in order."""

    HEARING = "hearing"
    APPROVAL = "approval"
    PLAN = "plan"
    LAUNCH = "launch"
    SUPPORT = "support"
    ENFORCE = "enforce"
    COMPLETE = "complete"


class Campaign(FrontMatter):
    """取り組み: purpose before roles, a plan with dates, rules, and a date when the old way ends."""

    type: Literal[PageType.CAMPAIGN] = PageType.CAMPAIGN
    stage: CampaignStage
    purpose: str
    metric: str | None = None
    sponsor: str | None = None
    facilitator: str | None = None
    starts_on: dt.date
    ends_on: dt.date | None = None
    decision: Decision | None = None
    solves: tuple[QuestionAnswer, ...] = ()
    roles: tuple[Role, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    rules: Rules | None = None
    channels: tuple[Channel, ...] = ()
    voices: tuple[Voice, ...] = ()
    switchoff: Switchoff | None = None


class DepartmentPage(FrontMatter):
    """部署紹介: what a department does and how to ask it; the file name is the department's id."""

    type: Literal[PageType.DEPARTMENT] = PageType.DEPARTMENT
    what_we_do: str
    ask_us_for: tuple[str, ...] = ()


class Champion(FrontMatter):
    """推進担当: who helps in a department; the file name is the department's id."""

    type: Literal[PageType.CHAMPION] = PageType.CHAMPION
    person: str
    person_role: str | None = None
    term_from: dt.date
    term_to: dt.date | None = None
    brings: str | None = None
    takes: str | None = None


class Thanks(Record):
    """ありがとう."""

    to: str
    for_: str = Field(alias="for")


class Issue(FrontMatter):
    """第N号: what one number of the newsletter puts in front of its readers."""

    type: Literal[PageType.ISSUE] = PageType.ISSUE
    number: int = Field(ge=1)
    date: dt.date
    lead: str
    """Path of the lead story below `content/`."""
    items: tuple[str, ...] = ()
    next_issue: dt.date | None = None
    thanks: tuple[Thanks, ...] = ()


class Notice(FrontMatter):
    """お知らせ: something to know or to do by a day."""

    type: Literal[PageType.NOTICE] = PageType.NOTICE
    starts_on: dt.date
    ends_on: dt.date | None = None
    importance: Literal[1, 2, 3] = 1
    action_required: str | None = None
    deadline: dt.date | None = None


class Guide(FrontMatter):
    """The guide for communicators and operators, part of the site itself."""

    type: Literal[PageType.GUIDE] = PageType.GUIDE
    order: int = 100


FRONT_MATTER: Mapping[PageType, type[FrontMatter]] = {
    PageType.ARTICLE: Article,
    PageType.STORY: Story,
    PageType.FAQ: Faq,
    PageType.MVV: Mvv,
    PageType.CAMPAIGN: Campaign,
    PageType.DEPARTMENT: DepartmentPage,
    PageType.CHAMPION: Champion,
    PageType.ISSUE: Issue,
    PageType.NOTICE: Notice,
    PageType.GUIDE: Guide,
}


def is_foreign(source: str) -> bool:
    """Whether a file lies where articles from other tools are put as they are, with whatever they bring along."""
    return source.startswith("articles/")


class Reference(Struct, frozen=True):
    """A link or picture of an author's text, where it stands in the file."""

    target: str  # as written, entities decoded
    line: int  # from 1
    column: int
    is_picture: bool


class Page(Struct, frozen=True):
    """One accepted Markdown file, as lists and other pages know it. What it says is its `PageText`."""

    source: str  # posix path below content/, NFC, e.g. "stories/sales-east.md"
    url: str  # with a trailing slash, e.g. "stories/sales-east/"
    front: FrontMatter
    title: str
    stays_in: Withheld | None = None
    """Why readers do not get it, where it is shown to those who write: under `kawaraban serve`."""

    @property
    def type(self) -> PageType:
        return self.front.type

    @property
    def is_foreign(self) -> bool:
        """Whether it may come from another tool: what is wrong with its links and pictures stops no build."""
        return self.type is PageType.ARTICLE and is_foreign(self.source)

    @property
    def is_forgiven(self) -> bool:
        """Whether what is wrong with its links and pictures stops no build."""
        return self.is_foreign or self.stays_in is not None


class PageText(Struct, frozen=True):
    """What an accepted Markdown file says below its front matter.

    `body` is the author's Markdown in NFC with LF line ends; a first `#` heading that became the title is taken
    out. Each figure block in it is replaced by its marker (`generator.model.marker`), in the order of `blocks`.
    """

    body: str
    body_line: int  # line of the file on which the body begins, from 1
    blocks: tuple[FigureBlock, ...] = ()
    references: tuple[Reference, ...] = ()  # in reading order
    heading: str = ""  # words of the heading that became the title; links may lead to its anchor


class FileDigests(Struct, frozen=True):
    """What a Markdown file holds, as digests: equal digests, equal contents."""

    front: str  # of everything about the page but its text: type, front matter, title
    text: str  # of the whole file


class Sides(NamedTuple):
    """How large a picture is shown where there is room for it, in pixels."""

    width: int
    height: int


class AssetFile(Struct, frozen=True):
    """A picture or download that lies beside the pages and passed its checks."""

    source: str  # posix path below content/
    url: str
    path: str  # the file on this machine
    sides: Sides | None = None  # of a picture; None where its file does not say


WithheldReason: TypeAlias = Literal["draft", "review", "archived", "unapproved", "embargoed", "expired"]
"""Why a page is not on the site."""


class Term(NamedTuple):
    """When a page is on the site."""

    opens: dt.datetime | None = None
    """The first moment; None: it always was."""
    last: dt.datetime | None = None
    """The last moment, the end of a day in the site's zone; None: it stays."""

    def holds(self, moment: dt.datetime) -> bool:
        """Whether the page is on the site at a moment, given in the site's zone."""
        return (self.opens is None or self.opens <= moment) and (self.last is None or moment <= self.last)

    def changes_after(self, moment: dt.datetime) -> bool:
        """Whether the page comes or goes later on; the moment is in the site's zone."""
        return any(turn is not None and turn > moment for turn in (self.opens, self.last))


class Withheld(Struct, frozen=True):
    """A page that stays in: kept so that a link to it can be explained; its text only for the leak check."""

    source: str
    reason: WithheldReason
    term: Term | None = None  # None: no moment lets it out
    sentences: tuple[str, ...] = ()  # by which a leak would be known

    def __repr__(self) -> str:  # without the sentences: whatever prints it must not tell them
        return f"Withheld({self.source!r}, {self.reason!r}, {self.term!r})"

    @property
    def until(self) -> dt.datetime | None:
        """When the embargo ends that keeps it in; None when something else does. In the site's zone."""
        return self.term.opens if self.term is not None and self.reason == "embargoed" else None

    @property
    def comes_by_itself(self) -> bool:
        """Whether the clock alone will let it out."""
        return self.term is not None and self.reason != "expired"


class Library(Struct, frozen=True):
    """Everything `read` let through."""

    pages: tuple[Page, ...]  # by source
    assets: tuple[AssetFile, ...]  # by source
    withheld: tuple[Withheld, ...]
    known: frozenset[str] = frozenset()  # every file below content/ by source, also those that could not be read
    texts: Mapping[str, PageText] = {}
    """What the pages say, by source. Apart from them because most builds need the texts of few pages."""
    digests: Mapping[str, FileDigests] = {}
    """Of the files that the pages were read from, by source."""
