"""The watched folder: listed, never touched; a file that still grows is not settled."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from desktop.domain.errors import UserError
from desktop.services.workstation import incoming
from desktop.services.workstation.incoming import (
    MOST_LISTED,
    IncomingFile,
    WatchedFolder,
    look_into,
)


def looked(folder, times=1):
    found: tuple[IncomingFile, ...] = ()
    for _ in range(times):
        found = look_into(folder, {file.path: file for file in found})
    return found


def test_a_file_is_settled_once_two_looks_agree(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-")
    first = looked(tmp_path)
    assert [file.is_settled for file in first] == [False]
    path.write_bytes(b"%PDF-1.7 and more")
    second = look_into(tmp_path, {file.path: file for file in first})
    assert [file.is_settled for file in second] == [False]
    third = look_into(tmp_path, {file.path: file for file in second})
    assert [file.is_settled for file in third] == [True]


def test_an_empty_file_is_never_settled(tmp_path):
    (tmp_path / "scan.pdf").touch()
    assert [file.is_settled for file in looked(tmp_path, 3)] == [False]


def test_newest_first_and_only_what_can_be_attached(tmp_path):
    for age, name in enumerate(["a.pdf", "b.JPG", "c.eml", "d.exe", "e.txt"]):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "link.pdf").symlink_to(tmp_path / "a.pdf")
    assert [file.path.name for file in looked(tmp_path)] == ["a.pdf", "b.JPG", "c.eml"]


def test_looking_changes_nothing(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"x")
    before = [(p.name, p.stat().st_mtime_ns, p.read_bytes()) for p in tmp_path.iterdir()]
    looked(tmp_path, 3)
    assert [(p.name, p.stat().st_mtime_ns, p.read_bytes()) for p in tmp_path.iterdir()] == before


@pytest.mark.parametrize("changed_at", [-(10**11), -1, 10**12, 2.0**70, float("inf")], ids=repr)
def test_an_impossible_time_of_a_file_server_is_none(changed_at):
    assert incoming._instant(changed_at) == datetime(1970, 1, 1, tzinfo=UTC)


def test_ten_thousand_files_are_listed_as_the_newest_ones(tmp_path):
    for number in range(10_000):
        (tmp_path / f"{number}.pdf").touch()
    found = looked(tmp_path, 2)
    assert len(found) == MOST_LISTED


def test_a_folder_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(UserError, match="フォルダー"):
        looked(tmp_path / "none")


def test_the_choice_is_kept(tmp_path):
    kept: list[str] = []
    watched = WatchedFolder("", kept.append)
    assert watched.path is None
    watched.choose(tmp_path)
    assert (watched.path, kept) == (tmp_path, [str(tmp_path)])
