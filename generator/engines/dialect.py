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

from generator.model.characters import SPACE
from generator.model.snapshot import RemoteTable

Dialect = Literal["postgres", "spark"]


def translated(sql: str, tables: Mapping[str, RemoteTable], dialect: Dialect) -> str:
    """One SELECT as `dialect` writes it; `tables` are what its sources are called there."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    for table in list(tree.find_all(exp.Table)):
        remote = tables.get(table.name)
        if remote is not None:
            table.replace(_typed(remote).subquery(alias=table.alias or table.name))
    for trim in reversed(list(tree.find_all(exp.Trim))):
        _take_every_space(trim)
        if dialect == "postgres":
            trim.replace(_in_order(trim.copy()))
    for lower in reversed(list(tree.find_all(exp.Lower))):  # the inner ones first
        lower.set("this", _without_context(lower.this.copy()))
        if dialect == "postgres":
            lower.set("this", _collated(lower.this, "und-x-icu"))
            lower.replace(_in_order(lower.copy()))
    return tree.sql(dialect=dialect)


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


def _take_every_space(trim: exp.Trim) -> None:
    """As DuckDB's own `trim` does."""
    trim.set("expression", trim.expression or exp.Literal.string(SPACE))
    trim.set("position", "BOTH")


def _in_order(text: exp.Expr) -> exp.Expr:
    """Compared by the numbers of its characters; the order of a PostgreSQL database may be that of any language."""
    return exp.Paren(this=_collated(text, "C"))


def _collated(text: exp.Expr, collation: str) -> exp.Expr:
    return exp.Collate(this=text, expression=exp.to_identifier(collation, quoted=True))


def _without_context(text: exp.Expr) -> exp.Expr:
    """Put those two letters in lower case by hand that others put otherwise at a word's end, or into two characters."""
    return exp.func("TRANSLATE", text, exp.Literal.string("Σİ"), exp.Literal.string("σi"))
