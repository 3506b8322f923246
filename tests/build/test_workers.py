"""Worker processes make the same site, whether they are copies of the build's own process or begin anew."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Literal, get_args

import pytest

from generator.build.run import Run
from generator.effects import Effects
from generator.engines import DatabaseFailed
from generator.errors import Rejected, WorkerDied
from generator.mkdocs_site import build_site, load_site
from generator.model.finding import Family, Finding, Place, Text
from generator.pull.remote.failure import FetchFailed
from generator.workers import Workers
from tests.build.deadly import WORD
from tests.build.edits import Desk, add_many_articles
from tests.commands import differing, run_here, tree_of

Method = Literal["fork", "spawn"]
METHODS: tuple[Method, ...] = get_args(Method) if sys.platform == "linux" else ("spawn",)


@pytest.fixture
def desk(small_site: Path) -> Desk:
    """A site with more pages than one process would be left alone with."""
    desk = Desk(small_site, seed=11)
    for _ in range(3):
        add_many_articles(desk)
    return desk


def build(desk: Desk, workers: Workers, *, copy: str) -> tuple[dict[str, str], int]:
    """A copy of the site, built from nothing: its files, and how many pages were made."""
    folder = shutil.copytree(desk.site, desk.site.with_name(copy), ignore=shutil.ignore_patterns(".kawaraban", "site"))
    site = load_site(folder / "mkdocs.yml")
    build_site(site, Run(Effects(clock=lambda: desk.now, workers=workers), is_ours=True))
    return tree_of(folder / "site"), site.plugin.done.made


def findings(desk: Desk, workers: Workers, *, copy: str) -> tuple[Finding, ...]:
    with pytest.raises(Rejected) as rejected:
        build(desk, workers, copy=copy)
    return rejected.value.findings


@pytest.mark.parametrize("method", METHODS)
def test_the_site_is_the_same_byte_for_byte(desk: Desk, method: Method) -> None:
    alone, made = build(desk, Workers(1), copy="alone")
    assert made > 60
    several, _ = build(desk, Workers(2, method), copy=method)
    assert differing(several, alone) == []


@pytest.mark.parametrize("method", METHODS)
def test_pages_are_put_into_a_new_frame_by_any_process(desk: Desk, method: Method) -> None:
    """A change of the masthead: contents come from the cache, and the theme's files too."""
    for workers in (Workers(2, method), Workers(1)):
        folder = Path(shutil.copytree(desk.site, desk.site.with_name(f"jobs-{workers.jobs}")))
        for mission in ("早く届ける", "静かに届ける"):
            path = folder / "content/about/mvv.md"
            lines = path.read_text(encoding="utf-8").splitlines()
            lines = [f"mission: {mission}" if line.startswith("mission:") else line for line in lines]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            site = load_site(folder / "mkdocs.yml")
            build_site(site, Run(Effects(clock=lambda: desk.now, workers=workers), is_ours=True))
        assert site.plugin.done.made > 60
    assert differing(tree_of(desk.site.parent / "jobs-1/site"), tree_of(desk.site.parent / "jobs-2/site")) == []


@pytest.mark.parametrize("method", METHODS)
def test_what_is_wrong_with_a_page_is_said_alike(desk: Desk, method: Method) -> None:
    articles = desk.articles
    with articles[5].open("a", encoding="utf-8") as file:
        file.write("\n[どこか](nowhere.md)\n\n![](nothing.png)\n")
    own = desk.site / "theme_overrides/articles/tags.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ view.nothing }}\n", encoding="utf-8")
    alone = findings(desk, Workers(1), copy="alone")
    assert {"content/broken-link", "settings/bad-template"} <= {finding.name for finding in alone}
    assert findings(desk, Workers(2, method), copy=method) == alone


@pytest.mark.parametrize("method", METHODS)
def test_a_process_that_is_killed_ends_the_build_with_one_error(desk: Desk, method: Method) -> None:
    _make_deadly(desk)
    with pytest.raises(WorkerDied) as died:
        build(desk, Workers(2, method), copy=method)
    assert [finding.name for finding in died.value.findings] == ["site/worker-died"]
    assert not (desk.site.parent / method / "site").exists()
    build(desk, Workers(1), copy="alone")  # nothing but the process was wrong


@pytest.mark.skipif(sys.platform != "linux", reason="the text kills a process as Linux does")
def test_the_command_says_that_a_process_was_killed_and_leaves_the_old_site(desk: Desk) -> None:
    _make_deadly(desk)
    before = tree_of(desk.site / "site")
    done = run_here("build", "-f", desk.site / "mkdocs.yml", "--now", desk.now.isoformat(), "--jobs", "2")
    assert (done.code, done.said.count("site/worker-died")) == (70, 1)
    assert tree_of(desk.site / "site") == before


def _make_deadly(desk: Desk) -> None:
    config = desk.site / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert "markdown_extensions:" in text
    text = text.replace("markdown_extensions:\n", "markdown_extensions:\n  - tests.build.deadly\n")
    config.write_text(text, encoding="utf-8")
    with desk.articles[9].open("a", encoding="utf-8") as file:
        file.write(f"\n{WORD}があった。\n")


