"""The register of issued forms (発行済帳票の登録簿) as people read it: facts, newest first, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select, tuple_
from sqlalchemy.orm import Session, aliased

from desktop.domain.clock import JAPAN
from desktop.domain.errors import ValidationError
from desktop.domain.forms import FormMark
from desktop.domain.issue_rules import unlisted_forms
from desktop.domain.issued_forms import MOST_LINES, IssuedForm, Register, RegisterQuery
from desktop.domain.kana import fold_digits
from desktop.domain.office import SignedInStaff
from desktop.domain.paper_slips import number_of
from desktop.domain.papers import number_label
from desktop.models.households import Household
from desktop.models.issued_forms import IssuedFormRecord, IssuedSubject
from desktop.models.office import Staff
from desktop.services.households.identity import shielded_names

BAD_NUMBER = "発行番号は「6-0123」のように、年度と番号で入力してください。"
_RECORD = IssuedFormRecord
_Voider = aliased(Staff)
_Earlier = aliased(IssuedFormRecord)


def page(session: Session, staff: SignedInStaff, query: RegisterQuery, today: date) -> Register:
    """The newest issues that are asked for and lie in the person's duty; at most MOST_LINES."""
    found = _found(staff).where(_before(staff), *_asked(query)).limit(MOST_LINES + 1)
    rows: Sequence[Any] = session.execute(found).all()
    lines = _lines(session, staff, rows[:MOST_LINES], today)
    last = lines[-1] if len(rows) > MOST_LINES else None
    return Register(
        lines=lines, next_before=(last.fiscal_year, last.number) if last is not None else None
    )


def of_household(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> tuple[IssuedForm, ...]:
    """Every issue of an opened file, newest first."""
    rows = session.execute(_found(staff).where(_RECORD.household_id == household_id)).all()
    return _lines(session, staff, rows, today)


def of_ids(
    session: Session, staff: SignedInStaff, ids: Collection[UUID], today: date
) -> dict[UUID, IssuedForm]:
    """These issues, as far as the person may see them."""
    rows = session.execute(_found(staff).where(_RECORD.id.in_(ids))).all()
    return {line.issued_id: line for line in _lines(session, staff, rows, today)}


def _found(staff: SignedInStaff) -> Select[*tuple[Any, ...]]:
    return (
        select(_RECORD, Household, Staff.name, _Voider.name, _Earlier.fiscal_year, _Earlier.number)
        .join(Household, Household.id == _RECORD.household_id)
        .join(Staff, Staff.id == _RECORD.issued_by)
        .outerjoin(_Voider, _Voider.id == _RECORD.voided_by)
        .outerjoin(_Earlier, _Earlier.id == _RECORD.replaces)
        .where(
            _RECORD.office_id == staff.office_id,
            _RECORD.form_code.not_in(unlisted_forms(staff.may)),
        )
        .order_by(_RECORD.fiscal_year.desc(), _RECORD.number.desc())
    )


def _before(staff: SignedInStaff) -> ColumnElement[bool]:
    """Issues of households that are the person's duty."""
    if staff.is_office_wide:
        return _RECORD.office_id == staff.office_id
    return Household.district_id.in_(staff.duty_district_ids) | Household.id.in_(
        staff.care_household_ids
    )


def _asked(query: RegisterQuery) -> Iterator[ColumnElement[bool]]:
    if query.number.strip():
        numbered = number_of(query.number)
        if numbered is None:
            raise ValidationError(number=BAD_NUMBER)
        yield _RECORD.fiscal_year == numbered[0]
        yield _RECORD.number == numbered[1]
    if query.case_number.strip():
        yield Household.case_number == fold_digits(query.case_number.strip())
    if query.form_code.strip():
        yield _RECORD.form_code == query.form_code.strip()
    if query.issued_from is not None:
        yield _RECORD.issued_at >= _midnight(query.issued_from)
    if query.issued_to is not None:
        yield _RECORD.issued_at < _midnight(query.issued_to + timedelta(days=1))
    yield from _named(query)


def _named(query: RegisterQuery) -> Iterator[ColumnElement[bool]]:
    if query.issued_by is not None:
        yield _RECORD.issued_by == query.issued_by
    if query.household_id is not None:
        yield _RECORD.household_id == query.household_id
    if query.subject_id is not None:
        yield exists().where(
            IssuedSubject.issued_id == _RECORD.id, IssuedSubject.subject_id == query.subject_id
        )
    if query.before is not None:
        yield tuple_(_RECORD.fiscal_year, _RECORD.number) < query.before


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, JAPAN)


def _lines(
    session: Session, staff: SignedInStaff, rows: Sequence[Any], today: date
) -> tuple[IssuedForm, ...]:
    ids = [row[0].id for row in rows]
    subjects, later = _subjects(session, ids), _later(session, ids)
    shielded = {h.id: h.district_id for _, h, *_ in rows if h.is_shielded}
    names = shielded_names(session, staff, shielded, today)
    return tuple(
        IssuedForm(
            issued_id=record.id,
            household_id=household.id,
            case_number=household.case_number,
            head_name=names.get(household.id, (household.head_name,))[0],
            form_code=record.form_code,
            edition=record.edition,
            fiscal_year=record.fiscal_year,
            number=record.number,
            mark=FormMark[record.mark.upper()],
            pages=record.pages,
            size=record.size,
            sha256=record.sha256,
            issued_at=record.issued_at,
            issued_by_id=record.issued_by,
            issued_by=issuer,
            voided_at=record.voided_at,
            voided_by=voider or "",
            subject_ids=tuple(subjects[record.id]),
            replaces=number_label(year, number) if number is not None else "",
            replaced_by=later.get(record.id, ""),
        )
        for record, household, issuer, voider, year, number in rows
    )


def _subjects(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    rows = session.execute(
        select(IssuedSubject.issued_id, IssuedSubject.subject_id)
        .where(IssuedSubject.issued_id.in_(ids))
        .order_by(IssuedSubject.subject_id)
    )
    found = defaultdict[UUID, list[UUID]](list)
    for issued_id, subject_id in rows:
        found[issued_id].append(subject_id)
    return found


def _later(session: Session, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The number of the issue that took the place of each; a void one took none."""
    rows = session.execute(
        select(_RECORD.replaces, _RECORD.fiscal_year, _RECORD.number)
        .where(_RECORD.replaces.in_(ids), _RECORD.voided_at.is_(None))
        .order_by(_RECORD.fiscal_year, _RECORD.number)
    )
    return {before: number_label(year, number) for before, year, number in rows if before}
