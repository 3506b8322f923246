"""A schema error in plain words. The library's own wording never reaches a reader."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import TypeAlias

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from generator.model.finding import Finding, Text
from generator.model.period import Month
from generator.read.dates import explain_date, explain_moment
from generator.read.reporting import error, listed, named, one_line
from generator.read.unknown_keys import explain_unknown
from generator.read.yaml_fields import Fields

Sentence: TypeAlias = tuple[str, Text, Text]  # code, what, remedy


def explain(model: type[BaseModel], detail: ErrorDetails, fields: Fields) -> Finding:
    """The finding for one mistake, at the key where it stands."""
    location = detail["loc"]
    name = named(location)
    code, what, remedy = _sentence(model, detail, name, fields)
    return error(code, fields.place_of(location), what, remedy)


def _sentence(model: type[BaseModel], detail: ErrorDetails, name: Text, fields: Fields) -> Sentence:
    kind, location = detail["type"], detail["loc"]
    if kind == "extra_forbidden":
        return "unknown-key", *explain_unknown(model, location)
    if kind == "missing":
        return _missing(name)
    typed = fields.typed.get(location, str(detail["input"]))
    writer = _WRITERS.get(kind) or _WRITERS.get(kind.split("_")[0])
    if writer is None:
        return _unfit(name, typed, detail)
    return writer(name, typed, detail)


def _missing(name: Text) -> Sentence:
    return (
        "missing-key",
        Text(f"{name.ja} がありません。必ず書く項目です", f"{name.en} is missing; it is required"),
        Text(f"{name.ja} を書いてください", f"write {name.en}"),
    )


def _date(name: Text, typed: str, _: ErrorDetails) -> Sentence:
    why, remedy = explain_date(typed)
    shown = one_line(typed)
    return (
        "bad-date",
        Text(f"{name.ja} の `{shown}` が正しくありません。{why.ja}", f"{name.en} is `{shown}`: {why.en}"),
        remedy,
    )


def _moment(name: Text, typed: str, _: ErrorDetails) -> Sentence:
    why, remedy = explain_moment(typed)
    shown = one_line(typed)
    return (
        "bad-date",
        Text(f"{name.ja} の `{shown}` が正しくありません。{why.ja}", f"{name.en} is `{shown}`: {why.en}"),
        remedy,
    )


def _choice(name: Text, typed: str, detail: ErrorDetails) -> Sentence:
    choices = _choices(str(detail["ctx"]["expected"]))
    shown = one_line(typed)
    near = difflib.get_close_matches(typed, choices, n=1, cutoff=0.6)
    what = Text(f"{name.ja} に `{shown}` は書けません", f"{name.en} cannot be `{shown}`")
    if near:
        remedy = Text(
            f"`{near[0]}` のことではありませんか。書けるのは {listed(choices)} です",
            f"did you mean `{near[0]}`? It may be {listed(choices)}",
        )
    else:
        remedy = Text(f"{listed(choices)} のどれかを書いてください", f"write one of {listed(choices)}")
    return "bad-choice", what, remedy


def _choices(expected: str) -> list[str]:
    """The choices from pydantic's own list: 'a', 'b' or 'c'."""
    return [choice.strip().strip("'") for choice in expected.replace(" or ", ", ").split(", ")]


def _too_long(name: Text, typed: str, detail: ErrorDetails) -> Sentence:
    limit = detail["ctx"]["max_length"]
    return (
        "too-long",
        Text(
            f"{name.ja} が長すぎます（{len(typed)} 文字。{limit} 文字まで）",
            f"{name.en} is too long ({len(typed)} characters; at most {limit})",
        ),
        Text(f"{limit} 文字までに縮めてください", f"shorten it to {limit} characters"),
    )


