"""The press: one Jinja2 template a kind of page, from our own folder or from the site's.

Templates run in a sandbox with autoescaping; they see one frozen view object (`generator.compose.views`) and
nothing else: no settings, no globals that reach further, and no arithmetic worth the name. An author's Markdown
never passes through here; it stands behind a slot marker. A site replaces a template by a file of the same name
in `theme_overrides/articles/` beside its mkdocs.yml.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar, Protocol

from jinja2 import (
    BytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from generator.compose.kinds import found_as
from generator.compose.unpublished import notice_of
from generator.model.finding import Family, Finding, Place, Text
from generator.model.page import Withheld
from generator.model.site import Document, Slot
from generator.settings import Settings
from generator.theme import theme_folder

_FILTERS = frozenset({"e", "escape", "first", "last", "join"})
"""What a template may do to a value; everything a reader sees was made in Python, where it is tested."""
_TESTS = frozenset({"none", "defined"})


class View(Protocol):
    """What a template is given; `kind` names the template and the page's style."""

    kind: ClassVar[str]


class Draft(Struct, frozen=True):
    """A page before it is printed: the view for its template, and what `Document` says about it."""

    url: str
    title: str
    description: str
    view: View
    slots: tuple[Slot, ...] = ()
    source: str | None = None
    section: str = ""
    lang: str = "ja"
    published_on: date | None = None
    updated_on: date | None = None
    departments: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    stays_in: Withheld | None = None
    """Why readers do not get it, where it is shown to those who write."""


class _Fields(dict[type, frozenset[str]]):
    """The documented fields of each view class; none for every other type."""

    def __missing__(self, kind: type) -> frozenset[str]:
        is_view = kind.__module__.startswith("generator.compose.views.")
        self[kind] = frozenset(kind.__annotations__) if is_view else frozenset()
        return self[kind]


_FIELDS = _Fields()


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, which lets documented fields of views and the templates' own macros pass at once.

    Its general checks cost half the time that templates take.
    """

    def call(
        self,
        context: Context,
        called: Any,
        /,
        *args: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **kwargs: Any,
    ) -> Any:
        if type(called) is Macro:
            return called(context.eval_ctx, *args, **kwargs)
        return super().call(context, called, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:
        fields = _FIELDS[type(obj)]
        if attribute in fields:
            return getattr(obj, attribute)
        if fields:  # nothing else that a view may have is promised to templates, and a method prints as where it lies
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class _CompiledOnce(BytecodeCache):
    """Compiled templates of this process by name and source: `serve` composes again and again."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _CompiledOnce()


def environment(folders: Sequence[Path]) -> Sandbox:
    """A sandbox that finds templates in `folders`, the first one that has it wins."""
    env = Sandbox(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_COMPILED,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # one build sees one state of its templates
    )
    env.globals.clear()
    env.filters = {name: function for name, function in env.filters.items() if name in _FILTERS}
    env.tests = {name: function for name, function in env.tests.items() if name in _TESTS}
    return env


def compile_templates(settings: Settings) -> None:
    """Compile all templates ahead of the pages, for this process and for copies of it: each would do so itself."""
    env = environment(_folders(settings))
    for name in env.list_templates(extensions=["html"]):
        with suppress(Exception):  # what is wrong with one is told as soon as a page needs it
            env.get_template(name)


def _folders(settings: Settings) -> list[Path]:
    return [_own_folder(settings), theme_folder() / "articles"]


def _own_folder(settings: Settings) -> Path:
    return settings.root / "theme_overrides" / "articles"


class Press:
    """Prints drafts; keeps compiled templates and what was found wrong with them."""

    def __init__(self, settings: Settings, findings: Sequence[Finding] = ()) -> None:
        self.settings, self.findings = settings, list(findings)
        self._env = environment(_folders(settings))
        self._templates: dict[str, Template | None] = {}

    def __reduce__(self) -> tuple[type[Press], tuple[Settings, list[Finding]]]:
        """Another process compiles templates itself."""
        return Press, (self.settings, self.findings)

    def print(self, draft: Draft) -> Document:
        """The finished page; its body is empty when its template is at fault, which is then a finding."""
        return Document(
            url=draft.url,
            kind=draft.view.kind,
            title=draft.title,
            description=draft.description,
            body=notice_of(draft.stays_in) + self._body(draft.view),
            slots=draft.slots,
            source=draft.source,
            section=draft.section,
            lang=draft.lang,
            published_on=draft.published_on,
            updated_on=draft.updated_on,
            found_as=found_as(draft.view.kind, draft.url),
            departments=draft.departments,
            words=draft.words,
        )

    def _body(self, view: View) -> str:
        name = f"{view.kind}.html"
        if name not in self._templates:
            self._templates[name] = self._compiled(name)
        template = self._templates[name]
        if template is None:
            return ""
        try:
            return template.render(view=view)
        except (TemplateError, TypeError, ValueError) as error:
            # TypeError and ValueError are what a template's own expressions raise, e.g. a call of a text.
            self.findings.append(self._fault(name, error))
            self._templates[name] = None  # the same fault once, not on each of a thousand pages
            return ""

    def _compiled(self, name: str) -> Template | None:
        try:
            return self._env.get_template(name)
        except (TemplateError, UnicodeDecodeError) as error:
            self.findings.append(self._fault(name, error))
            return None

    def _fault(self, name: str, error: Exception) -> Finding:
        place = self._place(name, error)
        why = _why_not(error)
        return Finding(
            Family.SETTINGS,
            "bad-template",
            place,
            Text(f"テンプレートを使えません。{why.ja}（{error}）", f"the template cannot be used: {why.en} ({error})"),
            Text(
                "その行を直すか、ファイルを消して元のテンプレートに戻してください",
                "correct the line, or delete the file to return to the built-in template",
            ),
        )

    def _place(self, name: str, error: Exception) -> Place:
        """The template's line: given by syntax errors, else the innermost template frame of the traceback."""
        if isinstance(error, TemplateSyntaxError) and error.filename:
            return Place(self.settings.shown(Path(error.filename)), error.lineno)
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".html")]
        if frames:
            return Place(self.settings.shown(Path(frames[-1].filename)), frames[-1].lineno or 0)
        return Place(self.settings.shown(_own_folder(self.settings) / name))


def _why_not(error: Exception) -> Text:
    if isinstance(error, UndefinedError):
        return Text("使えるのは `view` のフィールドだけです", "only fields of `view` exist")
    if isinstance(error, UnicodeDecodeError):
        return Text("UTF-8で書かれていません", "it is not written in UTF-8")
    return Text("テンプレートの文法に合いません", "it is not valid Jinja2")
