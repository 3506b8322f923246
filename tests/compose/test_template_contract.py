"""Templates and views are held together: a field that a template uses exists, and every field is used.

The templates are read as Jinja2's syntax tree and each expression gets the type that the view says, through
loops, conditions and macros. A field that no template uses is documentation of nothing; a use of a field that
does not exist would be an error on a site.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import re
import types
import typing
from typing import Any

import pytest
from jinja2 import Environment, nodes
from markupsafe import Markup

from generator.compose.views import VIEWS
from generator.theme import theme_folder

FOLDER = theme_folder() / "articles"
Scope = dict[str, Any]
Macros = dict[str, tuple[nodes.Macro, str]]


class Reader:
    """Walks one template and everything it calls; `used` collects (class, field)."""

    def __init__(self) -> None:
        self.used: set[tuple[type, str]] = set()
        self._macros: dict[str, Macros] = {}

    def read(self, name: str, view: type) -> None:
        tree = self._tree(name)
        self._body(tree.body, {"view": view}, self._in_reach(name, tree), name)

    def _tree(self, name: str) -> nodes.Template:
        return Environment(trim_blocks=True, autoescape=True).parse((FOLDER / name).read_text(encoding="utf-8"))

    def _in_reach(self, name: str, tree: nodes.Template) -> Macros:
        """A template's own macros and those it imports, each with the template in which it stands."""
        if name not in self._macros:
            found = {macro.name: (macro, name) for macro in tree.find_all(nodes.Macro)}
            for imported in tree.find_all(nodes.FromImport):
                assert isinstance(imported.template, nodes.Const)
                other = self._in_reach(imported.template.value, self._tree(imported.template.value))
                found |= {wanted: other[wanted] for wanted in imported.names if isinstance(wanted, str)}
            self._macros[name] = found
        return self._macros[name]

    def _body(self, body: list[nodes.Node], scope: Scope, macros: Macros, name: str) -> None:
        for node in body:
            self._statement(node, scope, macros, name)

    def _statement(self, node: nodes.Node, scope: Scope, macros: Macros, name: str) -> None:
        if isinstance(node, nodes.Output):
            for expression in node.nodes:
                if not isinstance(expression, nodes.TemplateData):
                    shown = self._type(expression, scope, macros, name)
                    assert shown in (str, Markup), f"{name}:{node.lineno} prints {shown}"
        elif isinstance(node, nodes.If):
            self._type(node.test, scope, macros, name)
            for branch in (node.body, *(e.body for e in node.elif_), node.else_):
                self._body(branch, scope, macros, name)
        elif isinstance(node, nodes.For):
            assert isinstance(node.target, nodes.Name)
            items = self._type(node.iter, scope, macros, name)
            assert typing.get_origin(items) is tuple, f"{name}:{node.lineno} loops over {items}"
            self._body(node.body, {**scope, node.target.name: typing.get_args(items)[0]}, macros, name)
            self._body(node.else_, scope, macros, name)
        else:
            assert isinstance(node, nodes.Macro | nodes.FromImport), f"{name}:{node.lineno} has a {type(node).__name__}"

    def _type(self, node: nodes.Node, scope: Scope, macros: Macros, name: str) -> Any:
        if isinstance(node, nodes.Const):
            return type(node.value)
        if isinstance(node, nodes.Name):
            assert node.name in scope, f"{name}:{node.lineno} uses {node.name}, which is not given"
            return scope[node.name]
        if isinstance(node, nodes.Getattr):
            return self._field(self._type(node.node, scope, macros, name), node, name)
        if isinstance(node, nodes.Call):
            return self._call(node, scope, macros, name)
        if isinstance(node, nodes.And | nodes.Or):
            self._type(node.left, scope, macros, name)
            return self._type(node.right, scope, macros, name)
        if isinstance(node, nodes.Compare):
            self._type(node.expr, scope, macros, name)
            return bool
        raise AssertionError(f"{name}:{node.lineno} computes: {type(node).__name__}")

    def _field(self, owner: Any, node: nodes.Getattr, name: str) -> Any:
        fields = typing.get_type_hints(owner) if _is_view(owner) else {}
        assert node.attr in fields, f"{name}:{node.lineno}: {owner} has no field `{node.attr}`"
        self.used.add((owner, node.attr))
        return _without_none(fields[node.attr])

    def _call(self, node: nodes.Call, scope: Scope, macros: Macros, name: str) -> type:
        assert isinstance(node.node, nodes.Name), f"{name}:{node.lineno} calls something that is not a macro"
        macro, home = macros[node.node.name]
        given = [self._type(argument, scope, macros, name) for argument in node.args]
        assert len(given) == len(macro.args), f"{name}:{node.lineno} calls {macro.name} with {len(given)} values"
        inside = {argument.name: value for argument, value in zip(macro.args, given, strict=True)}
        self._body(macro.body, inside, self._macros[home], home)
        return Markup


