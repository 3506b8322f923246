"""DuckDB's SQL in the words of another engine, with DuckDB's meaning.

What differs between engines is written out: which space is trimmed, how letters are put in lower case, in which order
texts stand. A table of a database is put in as a subquery that gives each column the type that sources.yml declares, and
its texts as the file readers of `pull` give them: without surrounding space, an empty one as NULL.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import sqlglot
from sqlglot import exp

from generator.model.snapshot import RemoteTable

Dialect = Literal["postgres", "spark"]

SPACE = "".join(
    map(chr, [*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029])
) + "".join(map(chr, [0x202F, 0x205F, 0x3000]))
"""What Python's `str.strip` takes for space, which is what the readers of files trim."""


def translated(sql: str, tables: Mapping[str, RemoteTable], dialect: Dialect) -> str:
    """One SELECT as `dialect` writes it; `tables` are what its sources are called there."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    for table in list(tree.find_all(exp.Table)):
        remote = tables.get(table.name)
        if remote is not None:
            table.replace(_typed(remote).subquery(alias=table.alias or table.name))
    spoken = tree.transform(_postgres if dialect == "postgres" else _spark)
    return spoken.sql(dialect=dialect)


def _typed(remote: RemoteTable) -> exp.Select:
    """The declared columns of a table under their own names."""
    columns = [
        exp.alias_(_cell(exp.column(header, quoted=True), kind), name, quoted=True)
        for header, name, kind in remote.columns
    ]
    *schemas, table = (exp.to_identifier(part, quoted=True) for part in remote.name.split("."))
    places = dict(zip(("db", "catalog"), reversed(schemas), strict=False))
    return exp.select(*columns).from_(exp.Table(this=table, **places))


def _cell(column: exp.Expr, kind: str) -> exp.Expr:
    typed = exp.cast(column, kind, dialect="duckdb")
    if kind != "VARCHAR":
        return typed
    return exp.func("NULLIF", exp.Trim(this=typed, expression=exp.Literal.string(SPACE)), exp.Literal.string(""))


def _postgres(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Lower):
        folded = exp.Collate(this=_without_context(node.this), expression=exp.to_identifier("und-x-icu", quoted=True))
        # The order of a database may be of any language; ours is that of the characters' numbers.
        return exp.Paren(this=_in_order(exp.Lower(this=folded)))
    if isinstance(node, exp.Trim):
        return exp.Paren(this=_in_order(_trimmed(node)))
    return node


def _spark(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Lower):
        return exp.Lower(this=_without_context(node.this))
    return _trimmed(node) if isinstance(node, exp.Trim) else node


def _trimmed(node: exp.Trim) -> exp.Trim:
    """DuckDB's own `trim` takes every kind of space."""
    return exp.Trim(this=node.this, expression=node.expression or exp.Literal.string(SPACE), position="BOTH")


def _in_order(text: exp.Expr) -> exp.Expr:
    return exp.Collate(this=text, expression=exp.to_identifier("C", quoted=True))


def _without_context(text: exp.Expr) -> exp.Expr:
    """Put those two letters in lower case by hand that others put otherwise at a word's end, or into two characters."""
    return exp.func("TRANSLATE", text, exp.Literal.string("Σİ"), exp.Literal.string("σi"))
