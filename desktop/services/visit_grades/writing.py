"""Storing a proposal or an answer. The database judges the same again; rows are only ever added."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.canonical import digest
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_grades import (
    BY_POLICY,
    MOST_WORDS,
    GradeInput,
    GradeState,
    GradeTables,
    KeptInput,
    floor_refusals,
    grade_content,
    may_be_called,
)
from desktop.models.households import Household
from desktop.models.visit_grades import (
    VisitGradeKept,
    VisitGradeKeptText,
    VisitGradeRecord,
    VisitGradeText,
)
from desktop.services.households.grades import last_decided, place_of
from desktop.services.masters.grade_lookup import grade_tables

_WAITS = "この世帯の格付の提案が決裁待ちです。決裁が終わってから出すか、引き戻してください。"


def store(
    session: Session, given: GradeInput, staff: SignedInStaff, at: datetime, today: date
) -> VisitGradeRecord:
    """Store a proposal with its words. Raises ValidationError per field, ConflictError where another one waits."""
    tables = grade_tables(session, staff.office_id, today)
    _refuse(session, given, tables, today)
    waiting = select(VisitGradeRecord.id).where(
        VisitGradeRecord.household_id == given.household_id,
        VisitGradeRecord.state == GradeState.SUBMITTED,
    )
    if session.scalar(waiting.limit(1)) is not None:
        raise ConflictError(_WAITS)
    visits = tables.grades[given.grade].visits_per_year
    floor = tables.floor(given.place)
    owner = {"office_id": staff.office_id, "household_id": given.household_id}
    record = VisitGradeRecord(
        id=given.grade_id,
        grade=given.grade,
        visits_per_year=visits,
        effective_from=given.effective_from,
        place=given.place,
        floor=floor,
        reason_code=given.reason_code,
        exception=given.exception,
        state=GradeState.DRAFT,
        proposed_by=staff.staff_id,
        proposed_at=at,
        content_hash=digest(grade_content(given, visits, floor)),
        **owner,
    )
    session.add(record)
    session.flush()
    words = {"reason": given.reason, "exception_reason": given.exception_reason}
    session.add(VisitGradeText(grade_id=record.id, **words, **owner))
    session.flush()
    return record


def keep(
    session: Session, given: KeptInput, staff: SignedInStaff, at: datetime, today: date
) -> None:
    """Record that the grade stays although something happened. Raises ValidationError per field."""
    tables = grade_tables(session, staff.office_id, today)
    errors = _word_errors(reason=given.reason)
    if not given.reason.strip():
        errors["reason"] = "格付を変えない理由を入力してください。"
    if given.happened_on > today:
        errors["happened_on"] = "あった日は今日までの日付にしてください。"
    if given.event_code not in tables.reasons:
        errors["event_code"] = "このきっかけはいまの設定値にありません。"
    if errors:
        raise ValidationError(**errors)
    owner = {"office_id": staff.office_id, "household_id": given.household_id}
    row = VisitGradeKept(
        id=new_id(),
        event_code=given.event_code,
        happened_on=given.happened_on,
        answered_by=staff.staff_id,
        answered_at=at,
        **owner,
    )
    session.add(row)
    session.flush()
    session.add(VisitGradeKeptText(kept_id=row.id, reason=given.reason.strip(), **owner))


def _refuse(session: Session, given: GradeInput, tables: GradeTables, today: date) -> None:
    state = session.scalar(select(Household.state).where(Household.id == given.household_id))
    if state is HouseholdState.CLOSED:
        raise NotPermittedError("廃止した世帯に訪問格付は付けられません。")
    errors = _word_errors(reason=given.reason, exception_reason=given.exception_reason)
    if given.grade not in tables.grades:
        errors["grade"] = "この格付はいまの設定値にありません。一覧から選んでください。"
    if given.reason_code not in tables.reasons or given.reason_code == BY_POLICY:
        errors["reason_code"] = "この理由はいまの設定値にありません。一覧から選んでください。"
    if not given.reason.strip():
        errors["reason"] = "理由を入力してください。"
    if not may_be_called(place_of(session, given.household_id, today), given.place):
        errors["place"] = "台帳の居所と違います。台帳どおりの場所を選んでください。"
    before = last_decided(session, given.household_id, today)
    if before is not None and given.effective_from < before:
        errors["effective_from"] = (
            "前に決まった格付の日より前からにはできません。適用する日を確認してください。"
        )
    errors = _floor_errors(given, tables) | errors
    if errors:
        raise ValidationError(**errors)


def _floor_errors(given: GradeInput, tables: GradeTables) -> dict[str, str]:
    if given.grade not in tables.grades:
        return {}
    visits, floor = tables.grades[given.grade].visits_per_year, tables.floor(given.place)
    if visits >= floor and given.exception:
        return {"exception": "下限を下回らない格付に例外は要りません。例外を空にしてください。"}
    exception = tables.exceptions.get(given.exception)
    return floor_refusals(visits, floor, exception, given.exception_reason)


def _word_errors(**words: str) -> dict[str, str]:
    return {
        name: "文字が多すぎます。短くしてください。"
        for name, text in words.items()
        if len(text) > MOST_WORDS
    }


def still_stands(session: Session, record: VisitGradeRecord, today: date) -> None:
    """What is approved is judged again: the floor of today's place, and that nothing later was decided meanwhile."""
    before = last_decided(session, record.household_id, today)
    if before is not None and before > record.effective_from:
        raise ConflictError(
            "提出のあとに別の格付が決まりました。差し戻して、新しい提案を出してもらってください。"
        )
    found = place_of(session, record.household_id, today)
    place = record.place if may_be_called(found, record.place) else found
    floor = grade_tables(session, record.office_id, today).floor(place)
    if not record.exception and record.visits_per_year < floor:
        raise ConflictError(
            "提出のあとに居所か下限が変わり、法定の下限を下回ります。"
            "差し戻して、新しい提案を出してもらってください。"
        )
