"""Use cases of attached files (添付ファイル)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from desktop.database import attaching
from desktop.database.attaching import NewFile
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain import attachments as rules
from desktop.domain.attachments import (
    Attached,
    AttachmentLine,
    Inspected,
    MailText,
    OpenedFile,
    Picture,
    plain_name,
)
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.inspection.looking import Looking
from desktop.models.attachments import AttachmentContent, AttachmentRecord
from desktop.services.attachments import loading
from desktop.services.attachments.taking import read_plain_file
from desktop.services.masters import lookup
from desktop.services.permission import needs


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class AttachmentService:
    """The signed-in person's work on attached files.

    Attaching opens no file: whoever took the paper in has the file before him. To read a stored one again takes a
    ticket, of the receiver too: it is content of the household like any other, and every reading is logged.
    """

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    looking: Looking = field(default_factory=Looking)

    @needs(Permission.RECEIVE_PAPERS)
    def attach(
        self,
        paper_id: UUID,
        source: Path | bytes,
        name: str = "",
        *,
        attachment_id: UUID | None = None,
        cancelled: Callable[[], bool] = _never,
    ) -> Attached:
        """Look into a file (a path, or its bytes and `name`) and attach it to a paper; it is kept as it is.

        `attachment_id` is the caller's where a retry must store once. Raises ValidationError(file=…) where the file
        is not taken, NotPermittedError where the paper is not before the person.
        """
        data = _bytes_of(source)
        shown_name = plain_name(name or (source.name if isinstance(source, Path) else ""))
        if not shown_name:
            raise ValidationError(file=rules.NO_NAME)
        most_pages = self._most_pages()
        found = self._inspected(data, shown_name, most_pages, cancelled)
        given = NewFile(
            attachment_id=attachment_id or new_id(),
            paper_id=paper_id,
            kind=found.kind,
            pages=found.pages,
            name=shown_name,
            data=data,
        )
        return self._store(given, most_pages)

    @needs(Permission.RECEIVE_PAPERS)
    def inspect(
        self, source: Path | bytes, name: str, *, cancelled: Callable[[], bool] = _never
    ) -> Inspected:
        """Look into a file as `attach` does, and keep nothing. ValidationError(file=…) where it would be refused."""
        return self._inspected(_bytes_of(source), plain_name(name), self._most_pages(), cancelled)

    @needs(Permission.RECEIVE_PAPERS)
    def of_paper(self, paper_id: UUID) -> tuple[AttachmentLine, ...]:
        """The files of a paper as facts, newest first; nothing where they are not before the person."""
        with self.work() as session:
            return loading.of_paper(session, self.staff, paper_id)

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> tuple[AttachmentLine, ...]:
        """Every attached file of a household with its name, newest first."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return loading.of_household(session, self.staff, household_id)

    @needs(Permission.OPEN_CASE_FILES)
    def open(self, household_id: UUID, attachment_id: UUID) -> OpenedFile:
        """Read a stored file of this household under a ticket. NotPermittedError where there is none."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            record, text = AttachmentRecord, AttachmentContent
            found = session.execute(
                select(record.kind, record.pages, text.name, text.data)
                .join(text, text.attachment_id == record.id)
                .where(
                    record.id == attachment_id,
                    record.household_id == household_id,
                    record.office_id == self.staff.office_id,
                )
            ).one_or_none()
        if found is None:
            raise NotPermittedError(rules.NO_FILE)
        kind, pages, name, data = found
        return OpenedFile(
            attachment_id=attachment_id, kind=kind, pages=pages, name=name, data=bytes(data)
        )

    @needs(Permission.OPEN_CASE_FILES)
    def page(self, opened: OpenedFile, page: int, dpi: int) -> Picture:
        """Draw one page (0 is the first) of an opened file, in a process of its own."""
        return self.looking.page(opened.data, opened.kind, page, dpi)

    @needs(Permission.OPEN_CASE_FILES)
    def mail(self, opened: OpenedFile) -> MailText:
        """The words of an opened mail, in a process of its own."""
        return self.looking.mail(opened.data)

    def _inspected(
        self, data: bytes, name: str, most_pages: int, cancelled: Callable[[], bool]
    ) -> Inspected:
        try:
            return self.looking.inspect(data, name, most_pages, cancelled)
        except UserError as error:
            raise ValidationError(file=error.sentence) from None

    def _most_pages(self) -> int:
        with self.work() as session:
            limits = lookup.thresholds(session, self.staff.office_id, self.clock.today())
        return limits.attachment_pages

    def _store(self, given: NewFile, most_pages: int) -> Attached:
        with self.work() as session:
            attaching.attach(session, self.staff, given, self.clock.now(), most_pages)
            stored = session.get_one(AttachmentRecord, given.attachment_id)
            same = loading.same_files(
                session, self.staff, {stored.sha256}, opened=stored.household_id
            )
            return Attached(
                attachment_id=stored.id,
                paper_id=stored.paper_id,
                kind=stored.kind,
                pages=stored.pages,
                size=stored.size,
                sha256=stored.sha256,
                same=tuple(place for i, place in same[stored.sha256] if i != stored.id),
            )


def _bytes_of(source: Path | bytes) -> bytes:
    if isinstance(source, Path):
        try:
            return read_plain_file(source)
        except UserError as error:
            raise ValidationError(file=error.sentence) from None
    if not source or len(source) > rules.MOST_BYTES:
        raise ValidationError(file=rules.TOO_LARGE if source else rules.EMPTY)
    return source
