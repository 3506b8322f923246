"""The name of every finding that the code can make, gathered from its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator.model.finding import Family
from generator.verify.wording import WORDING

GENERATOR = Path(__file__).parents[2] / "generator"

_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
# Where the code stands among the arguments of what makes or carries a finding.
_MAKERS = {"Finding": 1, "refusal": 1}
_CARRIERS = ("error", "warning", "add", "finding", "_finding", "_unknown", "BadCell", "_Kind")
# The family of findings that do not name theirs where they are made.
_FAMILIES = {
    "read": Family.CONTENT,
    "compose": Family.CONTENT,
    "pull": Family.DATA,
    "measure": Family.DATA,
    "model": Family.DATA,  # declaration.py, with which sources.yml and metrics.yml are judged
    "publish": Family.PUBLISH,
}


@cache
def finding_names() -> frozenset[str]:
    """`family/code` of every finding."""
    names = {f"{wording.family}/{code}" for code, wording in WORDING.items()}
    for path in sorted(GENERATOR.rglob("*.py")):
        family = _FAMILIES.get(path.relative_to(GENERATOR).parts[0])
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for own_family, code in _codes(node):
                named = own_family or family
                if named is not None:
                    names.add(f"{named}/{code}")
    # compose/references.py gives a finding about a page to the setting that names the same thing.
    return frozenset(names | {"settings/unknown-metric"})


def _codes(node: ast.AST) -> Iterator[tuple[str | None, str]]:
    """Codes in one node, each with the family written beside it, if there is one."""
    if isinstance(node, ast.Call):
        yield from _codes_of_call(node)
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and _is_worded(node.value.elts[1:]):
        yield from ((None, code) for code in _texts(node.value.elts[0]))
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
        yield from ((None, code) for code in _assigned(node.value))


def _codes_of_call(call: ast.Call) -> Iterator[tuple[str | None, str]]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    position = _MAKERS.get(name, 0 if name in _CARRIERS else None)
    if position is None or len(call.args) <= position:
        return
    family = call.args[0].attr.lower() if position and isinstance(call.args[0], ast.Attribute) else None
    yield from ((family, code) for code in _texts(call.args[position]))


def _assigned(value: ast.expr) -> Iterator[str]:
    """The codes between which a condition or a table decides."""
    if isinstance(value, ast.IfExp):
        yield from (*_texts(value.body), *_texts(value.orelse))
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        table = value.func.value
        choices = [*table.values, *value.args[1:]] if isinstance(table, ast.Dict) else []
        for choice in choices:
            yield from _texts(choice)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        yield node.value


def _is_worded(rest: list[ast.expr]) -> bool:
    """Whether a code's companions are its place and sentences: `code, what, remedy` or `code, *explain(…)`."""
    return any(
        isinstance(part, ast.Starred) or getattr(getattr(part, "func", None), "id", "") == "Text" for part in rest
    ) or (len(rest) == 2 and all(isinstance(part, ast.Name) for part in rest))
