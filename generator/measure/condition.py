"""An SQL condition that somebody wrote in metrics.yml: judged before it runs, at its own line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.measure.warehouse import Warehouse, quoted
from generator.model.declaration import nearest
from generator.model.finding import Text

Problem = tuple[Text, Text]
"""What is wrong, and what to do."""

_KEEP_SIMPLE = Text(
    "その表の列だけを使った条件を書いてください（例: `team_chat_message_count > 0`）",
    "write a condition on the columns of that table, such as `team_chat_message_count > 0`",
)


def problem_of(condition: str, table: str, warehouse: Warehouse) -> Problem | None:
    """Say why `condition` is not one pure truth value per row of `table`; None when it is."""
    selected = _selected(condition, table)
    parsed = json.loads(str(warehouse.query("SELECT json_serialize_sql(?)", [selected])[0][0]))
    if parsed.get("error"):
        reason = parsed.get("error_message", "")
        return Text(
            f"条件 `{condition}` を読めません（{reason}）", f"the condition `{condition}` is not SQL: {reason}"
        ), _KEEP_SIMPLE
    if not _is_one_expression(parsed):
        return Text(f"条件 `{condition}` が1つの式ではありません", f"`{condition}` is not one expression"), _KEEP_SIMPLE
    unsteady = {str(name) for (name,) in warehouse.query(_UNSTEADY)}
    for node in _nodes(parsed["statements"][0]["node"]["select_list"]):
        if (word := _foreign(node, unsteady, warehouse.columns.get(table, {}))) is not None:
            what = Text(f"条件の中で{word.ja}は使えません", f"{word.en} is not allowed in a condition")
            return what, _KEEP_SIMPLE
    return _binding_problem(condition, table, warehouse)


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


_UNSTEADY = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'"
"""Functions that answer differently from build to build, such as `now` and `random`."""


def _nodes(tree: object) -> Iterator[dict[str, object]]:
    if isinstance(tree, dict):
        yield tree
        for part in tree.values():
            yield from _nodes(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _nodes(part)


def _foreign(node: dict[str, object], unsteady: set[str], columns: dict[str, str]) -> Text | None:
    """What a node of the parsed condition is, if it is no plain expression over the row."""
    if node.get("class") == "SUBQUERY":
        return Text("副問い合わせ", "a subquery")
    if node.get("class") == "WINDOW":
        return Text("ウィンドウ関数", "a window function")
    names = node.get("column_names")
    name = names[-1] if isinstance(names, list) and names else node.get("function_name")
    if isinstance(name, str) and name.lower() in unsteady and name not in columns:
        return Text(f"ビルドのたびに変わる `{name}` ", f"`{name}`, which changes from build to build,")
    return None


def _binding_problem(condition: str, table: str, warehouse: Warehouse) -> Problem | None:
    try:
        where = f"WHERE (\n{condition}\n)"
        described = warehouse.query(f"DESCRIBE {_selected(condition, table)} {where}")
    except warehouse.error as error:
        reason = str(error).splitlines()[0]
        missing = reason.split('"')[1] if reason.startswith("Binder Error: Referenced column") else None
        if missing is not None:
            what = Text(f"`{table}` に列 `{missing}` はありません", f"`{table}` has no column `{missing}`")
            return what, nearest(missing, warehouse.columns.get(table, {}))
        return Text(f"条件 `{condition}` は使えません（{reason}）", f"`{condition}`: {reason}"), _KEEP_SIMPLE
    if described[0][1] != "BOOLEAN":
        what = Text(f"条件 `{condition}` が真偽の値になりません", f"`{condition}` is neither true nor false")
        return what, Text("`> 0` や `= 'はい'` のように比べてください", "compare it, like `> 0`")
    return None
