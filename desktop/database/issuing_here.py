"""Issuing where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.issuing_conditions import meet
from desktop.domain import issued_forms as rules
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.forms import FormMark
from desktop.domain.issue_rules import ISSUE_RULES, PERSON, IssueRule
from desktop.domain.issued_forms import Drawn, IssueRequest, PrintedRun, Reserved
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import fiscal_year
from desktop.domain.roles import Permission
from desktop.models import Base
from desktop.models.households import Household, Member
from desktop.models.issued_forms import (
    IssueBook,
    IssuedFileContent,
    IssuedFormRecord,
    IssuedSubject,
    IssuedVoidText,
    PrintedIssue,
)
from desktop.models.records import PrintBatch


def reserve(
    session: Session, staff: SignedInStaff, request: IssueRequest, at: datetime
) -> Reserved:
    """Take the next number; SQLite lets one person write at a time."""
    stored = session.get(IssuedFormRecord, request.issued_id)
    if stored is not None:
        own = (staff.staff_id, request.household_id, request.form_code)
        if (stored.issued_by, stored.household_id, stored.form_code) != own or not stored.sha256:
            raise ConflictError(rules.OTHER_ID)
        return _reserved(stored, is_stored=True)
    rule = _judge(session, staff, request, at)
    year = fiscal_year(japan_day(at))
    made = IssuedFormRecord(
        id=request.issued_id,
        office_id=staff.office_id,
        household_id=request.household_id,
        form_code=rule.form_code,
        edition=request.edition.strip(),
        fiscal_year=year,
        number=_next_number(session, staff.office_id, year),
        mark=rule.mark.name.lower(),
        issued_by=staff.staff_id,
        issued_at=at,
        replaces=_before(session, request) if rule.replaces else None,
    )
    session.add(made)
    session.flush()
    key = {"office_id": staff.office_id, "household_id": request.household_id}
    session.add_all(
        IssuedSubject(**key, issued_id=made.id, subject_id=s.subject_id, version=s.version)
        for s in request.subjects
    )
    session.flush()
    return _reserved(made, is_stored=False)


def store(session: Session, staff: SignedInStaff, request: IssueRequest, drawn: Drawn) -> None:
    """Put the bytes of the number that was taken in this unit of work."""
    made = session.get(IssuedFormRecord, request.issued_id)
    if made is None or made.sha256 or made.issued_by != staff.staff_id:
        raise ConflictError(rules.OTHER_ID)
    if len(request.recipient.strip()) > rules.MOST_RECIPIENT:
        raise ValidationError(recipient=rules.BAD_RECIPIENT)
    refusal = rules.refusal_of(drawn)
    if refusal:
        raise ValidationError(file=refusal)
    made.pages, made.size = drawn.pages, len(drawn.data)
    made.sha256 = hashlib.sha256(drawn.data).hexdigest()
    session.add(
        IssuedFileContent(
            issued_id=made.id,
            office_id=made.office_id,
            household_id=made.household_id,
            recipient=request.recipient.strip(),
            data=drawn.data,
        )
    )
    session.flush()


def void(
    session: Session, staff: SignedInStaff, issued_id: UUID, reason: str, at: datetime
) -> None:
    """Make an issue void, by records staff; nothing is removed."""
    if not staff.may(Permission.PRINT_RECORDS):
        raise NotPermittedError(rules.NOT_ALLOWED)
    found = session.get(IssuedFormRecord, issued_id, populate_existing=True)
    if found is None or not _is_own_duty(session, staff, found.household_id):
        raise NotPermittedError(rules.NO_ISSUE)
    reason = reason.strip()
    if not reason:
        raise ValidationError(reason=rules.NO_REASON)
    if len(reason) > rules.MOST_REASON:
        raise ValidationError(reason=rules.TOO_LONG)
    if found.voided_at is not None:
        said = session.get(IssuedVoidText, issued_id)
        if found.voided_by == staff.staff_id and said is not None and said.reason == reason:
            return
        raise ConflictError(rules.IS_VOID)
    found.voided_by, found.voided_at = staff.staff_id, at
    key = {"office_id": found.office_id, "household_id": found.household_id}
    session.add(IssuedVoidText(**key, issued_id=issued_id, reason=reason))
    session.flush()


def note_printed(session: Session, staff: SignedInStaff, run: PrintedRun, at: datetime) -> None:
    """Note that issued forms went to paper, by whoever may issue them."""
    forms = _to_print(session, staff, run)
    if run.pages < 1 or rules.SHA256.fullmatch(run.sha256) is None:
        raise NotPermittedError(rules.OTHER_RUN)
    noted = session.get(PrintBatch, run.batch_id)
    if noted is not None:
        ids = select(PrintedIssue.issued_id).where(PrintedIssue.batch_id == run.batch_id)
        same = set(session.scalars(ids)) == set(run.issued_ids)
        if (noted.printed_by, noted.sha256) != (staff.staff_id, run.sha256) or not same:
            raise NotPermittedError(rules.OTHER_RUN)
        return
    if any(form.voided_at is not None for form in forms):
        raise ConflictError(rules.VOID)
    if len(forms) == 1 and (forms[0].sha256, forms[0].pages) != (run.sha256, run.pages):
        raise ConflictError(rules.OTHER_BYTES)
    session.add(
        PrintBatch(
            id=run.batch_id,
            office_id=staff.office_id,
            printed_by=staff.staff_id,
            printed_at=at,
            mark=run.mark.name.lower(),
            pages=run.pages,
            sha256=run.sha256,
        )
    )
    session.flush()
    session.add_all(
        PrintedIssue(
            batch_id=run.batch_id,
            issued_id=form.id,
            office_id=form.office_id,
            household_id=form.household_id,
        )
        for form in forms
    )
    session.flush()


def _to_print(session: Session, staff: SignedInStaff, run: PrintedRun) -> list[IssuedFormRecord]:
    """The forms of a run, each of which the person may issue."""
    found = list(
        session.scalars(select(IssuedFormRecord).where(IssuedFormRecord.id.in_(run.issued_ids)))
    )
    marks = {form.mark for form in found} if run.mark is not FormMark.COPY else set()
    if (
        not found
        or len(found) != len(run.issued_ids)
        or marks - {run.mark.name.lower()}
        or not all(staff.may(ISSUE_RULES[form.form_code].permission) for form in found)
        or not all(_is_own_duty(session, staff, form.household_id) for form in found)
    ):
        raise NotPermittedError(rules.NO_ISSUE)
    return found


def _judge(
    session: Session, staff: SignedInStaff, request: IssueRequest, at: datetime
) -> IssueRule:
    """What cannot be issued, in words; else its rule."""
    rule = ISSUE_RULES.get(request.form_code)
    if rule is None:
        raise ValidationError(form_code=rules.NOT_A_FORM)
    if not staff.may(rule.permission):
        is_records = rule.permission is Permission.PRINT_RECORDS
        raise NotPermittedError(rules.NOT_YOUR_FORM if is_records else rules.NOT_ALLOWED)
    if not _is_own_duty(session, staff, request.household_id):
        raise NotPermittedError(rules.NOT_YOURS)
    if not 1 <= len(request.edition.strip()) <= rules.MOST_EDITION:
        raise ValidationError(edition=rules.BAD_EDITION)
    if not rules.fits(rule, request.subjects):
        raise ValidationError(subjects=rules.BAD_SUBJECT)
    if request.subjects and not _belong(session, rule, request):
        if rule.is_approved:
            raise NotPermittedError(rules.NOT_APPROVED)
        raise ValidationError(subjects=rules.BAD_SUBJECT)
    subjects = {subject.subject_id for subject in request.subjects}
    if rule.condition and not meet(session, rule.condition, staff.office_id, subjects, at):
        raise ValidationError(subjects=rules.NOT_READY)
    return rule


def _belong(session: Session, rule: IssueRule, request: IssueRequest) -> bool:
    """Whether all subjects are of this household, each in its approved version and in a state that may be issued."""
    given = {s.subject_id: s.version for s in request.subjects}
    if rule.subject == PERSON:
        members = select(Member.person_id).where(
            Member.household_id == request.household_id, Member.person_id.in_(given)
        )
        return set(session.scalars(members)) == given.keys()
    table = Base.metadata.tables[rule.subject]
    version = table.c.approved_version if rule.is_approved else table.c.id
    asked = select(table.c.id, version).where(
        table.c.household_id == request.household_id, table.c.id.in_(given)
    )
    if rule.states:
        asked = asked.where(table.c.state.in_(rule.states))
    rows = session.execute(asked).all()
    return len(rows) == len(given) and (
        not rule.is_approved or all(given[row_id] == approved for row_id, approved in rows)
    )


def _is_own_duty(session: Session, staff: SignedInStaff, household_id: UUID) -> bool:
    household = session.get(Household, household_id)
    return (
        household is not None
        and household.office_id == staff.office_id
        and staff.has_duty_for(household.id, household.district_id)
    )


def _before(session: Session, request: IssueRequest) -> UUID | None:
    """The issue in force of the same form and the same subjects."""
    newest = (
        select(IssuedFormRecord.id)
        .where(
            IssuedFormRecord.household_id == request.household_id,
            IssuedFormRecord.form_code == request.form_code,
            IssuedFormRecord.voided_at.is_(None),
        )
        .order_by(IssuedFormRecord.fiscal_year.desc(), IssuedFormRecord.number.desc())
    )
    wanted = {s.subject_id for s in request.subjects}
    found = session.scalars(newest).all()
    return next((id_ for id_ in found if _subjects(session, id_) == wanted), None)


def _subjects(session: Session, issued_id: UUID) -> Collection[UUID]:
    return set(
        session.scalars(
            select(IssuedSubject.subject_id).where(IssuedSubject.issued_id == issued_id)
        )
    )


def _next_number(session: Session, office_id: UUID, year: int) -> int:
    book = session.get(IssueBook, (office_id, year), populate_existing=True)
    if book is None:
        book = IssueBook(office_id=office_id, fiscal_year=year, last_number=0)
        session.add(book)
    book.last_number += 1
    session.flush()
    return book.last_number


def _reserved(row: IssuedFormRecord, *, is_stored: bool) -> Reserved:
    return Reserved(
        fiscal_year=row.fiscal_year,
        number=row.number,
        issued_at=row.issued_at,
        is_stored=is_stored,
    )
