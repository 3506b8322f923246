"""The finished folder put where the site is read."""

import hashlib
import os
import shutil
import signal
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import replace

from generator.errors import EngineFailed, HalfDelivered, Rejected
from generator.render.deliver import (
    MARK,
    NO_DIFFERENCES,
    Delivered,
    Delivery,
    SiteFile,
    SiteFiles,
    differences,
    is_as_delivered,
)
from generator.render.deliver import deliver as deliver_all


def make(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def delivered_before(folder: Path, files: dict[str, str]) -> Path:
    return make(folder, {MARK: "", **files})


def files_of(folder: Path) -> dict[str, SiteFile]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): file_of(path) for path in paths}


def file_of(path: Path) -> SiteFile:
    content = path.read_bytes()
    return SiteFile(hashlib.sha256(content).hexdigest(), len(content), lambda: content)


def deliver(files: Mapping[str, SiteFile], site: Path, before: Mapping[str, Delivered]) -> dict[str, Delivered]:
    return deliver_all(SiteFiles.of(files), site, before, partial(differences, site, before))


def contents(folder: Path) -> dict[str, str]:
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != MARK)
    return {p.relative_to(folder).as_posix(): p.read_text() for p in files}


def test_the_site_holds_exactly_what_was_rendered(tmp_path: Path) -> None:
    site = delivered_before(tmp_path / "site", {"index.html": "old", "gone/index.html": "x", "now-a-folder": "x"})
    rendered = make(tmp_path / "new", {"index.html": "new", "now-a-folder/index.html": "y"})
    deliver(files_of(rendered), site, {})
    assert contents(site) == contents(rendered)
    assert not (site / "gone").exists()


def test_unchanged_files_keep_their_times(tmp_path: Path) -> None:
    rendered = make(tmp_path / "new", {"index.html": "same", "a/index.html": "one"})
    delivered = deliver(files_of(rendered), tmp_path / "site", {})
    before = (tmp_path / "site/index.html").stat().st_mtime_ns
    make(rendered, {"a/index.html": "two"})
    deliver(files_of(rendered), tmp_path / "site", delivered)
    assert (tmp_path / "site/index.html").stat().st_mtime_ns == before
    assert contents(tmp_path / "site")["a/index.html"] == "two"


def test_hidden_entries_of_the_site_stay(tmp_path: Path) -> None:
    site = delivered_before(tmp_path / "site", {"index.html": "old", ".git/config": "x"})
    deliver(files_of(make(tmp_path / "new", {"index.html": "new"})), site, {})
    assert contents(site) == {"index.html": "new", ".git/config": "x"}


def test_a_folder_of_somebody_else_is_not_touched(tmp_path: Path) -> None:
    home = make(tmp_path / "home", {"index.html": "my own page", "thesis.docx": "years of work"})
    with pytest.raises(Rejected) as rejected:
        deliver(files_of(make(tmp_path / "new", {"index.html": "new"})), home, {})
    assert [f.name for f in rejected.value.findings] == ["site/output-folder"]
    assert contents(home) == {"index.html": "my own page", "thesis.docx": "years of work"}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    real = make(tmp_path / "real", {"index.html": "live"})
    (tmp_path / "site").symlink_to(real)
    with pytest.raises(Rejected):
        deliver(files_of(make(tmp_path / "new", {"index.html": "new"})), tmp_path / "site", {})
    assert contents(real) == {"index.html": "live"}


def test_what_somebody_changed_in_the_site_is_put_right(tmp_path: Path) -> None:
    rendered, site = make(tmp_path / "new", {"index.html": "good", "a/index.html": "one"}), tmp_path / "site"
    delivered = deliver(files_of(rendered), site, {})
    (site / "index.html").write_text("evil", encoding="utf-8")  # of the same size
    (site / "a/index.html").unlink()
    make(site, {"b/added.html": "x"})
    assert deliver(files_of(rendered), site, delivered).keys() == delivered.keys()
    assert contents(site) == contents(rendered)
    assert not (site / "b").exists()


