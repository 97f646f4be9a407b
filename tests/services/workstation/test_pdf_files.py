from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import UnavailableError, UserError
from desktop.services.workstation.pdf_files import save_beside, save_pdf


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_that_was_chosen_is_replaced_as_a_whole(tmp_path: Path):
    path = tmp_path / "票.pdf"
    path.write_bytes(b"older and longer")
    assert save_pdf(path, b"new") == path
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["票.pdf"]


def test_an_ending_is_added_and_overwrites_nothing(tmp_path: Path):
    assert save_pdf(tmp_path / "票", b"new") == tmp_path / "票.pdf"
    with pytest.raises(UserError, match="別の名前"):
        save_pdf(tmp_path / "票", b"newer")
    assert (tmp_path / "票.pdf").read_bytes() == b"new"


def test_a_name_in_use_is_left_alone(tmp_path: Path):
    save_beside(tmp_path, "票_0001.pdf", b"first")
    with pytest.raises(UserError, match="空のフォルダー"):
        save_beside(tmp_path, "票_0001.pdf", b"second")
    assert (tmp_path / "票_0001.pdf").read_bytes() == b"first"


def test_nothing_is_left_half_written_when_the_disk_is_full(tmp_path: Path, monkeypatch):
    (tmp_path / "票.pdf").write_bytes(b"older")

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UnavailableError, match="空き容量"):
        save_pdf(tmp_path / "票.pdf", b"new")
    with pytest.raises(UnavailableError):
        save_beside(tmp_path, "他.pdf", b"new")
    assert names(tmp_path) == ["票.pdf"]
    assert (tmp_path / "票.pdf").read_bytes() == b"older"
