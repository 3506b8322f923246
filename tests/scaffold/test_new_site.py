"""A new site is complete, depends on its arguments alone, and never takes the place of anything."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from generator.cache.store import Store
from generator.compose import compose
from generator.doctor.declared import read_declared
from generator.effects import Effects
from generator.errors import Rejected
from generator.measure import measure
from generator.model.figure import FigureStatus, ReleasedFigures
from generator.model.finding import Finding
from generator.model.page import REQUIRED_FAQ_CATEGORIES, Faq, Library, PageType
from generator.model.period import Month
from generator.protect import protect
from generator.pull import pull
from generator.read import Notebook, read
from generator.scaffold import create_site
from generator.scaffold.new_site import starter_files
from generator.scaffold.placeholders import names_in, site_values
from generator.settings import Settings
from tests.commands import run_here

GUIDE = Path(__file__).parents[2] / "content/guide"
DAYS = [date(2026, 11, 20), date(2028, 2, 29), date(2027, 1, 1), date(2026, 12, 31)]


def settings_of(site: Path) -> Settings:
    declared = read_declared(site / "mkdocs.yml")
    assert declared.problem is None
    assert declared.findings == ()
    return Settings(root=site, content=declared.content, site_name="たより", options=declared.options)


def effects_on(day: date) -> Effects:
    """Nine in the morning in Tokyo."""
    return Effects(clock=lambda: datetime(day.year, day.month, day.day, tzinfo=UTC), environ={})


def library_of(site: Path, day: date) -> tuple[Library, list[Finding]]:
    settings = settings_of(site)
    return read(settings, effects_on(day), Notebook(Store(settings.private / "cache.sqlite3"), settings.zone))


def figures_of(site: Path, day: date) -> tuple[ReleasedFigures, list[Finding]]:
    settings, effects = settings_of(site), effects_on(day)
    snapshots, pull_findings = pull(settings, effects)
    measured, measure_findings = measure(settings, effects, snapshots)
    protected = protect(measured)
    return protected.released, [*pull_findings, *measure_findings, *protected.findings]


@pytest.mark.parametrize("day", DAYS)
def test_every_page_of_a_new_site_is_accepted_without_a_word(tmp_path: Path, day: date) -> None:
    create_site(tmp_path, title="たより", today=day)
    library, findings = library_of(tmp_path, day)
    assert findings == []
    assert library.withheld == ()
    assert len(library.pages) == len(list((tmp_path / "content").rglob("*.md")))


_INSTALLED = re.compile(r"pip (?:wheel|install) ([^'`\n]+)(?=[`\n])")
"""What is handed to pip in a text, but for the extras (`'kawaraban[google]'`) of what is installed already."""


def test_pip_is_handed_a_path_and_never_a_bare_name_that_strangers_may_own() -> None:
    texts = [
        path.read_text("utf-8") for path in (*GUIDE.glob("*.md"), *starter_files()) if path.suffix in {".md", ".txt"}
    ]
    given = [arguments.split()[-1] for text in texts for arguments in _INSTALLED.findall(text)]
    assert len(given) >= 5
    assert [one for one in given if not one.startswith(("./", "../", "/", "requirements."))] == []


def test_the_guide_can_be_copied_into_a_new_site(tmp_path: Path) -> None:
    create_site(tmp_path, title="たより", today=DAYS[0])
    shutil.copytree(GUIDE, tmp_path / "content/guide")
    library, findings = library_of(tmp_path, DAYS[0])
    assert findings == []
    assert sum(page.type is PageType.GUIDE for page in library.pages) == len(list(GUIDE.glob("*.md")))


def test_a_new_site_shows_every_kind_of_page_that_readers_look_for(tmp_path: Path) -> None:
    create_site(tmp_path, title="たより", today=DAYS[0])
    library, _ = library_of(tmp_path, DAYS[0])
    assert {page.type for page in library.pages} == set(PageType) - {PageType.GUIDE}
    categories = {page.front.category for page in library.pages if isinstance(page.front, Faq)}
    assert categories >= set(REQUIRED_FAQ_CATEGORIES)


@pytest.mark.parametrize("day", DAYS)
def test_a_new_site_shows_six_months_of_real_figures_in_every_department(tmp_path: Path, day: date) -> None:
    create_site(tmp_path, title="たより", today=day)
    released, findings = figures_of(tmp_path, day)
    assert findings == []
    months = [Month.of(day).plus(n - 6) for n in range(6)]
    departments = (None, "general-affairs", "sales", "manufacturing")
    assert set(released.cells) == {("chat_active_rate", month, each) for month in months for each in departments}
    assert all(cell.status is FigureStatus.OK for cell in released.cells.values())
    company = [released.cells["chat_active_rate", month, None].percent for month in months]
    assert company == [29, 35, 43, 51, 59, 66]  # 35, 42, 51, 61, 70, 78 of 119 people


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (create_site(tmp_path / name, title="たより", today=DAYS[0]) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert [path.relative_to(tmp_path / "a") for path in first] == [path.relative_to(tmp_path / "b") for path in second]


def test_files_are_utf8_with_line_feeds_on_every_platform(tmp_path: Path) -> None:
    for path in create_site(tmp_path, title="たより", today=DAYS[0]):
        content = path.read_bytes()
        assert b"\r" not in content
        assert "§" not in content.decode("utf-8")


@pytest.mark.parametrize("title", ['わが社: "瓦版" #1', "100% §today $x {{ y }}", "\\n", "- a", "家族👨‍👩‍👧だより"])
def test_any_title_of_one_line_arrives_as_it_was_typed(tmp_path: Path, title: str) -> None:
    create_site(tmp_path, title=title, today=DAYS[0])
    assert yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8"))["site_name"] == title


@pytest.mark.parametrize("title", ["", "   ", "a\nb", "a\u202eb", "a\x00b", "\U0010f000"])
def test_an_unusable_title_writes_nothing(tmp_path: Path, title: str) -> None:
    with pytest.raises(Rejected) as caught:
        create_site(tmp_path / "new", title=title, today=DAYS[0])
    assert [finding.code for finding in caught.value.findings] == ["bad-title"]
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    for name in ("d", "b", "a", "c"):
        (tmp_path / name).write_text("mine")
    with pytest.raises(Rejected) as caught:
        create_site(tmp_path, title="たより", today=DAYS[0])
    (finding,) = caught.value.findings
    assert finding.what.ja == (
        "フォルダーが空ではありません（`a`, `b`, `c` ほか1件）。上書きを避けるため、何も書きませんでした"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c", "d"]


def test_a_file_in_the_way_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine")
    with pytest.raises(Rejected) as caught:
        create_site(tmp_path / "new", title="たより", today=DAYS[0])
    assert [finding.code for finding in caught.value.findings] == ["not-a-folder"]
    assert (tmp_path / "new").read_text() == "mine"


def test_a_repository_and_an_environment_may_be_there_already(tmp_path: Path) -> None:
    for name in (".git", ".venv"):
        (tmp_path / name).mkdir()
    assert create_site(tmp_path, title="たより", today=DAYS[0])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not limit the size of files")
def test_a_site_that_could_not_be_written_whole_leaves_a_folder_that_may_be_used(tmp_path: Path) -> None:
    longest = sorted(path.stat().st_size for path in starter_files())[-3]
    written_until = (
        "import resource, pathlib, datetime; from generator.scaffold import create_site;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({longest}, {longest}));"
        "create_site(pathlib.Path('new'), title='x', today=datetime.date(2026, 11, 20))"
    )
    done = subprocess.run([sys.executable, "-c", written_until], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode != 0
    assert list((tmp_path / "new").iterdir()) == []
    assert create_site(tmp_path / "new", title="たより", today=DAYS[0])


def test_what_a_site_left_that_was_stopped_by_force_is_no_obstacle(tmp_path: Path) -> None:
    begun = tmp_path / ".kawaraban-init" / "content"
    begun.mkdir(parents=True)
    (begun / "half.md").write_text("---\ntit", encoding="utf-8")
    assert all(path.is_file() for path in create_site(tmp_path, title="たより", today=DAYS[0]))
    assert not (tmp_path / "content/half.md").exists()
    assert not (tmp_path / ".kawaraban-init").exists()


def test_a_place_one_may_not_write_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Rejected) as caught:
        create_site(tmp_path / "file" / "new", title="たより", today=DAYS[0])
    assert [finding.code for finding in caught.value.findings] == ["not-a-folder"]


def test_every_placeholder_is_known_and_every_known_one_is_used() -> None:
    used = set().union(*(names_in(path.read_text("utf-8")) for path in starter_files()))
    assert used == set(site_values("x", DAYS[0]))


def test_person_level_exports_stay_out_of_git_except_the_samples() -> None:
    lines = next(path for path in starter_files() if path.name == ".gitignore").read_text("utf-8").splitlines()
    assert {".kawaraban/", "content/data/exports/*", "!content/data/exports/sample/"} <= set(lines)


def test_the_front_page_of_a_new_site_tells_a_real_figure(tmp_path: Path) -> None:
    create_site(tmp_path, title="たより", today=DAYS[0])
    settings, effects = settings_of(tmp_path), effects_on(DAYS[0])
    library, _ = read(settings, effects, Notebook(Store(settings.private / "cache.sqlite3"), settings.zone))
    released, _ = figures_of(tmp_path, DAYS[0])
    snapshots, _ = pull(settings, effects, offline=True)
    site, findings = compose(settings, effects, library, released, snapshots.by_source)
    assert findings == []
    home = next(document for document in site.documents if document.url == "")
    assert "2026年10月のチャット利用率は全社で66%" in home.body


def test_a_new_site_is_made_ones_own_in_the_order_of_its_readme(tmp_path: Path) -> None:
    day = date(2026, 11, 10)  # the figures of October are not there yet
    create_site(tmp_path, title="たより", today=day)
    content = tmp_path / "content"
    _put_own_departments_and_figures(content / "data")
    for page in (*content.glob("departments/*.md"), *content.glob("champions/*.md")):
        page.unlink()
    (story,) = content.glob("stories/*.md")
    text = story.read_text("utf-8")
    assert text.count("department: sales\n") == 3  # as the README says
    story.write_text(text.replace("department: sales\n", "department: kaihatsu\n"), "utf-8")
    done = run_here("check", "-f", tmp_path / "mkdocs.yml", "--now", str(day))
    assert done.code == 0, done.said

    story.rename(story.with_name("our-own.md"))
    named = [page for page in content.rglob("*.md") if story.name in page.read_text("utf-8")]
    readme = (tmp_path / "README.md").read_text("utf-8")
    for page in named:
        assert f"`{page.relative_to(tmp_path).as_posix()}`" in readme
        page.write_text(page.read_text("utf-8").replace(story.name, "our-own.md"), "utf-8")
    done = run_here("check", "-f", tmp_path / "mkdocs.yml", "--now", str(day))
    assert done.code == 0, done.said


def _put_own_departments_and_figures(data: Path) -> None:
    (data / "departments.csv").write_text(
        "department_id,name,parent_id,valid_from,valid_to,successor_id,order\nkaihatsu,開発課,,2020-04-01,,,1\n",
        "utf-8",
    )
    head = "社員番号,メールアドレス,所属コード,雇用区分,適用開始日,適用終了日\n"
    people = "".join(f"K{n},k{n}@company.example,kaihatsu,正社員,2020-04-01,\n" for n in range(40))
    (data / "exports/roster.csv").write_text(head + people, "utf-8")
    written = "".join(f"2026-09,K{n},3\n" for n in range(30))
    (data / "exports/usage.csv").write_text(f"月,社員番号,投稿数\n{written}", "utf-8")
    sources = data / "sources.yml"
    sources.write_text(sources.read_text("utf-8").replace("exports/sample/", "exports/"), "utf-8")
