"""What a YAML parser found wrong, in the words of somebody who never heard of YAML."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import yaml

from generator.markup.forbidden import forbidden, kind_of
from generator.model.finding import Text, one_line

Sentence: TypeAlias = tuple[str, Text, Text]
"""The code of a finding, what is wrong, and what to do."""

_CLOSE_COLON = re.compile(r"\s*(?:- +)?([\w-]+):(?!//)\u3000*([^\s:].*)")
_CLOSES = {"[": "]", "{": "}", '"': '"', "'": "'"}
_BEGUN_AND_CLOSED = re.compile(r"""\s*(?:- +)*(?:[\w-]+: +)?(["'\[{]).*["'\]}]""")

_QUOTE = Text('値の全体を `"` で囲んでください', 'put the whole value in `"`')
_ALIGN = Text("行頭の空白を、前後の行とそろえてください", "align the line with those around it")
_TAB = (
    Text("行頭の空白にタブが使われています", "a line is indented with a tab"),
    Text("タブを半角の空白に置き換えてください", "replace the tab with spaces"),
)

# (part of the parser's own words, what it means, what to do); the first that fits wins.
_SENTENCES: tuple[tuple[str, Text, Text], ...] = (
    (
        "while scanning an alias",
        Text("`*` で始まる値は、そのままでは書けません", "a value cannot begin with a bare `*`"),
        _QUOTE,
    ),
    (
        "while scanning an anchor",
        Text("`&` で始まる値は、そのままでは書けません", "a value cannot begin with a bare `&`"),
        _QUOTE,
    ),
    (
        "undefined alias",
        Text("`*` で始まる値は、そのままでは書けません", "a value cannot begin with a bare `*`"),
        _QUOTE,
    ),
    (
        "quoted scalar found unexpected",
        Text("引用符が閉じていません", "a quotation mark is never closed"),
        Text("値の終わりに、始まりと同じ引用符を書いてください", "close the value with the same mark it begins with"),
    ),
    (
        "hexdecimal number",
        Text('`"` の中の `\\` は特別な意味を持ちます', 'inside `"` a `\\` has a special meaning'),
        Text("`'` で囲むか、`\\\\` と書いてください", "use `'` instead, or write `\\\\`"),
    ),
    (
        "unknown escape character",
        Text('`"` の中の `\\` は特別な意味を持ちます', 'inside `"` a `\\` has a special meaning'),
        Text("`'` で囲むか、`\\\\` と書いてください", "use `'` instead, or write `\\\\`"),
    ),
    (
        "flow sequence",
        Text("`[` が閉じていません", "a `[` is never closed"),
        Text("一覧の終わりに `]` を書いてください", "close the list with `]`"),
    ),
    (
        "flow mapping",
        Text("`{` が閉じていないか、値が `{` で始まっています", "a `{` is never closed, or a value begins with `{`"),
        Text('`}` で閉じるか、値の全体を `"` で囲んでください', 'close it with `}`, or put the whole value in `"`'),
    ),
    (
        "cannot start any token",
        Text("値が、YAML では使えない記号で始まっています", "a value begins with a sign that YAML keeps for itself"),
        _QUOTE,
    ),
    (
        "did not find expected '-' indicator",
        Text("`- ` の一覧と `名前: 値` が混ざっています", "a `- ` list and `key: value` are mixed"),
        _ALIGN,
    ),
    (
        "block scalar",
        Text("`|` や `>` の後に文字があります", "there is text after `|` or `>`"),
        Text("文章は次の行から、字下げして書いてください", "begin the text on the next line, indented"),
    ),
    (
        "expected <document start>",
        Text("`...` や `---` で途中に区切りが入っています", "the text is cut in two by `...` or `---`"),
        Text("区切りの行を消してください", "delete that line"),
    ),
)


def syntax_error(failure: yaml.YAMLError, text: str) -> tuple[Sentence, int | None, int]:
    """What is wrong, and its line and column from 0; no line where the parser names none."""
    if isinstance(failure, yaml.reader.ReaderError) and (match := forbidden(text)):
        before = text[: match.start()]
        return escaped_character(match[0]), before.count("\n"), len(before) - (before.rfind("\n") + 1)
    if (missing := _missing_space(failure, text)) is not None:
        return missing
    if (number := _full_width_indentation(failure, text)) is not None:
        return full_width_indentation(), number, 0
    if (place := _full_width_colon(failure, text)) is not None:
        return full_width_colon(), *place
    mark = _mark(failure)
    return ("bad-yaml", *_sentence(failure, text)), mark and mark.line, mark.column if mark else 0


def _missing_space(failure: yaml.YAMLError, text: str) -> tuple[Sentence, int, int] | None:
    """Where the space after a `:` is missing; the parser notices it a line later."""
    begun, met = getattr(failure, "context_mark", None), getattr(failure, "problem_mark", None)
    words = f"{getattr(failure, 'context', None)} {getattr(failure, 'problem', None)}"
    if begun is not None and "simple key" in words:
        number = begun.line
    elif met is not None and met.line and "mapping values are not allowed" in words:
        number = len(text[: met.index - met.column].rstrip().split("\n")) - 1  # the line before that is not empty
    else:
        return None
    lines = text.split("\n")
    return missing_space(lines[number], number) if number < len(lines) else None


def missing_space(line: str, number: int) -> tuple[Sentence, int, int] | None:
    """What is wrong with a line whose `:` has no space behind it, and its line and column; None for any other."""
    match = _CLOSE_COLON.match(line)
    if match is None:
        return None
    key, value = match[1], one_line(match[2])
    what = Text(f"`{key}:` の後に半角の空白がありません", f"there is no space after `{key}:`")
    remedy = Text(
        f"`{key}: {value}` のように、`:` の後に半角の空白を入れてください",
        f"write a space after the `:`, as in `{key}: {value}`",
    )
    return ("bad-yaml", what, remedy), number, match.end(1) + 1


def _full_width_indentation(failure: yaml.YAMLError, text: str) -> int | None:
    """The line that is indented with a full-width space; the parser may notice it a line later."""
    met = getattr(failure, "problem_mark", None)
    if met is None:
        return None
    start = met.index - met.column
    if _is_indented_in_full_width(text[start:]):
        return int(met.line)
    has_its_own_mistake = ":" in text[start : met.index]
    above = text[: max(start - 1, 0)].rpartition("\n")[2]
    return met.line - 1 if not has_its_own_mistake and _is_indented_in_full_width(above) else None


def _is_indented_in_full_width(line: str) -> bool:
    return line.lstrip(" ").startswith("\u3000")


def _full_width_colon(failure: yaml.YAMLError, text: str) -> tuple[int, int] | None:
    """Line and column of a key whose colon is full-width; the parser notices it a line later."""
    begun, met = getattr(failure, "context_mark", None), getattr(failure, "problem_mark", None)
    lines = text.split("\n")
    if begun is not None and "simple key" in f"{getattr(failure, 'context', None)}":
        number = begun.line
    elif met is not None and met.line and "mapping values are not allowed" in f"{getattr(failure, 'problem', None)}":
        number = met.line - 1
        if ":" in lines[met.line][: met.column]:
            return None  # the line has a mistake of its own
    else:
        return None
    line = lines[number]
    is_full_width = "：" in line and ":" not in line
    return (number, len(line) - len(line.lstrip())) if is_full_width else None


def _mark(failure: yaml.YAMLError) -> Any:
    """Where to look: for something left open, where it opens; the parser notices it only much later."""
    words = f"{getattr(failure, 'context', None)}"
    opened = getattr(failure, "context_mark", None)
    if opened is not None and any(kind in words for kind in ("quoted scalar", "flow sequence", "flow mapping")):
        return opened
    return getattr(failure, "problem_mark", None)


def too_large(limit: int) -> Sentence:
    return (
        "front-matter-too-large",
        Text(f"先頭の項目欄（YAML）が {limit:,} バイトを超えています", f"the YAML is larger than {limit:,} bytes"),
        Text("長い文章は本文に移してください", "move long texts into the body"),
    )


def too_deep(limit: int) -> Sentence:
    return (
        "yaml-too-deep",
        Text("入れ子が深すぎます", "the YAML is nested too deeply"),
        Text(f"入れ子を {limit} 段までにしてください", f"nest no deeper than {limit} levels"),
    )


def not_a_mapping() -> Sentence:
    return (
        "not-a-mapping",
        Text("`名前: 値` の形になっていません", "this is not written as `key: value`"),
        Text("`title: 見出し` のように、1行に1つずつ書いてください", "write one `key: value` a line, like `title: …`"),
    )


def full_width_colon() -> Sentence:
    return (
        "bad-yaml",
        Text("全角の `：` が使われています", "a full-width `：` stands where YAML needs `:`"),
        Text("半角の `:` と半角の空白に直してください", "write `:` and a space"),
    )


def full_width_indentation() -> Sentence:
    return (
        "bad-yaml",
        Text("行の初めに全角の空白があります", "the line is indented with a full-width space"),
        Text(
            "全角の空白を半角の空白に置き換え、前後の行とそろえてください",
            "replace it with ordinary spaces, and align the line with those around it",
        ),
    )


def not_a_key() -> Sentence:
    return (
        "not-a-key",
        Text("項目の名前として使えない書き方です", "this cannot be the name of a key"),
        Text("`title` のような、ひとつの名前を書いてください", "write one name, like `title`"),
    )


def duplicate_key(key: str, first_line: int) -> Sentence:
    shown = one_line(key)
    return (
        "duplicate-key",
        Text(
            f"`{shown}` が2回書かれています（1回目は {first_line} 行目）。どちらが正しいか決められません",
            f"`{shown}` is written twice (first on line {first_line}): which one is right cannot be known",
        ),
        Text("どちらか一方を消してください", "delete one of them"),
    )


def anchor_or_tag(first: str) -> Sentence:
    if first == "!":
        what = Text(
            "値の前の `!` は、YAML の特別な指定（タグ）として読まれます", "a value beginning with `!` is a YAML tag"
        )
    else:
        what = Text(
            "値の前の `&` や `*` は、YAML の特別な指定（アンカー、エイリアス）として読まれます",
            "a value beginning with `&` or `*` is a YAML anchor or alias",
        )
    remedy = Text(
        '文字として書くなら、値の全体を `"` で囲んでください。指定そのものは使えません',
        'quote the whole value with `"` to mean the character; anchors, aliases and tags are not available',
    )
    return ("yaml-anchor-or-tag", what, remedy)


def escaped_character(text: str) -> Sentence:
    match = forbidden(text)
    character = match[0] if match else ""
    point = f"U+{ord(character):04X}" if character else ""
    name = kind_of(character) or Text("見えない文字", "invisible character")
    return (
        "forbidden-escape",
        Text(f"{name.ja} `{point}` が値に入っています", f"the value holds a {name.en} `{point}`"),
        Text("この文字（または `\\u` の書き方）を消してください", "delete the character or its `\\u` escape"),
    )


def _sentence(failure: yaml.YAMLError, text: str) -> tuple[Text, Text]:
    """What is wrong, and what to do."""
    words = f"{getattr(failure, 'context', None) or ''} {getattr(failure, 'problem', None) or ''}"
    if "mapping values are not allowed" in words:
        return _colon_or_indentation(failure, text)
    mark = getattr(failure, "problem_mark", None)
    if mark is not None and text[mark.index : mark.index + 1] == "\t":
        return _TAB
    if mark is not None and "did not find expected" in words:
        begun = _BEGUN_AND_CLOSED.fullmatch(text[: mark.index].rpartition("\n")[2].rstrip())
        if begun is not None:
            return _more_after(begun[1])
    for part, what, remedy in _SENTENCES:
        if part in words:
            return what, remedy
    return (
        Text("ここで `名前: 値` の形が崩れています", "the form `key: value` breaks here"),
        Text(
            "行頭の空白と引用符を、前後の行と見比べてください",
            "compare indentation and quotation marks with the lines around it",
        ),
    )


def _more_after(opening: str) -> tuple[Text, Text]:
    """A value that begins like a list or like quoted words, and goes on behind their end."""
    quote = "'" if opening == '"' else '"'
    return (
        Text(
            f"値が `{opening}` で始まるのに、`{_CLOSES[opening]}` の後に文字が続いています",
            f"the value begins with `{opening}`, and there is more behind its `{_CLOSES[opening]}`",
        ),
        Text(f"値の全体を `{quote}` で囲んでください", f"put the whole value in `{quote}`"),
    )


def _colon_or_indentation(failure: yaml.YAMLError, text: str) -> tuple[Text, Text]:
    """Two mistakes share one message: a second `: ` on a line, and a line that belongs to no key."""
    mark = getattr(failure, "problem_mark", None)
    lines = text.split("\n")
    line = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    if mark is not None and ":" in line[: mark.column]:
        return (
            Text("値の中に `: ` があります", "there is a `: ` inside the value"),
            Text('値の全体を `"` で囲んでください', 'put the whole value in `"`'),
        )
    return (
        Text("前の行とつながった形になっていて、`名前: 値` として読めません", "the line runs into the one before it"),
        Text(
            "前の行に `:` があるか、行頭の空白がそろっているかを確かめてください",
            "check that the line before has its `:` and that both are aligned",
        ),
    )