def test_a_staged_file_is_moved_instead_of_copied(tmp_path: Path) -> None:
    staged = make(tmp_path / "new", {"a/index.html": "one"}) / "a/index.html"
    file = replace(file_of(staged), staged=staged)
    deliver({"a/index.html": file}, tmp_path / "site", {})
    assert contents(tmp_path / "site") == {"a/index.html": "one"}
    assert not staged.exists()


def test_a_file_that_is_staged_on_another_disk_is_copied(tmp_path: Path) -> None:
    memory = Path("/dev/shm")  # noqa: S108 (a disk of its own on Linux)
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other disk here")
    with TemporaryDirectory(dir=memory) as folder:
        staged = make(Path(folder) / "new", {"a/index.html": "one"}) / "a/index.html"
        deliver({"a/index.html": replace(file_of(staged), staged=staged)}, tmp_path / "site", {})
    assert contents(tmp_path / "site") == {"a/index.html": "one"}


def test_where_nobody_else_writes_only_changes_are_delivered(tmp_path: Path) -> None:
    site = tmp_path / "site"
    rendered = make(tmp_path / "new", {"index.html": "same", "a/index.html": "one", "b/index.html": "gone"})
    delivered = deliver(files_of(rendered), site, {})
    make(rendered, {"a/index.html": "two", "c/index.html": "new"})
    (rendered / "b/index.html").unlink()
    (site / "index.html").write_text("not looked at", encoding="utf-8")
    known = deliver_all(SiteFiles.of(files_of(rendered)), site, delivered, lambda: NO_DIFFERENCES)
    assert known.keys() == files_of(rendered).keys()
    assert contents(site) == {"index.html": "not looked at", "a/index.html": "two", "c/index.html": "new"}


def test_what_an_interrupted_delivery_left_waiting_is_in_nobodys_way(tmp_path: Path) -> None:
    rendered = make(tmp_path / "rendered", {"index.html": "new", "a/index.html": "a"})
    site = delivered_before(
        tmp_path / "site", {"index.html": "old", ".kawaraban-new/index.html": "longer than what comes now"}
    )
    deliver(files_of(rendered), site, {})
    assert contents(site) == {"index.html": "new", "a/index.html": "a"}


def test_a_folder_that_is_a_link_now_is_put_right_and_nothing_is_written_behind_it(tmp_path: Path) -> None:
    rendered = make(tmp_path / "rendered", {"a/index.html": "a", "b/c/index.html": "c"})
    site = delivered_before(tmp_path / "site", {"index.html": "x"})
    elsewhere = make(tmp_path / "elsewhere", {"kept.txt": "kept"})
    (site / "a").symlink_to(elsewhere)
    (site / "b").symlink_to(tmp_path / "nowhere")
    deliver(files_of(rendered), site, {})
    assert contents(site) == {"a/index.html": "a", "b/c/index.html": "c"}
    assert contents(elsewhere) == {"kept.txt": "kept"}


def test_a_folder_of_pages_that_became_a_file_is_put_right(tmp_path: Path) -> None:
    rendered, site = make(tmp_path / "rendered", {"a": "a file now"}), tmp_path / "site"
    delivered = deliver(files_of(make(tmp_path / "before", {"a/index.html": "a", "a/b/index.html": "b"})), site, {})
    deliver(files_of(rendered), site, delivered)
    assert contents(site) == {"a": "a file now"}


def test_what_waits_is_not_seen_until_all_of_it_is_there(tmp_path: Path) -> None:
    site = tmp_path / "site"
    delivered = deliver(files_of(make(tmp_path / "before", {"index.html": "old", "a/index.html": "gone"})), site, {})
    pages = files_of(make(tmp_path / "pages", {"index.html": "new", "b/index.html": "b"}))
    search = files_of(make(tmp_path / "search", {"b/c.bin": "c"}))
    with Delivery(site, delivered, partial(differences, site, delivered)) as delivery:
        delivery.bring(SiteFiles.of(pages))
        assert {path: text for path, text in contents(site).items() if not path.startswith(".")} == {
            "index.html": "old",
            "a/index.html": "gone",
        }
        delivery.bring(SiteFiles.of(pages | search))
        now = delivery.finish()
    assert contents(site) == {"index.html": "new", "b/index.html": "b", "b/c.bin": "c"}
    assert differences(site, now) == NO_DIFFERENCES


