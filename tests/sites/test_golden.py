"""tests/sites/good/small/: a small site, and beside it what it must become; only what is ours is compared.

`KAWARABAN_GOLDEN=1 pytest tests/sites/test_golden.py` writes the expected files anew; read the difference before
committing it. A page is kept as the HTML inside the theme's sheet, so that an update of Material changes nothing here.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from lxml import html

from generator.search.front import INDEX  # it names packed files, and these differ from zlib to zlib
from tests.commands import build_here, differing
from tests.published.pages import one

SMALL = Path(__file__).parent / "good" / "small"
EXPECTED = SMALL / "expected"
KEPT = {".xml", ".json", ".csv"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("golden") / "small"))
    done = build_here(folder)
    assert done.code == 0, done.said
    return folder / "site"


def ours(site: Path) -> dict[str, str]:
    """Name → text of everything in the site that is not the theme's."""
    found = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix == ".html" and not name.startswith("p/"):
            found[name] = _sheet(path)
        elif path.suffix in KEPT and name != INDEX:
            found[name] = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    return found


def _sheet(path: Path) -> str:
    tree = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    lines = [html.tostring(child, encoding="unicode", with_tail=False) for child in one(tree, "kb-sheet")]
    text = re.sub(r"\s*\n\s*", "\n", "\n".join(lines))
    return re.sub(r"(?<=>)(?=<(?:figure|table|tr|svg|dl|div|p|details|/svg|/figure)\b)", "\n", text).strip() + "\n"


def test_the_small_site_is_what_it_was(built: Path) -> None:
    found = ours(built)
    if os.environ.get("KAWARABAN_GOLDEN"):
        _renew(found)
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        for path in sorted(EXPECTED.rglob("*"))
        if path.is_file()
    }
    differ = differing(found, expected)
    changes = "".join(
        f"\n  {name}: {_first_difference(expected.get(name, ''), found.get(name, ''))}" for name in differ
    )
    assert not differ, f"{len(differ)} files differ from tests/sites/good/small/expected:{changes}"


def _first_difference(expected: str, found: str) -> str:
    if not expected or not found:
        return "expected, but not there" if expected else "there, but not expected"
    pairs = zip(expected.splitlines(), found.splitlines(), strict=False)
    number, (was, now) = next(((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1]), (0, ("", "")))
    return f"line {number}: {was[:160]!r} became {now[:160]!r}" if number else "one is longer"


def _renew(found: dict[str, str]) -> None:
    if EXPECTED.exists():
        shutil.rmtree(EXPECTED)
    for name, text in found.items():
        (EXPECTED / name).parent.mkdir(parents=True, exist_ok=True)
        (EXPECTED / name).write_bytes(text.encode())


def test_the_golden_site_shows_every_type_of_page(built: Path) -> None:
    folders = {name.split("/")[0] for name in ours(built)}
    assert folders >= {
        "stories",
        "faq",
        "campaigns",
        "issues",
        "notices",
        "departments",
        "champions",
        "metrics",
        "about",
        "articles",
        "guide",
        "tags",
        "feeds",
        "figures",
    }
