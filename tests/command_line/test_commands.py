"""A communicator's way through the commands, each in a process of its own, in the order in which people use them."""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import click
import msgspec
import pytest

from generator import __version__
from generator.errors import ExitCode
from tests.commands import SMALL_DAY, Done, build_here, differing, run, run_here, tree_of
from tests.demo_site import ROOT


@dataclass(frozen=True)
class Way:
    """What each step said, and the folders it worked in."""

    site: Path
    target: Path
    steps: dict[str, Done]


ARTICLE = "---\ntitle: 朝の電話を減らす\ndate: 2026-11-01\n---\n\n朝の電話を一本減らしました。\n"


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Way:
    """init → new → check → build → publish → build → publish → publish → rollback."""
    folder = tmp_path_factory.mktemp("way")
    site, target = folder / "tayori", folder / "served"
    steps = {"init": run("--lang", "ja", "init", "tayori", "--title", "情シス便り", cwd=folder)}

    def step(name: str, *arguments: str | Path) -> None:
        steps[name] = run("--lang", "ja", *arguments, cwd=site)

    step("new", "new", "story", "朝礼の連絡をチャットに", "--slug", "morning")
    step("check", "check")
    step("build", "build")
    step("publish", "publish", target)
    (site / "content/articles/phone.md").write_text(ARTICLE, encoding="utf-8")
    step("build again", "build")
    step("publish again", "publish", target)
    step("publish the same", "publish", target)
    step("rollback", "publish", target, "--rollback")
    return Way(site, target, steps)


def test_every_step_succeeds_and_says_what_it_did(way: Way) -> None:
    assert {name: done.code for name, done in way.steps.items()} == dict.fromkeys(way.steps, 0), way.steps
    said = {
        "init": "tayori に",
        "new": "morning.md をつくりました",
        "check": "問題ありません",
        "build": "site を更新しました",
        "publish": "を公開しました",
        "publish again": "を公開しました",
        "publish the same": "と同じ内容です。何も変えていません。",
        "rollback": "に戻しました",
    }
    assert [name for name, words in said.items() if words not in way.steps[name].said] == []


def test_a_build_of_what_was_checked_says_how_many_pages_there_are_and_why_none_was_made(way: Way) -> None:
    pages = re.findall(r"(\d+) ページ", way.steps["check"].out)
    assert (
        f"全 {pages[0]} ページ。どれも、前の check か build でつくったときから変わっていません"
        in way.steps["build"].out
    )
    assert f"全 {int(pages[0]) + 1} ページ。" in way.steps["build again"].out


def test_sentences_go_to_one_place_and_problems_to_the_other(way: Way) -> None:
    problems = {name: re.findall(r" (?:注意|エラー) (\S+)", done.err) for name, done in way.steps.items() if done.err}
    assert problems == {name: ["publish/samples-left"] for name in ("publish", "publish again", "publish the same")}
    assert not any("samples-left" in done.out for done in way.steps.values())


def test_the_new_story_is_a_draft_and_not_on_the_site(way: Way) -> None:
    assert "status: draft" in (way.site / "content/stories/morning.md").read_text(encoding="utf-8")
    assert not list((way.site / "site").glob("stories/morning*"))


def test_two_releases_stand_and_the_first_is_served(way: Way) -> None:
    releases = _releases(way.target)
    assert len(releases) == 2
    current = (way.target / "current").resolve()
    assert current == releases[0].resolve()
    assert not (current / "articles/phone").exists()
    assert (releases[1] / "articles/phone/index.html").is_file()


def _releases(target: Path) -> list[Path]:
    """Oldest first; their lists of files lie beside them."""
    return sorted(path for path in (target / "releases").iterdir() if path.is_dir())


def test_a_release_holds_the_bytes_of_the_site(way: Way) -> None:
    newest = _releases(way.target)[1]
    assert [name for name in differing(tree_of(way.site / "site"), tree_of(newest)) if not name.startswith(".")] == []


BROKEN = {
    "朝の電話 (1), その後.md": "---\ntitle: 題\nauther: 花子\n---\n\n本文です。\n",
    "夕方の電話.md": "# 題\n\n[先](nowhere.md)\n\n<script>1</script>\n",
}


