"""Visits in a row at which nobody was met, of one file: what follows from one more (section 2.7).

The second and third ask the supervisor and give the caseworker something to do; a sign of danger (an urgent result, or one ticked beside it) does so the same day. The
radar (V11, V12) looks at the contacts themselves, so nothing depends on these to-dos.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.entry_words import result_text
from desktop.domain.office import SignedInStaff
from desktop.domain.records import ChangeKind, Entry, EntryState, ResultCode
from desktop.domain.todos import TodoOrigin
from desktop.domain.visit_times import RevisitTerms
from desktop.models.records import Contact, EntryRecord
from desktop.models.todos import Todo, TodoText
from desktop.services.masters import lookup
from desktop.services.todos import add_todo, supervisor_to_ask

_TWICE, _THRICE = 2, 3
_SECOND = "不在が2回続いています。電話、家主・民生委員・医療機関、水道・ガスの様子で、安否と居所を確かめてください。"
_LATER = "不在が{count}回続いています。査察指導員と相談し、呼出しの通知（来所のお願い）を送ることを考えてください。"
_ASKED = "不在が{count}回続いています。このあとの確かめ方（{what}）を指示してください。"
_WHAT = {_TWICE: "電話・関係者への確認"}
_WHAT_LATER = "呼出しの通知、ケース診断会議"
_TODAY = "【本日中】"
_URGENT = (
    _TODAY + "訪問の結果が「{label}」でした。安否をどう確かめるか、今日のうちに決めてください。"
)
_URGENT_OWN = (
    _TODAY
    + "訪問の結果が「{label}」でした。査察指導員と相談し、今日のうちに安否を確かめてください。"
)


def vain_times(
    session: Session, household_id: UUID, today: date, *, without: UUID | None = None
) -> list[int | None]:
    """Minutes since midnight of the absences since the last real visit, oldest first; `without` leaves an entry out."""
    rows = session.execute(
        select(Contact.happened_on, Contact.started_at, Contact.is_home_visit, EntryRecord.id)
        .join(EntryRecord, EntryRecord.contact_id == Contact.id)
        .where(
            Contact.household_id == household_id,
            EntryRecord.household_id == household_id,
            EntryRecord.state != EntryState.DRAFT,
            EntryRecord.is_annulled.is_(False),
            Contact.happened_on <= today,
            or_(Contact.is_home_visit, Contact.is_absence),
        )
        .order_by(Contact.happened_on, Contact.started_at)
    ).all()
    last = max((day for day, _, is_visit, _ in rows if is_visit), default=date.min)
    return [
        minute
        for day, minute, is_visit, entry_id in rows
        if not is_visit and day > last and entry_id != without
    ]


def terms(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date, entry_id: UUID | None
) -> RevisitTerms:
    """What the editor needs to propose the next visit."""
    return RevisitTerms(
        vain=tuple(vain_times(session, household_id, today, without=entry_id)),
        days=lookup.thresholds(session, staff.office_id, today).absence_revisit_days,
        calendar=lookup.business_calendar(session, staff.office_id, today),
    )


def follow_up(
    session: Session,
    staff: SignedInStaff,
    entry: Entry,
    results: Mapping[str, ResultCode],
    *,
    today: date,
    at: datetime,
) -> None:
    """Give the to-dos that follow from an absence handed in just now; each once for an entry.

    What was returned and now tells of danger asks the same day, though its absence was asked about before.
    """
    result = results.get(entry.result_code)
    if result is None or entry.change is not ChangeKind.WRITING:
        return
    given = _given(session, entry)
    count = len(vain_times(session, entry.household_id, today)) if result.is_absence else 0
    asked, own = list[tuple[str, date]](), list[tuple[str, date]]()
    is_urgent = result.is_urgent or entry.has_danger_signs
    if is_urgent and not any(words.startswith(_TODAY) for words in given):
        label = result_text(entry)
        asked.append((_URGENT.format(label=label), today))
        own.append((_URGENT_OWN.format(label=label), today))
    if count >= _TWICE and all(words.startswith(_TODAY) for words in given):
        days = lookup.thresholds(session, staff.office_id, today).absence_revisit_days
        due = today + timedelta(days=days)
        own.append((_SECOND if count == _TWICE else _LATER.format(count=count), due))
        asked.append((_ASKED.format(count=count, what=_WHAT.get(count, _WHAT_LATER)), due))
    supervisor = supervisor_to_ask(session, staff, entry.household_id, today) if asked else None
    wanted = [(staff.staff_id, TodoOrigin.ASSIGNED, words, due) for words, due in own]
    if supervisor is not None:
        wanted += [(supervisor, TodoOrigin.CONSULTATION, words, due) for words, due in asked]
    for owner_id, origin, words, due in wanted:
        add_todo(
            session,
            staff=staff,
            owner_id=owner_id,
            household_id=entry.household_id,
            origin=origin,
            text=words,
            at=at,
            due_on=due,
            origin_id=entry.entry_id,
        )


def _given(session: Session, entry: Entry) -> tuple[str, ...]:
    """The words of the to-dos that the entry gave before: handing it in again after a return gives nothing twice."""
    found = (
        select(TodoText.text)
        .join(Todo, Todo.id == TodoText.todo_id)
        .where(
            Todo.household_id == entry.household_id,
            Todo.origin_id == entry.entry_id,
            Todo.origin.in_((TodoOrigin.ASSIGNED, TodoOrigin.CONSULTATION)),
        )
    )
    return tuple(session.scalars(found))
