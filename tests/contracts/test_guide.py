"""The guide's reference tables against the code: nothing is missing from them, and nothing is made up."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import click
import pytest
import yaml
from pydantic import BaseModel

from generator.cli.commands import app
from generator.compose.wording import TYPE_LABELS
from generator.declared.departments import COLUMNS
from generator.errors import ExitCode
from generator.measure.condition import FUNCTIONS
from generator.model.block import ChartSpec, KpiSpec
from generator.model.metric import Entity, Metric, MetricsFile
from generator.model.metric_kinds import METRIC_KINDS, Share
from generator.model.page import FRONT_MATTER, FrontMatter, PageType
from generator.pull.cells.column import ColumnType
from generator.pull.cells.dates import DATE_FORMS, MONTH_FORMS
from generator.pull.http.auth import AnyAuth
from generator.pull.kinds import KINDS as KIND_NAMES
from generator.pull.kinds import kind_named
from generator.pull.kinds.http_paging import AnyPaging
from generator.pull.remote.secret import Secret
from generator.pull.source import FileSource, RemoteSource, Source, TabularSource, VendorSource
from generator.pull.vendors.progress import ProgressService
from generator.pull.vendors.reports import ReportsService
from generator.pull.vendors.service import VendorService
from generator.read.foreign import FOREIGN_KEYS
from generator.render.markdown import UNFIT_EXTENSIONS
from generator.reporting import FORMATS
from generator.search.synonyms import SynonymsFile
from generator.settings import Options
from tests.commands import build_here
from tests.contracts.finding_codes import finding_names
from tests.contracts.guide_tables import GUIDE, Row, fenced, name_in, put_files_of, rows_below, section, text_of

REQUIRED = "必須"
WRITING, SOURCES, TROUBLES, INDEX = "writing.md", "sources.md", "troubleshooting.md", "index.md"
FIRST_FIGURE = "first-figure.md"

EVERY_PAGE = "どの種類にも書ける項目"
EVERY_SOURCE = "どの種類の資料にも書く項目"
FILES = "ファイルの資料（`csv`、`parquet`、`excel`、`forms`、`sqlite`、`teams_user_activity`、`slack_member_analytics`）に書く項目"
REMOTE = "外から取り込む資料に書く項目"
SERVICES = "サービスの資料（`microsoft_graph`、`slack_analytics`、`google_workspace_reports`、`github_copilot`、`zoom`、`jira`、`asana`、`trello`）に書く項目"
PROGRESS = "進みの資料（`jira`、`asana`、`trello`）に書く項目"
TABLES = "表の資料（`csv`、`parquet`、`excel`、`forms`、`sqlite`、`http`、`sql`、`python`）に書く項目"
FAMILY_HEADINGS = {
    "content": "記事 `content/`",
    "settings": "設定 `settings/`",
    "data": "資料と数字 `data/`",
    "privacy": "個人の情報 `privacy/`",
    "site": "仕上がりの点検 `site/`",
    "publish": "公開 `publish/`",
}

Field = Any  # pydantic's FieldInfo, or that of a nested record


def records_in(annotation: object) -> type[BaseModel] | None:
    """The record inside `Record | None`, `tuple[Record, ...]` or `Mapping[str, Record]`; None where `kind` chooses one.

    Of records that one and the same form may stand for, the first, which has all keys.
    """
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if any(getattr(note, "discriminator", None) for note in getattr(annotation, "__metadata__", ())):
        return None
    return next((found for part in get_args(annotation) if (found := records_in(part))), None)


def keys_of(model: type[BaseModel]) -> Iterator[tuple[str, Field]]:
    """Every key that may be written, inner ones as `outer.inner`."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        yield key, field
        inner = None if field.discriminator else records_in(field.annotation)
        if inner is not None and inner is not Secret:  # the guide says once how a secret is named
            yield from ((f"{key}.{below}", inner_field) for below, inner_field in keys_of(inner))


def choices_in(annotation: object) -> Iterator[str]:
    """The words that a field is limited to."""
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        yield from (str(member.value) for member in annotation)
    elif get_origin(annotation) is Literal:
        yield from (str(word).replace("\t", "\\t") for word in get_args(annotation))
    else:
        yield from chain.from_iterable(choices_in(part) for part in get_args(annotation))


