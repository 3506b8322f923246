"""The name of every finding that the code can make, gathered from its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.model.finding import Family
from generator.verify.wording import WORDING

GENERATOR = Path(__file__).parents[2] / "generator"

_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
# The families of findings whose makers leave it to somebody else, by folder or file; the first that fits.
_FAMILIES = {
    "read": (Family.CONTENT,),
    "compose": (Family.CONTENT,),
    "render": (Family.CONTENT,),
    "cache/sealed.py": (Family.DATA,),
    "pull": (Family.DATA,),
    "measure": (Family.DATA,),
    "engines": (Family.DATA,),
    "search": (Family.DATA,),
    "declared/cut_texts.py": (Family.CONTENT, Family.DATA),
    "declared/departments.py": (Family.DATA,),
    "declared/declared_text.py": (Family.DATA,),
    "declared": (Family.CONTENT, Family.DATA, Family.SETTINGS),
    "markup": (Family.CONTENT,),
    "settings.py": (Family.SETTINGS,),
    "model/period.py": (Family.CONTENT, Family.DATA),  # months in figure blocks and in metrics.yml
    "model": (Family.DATA,),  # the checks inside records of sources.yml and metrics.yml
}
# What `declared` could say but no record of that family asks for.
_NEVER = {"content/too-large", "data/front-matter-too-large", "data/too-long"}
# mkdocs.yml is read by MkDocs; what is judged here are texts, one list of choices and names of keys.
_NEVER |= {
    f"settings/{code}"
    for code in (
        *("bad-date", "bad-name", "bad-value", "duplicate-key", "missing-key"),
        *("front-matter-too-large", "not-a-key", "not-a-mapping", "not-true-or-false", "too-long"),
        *("yaml-anchor-or-tag", "yaml-too-deep"),
    )
}


@dataclass(frozen=True)
class Carrier:
    """A function or class with a parameter or field `code`."""

    position: int
    family: str | None


@cache
def finding_names() -> frozenset[str]:
    """`family/code` of every finding."""
    trees = {path: _spelt_out(ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(GENERATOR.rglob("*.py"))}
    everywhere = {
        name: carrier
        for tree in trees.values()
        for name, carrier in _carriers(tree)
        if not name.startswith("_") and name != "Problem"  # verify's own: WORDING has its families
    }
    names = {f"{wording.family}/{code}" for code, wording in WORDING.items()}
    for path, tree in trees.items():
        otherwise = _families_of(path.relative_to(GENERATOR).as_posix())
        known = everywhere | dict(_carriers(tree))
        for node in ast.walk(tree):
            for family, code in _codes(node, known):
                names |= {f"{named}/{code}" for named in ([family] if family else otherwise)}
    # compose/references.py gives a finding about a page to the setting that names the same thing.
    return frozenset((names - _NEVER) | {"settings/unknown-metric"})


def _spelt_out(tree: ast.Module) -> ast.Module:
    """A module in which the text stands wherever a constant of the module names it."""
    texts: dict[str, ast.Constant] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            texts |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}

    class SpellOut(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return texts.get(node.id, node) if isinstance(node.ctx, ast.Load) else node

    SpellOut().visit(tree)  # a module stays the same object
    return tree


def _families_of(path: str) -> tuple[str, ...]:
    return next((families for prefix, families in _FAMILIES.items() if f"{path}/".startswith(f"{prefix}/")), ())


def _carriers(tree: ast.Module) -> Iterator[tuple[str, Carrier]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            annotated = [part.target for part in node.body if isinstance(part, ast.AnnAssign)]
            fields = [target.id for target in annotated if isinstance(target, ast.Name)]
            inits = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__"]
            names = [*fields, *(name for init in inits for name in _parameters(init))]
        elif isinstance(node, ast.FunctionDef):
            names = _parameters(node)
        else:
            continue
        if "code" in names:
            yield node.name, Carrier(names.index("code"), _family_in(node))


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]


def _family_in(node: ast.AST) -> str | None:
    """The family that is written in a piece of code, as `Family.DATA`."""
    written = (n for n in ast.walk(node) if isinstance(n, ast.Attribute) and getattr(n.value, "id", "") == "Family")
    return next((attribute.attr.lower() for attribute in written), None)


def _codes(node: ast.AST, known: Mapping[str, Carrier]) -> Iterator[tuple[str | None, str]]:
    """Codes in one node, each with the family written beside it, if there is one."""
    if isinstance(node, ast.Call):
        carrier = known.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
        if carrier is not None and len(node.args) > carrier.position:
            family = next(filter(None, map(_family_in, node.args[: carrier.position])), carrier.family)
            yield from ((family, code) for code in _texts(node.args[carrier.position]))
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and _is_worded(node.value.elts[1:]):
        yield from ((None, code) for code in _texts(node.value.elts[0]))
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
        yield from ((None, code) for code in _assigned(node.value))


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
    """Whether a code's companions are its sentences: `code, what, remedy`, `code, place, Text(…), …`, `code, *…`."""
    spoken = any(
        isinstance(part, ast.Starred) or getattr(getattr(part, "func", None), "id", "") == "Text" for part in rest
    )
    return spoken or (len(rest) == 2 and all(isinstance(part, ast.Name) for part in rest))
