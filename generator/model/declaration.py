"""A YAML file people write, judged against a model: every problem at once, with its line and the nearest right name.

declaration, findings = parse(text, "content/data/sources.yml", Family.DATA)
model, findings = declaration.validated(MetricsFile)
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from generator.model.finding import Family, Finding, Place, Text

Key = str | int
Keys = tuple[Key, ...]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A YAML file as written: its value, and where each key and list item stands."""

    path: str
    family: Family
    value: object
    marks: Mapping[Keys, tuple[int, int]]
    """Keys from the top of the file → line and column, from 1."""

    def place(self, *keys: Key) -> Place:
        """Where `keys` stand; for keys that are not in the file, the nearest key above them."""
        for length in range(len(keys), -1, -1):
            if keys[:length] in self.marks:
                return Place(self.path, *self.marks[keys[:length]])
        return Place(self.path)

    def finding(self, code: str, keys: Keys, what: Text, remedy: Text) -> Finding:
        """A finding about the value under `keys`."""
        return Finding(self.family, code, self.place(*keys), what, remedy)

    def validated(self, model: type[M], value: object, at: Keys = ()) -> tuple[M | None, list[Finding]]:
        """Judge `value`, which stands under the keys `at`, against `model`; None when anything is wrong with it."""
        try:
            return model.model_validate(value), []
        except ValidationError as error:
            return None, [self._finding(model, at, _Detail.of(dict(detail))) for detail in error.errors()]

    def _finding(self, model: type[BaseModel], at: Keys, detail: _Detail) -> Finding:
        what, remedy = _sentences(model, detail)
        code = {"extra_forbidden": "unknown-key", "missing": "missing-key"}.get(detail.type, "bad-value")
        return self.finding(code, at + detail.keys, what, remedy)


def parse(text: str, path: str, family: Family) -> tuple[Declaration | None, list[Finding]]:
    """Read one YAML document; None beside the findings when it is not one."""
    try:
        aliases = [event for event in yaml.parse(text, yaml.SafeLoader) if isinstance(event, yaml.AliasEvent)]
        if aliases:
            return None, [_alias_finding(path, family, aliases[0])]
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        marks, findings = _marks(node, path, family) if node else ({}, [])
        value = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, [_syntax_finding(path, family, error)]
    return Declaration(path, family, value, marks), findings


def nearest(word: str, known: Iterable[str]) -> Text:
    """A remedy that names the right word: the nearest one, or all there are."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return Text(f"`{near[0]}` のことではありませんか", f"did you mean `{near[0]}`?")
    listed = ", ".join(f"`{name}`" for name in names) or "-"
    return Text(f"使えるのは次のものです: {listed}", f"known: {listed}")


def _marks(top: yaml.Node, path: str, family: Family) -> tuple[dict[Keys, tuple[int, int]], list[Finding]]:
    marks: dict[Keys, tuple[int, int]] = {}
    findings = []
    for keys, node in _walk((), top):
        if keys in marks and keys:
            what = Text(f"`{keys[-1]}` が2回書かれています", f"`{keys[-1]}` is written twice")
            remedy = Text("片方を消してください", "remove one of them")
            findings.append(Finding(family, "duplicate-key", Place(path, node.start_mark.line + 1), what, remedy))
        marks[keys] = (node.start_mark.line + 1, node.start_mark.column + 1)
    return marks, findings


def _walk(keys: Keys, node: yaml.Node) -> Iterator[tuple[Keys, yaml.Node]]:
    """Yield every key path with the node that shows where it stands: the key of a mapping, the item of a list."""
    if not keys:
        yield keys, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = (*keys, str(key.value))
            yield below, key
            yield from _walk(below, value)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*keys, index), item
            yield from _walk((*keys, index), item)


def _alias_finding(path: str, family: Family, event: yaml.AliasEvent) -> Finding:
    what = Text("YAMLの別名 `*` は使えません", "YAML aliases (`*`) are not allowed")
    remedy = Text(
        "値をそのまま書くか、`*` で始まる文字なら引用符で囲んでください",
        "write the value out, or quote a text that begins with `*`",
    )
    line = event.start_mark.line + 1 if event.start_mark else 0
    return Finding(family, "bad-yaml", Place(path, line), what, remedy)


def _syntax_finding(path: str, family: Family, error: Exception) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    what = Text(f"YAMLとして読めません（{problem}）", f"this is not YAML: {problem}")
    remedy = Text(
        "字下げ、コロンの後の半角空白、引用符を確かめてください（`*` や `@` で始まる値は引用符で囲みます）",
        "check the indentation, the space after each colon and the quotes (values that begin with `*` or `@` need them)",
    )
    return Finding(family, "bad-yaml", place, what, remedy)


@dataclass(frozen=True, slots=True)
class _Detail:
    """One entry of pydantic's `ValidationError.errors()`."""

    type: str
    keys: Keys
    message: str
    value: object
    context: dict[str, object]

    @classmethod
    def of(cls, detail: dict[str, object]) -> _Detail:
        location, context = detail["loc"], detail.get("ctx", {})
        keys = tuple(part for part in location if part != "[key]") if isinstance(location, tuple) else ()
        known = dict(context) if isinstance(context, dict) else {}
        return cls(str(detail["type"]), keys, str(detail["msg"]), detail.get("input"), known)