def written(value: object) -> str | None:
    """A default as the guide writes it; None when it is nothing, or decided elsewhere."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, enum.Enum):
        return str(value.value)
    return str(value) if isinstance(value, str | int) and value != "" else None


def assert_documented(rows: list[Row], fields: Mapping[str, Field], *, by_place: tuple[str, ...] = ()) -> None:
    """Each key has one row that says truly whether it is required, what it is otherwise, and what it may be."""
    assert [name_in(row[0]) for row in rows] == list(fields)
    for row in rows:
        key = name_in(row[0])
        field = fields[key]
        assert (row[1] == REQUIRED) == field.is_required(), f"{key}: required or not"
        default = None if field.is_required() or key in by_place else written(field.default)
        assert default is None or default in row[1], f"{key}: {default}"
        for choice in () if key in by_place else choices_in(field.annotation):
            assert choice in " ".join(row), f"{key}: {choice}"


def test_what_every_page_may_say_is_in_the_guide() -> None:
    assert_documented(rows_below(WRITING, EVERY_PAGE), dict(keys_of(FrontMatter)), by_place=("type",))


@pytest.mark.parametrize("kind", PageType)
def test_what_a_type_of_page_may_say_is_in_the_guide(kind: PageType) -> None:
    model = FRONT_MATTER[kind]
    own = {name for name in model.__annotations__ if name != "type"}
    fields = {key: field for key, field in keys_of(model) if key.split(".")[0] in own}
    rows = rows_below(WRITING, f"{TYPE_LABELS[kind]} `{kind.value}`")
    assert {name_in(row[0]) for row in rows} == set(fields)
    assert_documented(sorted(rows, key=lambda row: list(fields).index(name_in(row[0]))), fields)


@pytest.mark.parametrize(("model", "fence"), [(KpiSpec, "数字のタイル `kpi`"), (ChartSpec, "グラフ `chart`")])
def test_what_a_figure_block_may_say_is_in_the_guide(model: type[BaseModel], fence: str) -> None:
    assert_documented(rows_below(WRITING, f"{fence} に書く項目"), dict(keys_of(model)))


def test_other_tools_words_are_in_the_guide() -> None:
    named = {name for row in rows_below(WRITING, "ほかで書いた記事を載せる") for name in re.findall("`(.+?)`", row[0])}
    assert named >= FOREIGN_KEYS


def test_what_every_source_says_is_in_the_guide() -> None:
    fields = {key: field for key, field in keys_of(Source) if "." not in key}
    rows = rows_below(SOURCES, EVERY_SOURCE)
    assert_documented(rows, fields)
    assert set(re.findall("`(.+?)`", rows[0][2])) == set(KIND_NAMES)


KINDS = {name: kind for name in KIND_NAMES if (kind := kind_named(name)) is not None}

FAMILIES: dict[str, type[BaseModel]] = {
    FILES: FileSource,
    REMOTE: RemoteSource,
    SERVICES: VendorService,
    PROGRESS: ProgressService,
    TABLES: TabularSource,
}


@pytest.mark.parametrize("heading", FAMILIES)
def test_what_a_family_of_sources_says_is_in_the_guide(heading: str) -> None:
    model = FAMILIES[heading]
    families: list[type[BaseModel]] = [Source, *FAMILIES.values()]
    above = {
        name for family in families if issubclass(model, family) and family is not model for name in family.model_fields
    }
    fields = {key: field for key, field in keys_of(model) if key.split(".")[0] not in above}
    assert_documented(rows_below(SOURCES, heading), fields)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_of_source_says_for_itself_is_in_the_guide(kind: str) -> None:
    model = KINDS[kind]
    shared = [family for family in FAMILIES.values() if issubclass(model, family)]
    common = set().union(Source.model_fields, *(family.model_fields for family in shared))
    fields = {key: field for key, field in keys_of(model) if key.split(".")[0] not in common}
    assert_documented(rows_below(SOURCES, f"`{kind}` だけの項目"), fields)


@pytest.mark.parametrize(("heading", "choice"), [("`auth` に書く項目", AnyAuth), ("`paging` に書く項目", AnyPaging)])
def test_every_way_to_choose_from_is_in_the_guide(heading: str, choice: object) -> None:
    ways: tuple[type[BaseModel], ...] = get_args(get_args(choice)[0])
    keys = {(way, name): field for way in ways for name, field in way.model_fields.items() if name != "kind"}
    named = [(f"kind: {get_args(way.model_fields['kind'].annotation)[0]}", name) for way, name in keys]
    rows = rows_below(SOURCES, heading)
    assert [(name_in(row[0]), name_in(row[1])) for row in rows] == named
    for row, field in zip(rows, keys.values(), strict=True):
        default = None if field.is_required() else written(field.default)
        assert default is None or f"`{default}`" in row[2], row
        assert all(f"`{word}`" in row[2] for word in choices_in(field.annotation)), row


@pytest.mark.parametrize("heading", [FILES, SERVICES, PROGRESS, TABLES])
def test_the_guide_says_which_kinds_are_of_a_family(heading: str) -> None:
    kinds = {kind for kind, model in KINDS.items() if issubclass(model, FAMILIES[heading])}
    assert set(re.findall("`(.+?)`", heading)) == kinds


@pytest.mark.parametrize("kind", [kind for kind, model in KINDS.items() if issubclass(model, VendorSource)])
def test_the_columns_of_a_vendor_are_in_the_guide(kind: str) -> None:
    model = KINDS[kind]
    assert issubclass(model, VendorSource)
    listed = section(SOURCES, f"`{kind}` だけの項目").strip().split("\n")[-1]
    assert re.findall("`(.+?)`", listed) == [column.name for column in model.offered().values()]


@pytest.mark.parametrize("kind", [kind for kind, model in KINDS.items() if issubclass(model, ReportsService)])
def test_the_columns_of_each_report_are_in_the_guide(kind: str) -> None:
    model = KINDS[kind]
    assert issubclass(model, ReportsService)
    text = section(SOURCES, f"`{kind}` だけの項目")
    listed = {
        report: re.findall("`(.+?)`", rest) for report, rest in re.findall(r"^- `([\w-]+)`：(.*)$", text, re.MULTILINE)
    }
    assert listed == {
        report: [column.name for column in columns.values()] for report, columns in model.offered().items()
    }


def test_types_and_forms_of_columns_are_in_the_guide() -> None:
    text = section(SOURCES, TABLES)
    for word in (*ColumnType, *DATE_FORMS, *MONTH_FORMS):
        assert f"`{word}`" in text, word


def test_who_is_counted_is_in_the_guide() -> None:
    assert set(MetricsFile.model_fields) == {"entities", "company_holidays", "metrics"}
    assert "`company_holidays: [" in text_of(SOURCES)
    assert_documented(rows_below(SOURCES, "`entities` の中に書く項目"), dict(keys_of(Entity)))


def test_what_a_metric_says_is_in_the_guide() -> None:
    # `name` is the key under which the metric stands, never written again.
    fields = {key: field for key, field in keys_of(Metric) if key != "name"}
    rows = rows_below(SOURCES, "`metrics` の中に書く項目")
    assert {name_in(row[0]) for row in rows} == set(fields)
    ordered = {name_in(row[0]): fields[name_in(row[0])] for row in rows}
    assert_documented(rows, ordered, by_place=("kind",))
    assert set(re.findall("`(.+?)`", dict(zip(ordered, rows, strict=True))["kind"][2])) >= set(METRIC_KINDS)


@pytest.mark.parametrize("kind", METRIC_KINDS)
def test_what_a_kind_of_metric_says_for_itself_is_in_the_guide(kind: str) -> None:
    model = METRIC_KINDS[kind]
    fields = {key: field for key, field in keys_of(model) if key.split(".")[0] not in Metric.model_fields}
    rows = rows_below(SOURCES, f"`{kind}` の指標に書く項目")
    shown = {key: field for key, field in fields.items() if key in {name_in(row[0]) for row in rows}}
    assert_documented(rows, shown)
    # Keys of rows that stand under several names are told once, below 「行の書き方」.
    told_once = {name_in(row[0]) for row in rows_below(SOURCES, "行の書き方")}
    assert {key.rpartition(".")[2] for key in fields if key not in shown} <= told_once


def test_what_a_condition_may_use_is_in_the_guide() -> None:
    listed = section(SOURCES, "`metrics` の中に書く項目").strip().split("\n")[-1]
    assert re.findall("`(.+?)`", listed) == sorted(FUNCTIONS)


def test_the_columns_of_the_departments_are_in_the_guide() -> None:
    assert [name_in(row[0]) for row in rows_below(SOURCES, "設定の一覧：`departments.csv`")] == list(COLUMNS)


def test_the_settings_are_in_the_guide() -> None:
    fields = dict(keys_of(Options))
    assert_documented(rows_below(SOURCES, "`kawaraban` に書く項目"), fields, by_place=("approval_required",))
    named = section(SOURCES, "`kawaraban` に書く項目").strip().split("\n")[-1]
    assert set(re.findall("`(.+?)`", named)) == set(UNFIT_EXTENSIONS)


def test_examples_of_settings_are_right() -> None:
    examples = [yaml.safe_load(text) for text in fenced(SOURCES, "yaml")]
    sources = chain.from_iterable(example["sources"].items() for example in examples if "sources" in example)
    read = {name: KINDS[entry["kind"]].model_validate(entry) for name, entry in sources}
    (metrics,) = [example for example in examples if "metrics" in example]
    for name, metric in MetricsFile.model_validate(metrics).metrics.items():
        declared = Share.model_validate(metric | {"name": name})
        columns = {column.name for column in read[declared.numerator.source].reads.values()}
        assert {declared.numerator.column, declared.numerator.time} <= columns
    (options,) = [example["plugins"][0]["kawaraban"] for example in examples if "plugins" in example]
    Options.model_validate(options)


def test_examples_of_pages_and_blocks_are_right() -> None:
    (front,) = re.findall(r"^````markdown\n---\n(.*?)^---$", text_of(WRITING), re.MULTILINE | re.DOTALL)
    FRONT_MATTER[PageType.STORY].model_validate(yaml.safe_load(front))
    for word, model in (("kpi", KpiSpec), ("chart", ChartSpec)):
        blocks = fenced(WRITING, word)
        assert blocks
        for block in blocks:
            model.model_validate(yaml.safe_load(block))


def test_the_first_figure_appears_when_its_files_are_put_there_one_after_the_other(tmp_path: Path) -> None:
    put_files_of(FIRST_FIGURE, tmp_path)
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 7
    (command,) = fenced(FIRST_FIGURE, "bash")
    day = command.split()[-1]
    build = build_here(tmp_path, "--strict", now=day)
    assert build.code == 0, build.said
    for page in ("index.html", "articles/chat/index.html"):
        text = (tmp_path / "site" / page).read_text(encoding="utf-8")
        assert "55%" in re.sub("<[^>]+>", "", text), page
        assert "80%" in text, page


def options_of_commands() -> dict[str, set[str]]:
    """Each option as it is written → the commands that take it."""
    context = click.Context(app)
    taken: dict[str, set[str]] = {}
    for name in app.list_commands(context):
        command = app.get_command(context, name)
        assert command is not None, name
        for param in command.params:
            for option in param.opts if param.param_type_name == "option" else ():
                taken.setdefault(option, set()).add(name)
    return taken


def test_every_option_is_in_the_guide_with_its_commands() -> None:
    documented = {
        option: set(re.findall("`(.+?)`", row[1]))
        for row in rows_below_second_table(INDEX, "命令の一覧")
        for option in re.findall("`(.+?)`", row[0])
    }
    assert documented.pop("--lang") == set()  # stands before any command
    assert documented == options_of_commands()


def rows_below_second_table(page: str, heading: str) -> list[Row]:
    tables = re.findall(r"(?:^\|.*\n)+", section(page, heading), re.MULTILINE)
    return [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in tables[1].strip().split("\n")[2:]]


@pytest.mark.parametrize("page", sorted(path.name for path in GUIDE.glob("*.md")))
def test_a_guide_page_names_no_option_that_does_not_exist(page: str) -> None:
    ours = re.sub("^pip .*", "", text_of(page), flags=re.MULTILINE).replace("`--", " --")
    named = set(re.findall(r"(?<![\w`-])--[a-z][a-z-]+", ours))
    assert named <= {*options_of_commands(), "--lang", "--help"}


def test_every_exit_code_is_in_the_guide() -> None:
    assert [int(row[0]) for row in rows_below(TROUBLES, "終了コード")] == [int(code) for code in ExitCode]


def test_every_form_of_findings_is_in_the_guide() -> None:
    rows = rows_below(TROUBLES, "エラーの読み方")
    assert [name_in(row[0]) for row in rows] == [f"--format {name}" for name in FORMATS]


@pytest.mark.parametrize("family", FAMILY_HEADINGS)
def test_every_finding_is_in_the_guide(family: str) -> None:
    listed = [name_in(row[0]) for row in rows_below(TROUBLES, FAMILY_HEADINGS[family])]
    assert listed == sorted(name for name in finding_names() if name.startswith(f"{family}/"))


def test_findings_of_broken_sites_are_among_those_gathered_from_the_source() -> None:
    """So that a new way of making a finding is not overlooked by `finding_codes`."""
    sites = Path(__file__).parents[1] / "sites" / "broken"
    told = "\n".join(path.read_text(encoding="utf-8") for path in sorted(sites.glob("*/expected.en.txt")))
    names = set(re.findall(r"\b(?:error|warning) ([a-z]+/[a-z0-9-]+)  ", told))
    assert len(names) > 50
    assert names <= finding_names()


def test_what_the_synonyms_may_say_is_in_the_guide() -> None:
    assert_documented(rows_below(SOURCES, "設定の一覧：`synonyms.yml`"), dict(keys_of(SynonymsFile)))
