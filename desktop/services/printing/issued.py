"""Issuing of forms (発行): a number, the drawing and the stored bytes in one; the register, reprints and what is void."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import issuing
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain import issued_forms as rules
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError, UserError, ValidationError
from desktop.domain.forms import FormMark
from desktop.domain.issue_rules import ISSUE_RULES, closed_forms
from desktop.domain.issued_forms import (
    Drawn,
    Issued,
    IssuedFile,
    IssuedForm,
    IssueRequest,
    IssueStamp,
    PrintedRun,
    Register,
    RegisterQuery,
    Reserved,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.issued_forms import IssuedFileContent, IssuedFormRecord, IssuedVoidText
from desktop.services.permission import needs
from desktop.services.printing import issued_register

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IssuedForms:
    """Issued forms for the signed-in person. What was issued is never drawn anew: a reprint is the stored bytes."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_DRAFTS)
    def issue(self, request: IssueRequest, draw: Callable[[IssueStamp], Drawn]) -> Issued:
        """Issue a form: take a number, let the caller draw with it, store the bytes; all or nothing.

        `draw` gets what is printed on the form and must be quick (the register is locked): read the values before.
        The same request again gives back what was stored and draws nothing. Raises ValidationError for what cannot be
        issued and NotPermittedError for forms and households that are not the person's.
        """
        words = rules.kept_words(request)
        if words:
            raise ValidationError(**words)
        with self.work() as session:
            reserved = issuing.reserve(session, self.staff, request, self.clock.now())
            stamp = self._stamp(request, reserved)
            if not reserved.is_stored:
                drawn = draw(stamp)
                refusal = rules.refusal_of(drawn)
                if refusal:
                    raise ValidationError(file=refusal)
                issuing.store(session, self.staff, request, drawn)
                return _issued(request, stamp, drawn, is_new=True)
        stored = self.bytes_of(request.issued_id)
        before = Drawn(pages=stored.form.pages, data=stored.data)
        return _issued(request, stamp, before, is_new=False)

    @needs(Permission.OPEN_CASE_FILES)
    def register(self, query: RegisterQuery) -> Register:
        """Issues of the person's duty, newest first, a page at a time. ValidationError(number=…) for no number."""
        with self.work() as session:
            return issued_register.page(session, self.staff, query, self._today)

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> tuple[IssuedForm, ...]:
        """Every issue of a household, whose file is opened for it, newest first."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return issued_register.of_household(session, self.staff, household_id, self._today)

    @needs(Permission.OPEN_CASE_FILES)
    def bytes_of(self, issued_id: UUID) -> IssuedFile:
        """A form as it was issued, void or not, read under a ticket.

        Raises NotPermittedError where there is none, UserError where the bytes are not those that were issued.
        """
        return self.files_of([issued_id])[0]

    @needs(Permission.OPEN_CASE_FILES)
    def files_of(self, issued_ids: Sequence[UUID]) -> tuple[IssuedFile, ...]:
        """Several forms as they were issued, in the order that was asked for."""
        if len(issued_ids) > rules.MOST_REPRINTED:
            raise UserError(rules.TOO_MANY)
        purpose = Purpose.BATCH if self.staff.may(Permission.PRINT_RECORDS) else Purpose.FILE
        self.reading.open(purpose, self._households_of(issued_ids))
        with self.work() as session:
            forms = issued_register.of_ids(session, self.staff, issued_ids, self._today)
            closed = closed_forms(self.staff.may)
            read = {id_: form for id_, form in forms.items() if form.form_code not in closed}
            files = _files(session, issued_ids, read)
        if files.keys() < set(issued_ids):
            raise NotPermittedError(rules.NO_ISSUE)
        for file in files.values():
            _compare(file)
        return tuple(files[issued_id] for issued_id in issued_ids)

    @needs(Permission.PRINT_RECORDS)
    def void(self, issued_id: UUID, reason: str) -> None:
        """Make an issue void (失効), with the reason why; it stays in the register and can be looked at."""
        with self.work() as session:
            issuing.void(session, self.staff, issued_id, reason, self.clock.now())

    @needs(Permission.PRINT_DRAFTS)
    def note_print(
        self,
        batch_id: UUID,
        issued_ids: Sequence[UUID],
        mark: FormMark,
        *,
        pages: int,
        sha256: str,
    ) -> None:
        """Note that forms of one mark went to paper just after they were issued. Repeating it changes nothing.

        `sha256` is that of what was printed; of one form alone it must be the form's own.
        """
        self._note(batch_id, issued_ids, mark, pages, sha256)

    @needs(Permission.PRINT_DRAFTS)
    def note_reprint(
        self, batch_id: UUID, issued_ids: Sequence[UUID], *, pages: int, sha256: str
    ) -> None:
        """Note that stored forms went to paper again. ConflictError where one is void; repeating it changes nothing."""
        self._note(batch_id, issued_ids, FormMark.COPY, pages, sha256)

    def _note(
        self, batch_id: UUID, issued_ids: Sequence[UUID], mark: FormMark, pages: int, sha256: str
    ) -> None:
        if len(issued_ids) > rules.MOST_REPRINTED:
            raise UserError(rules.TOO_MANY)
        run = PrintedRun(
            batch_id=batch_id,
            issued_ids=tuple(dict.fromkeys(issued_ids)),
            mark=mark,
            pages=pages,
            sha256=sha256,
        )
        with self.work() as session:
            issuing.note_printed(session, self.staff, run, self.clock.now())

    def _stamp(self, request: IssueRequest, reserved: Reserved) -> IssueStamp:
        return IssueStamp(
            fiscal_year=reserved.fiscal_year,
            number=reserved.number,
            issued_at=reserved.issued_at,
            mark=ISSUE_RULES[request.form_code].mark,
            issued_by=self.staff.name,
        )

    def _households_of(self, issued_ids: Sequence[UUID]) -> set[UUID]:
        with self.work() as session:
            rows = session.execute(
                select(IssuedFormRecord.id, IssuedFormRecord.household_id).where(
                    IssuedFormRecord.id.in_(issued_ids),
                    IssuedFormRecord.office_id == self.staff.office_id,
                )
            ).all()
        if len(rows) < len(set(issued_ids)):
            raise NotPermittedError(rules.NO_ISSUE)
        return {household_id for _, household_id in rows}

    @property
    def _today(self) -> date:
        return self.clock.today()


def _issued(request: IssueRequest, stamp: IssueStamp, drawn: Drawn, *, is_new: bool) -> Issued:
    return Issued(
        issued_id=request.issued_id,
        stamp=stamp,
        pages=drawn.pages,
        sha256=hashlib.sha256(drawn.data).hexdigest(),
        is_new=is_new,
        data=drawn.data,
    )


def _files(
    session: Session, issued_ids: Sequence[UUID], forms: dict[UUID, IssuedForm]
) -> dict[UUID, IssuedFile]:
    content, void = IssuedFileContent, IssuedVoidText
    rows = session.execute(
        select(content.issued_id, content.recipient, content.data, void.reason)
        .outerjoin(void, void.issued_id == content.issued_id)
        .where(content.issued_id.in_(issued_ids))
    )
    return {
        issued_id: IssuedFile(
            form=forms[issued_id],
            recipient=recipient,
            data=bytes(data),
            void_reason=reason or "",
        )
        for issued_id, recipient, data, reason in rows
        if issued_id in forms
    }


def _compare(file: IssuedFile) -> None:
    """Raise UserError where the stored bytes are not those that were issued; nothing of them is shown then."""
    if hashlib.sha256(file.data).hexdigest() != file.form.sha256:
        logger.error("issued form %s: the stored bytes do not have its hash", file.form.issued_id)
        raise UserError(rules.DAMAGED)