_KINDS = {
    "string": Text("文字", "text"),
    "int": Text("整数", "a whole number"),
    "float": Text("数", "a number"),
    "bool": Text("`true` か `false`", "`true` or `false`"),
    "dict": Text("項目の集まり", "a mapping"),
    "model": Text("項目の集まり", "a mapping"),
    "tuple": Text("`[` `]` の並び", "a list"),
}

_KINDS_REMEDY = Text("`項目: 値` の形で書いてください", "write `key: value` pairs")

_MESSAGES = {
    "a duration is written in days": Text("日数は `45d` のように書いてください", "write days like `45d`"),
    "[a-z][a-z0-9_]*": Text(
        "英小文字で始め、英小文字、数字、`_` だけで書いてください",
        "begin with a lower-case letter and use only these, digits and `_`",
    ),
    "is not a month of the form": Text("年月は `2026-10` のように書いてください", "write months like `2026-10`"),
}
"""Part of pydantic's message → the remedy in both languages."""


def _sentences(model: type[BaseModel], detail: _Detail) -> tuple[Text, Text]:
    key = str(detail.keys[-1]) if detail.keys else ""
    if detail.type == "extra_forbidden":
        what = Text(f"`{key}` という項目はありません", f"there is no key `{key}`")
        return what, nearest(key, _fields_beside(model, detail.keys))
    if detail.type == "missing":
        return Text(f"`{key}` がありません", f"`{key}` is missing"), Text(
            f"`{key}:` を書き足してください", f"add `{key}:`"
        )
    if "ja" in detail.context:  # a PydanticCustomError of ours speaks both languages
        return Text(str(detail.context["ja"]), detail.message), _context_remedy(detail)
    return _value_sentences(key, detail)


def _context_remedy(detail: _Detail) -> Text:
    return Text(str(detail.context["remedy_ja"]), str(detail.context["remedy_en"]))


def _value_sentences(key: str, detail: _Detail) -> tuple[Text, Text]:
    shown = f" `{detail.value}` " if isinstance(detail.value, str | int | float) else ""
    if not key:
        return Text("中身が空か、項目の集まりではありません", "the file is empty or no mapping"), _KINDS_REMEDY
    what = Text(f"`{key}` の値{shown}は正しくありません", f"`{key}`: the value{shown or ' '}is wrong")
    if detail.type in {"literal_error", "enum"}:
        known = str(detail.context.get("expected", "")).replace(" or ", ", ").replace("'", "").split(", ")
        return what, nearest(str(detail.value), known)
    for part, remedy in _MESSAGES.items():
        if part in detail.message:
            return what, remedy
    kind = _KINDS.get(detail.type.removesuffix("_type").removesuffix("_parsing"))
    if kind:
        return what, Text(f"{kind.ja}で書いてください", f"write {kind.en}")
    return what, _limit(detail) or Text(
        f"次の条件に合わせてください: {detail.message}", f"it must hold: {detail.message}"
    )


def _limit(detail: _Detail) -> Text | None:
    low, high = detail.context.get("ge"), detail.context.get("le")
    if low is not None:
        return Text(f"{low} 以上にしてください", f"make it {low} or more")
    if high == 1:
        return Text("1 以下の割合にしてください（80% は `0.8`）", "make it a share up to 1 (80 % is `0.8`)")
    return Text(f"{high} 以下にしてください", f"make it {high} or less") if high is not None else None


def _fields_beside(model: type[BaseModel], keys: Keys) -> list[str]:
    """The keys that may stand where the last of `keys` stands."""
    current: type[BaseModel] | None = model
    for key in keys[:-1]:
        field = current.model_fields.get(str(key)) if current else None
        inner = _model_in(field.annotation) if field else current  # a name or index inside a dict or list
        current = inner or None
    return [field.alias or name for name, field in current.model_fields.items()] if current else []


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model that an annotation such as `dict[str, Entity] | None` is about."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
