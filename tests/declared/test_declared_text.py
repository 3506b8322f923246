"""Whatever stands where a declaration should, it becomes text or a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.declared.declared_text import LARGEST, read_declared_text


def codes(path: Path) -> list[str]:
    text, findings = read_declared_text(path, "content/data/metrics.yml")
    assert text is None
    return [finding.name for finding in findings]


def test_a_byte_order_mark_and_foreign_line_ends_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "metrics.yml"
    file.write_bytes("\ufeffa: 1\r\nb: 2\rc: あ\n".encode())
    assert read_declared_text(file, "metrics.yml") == ("a: 1\nb: 2\nc: あ\n", [])


def test_a_file_that_is_not_there_is_no_problem(tmp_path: Path) -> None:
    assert codes(tmp_path / "absent.yml") == []


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["data/unreadable"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are pipes on POSIX systems only")
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "metrics.yml")
    assert codes(tmp_path / "metrics.yml") == ["data/unreadable"]


def test_a_file_where_its_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", "utf-8")
    assert codes(tmp_path / "data" / "metrics.yml") == ["data/unreadable"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    (tmp_path / "metrics.yml").touch(mode=0)
    assert codes(tmp_path / "metrics.yml") == ["data/unreadable"]


def test_another_encoding_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "metrics.yml").write_bytes(b"a: 1\nb: " + "利用率".encode("cp932"))
    _, (finding,) = read_declared_text(tmp_path / "metrics.yml", "metrics.yml")
    assert (finding.name, finding.place.line) == ("data/wrong-encoding", 2)


def test_an_export_in_the_place_of_a_declaration_is_told(tmp_path: Path) -> None:
    (tmp_path / "metrics.yml").write_bytes(b"#" * (LARGEST + 1))
    assert codes(tmp_path / "metrics.yml") == ["data/too-large"]