def test_a_delivery_that_is_given_up_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    site = tmp_path / "site"
    delivered = deliver(files_of(make(tmp_path / "before", {"index.html": "old"})), site, {})
    with Delivery(site, delivered, partial(differences, site, delivered)) as delivery:
        delivery.bring(SiteFiles.of(files_of(make(tmp_path / "after", {"index.html": "new"}))))
    assert contents(site) == {"index.html": "old"}
    assert differences(site, delivered) == NO_DIFFERENCES


def test_a_file_that_changed_after_it_was_brought_is_brought_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with Delivery(site, {}, partial(differences, site, {})) as delivery:
        delivery.bring(SiteFiles.of(files_of(make(tmp_path / "first", {"index.html": "one", "a/index.html": "a"}))))
        delivery.bring(SiteFiles.of(files_of(make(tmp_path / "second", {"index.html": "other", "a/index.html": "a"}))))
        now = delivery.finish()
    assert contents(site) == {"index.html": "other", "a/index.html": "a"}
    assert differences(site, now) == NO_DIFFERENCES


def test_a_waiting_place_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    site = delivered_before(tmp_path / "site", {"index.html": "old"})
    elsewhere = make(tmp_path / "elsewhere", {"kept.txt": "kept"})
    (site / ".kawaraban-new").symlink_to(elsewhere)
    deliver(files_of(make(tmp_path / "rendered", {"index.html": "new"})), site, {})
    assert contents(site) == {"index.html": "new"}
    assert contents(elsewhere) == {"kept.txt": "kept"}


def test_a_file_that_is_again_what_it_was_stays(tmp_path: Path) -> None:
    site, before = tmp_path / "site", files_of(make(tmp_path / "before", {"index.html": "old", "a/index.html": "a"}))
    delivered = deliver(before, site, {})
    with Delivery(site, delivered, partial(differences, site, delivered)) as delivery:
        delivery.bring(SiteFiles.of(files_of(make(tmp_path / "other", {"index.html": "new"}))))
        delivery.bring(SiteFiles.of(before))
        now = delivery.finish()
    assert contents(site) == {"index.html": "old", "a/index.html": "a"}
    assert differences(site, now) == NO_DIFFERENCES


def test_on_a_disk_that_takes_two_names_for_one_folder_both_files_go_into_it(tmp_path: Path) -> None:
    site, files = (
        tmp_path / "site",
        files_of(make(tmp_path / "rendered", {"A9/index.html": "page", "b/index.html": "b"})),
    )
    with Delivery(site, {}, partial(differences, site, {})) as delivery:
        delivery.bring(SiteFiles.of({"b/index.html": files["b/index.html"]}))
        (site / ".kawaraban-new/A9").mkdir()  # as such a disk has it after `a9/picture.png`
        delivery.bring(SiteFiles.of(files))
        delivery.finish()
    assert contents(site) == {"A9/index.html": "page", "b/index.html": "b"}


def test_a_site_beside_which_files_still_wait_is_not_as_it_was_delivered(tmp_path: Path) -> None:
    site, files = tmp_path / "site", files_of(make(tmp_path / "rendered", {"index.html": "new"}))
    delivered = deliver(files, site, {})
    assert is_as_delivered(site, delivered)
    make(site, {".kawaraban-new/withdrawn/index.html": "of a build that was killed"})
    assert not is_as_delivered(site, delivered)
    deliver(files, site, delivered)
    assert is_as_delivered(site, delivered)
    assert not (site / ".kawaraban-new").exists()


@pytest.mark.parametrize("name", [".bashrc", ".ssh/id_ed25519", ".config/mail"])
def test_a_folder_that_holds_only_hidden_things_of_somebody_is_no_place_for_a_site(name: str, tmp_path: Path) -> None:
    home = make(tmp_path / "home", {name: "mine", ".gitignore": "mine"})
    with pytest.raises(Rejected) as rejected:
        deliver(files_of(make(tmp_path / "new", {"index.html": "new"})), home, {})
    (finding,) = rejected.value.findings
    assert f"`{name.partition('/')[0]}`" in finding.what.en
    assert contents(home) == {name: "mine", ".gitignore": "mine"}


