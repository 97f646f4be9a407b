"""What the screens of attached files ask of the use cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from uuid import UUID

from desktop.domain.attachments import Attached, AttachmentLine, MailText, OpenedFile, Picture


class Attaches(Protocol):
    """Attaches files (`services/attachments`)."""

    def attach(
        self,
        paper_id: UUID,
        source: Path | bytes,
        name: str = "",
        *,
        attachment_id: UUID | None = None,
        cancelled: Callable[[], bool] = ...,
    ) -> Attached:
        """Look into a file and attach it."""


class Shows(Protocol):
    """Draws opened files."""

    def page(self, opened: OpenedFile, page: int, dpi: int) -> Picture:
        """One page as a picture."""

    def mail(self, opened: OpenedFile) -> MailText:
        """A mail as plain text."""


class Attachments(Attaches, Shows, Protocol):
    """Everything about the attached files of a household."""

    def of_household(self, household_id: UUID) -> tuple[AttachmentLine, ...]:
        """Every attached file, newest first."""

    def open(self, household_id: UUID, attachment_id: UUID) -> OpenedFile:
        """Read a stored file under a ticket."""
