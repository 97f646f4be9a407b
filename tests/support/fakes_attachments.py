"""Attached files from memory, and dialogs that answer with files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.domain.attachments import Attached, FileKind, SameFile
from desktop.domain.errors import UserError, ValidationError
from desktop.override import override
from desktop.services.workstation.incoming import WatchedFolder
from desktop.views.attachments.attach_panel import AttachSetting
from desktop.views.look import Look
from tests.support.fakes import CLOCK, FakeDialogs, fake_id


class FakeAttaches:
    """Takes every file but those with a refusal for their name; `same` is said of each."""

    def __init__(self, **refusals: str) -> None:
        self.refusals = refusals
        self.same: tuple[SameFile, ...] = ()
        self.taken: list[tuple[UUID, str, UUID | None]] = []

    def attach(
        self,
        paper_id: UUID,
        source: Path | bytes,
        name: str = "",
        *,
        attachment_id: UUID | None = None,
        cancelled: Callable[[], bool] = bool,
    ) -> Attached:
        assert isinstance(source, Path)
        if cancelled():
            raise UserError("中止しました。")
        if source.stem in self.refusals:
            raise ValidationError(file=self.refusals[source.stem])
        self.taken.append((paper_id, source.name, attachment_id))
        return Attached(
            attachment_id=attachment_id or fake_id(source.name),
            paper_id=paper_id,
            kind=FileKind.PDF,
            pages=2,
            size=2_048,
            sha256="0",
            same=self.same,
        )


class FileDialogs(FakeDialogs):
    """Chooses these files and this folder."""

    def __init__(self, *files: Path, folder: Path | None = None) -> None:
        super().__init__()
        self.files = list(files)
        self.folder = folder

    @override
    def choose_files(self, parent: Any, title: str, kinds: str, on_chosen: Any) -> None:
        self.asked.append(title)
        on_chosen(self.files)

    @override
    def choose_folder(self, parent: Any, title: str, on_chosen: Any) -> None:
        self.asked.append(title)
        on_chosen(self.folder)


def attach_setting(look: Look, *files: Path, folder: Path | None = None) -> AttachSetting:
    """A setting whose dialogs choose these; no folder is watched yet."""
    return AttachSetting(
        dialogs=FileDialogs(*files, folder=folder), look=look, watched=WatchedFolder()
    )


SAME = SameFile(paper="6-0001", case_number="0001", received_at=CLOCK.now())
