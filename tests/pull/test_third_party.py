"""Another package adds a kind of source: an entry point in the group `kawaraban.sources`, found where pip puts it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from generator.pull import kinds
from generator.pull.kinds.sqlite import SqliteSource
from tests.pull.conftest import Desk

SOURCE = """\
from typing import Literal
from generator.pull.cells.column import Column, ColumnType
from generator.pull.source import RemoteSource
from generator.pull.table import TableRules
from generator.pull.remote.window import EVERYTHING

class Tea(RemoteSource):
    kind: Literal["tea"]
    cups: int
    reads = property(lambda self: {"cup": Column(name="cup", type=ColumnType.INTEGER)})
    rules = property(lambda self: TableRules(("cup",)))
    def windows(self, today):
        return [EVERYTHING]
    def fetch(self, window, session, problems):
        yield from ((n, [n]) for n in range(1, self.cups + 1))

class Half(RemoteSource):
    kind: Literal["half"]

not_a_class = 1
"""

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """A function that installs a package with entry points, as pip leaves it on the path."""

    def put(points: str, name: str = "kawaraban_tea", module: str = SOURCE) -> None:
        folder = tmp_path_factory.mktemp("site-packages")
        (folder / f"{name}.py").write_text(module, "utf-8")
        info = folder / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[kawaraban.sources]\n{points}\n", "utf-8")
        monkeypatch.syspath_prepend(str(folder))
        monkeypatch.delitem(sys.modules, name, raising=False)
        kinds.offered.cache_clear()

    yield put
    kinds.offered.cache_clear()


def declare(desk: Desk, kind: str) -> None:
    desk.put("sources.yml", f"sources:\n  tea:\n    kind: {kind}\n    label: お茶\n    cups: 3\n")


def test_its_rows_are_pulled_like_any_others(desk: Desk, install: Install) -> None:
    install("tea = kawaraban_tea:Tea")
    declare(desk, "tea")
    assert desk.rows("tea") == [(1,), (2,), (3,)]


def test_what_it_declares_is_judged_like_any_other(desk: Desk, install: Install) -> None:
    install("tea = kawaraban_tea:Tea")
    desk.put("sources.yml", "sources:\n  tea:\n    kind: tea\n    label: お茶\n    cusp: 3\n")
    assert any("`cusp` という項目はありません → `cups` のことではありませんか" in said for said in desk.findings())


def test_a_mistyped_kind_is_likened_to_it(desk: Desk, install: Install) -> None:
    install("green_tea = kawaraban_tea:Tea")
    declare(desk, "green_te")
    assert any("`green_tea` のことではありませんか" in said for said in desk.findings())


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ("tea = kawaraban_tea:Coffee", "`kawaraban_tea:Coffee` を読み込めません（AttributeError）"),
        ("tea = kawaraban_coffee:Tea", "`kawaraban_coffee:Tea` を読み込めません（ModuleNotFoundError）"),
        ("tea = kawaraban_tea:not_a_class", "完成した FileSource か RemoteSource のクラスではありません"),
        ("tea = kawaraban_tea:Half", "完成した FileSource か RemoteSource のクラスではありません"),
    ],
)
def test_a_package_that_is_broken_is_named(desk: Desk, install: Install, points: str, sentence: str) -> None:
    install(points)
    declare(desk, "tea")
    (said,) = desk.findings()
    assert sentence in said


def test_two_packages_of_one_kind_are_told(desk: Desk, install: Install) -> None:
    install("tea = kawaraban_tea:Tea")
    install("tea = kawaraban_green:Tea", name="kawaraban_green")
    declare(desk, "tea")
    (said,) = desk.findings()
    assert "種類 `tea` を2つのパッケージが名乗っています" in said


def test_our_own_kinds_cannot_be_replaced(desk: Desk, install: Install) -> None:
    install("sqlite = kawaraban_tea:Tea")
    declare(desk, "sqlite")
    assert not any("cups" in said and "ありません" not in said for said in desk.findings())
    assert kinds.kind_named("sqlite") is SqliteSource


def test_a_crash_in_a_foreign_kind_is_no_traceback(desk: Desk, install: Install) -> None:
    install("tea = kawaraban_tea:Tea", module=SOURCE.replace("yield from", "raise KeyError('secret'); yield from"))
    declare(desk, "tea")
    (said,) = desk.findings()
    assert "KeyError" in said
    assert "secret" not in said