def _form(name: Text, typed: str, _: ErrorDetails) -> Sentence:
    shown = one_line(typed)
    return (
        "bad-name",
        Text(
            f"{name.ja} の `{shown}` に、使えない文字があります",
            f"{name.en} is `{shown}`, which has characters that cannot stand there",
        ),
        Text(
            "半角の英数字とハイフンで、英数字から始めて書いてください（例: `sales-east`）",
            "use ASCII letters, digits and hyphens, beginning with a letter or digit (like `sales-east`)",
        ),
    )


def _text(name: Text, _: str, __: ErrorDetails) -> Sentence:
    return (
        "not-text",
        Text(f"{name.ja} に、一覧や入れ子は書けません", f"{name.en} cannot be a list or a mapping"),
        Text("文字だけを書いてください", "write plain text"),
    )


def _yes_no(name: Text, typed: str, _: ErrorDetails) -> Sentence:
    shown = one_line(typed)
    return (
        "not-true-or-false",
        Text(
            f"{name.ja} の `{shown}` は、はい・いいえのどちらとも読めません",
            f"{name.en} is `{shown}`, which is neither true nor false",
        ),
        Text(
            "引用符を付けずに、`true`（はい）か `false`（いいえ）と書いてください",
            "write `true` or `false` without quotation marks",
        ),
    )


def _number(name: Text, typed: str, _: ErrorDetails) -> Sentence:
    shown = one_line(typed)
    return (
        "not-a-number",
        Text(f"{name.ja} の `{shown}` は整数ではありません", f"{name.en} is `{shown}`, which is no whole number"),
        Text("半角の数字だけで書いてください（例: `12`）", "write digits only, like `12`"),
    )


def _too_small(name: Text, typed: str, detail: ErrorDetails) -> Sentence:
    least = detail["ctx"]["ge"]
    return (
        "too-small",
        Text(
            f"{name.ja} の `{one_line(typed)}` は小さすぎます", f"{name.en} is `{one_line(typed)}`, which is too small"
        ),
        Text(f"{least} 以上の数を書いてください", f"write {least} or more"),
    )


def _list(name: Text, _: str, __: ErrorDetails) -> Sentence:
    return (
        "not-a-list",
        Text(f"{name.ja} は一覧で書きます", f"{name.en} must be a list"),
        Text(
            "`[一つ目, 二つ目]` の形か、`- ` で始まる行で書いてください",
            "write `[first, second]`, or lines that begin with `- `",
        ),
    )


def _record(name: Text, _: str, detail: ErrorDetails) -> Sentence:
    return (
        "not-a-mapping",
        Text(f"{name.ja} は、項目に分けて書きます", f"{name.en} must be written as keys with values"),
        Text("字下げして `名前: 値` の行を並べてください", "write indented `key: value` lines"),
    )


def _month(name: Text, typed: str, _: ErrorDetails) -> Sentence:
    shown = one_line(typed)
    return (
        "bad-month",
        Text(f"{name.ja} の `{shown}` は年月として読めません", f"{name.en} is `{shown}`, which is no month"),
        Text(f"`{Month(2026, 10)}` の形で書いてください", f"write it like `{Month(2026, 10)}`"),
    )


def _unfit(name: Text, typed: str, _: ErrorDetails) -> Sentence:
    shown = one_line(typed)
    return (
        "bad-value",
        Text(f"{name.ja} に `{shown}` は書けません", f"{name.en} cannot be `{shown}`"),
        Text("値を直してください", "correct the value"),
    )


# By the library's error type, or by the first word of it.
_WRITERS: dict[str, Callable[[Text, str, ErrorDetails], Sentence]] = {
    "date": _date,
    "datetime": _moment,
    "timezone": _moment,
    "enum": _choice,
    "literal_error": _choice,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _form,
    "string_type": _text,
    "bool": _yes_no,
    "int": _number,
    "greater_than_equal": _too_small,
    "tuple": _list,
    "list": _list,
    "model": _record,
    "dict": _record,
    "value_error": _month,  # the only checks of our own in these schemas read months
}