def test_hidden_entries_of_a_folder_for_sites_are_there_before_the_first_one(tmp_path: Path) -> None:
    """A fresh branch for a web server, and what a build had begun that was killed."""
    there = {".git": "gitdir: elsewhere", ".nojekyll": "", ".well-known/security.txt": "x"}
    site = make(tmp_path / "site", {**there, ".kawaraban-new/index.html": "half"})
    deliver(files_of(make(tmp_path / "new", {"index.html": "new"})), site, {})
    assert contents(site) == {"index.html": "new", **there}


def test_in_a_folder_that_is_refused_nothing_hidden_is_touched_either(tmp_path: Path) -> None:
    home = make(tmp_path / "home", {"thesis.docx": "years of work", ".kawaraban-new/note.txt": "mine"})
    with pytest.raises(Rejected), Delivery(home, {}, partial(differences, home, {})) as delivery:
        delivery.bring(SiteFiles.of(files_of(make(tmp_path / "new", {"index.html": "new"}))))
    assert contents(home) == {"thesis.docx": "years of work", ".kawaraban-new/note.txt": "mine"}


def test_an_address_that_leads_out_of_the_site_is_never_written_to(tmp_path: Path) -> None:
    file = file_of(make(tmp_path / "new", {"index.html": "new"}) / "index.html")
    for path in ("../outside.html", "a/../../outside.html", "/outside.html"):
        with pytest.raises(EngineFailed):
            deliver({path: file}, tmp_path / "site", {})
    assert not list(tmp_path.rglob("outside.html"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_pipe_in_the_place_of_what_waits_is_taken_away_and_one_in_that_of_the_mark_refused(tmp_path: Path) -> None:
    site, files = tmp_path / "site", files_of(make(tmp_path / "new", {"index.html": "new"}))
    site.mkdir()
    os.mkfifo(site / ".kawaraban-new")
    deliver(files, site, {})
    assert contents(site) == {"index.html": "new"}
    (site / MARK).unlink()
    os.mkfifo(site / MARK)
    (site / "index.html").unlink()
    with pytest.raises(Rejected):
        deliver(files, site, {})


def test_a_mark_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere.txt"
    site.mkdir()
    (site / MARK).symlink_to(elsewhere)
    with pytest.raises(Rejected):
        deliver(files_of(make(tmp_path / "new", {"index.html": "new"})), site, {})
    assert not elsewhere.exists()


def test_where_the_disk_refuses_in_the_middle_nobody_is_told_that_the_old_site_stands(tmp_path: Path) -> None:
    site = tmp_path / "site"
    before = deliver(files_of(make(tmp_path / "before", {"a.html": "a", "old/b.html": "b"})), site, {})
    with Delivery(site, before, lambda: NO_DIFFERENCES) as delivery:
        delivery.bring(SiteFiles.of(files_of(make(tmp_path / "after", {"a.html": "new a"}))))
        shutil.rmtree(site / "old")
        (site / "old").symlink_to("old")  # meanwhile, and no disk follows such a link
        with pytest.raises(HalfDelivered) as half:
            delivery.finish()
    assert "beside old ones" in half.value.site_is.en
    (finding,) = half.value.findings
    assert finding.name == "publish/half-delivered"
    assert "old/b.html" in finding.what.en
    assert (site / "a.html").read_text() == "new a"


def test_ctrl_c_waits_until_all_new_files_are_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    rendered = make(tmp_path / "new", {"index.html": "one", "a/index.html": "one"})
    delivered = deliver(files_of(rendered), site, {})
    make(rendered, {"index.html": "two", "a/index.html": "two"})
    put_in = os.replace

    def pressed_in_the_middle(source: str, target: str) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        put_in(source, target)

    monkeypatch.setattr(os, "replace", pressed_in_the_middle)
    with pytest.raises(KeyboardInterrupt):
        deliver(files_of(rendered), site, delivered)
    assert contents(site) == {"index.html": "two", "a/index.html": "two"}
