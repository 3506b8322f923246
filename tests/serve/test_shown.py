"""What browsers are shown, and when they are told that it is another."""

import hashlib
from pathlib import Path

from generator.render.deliver import SiteFile, SiteFiles
from generator.serve.shown import ShownSite


def file(text: str) -> SiteFile:
    content = text.encode()
    return SiteFile(hashlib.sha256(content).hexdigest(), len(content), lambda: content)


def test_browsers_ask_anew_for_what_has_changed_and_for_nothing_else(tmp_path: Path) -> None:
    shown = ShownSite(tmp_path / "serve", {})
    assert shown.show(SiteFiles.of({"index.html": file("one"), "search/a.bin": file("one")}), later={"search/a.bin"})
    assert not shown.show(
        SiteFiles.of({"index.html": file("one"), "search/b.bin": file("two")}), later={"search/b.bin"}
    )
    assert shown.show(SiteFiles.of({"index.html": file("two"), "search/b.bin": file("two")}), later={"search/b.bin"})


def test_browsers_ask_anew_when_a_mistake_is_mended(tmp_path: Path) -> None:
    shown = ShownSite(tmp_path / "serve", {})
    shown.show(SiteFiles.of({"index.html": file("one")}))
    shown.tell("a mistake")
    assert shown.show(SiteFiles.of({"index.html": file("one")}))