def _without_none(hint: Any) -> Any:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return next(part for part in typing.get_args(hint) if part is not type(None))
    return hint


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.kind)
def test_a_template_uses_fields_that_exist_and_computes_nothing(view: Any) -> None:
    Reader().read(f"{view.kind}.html", view)


def test_every_field_of_every_view_is_used_by_a_template() -> None:
    reader = Reader()
    for view in VIEWS:
        reader.read(f"{view.kind}.html", view)
    unused = {f"{owner.__name__}.{field}" for owner in _all_views() for field in _fields(owner)} - {
        f"{owner.__name__}.{field}" for owner, field in reader.used
    }
    assert unused == set(), "remove these fields or show them"


def test_every_view_has_a_template_and_every_template_a_view() -> None:
    templates = {path.stem for path in FOLDER.glob("*.html") if not path.name.startswith("_")}
    assert templates == {view.kind for view in VIEWS}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.name)
def test_a_template_says_at_its_head_what_it_is_given(path: Any) -> None:
    head = path.read_text(encoding="utf-8").partition("#}")[0]
    assert head.startswith("{#")
    assert "Classes:" in head
    assert "generator/compose/views/" in head


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.name)
def test_every_class_of_a_template_stands_in_its_head_or_in_that_of_the_shared_parts(path: Any) -> None:
    shared = (FOLDER / "_parts.html").read_text(encoding="utf-8").partition("#}")[0]
    head, _, template = path.read_text(encoding="utf-8").partition("#}")
    documented = {_without_variants(name) for name in _CLASS.findall(head + shared)}
    used = {_without_variants(name) for names in _CLASSES.findall(template) for name in _CLASS.findall(names)}
    assert used - documented == set()


_CLASSES = re.compile(r'class="([^"]*)"')
_CLASS = re.compile(r"kb-[\w-]+(?:<[\w|-]+>)?")


def _without_variants(name: str) -> str:
    """`kb-card--` of `kb-card--<pattern>`; in a template the pattern is an expression."""
    return name.partition("<")[0]


def test_every_field_is_documented_below_it() -> None:
    bare = [f"{owner.__name__}.{field}" for owner in _all_views() for field in _undocumented(owner)]
    assert bare == []


def test_views_are_frozen() -> None:
    for owner in _all_views():
        assert owner.__struct_config__.frozen, owner  # type: ignore[attr-defined]


def _all_views() -> list[type]:
    """The views and everything they consist of."""
    found: dict[type, None] = {}
    waiting: list[Any] = list(VIEWS)
    while waiting:
        hint = waiting.pop()
        if _is_view(hint) and hint not in found:
            found[hint] = None
            waiting += [typing.get_type_hints(hint)[field] for field in _fields(hint)]
        waiting += typing.get_args(hint)
    return list(found)


def _is_view(hint: Any) -> bool:
    return hasattr(hint, "__struct_fields__")


def _fields(owner: Any) -> list[str]:
    return list(owner.__struct_fields__)


def _undocumented(owner: type) -> list[str]:
    """Fields that have no text right below them in the source."""
    body = ast.parse(inspect.getsource(owner)).body[0].body  # type: ignore[attr-defined]
    documented = {
        field.target.id
        for field, below in itertools.pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
    }
    return [name for name in _fields(owner) if name not in documented]
