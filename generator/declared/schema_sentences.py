"""A schema error in plain words. The library's own wording never reaches a reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from generator.declared.dates import explain_date, explain_moment
from generator.declared.marks import Location, Marks
from generator.declared.unknown_keys import explain_unknown, required_keys
from generator.declared.yaml_errors import Sentence
from generator.model.finding import Finding, Text, closest, listed, one_line

_CHOICE = re.compile(r"'(.*?)'(?=, | or |$)|([0-9]+)")
_COUNT = re.compile(r"[^0-9.]*([0-9]{1,9})[^0-9.]*", re.ASCII)
_PERCENTAGE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?%", re.ASCII)


def explain(model: type[BaseModel], detail: ErrorDetails, marks: Marks, at: Location) -> Finding:
    """The finding for one mistake in what stands at `at`, at the key where it stands."""
    below = tuple(step for step in detail["loc"] if step != "[key]")
    code, what, remedy = _sentence(model, detail, below, marks, at)
    return marks.finding(code, (*at, *below), what, remedy)


def _sentence(model: type[BaseModel], detail: ErrorDetails, below: Location, marks: Marks, at: Location) -> Sentence:
    kind, name = detail["type"], named((*at, *below))
    if kind == "extra_forbidden":
        return "unknown-key", *explain_unknown(model, below, name)
    if kind == "missing":
        return _missing(name, named(below[-1:]))
    if "remedy_ja" in detail.get("ctx", {}):
        return _own(name, detail)
    if kind in _SHAPES and (keys := required_keys(model, below)):
        return _SHAPES[kind](name, below[-1:], keys)
    typed = marks.typed.get((*at, *below), str(detail["input"]))
    writer = _WRITERS.get(kind) or _WRITERS.get(kind.split("_")[0])
    if writer is None:
        return _unfit(name, typed, detail)
    return writer(name, typed, detail)


def named(location: Location) -> Text:
    """`people` の2番目の `name`: the way to a value, in words."""
    ja, en = "", ""
    for step in location:
        if isinstance(step, int):
            ja, en = f"{ja} の{step + 1}番目", f"{en}, item {step + 1}"
        else:
            shown = f"`{one_line(step)}`"
            space = " " if ja.endswith("`") else ""
            ja, en = (f"{ja}{space}の {shown}", f"{en}: {shown}") if ja else (shown, shown)
    return Text(ja, en)


def _own(name: Text, detail: ErrorDetails) -> Sentence:
    """What a check of ours (`generator.model.record.unfit`) says in both languages."""
    said = detail["ctx"]
    space = " " if said["ja"].startswith("`") else ""
    what = Text(f"{name.ja} の{space}{said['ja']}", f"{name.en}: {said['en']}") if name.ja else None
    return (
        detail["type"],
        what or Text(said["ja"], said["en"]),
        Text(said["remedy_ja"], said["remedy_en"]),
    )


def _missing(name: Text, key: Text) -> Sentence:
    return (
        "missing-key",
        Text(f"{name.ja} がありません。必ず書く項目です", f"{name.en} is missing; it is required"),
        Text(f"{key.ja} を書いてください", f"write {key.en}"),
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
    choices = [str(choice) for choice in choices_of(detail)]
    shown = one_line(typed)
    near = closest(typed, choices)
    what = Text(f"{name.ja} に `{shown}` は書けません", f"{name.en} cannot be `{shown}`")
    if near is not None:
        remedy = Text(
            f"`{near}` のことではありませんか。書けるのは {listed(choices)} です",
            f"did you mean `{near}`? It may be {listed(choices)}",
        )
    else:
        ja, en = ("", "") if len(choices) == 1 else ("のどれか", "one of ")
        remedy = Text(f"{listed(choices)} {ja}を書いてください", f"write {en}{listed(choices)}")
    return "bad-choice", what, remedy


def choices_of(detail: ErrorDetails) -> list[str | int]:
    """What may be written where something else was, from pydantic's own list: 'a', 'b' or 3."""
    return [text or int(number) for text, number in _CHOICE.findall(str(detail["ctx"]["expected"]))]


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
    count = _COUNT.fullmatch(unicodedata.normalize("NFKC", typed))
    example = count[1] if count else "12"
    return (
        "not-a-number",
        Text(f"{name.ja} の `{shown}` は整数ではありません", f"{name.en} is `{shown}`, which is no whole number"),
        Text(f"半角の数字だけで書いてください（例: `{example}`）", f"write digits only, like `{example}`"),
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


def _too_large(name: Text, typed: str, detail: ErrorDetails) -> Sentence:
    most = detail["ctx"]["le"]
    return (
        "too-large",
        Text(
            f"{name.ja} の `{one_line(typed)}` は大きすぎます", f"{name.en} is `{one_line(typed)}`, which is too large"
        ),
        _SHARE if most == 1 else Text(f"{most} 以下の数を書いてください", f"write {most} or less"),
    )


def _decimal(name: Text, typed: str, _: ErrorDetails) -> Sentence:
    shown = one_line(typed)
    percentage = _PERCENTAGE.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    example = f"{Decimal(percentage[1]) / 100:f}" if percentage else "0.8"
    return (
        "not-a-number",
        Text(f"{name.ja} の `{shown}` は数ではありません", f"{name.en} is `{shown}`, which is no number"),
        Text(f"半角の数字で書いてください（例: `{example}`）", f"write it in digits, like `{example}`"),
    )


def _list_of_records(name: Text, _: Location, keys: list[str]) -> Sentence:
    item = f"- {_record_of(keys)}"
    return (
        "not-a-list",
        Text(f"{name.ja} は一覧で書きます", f"{name.en} must be a list"),
        Text(f"`{item}` のような行を、字下げして並べてください", f"write indented lines like `{item}`"),
    )


def _record_with(name: Text, key: Location, keys: list[str]) -> Sentence:
    shown = f"{one_line(str(key[0]))}: {_record_of(keys)}" if key and isinstance(key[0], str) else _record_of(keys)
    return (
        "not-a-mapping",
        Text(f"{name.ja} は、項目に分けて書きます", f"{name.en} must be written as keys with values"),
        Text(f"`{shown}` のように書いてください", f"write it like `{shown}`"),
    )


def _record_of(keys: list[str]) -> str:
    """As people may write a record on one line."""
    return f"{{{', '.join(f'{key}: …' for key in keys)}}}"


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


def _unfit(name: Text, typed: str, _: ErrorDetails) -> Sentence:
    shown = one_line(typed)
    return (
        "bad-value",
        Text(f"{name.ja} に `{shown}` は書けません", f"{name.en} cannot be `{shown}`"),
        Text("値を直してください", "correct the value"),
    )


_SHARE = Text("1 以下の割合で書いてください（80% は `0.8`）", "write a share up to 1 (80 % is `0.8`)")

# Where it is known what a record has to say.
_SHAPES: dict[str, Callable[[Text, Location, list[str]], Sentence]] = {
    "tuple_type": _list_of_records,
    "list_type": _list_of_records,
    "model_type": _record_with,
    "model_attributes_type": _record_with,
}

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
    "float": _decimal,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
    "tuple": _list,
    "list": _list,
    "model": _record,
    "dict": _record,
}