@pytest.fixture(scope="module")
def broken_site(built_small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two mistakes and a warning."""
    site = Path(shutil.copytree(built_small_site, tmp_path_factory.mktemp("broken") / "tayori", symlinks=True))
    for name, text in BROKEN.items():
        (site / "content/articles" / name).write_text(text, encoding="utf-8")
    return site


def _json(text: str) -> list[str]:
    return [finding["code"] for finding in json.loads(text) if finding["path"] and finding["remedy"]]


def _github(text: str) -> list[str]:
    lines = text.splitlines()
    assert all(line.startswith(("::error file=content/", "::warning file=content/")) for line in lines)
    return [line.split("title=")[1].split("::")[0].replace("%3A", ":") for line in lines]


def _sarif(text: str) -> list[str]:
    document = json.loads(text)
    assert document["version"] == "2.1.0"
    (part,) = document["runs"]
    assert {rule["id"] for rule in part["tool"]["driver"]["rules"]} == {result["ruleId"] for result in part["results"]}
    for result in part["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith("content/")
        assert place["region"]["startLine"] >= 1
    return [result["ruleId"] for result in part["results"]]


@pytest.mark.parametrize(
    ("command", "form", "read"),
    [("check", "json", _json), ("check", "github", _github), ("build", "sarif", _sarif)],
)
def test_machines_get_the_same_findings(
    command: str, form: str, read: Callable[[str], list[str]], broken_site: Path
) -> None:
    done = run(command, "--format", form, cwd=broken_site)
    assert done.code == 20
    assert set(read(done.out)) == {"content/unknown-key", "content/broken-link", "content/unsafe-html"}
    assert done.err == "", "nothing else is mixed in"


def test_each_link_to_nowhere_is_told_once_with_its_column(small_site: Path) -> None:
    old = "---\ntitle: 古い話\ndate: 2026-01-01\nexpires_on: 2026-02-01\n---\n\n古い話です。\n"
    (small_site / "content/articles/old.md").write_text(old, "utf-8")
    text = '# 題\n\n[y](nai.md)\n\n[古い話](../articles/old.md)と<a href="図.md">x</a>\n'
    new = small_site / "content/guide/new.md"
    new.parent.mkdir()
    new.write_text(text, "utf-8")
    done = run_here("check", "-f", small_site / "mkdocs.yml", "--now", SMALL_DAY, "--format", "json")
    found = [(each["code"], each["severity"], each["line"], each["column"]) for each in json.loads(done.out)]
    assert found == [
        ("content/broken-link", "error", 3, 1),
        ("content/link-to-withheld", "warning", 5, 1),
        ("content/broken-link", "error", 5, 27),
    ]


def _headings_of(text: str) -> list[tuple[str, str]]:
    """The file and the line of each finding; an empty pair between one file and the next."""
    lines = text.splitlines()
    return [(*line.split(":", 2)[:2],) if line else ("", "") for line in lines if not line.startswith(" ")]  # type: ignore[misc]


def test_what_is_found_in_one_file_stands_together_whichever_step_found_it(small_site: Path) -> None:
    """Reading finds the marks, rendering the anchors."""
    for name in ("first", "second"):
        words = "[なし](#none)\n\n・名札\n・鍵\n\n[なし](#nor-this)\n"
        (small_site / f"content/articles/{name}.md").write_text(f"# 題\n\n{words}", "utf-8")
    done = build_here(small_site)
    first, second = ([(f"content/articles/{name}.md", line) for line in "358"] for name in ("first", "second"))
    assert done.code == 0, done.said
    assert _headings_of(done.err) == [*first, ("", ""), *second]
    assert build_here(small_site).err == done.err


def test_a_page_that_was_hardly_begun_is_told_its_remedy_once(small_site: Path) -> None:
    assert run("new", "story", "題", "--slug", "begun", cwd=small_site).code == 0
    page = small_site / "content/stories/begun.md"
    page.write_text(page.read_text("utf-8").replace("status: draft", "status: published"), encoding="utf-8")
    said = run("--lang", "ja", "check", cwd=small_site).err
    count = said.count("下書きの見本の言葉「")
    told = re.findall(r"→ （上の (\d+) 件とも）自分の言葉に書きかえる", said)
    assert count >= 20
    assert said.count("自分の言葉に書きかえる") == len(told) == 2  # above and below another mistake
    assert sum(map(int, told)) == count


def test_the_last_line_says_how_much_is_to_be_mended_where(small_site: Path) -> None:
    for name in ("first", "second"):
        words = "[なし](none.md)\n\n・名札\n・鍵\n"
        (small_site / f"content/guide/{name}.md").parent.mkdir(exist_ok=True)
        (small_site / f"content/guide/{name}.md").write_text(f"---\ntitle: 題\n---\n\n{words}", "utf-8")
    done = run("--lang", "en", "build", "--now", SMALL_DAY, cwd=small_site)
    assert done.err.splitlines()[-1].startswith("2 error(s) in 2 files, 2 to heed;"), done.err


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("no-site", lambda site: shutil.rmtree(site / "site")),
        ("not-verified", lambda site: shutil.rmtree(site / ".kawaraban")),
        ("changed-since-verified", lambda site: (site / "site/index.html").write_text("x", "utf-8")),
    ],
)
def test_a_site_that_cannot_be_published_is_named_from_its_own_folder(
    code: str, spoil: Callable[[Path], object], small_site: Path, tmp_path: Path
) -> None:
    spoil(small_site)
    done = run_here("publish", tmp_path / "served", "-f", small_site / "mkdocs.yml", "--format", "github")
    assert done.code == 50
    assert done.out.startswith(f"::error file=site,line=1,title=publish/{code}::")


@pytest.mark.parametrize(("form", "read"), [("json", _json), ("github", _github), ("sarif", _sarif)])
def test_machines_can_read_that_nothing_was_found(
    form: str, read: Callable[[str], list[str]], built_small_site: Path
) -> None:
    done = run_here("check", "-f", built_small_site / "mkdocs.yml", "--now", SMALL_DAY, "--format", form)
    assert done.code == 0
    assert read(done.out) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (("--lang", "ja"), "前のサイトはそのままです"),
        (("--lang", "en"), "the site of before is untouched"),
        (("--lang=en",), "the site of before is untouched"),
    ],
)
def test_the_language_is_the_one_asked_for(language: tuple[str, ...], words: str, tmp_path: Path) -> None:
    done = run(*language, "build", cwd=tmp_path, LC_ALL="C.UTF-8")
    assert (done.code, words in done.err) == (20, True), done.said


@pytest.mark.parametrize("command", ["check", "pull", "audit", "serve", "new story 題", "build --explain x"])
def test_what_became_of_the_site_is_only_said_where_one_is_made_or_published(command: str, tmp_path: Path) -> None:
    done = run("--lang", "ja", *command.split(), cwd=tmp_path)
    assert (done.code, "（終了コード 20）" in done.err, "前のサイト" in done.err) == (20, True, False), done.said


def test_how_to_look_fits_what_was_built(small_site: Path) -> None:
    def last_line(*arguments: str) -> str:
        done = run("--lang", "en", "build", *arguments, cwd=small_site)
        return done.out.splitlines()[-1]

    assert last_line("--now", SMALL_DAY) == f"to look: kawaraban serve --now {SMALL_DAY}"
    assert last_line("-d", "../preview") == "to look: python -m http.server --directory ../preview"
    shutil.copy(small_site / "mkdocs.yml", small_site / "other.yml")
    assert last_line("-f", "other.yml") == "to look: kawaraban serve -f other.yml"


@pytest.mark.parametrize(("locale", "words"), [("ja_JP.UTF-8", "設定ファイルがありません"), ("C", "there is no")])
def test_the_language_is_that_of_the_locale(locale: str, words: str, tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path, LC_ALL=locale)
    assert words in done.said


def test_doctor_says_for_each_thing_whether_it_is_well(built_small_site: Path) -> None:
    done = run("--lang", "ja", "doctor", cwd=built_small_site)
    marks = {line[0] for line in done.out.splitlines() if not line.startswith(" ")}
    assert marks <= {"✓", "!", "✗"}
    assert "! 見本のページ: 残っています: `mkdocs.yml`" in done.out
    assert done.code == (20 if "✗" in marks else 0)


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--format", "xml"],
        ["build", "--no-such-option"],
        ["--lang", "fr", "build"],
        ["publish"],
        ["new", "story"],
        ["publish", "served", "--rollback", "--allow-shrink"],
        ["publish", "served", "--rollback", "-d", "site"],
        ["build", "--jobs", "1000000"],
        ["init", ""],
        ["init", " "],
        ["publish", ""],
        ["build", "-d", ""],
        ["check", "-f", ""],
        [],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_answered_with_how_to_call(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.code == 2
    assert "Usage" in done.said or "使い方" in done.said
    assert "Traceback" not in done.said
    assert list(tmp_path.iterdir()) == []


def test_the_next_step_can_be_copied_into_a_shell_whatever_the_folder_is_called(tmp_path: Path) -> None:
    done = run("--lang", "en", "init", "情シス 便り", cwd=tmp_path)
    assert "cd '情シス 便り' &&" in done.out if sys.platform != "win32" else 'cd "情シス 便り" &&' in done.out


@pytest.mark.parametrize("text", ["site_name: *name\n", "docs_dir: nowhere\nsite_name: x\n"])
def test_what_mkdocs_says_of_a_file_is_one_line_about_that_file(text: str, tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text(text, "utf-8")
    done = run("--lang", "en", "check", "-f", "other.yml", cwd=tmp_path)
    assert (done.code, len(done.err.splitlines()), "correct other.yml" in done.err) == (20, 4, True), done.err
    assert str(tmp_path / "other.yml") not in done.err


def test_a_configuration_that_is_not_there_is_named_as_it_was_typed(tmp_path: Path) -> None:
    assert run("check", "-f", "sites/one.yml", cwd=tmp_path).err.startswith("sites/one.yml: ")


def test_f15_pulling_tells_how_many_older_rows_of_the_same_key_were_left_out(small_site: Path) -> None:
    data = small_site / "content" / "data"
    declared = (data / "sources.yml").read_text("utf-8")
    latest = "    key: [month, employee_id]\n    on_duplicate: latest\n    latest_by: messages\n"
    (data / "sources.yml").write_text(declared.replace("    key: [month, employee_id]\n", latest), "utf-8")
    export = data / "exports" / "sample" / "usage.csv"
    header, *rows = export.read_text("utf-8").splitlines()
    newer = [f"{row}9" for row in rows[:2]]  # the last cell is how many messages
    export.write_text("\n".join([header, *rows, *newer, ""]), "utf-8")
    done = run("--lang", "ja", "pull", cwd=small_site, SOURCE_DATE_EPOCH=seconds(SMALL_DAY))
    roster, usage, *_ = done.out.splitlines()
    assert roster.endswith(" ok")
    assert usage.endswith(" ok（キーの重なる行を2行除きました）")


@pytest.mark.parametrize(("day", "told"), [("2026-10-30", True), (SMALL_DAY, False)])
def test_pulling_tells_that_a_month_put_in_before_its_end_appears_after_it(
    small_site: Path, day: str, told: bool
) -> None:
    done = run("--lang", "ja", "pull", cwd=small_site, SOURCE_DATE_EPOCH=seconds(day))
    assert ("2026年10月はまだ終わっていません。その数字は、月が終わってから載ります\n" in done.out) is told


def seconds(day: str) -> str:
    """The morning of a day, as SOURCE_DATE_EPOCH has it."""
    return str(int(datetime.fromisoformat(f"{day}T09:00+09:00").timestamp()))


def test_the_release_is_said(tmp_path: Path) -> None:
    done = run("--version", cwd=tmp_path)
    assert (done.code, done.said.strip()) == (0, f"kawaraban {version('kawaraban')}")


def test_the_release_is_said_where_nothing_was_installed(tmp_path: Path) -> None:
    """A tree of sources, and beside it what the command itself loads: no package says which release it is."""
    for package in (click, msgspec):
        shutil.copytree(Path(inspect.getfile(package)).parent, tmp_path / package.__name__)
    done = subprocess.run(
        [sys.executable, "-S", "-m", "generator.cli", "--version"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, f"kawaraban {__version__}", "")


def test_what_packages_offer_to_pydantic_is_not_run(small_site: Path, tmp_path: Path) -> None:
    about = tmp_path / "offered-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: offered\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[pydantic]\noffered = offered:plugin\n", encoding="utf-8")
    (tmp_path / "offered.py").write_text("raise SystemExit(99)\n", encoding="utf-8")
    done = run("check", "--now", SMALL_DAY, cwd=small_site, PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)]))
    assert done.code == 0, done.said


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_list_of_commands_has_whole_sentences(language: str, tmp_path: Path) -> None:
    done = run("--lang", language, "--help", cwd=tmp_path, COLUMNS="80")
    assert done.code == 0
    assert "..." not in done.said.partition("[ARGS]...")[2]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_help_names_every_exit_code_and_the_guide(language: str, tmp_path: Path) -> None:
    said = run("--lang", language, "--help", cwd=tmp_path).out
    assert {int(code) for code in re.findall(r"^ +(\d+) ", said, re.MULTILINE)} == {*ExitCode, 2, 130}
    assert "content/guide/" in said


def test_the_help_of_serve_names_the_address_where_none_is_given(tmp_path: Path) -> None:
    assert "dev_addr" in run("serve", "--help", cwd=tmp_path).out