def _product(factor: int, item: int) -> int:
    return factor * item


@pytest.mark.parametrize("method", METHODS)
def test_results_come_in_the_order_of_the_items(method: Method) -> None:
    assert list(Workers(2, method).map(_product, 3, range(200))) == [3 * item for item in range(200)]


@pytest.mark.parametrize("method", METHODS)
def test_no_more_processes_are_started_than_there_is_work_for(method: Method) -> None:
    results = Workers(50, method).map(_product, 2, [1, 2, 3], few=1)
    assert next(results) == 2
    assert len(multiprocessing.active_children()) == 3
    results.close()


def _refused(factor: int, item: int) -> int:
    if item in (70, 130):
        raise ValueError(item)
    return factor * item


@pytest.mark.parametrize("method", METHODS)
def test_the_first_error_is_raised_after_the_results_before_it(method: Method) -> None:
    results = Workers(2, method).map(_refused, 3, range(200))
    found: list[int] = []
    with pytest.raises(ValueError, match="70"):
        found.extend(results)
    assert found == [3 * item for item in range(70)]


@pytest.mark.parametrize("method", METHODS)
def test_whoever_stops_asking_leaves_no_process_behind(method: Method) -> None:
    results = Workers(2, method).map(_product, 3, range(200))
    assert next(results) == 0
    assert len(multiprocessing.active_children()) == 2
    results.close()
    assert multiprocessing.active_children() == []


def _tripled(item: int) -> int:
    return 3 * item


@pytest.mark.parametrize("workers", [Workers(1), *(Workers(2, method) for method in METHODS)])
def test_work_beside_is_done_when_its_result_is_asked_for(workers: Workers) -> None:
    with workers.beside(_tripled, 14) as result:
        assert result() == 42
    assert multiprocessing.active_children() == []


def _refused_beside(item: int) -> int:
    raise ValueError(item)


@pytest.mark.parametrize("workers", [Workers(1), *(Workers(2, method) for method in METHODS)])
def test_an_error_of_work_beside_is_raised_where_its_result_is_asked_for(workers: Workers) -> None:
    with workers.beside(_refused_beside, 70) as result, pytest.raises(ValueError, match="70"):
        result()


_REFUSAL = Finding(
    Family.CONTENT, "changed-meanwhile", Place("content/a.md"), Text("変わった", "changed"), Text("", "")
)


def _rejected(_: int, item: int) -> int:
    raise Rejected([_REFUSAL])


@pytest.mark.parametrize("method", METHODS)
def test_what_a_worker_refuses_is_told_as_if_it_were_refused_here(method: Method) -> None:
    with pytest.raises(Rejected) as rejected:
        list(Workers(2, method).map(_rejected, 3, range(200)))
    assert (rejected.value.findings, rejected.value.exit_code) == ((_REFUSAL,), 20)


_WHY = Text("時間切れ", "too slow"), Text("待つ", "wait")


def _not_answered(failure: type[DatabaseFailed] | type[FetchFailed], _: int) -> int:
    raise failure("query-too-slow", *_WHY)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("failure", [DatabaseFailed, FetchFailed])
def test_what_did_not_answer_a_worker_is_told_as_if_it_were_asked_here(
    failure: type[DatabaseFailed] | type[FetchFailed], method: Method
) -> None:
    with pytest.raises(failure, match="too slow") as failed:
        list(Workers(2, method).map(_not_answered, failure, [1, 2], few=1))
    assert failed.value.args == ("query-too-slow", *_WHY)


class _UnfitToReturn(Exception):
    """As many libraries write theirs: it is made of more than its message."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"{problem} in line {line}")


class _UnfitToLeave(Exception):
    """It holds what no other process can have."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"{problem} in line {line}")
        self.again = lambda: line


def _fails(kind: type[_UnfitToReturn] | type[_UnfitToLeave], item: int) -> int:
    raise kind(item, "a comma")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", [_UnfitToReturn, _UnfitToLeave])
def test_an_error_that_cannot_leave_its_process_is_told_in_its_words(
    kind: type[_UnfitToReturn] | type[_UnfitToLeave], method: Method
) -> None:
    with pytest.raises(RuntimeError, match=f"{kind.__name__}: a comma in line 7"):
        list(Workers(2, method).map(_fails, kind, [7, 7], few=1))


def _killed(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the work is done in this process")
def test_work_beside_that_is_killed_is_told_apart_from_its_errors() -> None:
    with Workers(2, "fork").beside(_killed, 0) as result, pytest.raises(WorkerDied):
        result()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the work is done in this process")
def test_work_beside_that_nobody_waits_for_ends_with_the_body() -> None:
    with Workers(2, "fork").beside(time.sleep, 60.0):
        assert len(multiprocessing.active_children()) == 1
    assert multiprocessing.active_children() == []
