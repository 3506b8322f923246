"""A small newsletter whose only figure is counted from millions of rows."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Literal

from generator.model.period import Month
from generator.scaffold import create_site
from tests.benchmarks.figures.rows import BUILD_DAY, DEPARTMENTS, Size, write_month, write_roster

Form = Literal["csv", "parquet"]

_SOURCES = """sources:
  roster:
    kind: csv
    label: 社員名簿
    path: exports/roster.csv
    encoding: utf-8
    key: [employee, first_day]
    columns:
      employee: {{name: employee, type: text}}
      mail: {{name: mail, type: text}}
      department: {{name: department, type: text}}
      first_day: {{name: first_day, type: date}}
      last_day: {{name: last_day, type: date, optional: true}}
  usage:
    kind: {form}
    label: 利用の記録
    path: exports/usage/*.{form}
{encoding}    key: [mail, day, channel]
    time: day
    columns:
      day: {{name: day, type: date}}
      mail: {{name: mail, type: text}}
      channel: {{name: channel, type: integer}}
      messages: {{name: messages, type: integer}}
    ignored: [meetings]
"""
_METRICS = """entities:
  employee: {source: roster, key: employee, department: department, valid_from: first_day, valid_to: last_day}
metrics:
  chat_rate:
    label: {ja: チャット利用率, en: Chat active rate}
    owner: 情報システム部
    definition: その月に1回以上送った人の割合です。
    entity: employee
    numerator: {source: usage, column: mail, matches: mail, time: day, where: messages > 0}
    denominator: {source: roster, column: employee}
    target: {value: 0.8, by: 2027-03}
    freshness: {warn_after: 45d, fail_after: 400d}
    checks: [numerator <= denominator]
"""


_DEPARTMENT = """---
id: dp-{id}
title: {name}
summary: {name}の仕事と、頼めることです。
date: 2026-11-01
owner: {id}
what_we_do: ほかの部署の仕事を支えています。
ask_us_for: [仕事の相談]
contact: {name}
---

## 仕事

みんなの仕事を支えています。
"""


def write_site(folder: Path, size: Size, form: Form) -> Month:
    """Write a site into `folder`, all but the usage of its last month, which is returned."""
    create_site(folder, title="大きな瓦版", today=date.fromisoformat(BUILD_DAY))
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(settings.replace("chat_active_rate", "chat_rate"), "utf-8")
    data = folder / "content" / "data"
    for below in (folder / "content").iterdir():
        shutil.rmtree(below)  # the starter's pages tell of other departments
    data.mkdir()
    encoding = "    encoding: utf-8\n" if form == "csv" else ""
    (data / "sources.yml").write_text(_SOURCES.format(form=form, encoding=encoding), "utf-8")
    (data / "metrics.yml").write_text(_METRICS, "utf-8")
    listed = [f"d{n:02d},第{n + 1}部,,2016-04-01,,,{n + 1}" for n in range(DEPARTMENTS)]
    (folder / "content" / "departments").mkdir()
    for n in range(DEPARTMENTS):
        page = _DEPARTMENT.format(id=f"d{n:02d}", name=f"第{n + 1}部")
        (folder / "content" / "departments" / f"d{n:02d}.md").write_text(page, "utf-8")
    header = "department_id,name,parent_id,valid_from,valid_to,successor_id,order"
    (data / "departments.csv").write_text("\n".join([header, *listed, ""]), "utf-8")
    write_roster(data / "exports" / "roster.csv", size)
    *before, last = size.each()
    for month in before:
        add_month(folder, size, form, month)
    return last


def add_month(folder: Path, size: Size, form: Form, month: Month) -> None:
    """Put the usage of one month where the site reads it."""
    write_month(folder / "content" / "data" / "exports" / "usage" / f"{month}.{form}", size, month)
