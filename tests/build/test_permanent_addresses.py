"""Pages that lead from permanent addresses to where things are today, from build to build."""

from generator.build.files import LooseFile, redirect_files
from generator.build.memory import FileRecord


def judged(file: LooseFile) -> FileRecord:
    return FileRecord(file.sha256, file.size, leads_to=file.leads_to)


def test_one_that_leads_to_the_same_page_is_known_without_being_written() -> None:
    (new,) = redirect_files({"p/one/": "articles/one/"}, {})
    (known,) = redirect_files({"p/one/": "articles/one/"}, {new.path: judged(new)})
    assert (known.path, known.sha256, known.size) == (new.path, new.sha256, new.size)
    assert known.content() == new.content()


def test_one_that_leads_elsewhere_now_is_written_anew() -> None:
    (before,) = redirect_files({"p/one/": "articles/one/"}, {})
    (now,) = redirect_files({"p/one/": "stories/one/"}, {before.path: judged(before)})
    assert b"stories/one/" in now.content()
    assert now.sha256 == LooseFile.of(now.path, now.content()).sha256


def test_a_page_of_another_kind_at_the_address_is_not_taken_for_one() -> None:
    (file,) = redirect_files({"p/one/": "articles/one/"}, {"p/one/index.html": FileRecord("0" * 64, 1)})
    assert file.sha256 != "0" * 64
