"""An SQL condition that somebody wrote in metrics.yml: judged before it runs, at its own line."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

from generator.measure.warehouse import Warehouse, quoted
from generator.model.finding import Text, listed, nearest, one_line

Problem = tuple[Text, Text]
"""What is wrong, and what to do."""

_IN_QUOTES = re.compile(r"""('[^']*'|"[^"]*")""")
_FULL_WIDTH = str.maketrans({"≧": ">=", "≥": ">=", "≦": "<=", "≤": "<=", "≠": "<>"})
"""What stands for operators and is no full-width form of them to Unicode."""
_KEEP_SIMPLE = Text(
    "その表の列だけを使った条件を書いてください（例: `team_chat_message_count > 0`）",
    "write a condition on the columns of that table, such as `team_chat_message_count > 0`",
)


class Conditions:
    """Judges conditions: the same one, which many metrics have, once. No table changes its columns meanwhile."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self._known: dict[tuple[str, str, bool], Problem | None] = {}

    def problem(self, condition: str, table: str, *, is_elsewhere: bool = False) -> Problem | None:
        """Say why `condition` is not one pure truth value per row of `table`; None when it is.

        Of a table whose rows lie elsewhere it must mean the same in every engine.
        """
        asked = (condition, table, is_elsewhere)
        if asked not in self._known:
            self._known[asked] = _problem(condition, table, self.warehouse, is_elsewhere=is_elsewhere)
        return self._known[asked]


def _problem(condition: str, table: str, warehouse: Warehouse, *, is_elsewhere: bool) -> Problem | None:
    selected = _selected(condition, table)
    shown = one_line(condition, 80)
    try:
        parsed = json.loads(str(warehouse.query("SELECT json_serialize_sql(?)", [selected])[0][0]))
        if parsed.get("error") or not condition.strip():
            what = Text(f"条件 `{shown}` がSQLの式になっていません", f"`{shown}` is not an SQL expression")
            return what, _in_half_width(condition) or _KEEP_SIMPLE
        if not _is_one_expression(parsed):
            return Text(f"条件 `{shown}` が1つの式ではありません", f"`{shown}` is not one expression"), _KEEP_SIMPLE
        for node in _nodes(parsed["statements"][0]["node"]["select_list"]):
            if (problem := _foreign(node, warehouse, table)) is not None:
                return problem
            if is_elsewhere and (word := _meaning_elsewhere(node)) is not None:
                return word, _MEANS_THE_SAME
    except RecursionError:
        return Text(f"条件 `{shown}` の入れ子が深すぎます", f"`{shown}` is nested too deeply"), _KEEP_SIMPLE
    return _binding_problem(condition, table, warehouse)


def _in_half_width(condition: str) -> Text | None:
    """How to write a condition whose operators came out of a Japanese keyboard; None when none did."""
    parts = _IN_QUOTES.split(condition)
    parts[::2] = (unicodedata.normalize("NFKC", part.translate(_FULL_WIDTH)) for part in parts[::2])
    written = "".join(parts)
    if written == condition:
        return None
    shown = one_line(written, 80)
    return Text(f"`{shown}` のように、記号を半角で書いてください", f"type the operators in half width: `{shown}`")


def _selected(condition: str, table: str) -> str:
    # Line breaks keep a `-- remark` at the condition's end from swallowing what follows.
    return f"SELECT (\n{condition}\n) AS condition FROM {quoted(table)}"  # noqa: S608 -- judged before it runs


def _is_one_expression(parsed: dict[str, list[dict[str, dict[str, object]]]]) -> bool:
    statements = parsed["statements"]
    node = statements[0]["node"]
    selected, source = node.get("select_list"), node.get("from_table")
    return (
        len(statements) == 1
        and isinstance(selected, list)
        and len(selected) == 1
        and isinstance(source, dict)
        and source.get("type") == "BASE_TABLE"
        and node.get("where_clause") is None
    )


def _nodes(tree: object) -> Iterator[dict[str, object]]:
    if isinstance(tree, dict):
        yield tree
        for part in tree.values():
            yield from _nodes(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _nodes(part)


OPERATORS = frozenset({"+", "-", "*", "/", "//", "%", "||", "~~", "!~~", "~~*", "!~~*", "~~~"})  # LIKE, ILIKE, GLOB
FUNCTIONS = frozenset(
    """
    abs ceil contains date_diff date_part date_trunc datediff day ends_with floor greatest if last_day least left
    length like_escape lower ltrim month not_like_escape nullif quarter regexp_full_match regexp_matches right round
    rtrim starts_with strip_accents substr substring to_days to_months to_years trim trunc upper week year
    """.split()  # noqa: SIM905 -- a list literal would take a line a word
)
"""Functions whose result is no larger than what they are given: a condition cannot fill the memory (as `repeat` and
`range` would), reach a file or ask the clock."""

_KNOWN = OPERATORS | FUNCTIONS

_ALIKE = frozenset({"+", "-", "*", "||", "~~", "!~~", "abs", "greatest", "least", "length", "lower", "nullif", "trim"})
"""Operators and functions that mean the same in every engine; `engines.dialect` sees to `lower` and `trim`."""
_MEANS_THE_SAME = Text(
    "データベースの表の条件には、比較、`and` `or` `not` `in` `between` `is null` `case`、"
    f"{listed(sorted(_ALIKE))} だけを使ってください",
    "in a condition on a table of a database use comparisons, `and`, `or`, `not`, `in`, `between`, `is null`, `case` "
    f"and {listed(sorted(_ALIKE))} only",
)

_MEANT = {"=>": ">=", "=<": "<=", "===": "=", "&&": "and"}
"""How people write operators that SQL writes otherwise, and reads as names of functions."""

_CLASSES = {"COLUMN_REF", "CONSTANT", "FUNCTION", "COMPARISON", "CONJUNCTION", "OPERATOR"} | {
    *("BETWEEN", "CASE", "CAST", "COLLATE", "TYPE")
}
_CLASS_NAMES = {
    "SUBQUERY": Text("副問い合わせ", "a subquery"),
    "WINDOW": Text("ウィンドウ関数", "a window function"),
}


def _foreign(node: dict[str, object], warehouse: Warehouse, table: str) -> Problem | None:
    """What is wrong with a node of the parsed condition, if it is no plain expression over the row."""
    kind, names, function = node.get("class"), node.get("column_names"), node.get("function_name")
    if isinstance(kind, str) and kind not in _CLASSES:
        return _not_allowed(_CLASS_NAMES.get(kind, Text("この書き方", "this form"))), _KEEP_SIMPLE
    name = names[-1] if isinstance(names, list) and names else function
    # Which functions are unsteady is asked last: to list them takes longer than all other judging of a condition.
    is_known = isinstance(name, str) and (name in warehouse.columns.get(table, {}) or name.lower() in _KNOWN)
    if isinstance(name, str) and not is_known and name.lower() in warehouse.unsteady_functions:
        word = Text(f"ビルドのたびに変わる `{name}` ", f"`{name}`, which changes from build to build,")
        return _not_allowed(word), _KEEP_SIMPLE
    if isinstance(function, str) and function.lower() not in _KNOWN:
        function = function.removesuffix("_star")  # DuckDB's own name for `count(*)`
        if function in _MEANT:
            meant = _MEANT[function]
            remedy = Text(f"`{meant}` のことではありませんか", f"did you mean `{meant}`?")
            return _not_allowed(Text(f"演算子 `{function}` ", f"the operator `{function}`")), remedy
        known = Text(f"使える関数: {listed(sorted(FUNCTIONS))}", f"functions are: {listed(sorted(FUNCTIONS))}")
        return _not_allowed(Text(f"関数 `{function}` ", f"the function `{function}`")), known
    return None


def _meaning_elsewhere(node: dict[str, object]) -> Text | None:
    """What is wrong with a node that engines understand differently: rounding, division, patterns, conversions."""
    kind, function, child = node.get("class"), node.get("function_name"), node.get("child")
    if kind == "COLLATE":
        return _differs(Text("`collate` ", "`collate`"))
    if kind == "CAST" and isinstance(child, dict) and child.get("class") != "CONSTANT":
        return _differs(Text("列の型の変換", "the conversion of a column"))
    if isinstance(function, str) and function.lower() not in _ALIKE:
        return _differs(Text(f"`{function}` ", f"`{function}`"))
    if function in {"~~", "!~~"} and "\\" in json.dumps(node.get("children"), ensure_ascii=False):
        return _differs(Text("`like` の中の `\\` ", "`\\` in `like`"))
    return None


def _differs(word: Text) -> Text:
    return Text(f"{word.ja}の意味はデータベースによって違います", f"{word.en} means something else in other databases")


def _not_allowed(word: Text) -> Text:
    return Text(f"条件の中で{word.ja}は使えません", f"{word.en} is not allowed in a condition")


def _binding_problem(condition: str, table: str, warehouse: Warehouse) -> Problem | None:
    shown = one_line(condition, 80)
    try:
        where = f"WHERE (\n{condition}\n)"
        described = warehouse.query(f"DESCRIBE {_selected(condition, table)} {where}")
    except warehouse.error as error:
        missing = _UNKNOWN_COLUMN.match(str(error))
        if missing is not None:
            name = table.removeprefix("_")  # of a table of ours
            what = Text(f"`{name}` に列 `{missing[1]}` はありません", f"`{name}` has no column `{missing[1]}`")
            return what, nearest_column(missing[1], table, warehouse, _quoted_otherwise(missing[1]))
        what = Text(
            f"条件 `{shown}` は、比べるものの型が合いません", f"`{shown}` compares or converts what does not fit"
        )
        return what, _CHECK_TYPES
    if described[0][1] != "BOOLEAN":
        what = Text(f"条件 `{shown}` が真偽の値になりません", f"`{shown}` is neither true nor false")
        return what, Text("`> 0` や `= 'はい'` のように比べてください", "compare it, like `> 0`")
    return None


def nearest_column(word: str, table: str, warehouse: Warehouse, otherwise: Text | None = None) -> Text:
    """A remedy that names the column of `table` that is meant by a word that is none, else `otherwise`."""
    column = warehouse.headings.get(table, {}).get(word)
    if column is None:
        return nearest(word, warehouse.columns.get(table, {}), otherwise)
    return Text(
        f"`{word}` は元の資料での列の名前です。sources.yml でその列に付けた名前 `{column}` を書いてください",
        f"`{word}` is what the column is called where it comes from; write `{column}`, its `name` in sources.yml",
    )


def _quoted_otherwise(word: str) -> Text:
    """To whoever wrote a text where SQL reads the name of a column: `"電子"`, or without any quotation mark."""
    return Text(
        f"文字と比べるのなら、`'{word}'` のように `'` で囲んでください（`\"` で囲むと列の名前になります）",
        f"to compare with a text put it in `'`, like `'{word}'`: in `\"` it is the name of a column",
    )


_UNKNOWN_COLUMN = re.compile(r'Binder Error: Referenced column "([^"]+)"')
_CHECK_TYPES = Text(
    "文字は文字と、数は数と比べてください（文字は `'` で囲みます）",
    "compare text with text (in `'`) and numbers with numbers",
)
