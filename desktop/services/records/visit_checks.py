"""What to ask about a visit that is to be approved: the way, working time, its purpose, and what was changed before.

Questions for the supervisor alone (V15, V20 and section 2.6): the author is told of errors of typing and of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.entry_words import DANGER_SIGNS
from desktop.domain.labels import PLACE
from desktop.domain.office import SignedInStaff
from desktop.domain.records import (
    EMERGENCY_RESULT,
    EMERGENCY_STEP,
    ContactMethod,
    Entry,
    Place,
    ResultCode,
)
from desktop.domain.review import Check
from desktop.domain.thresholds import Thresholds
from desktop.models.households import Household
from desktop.models.office import StaffAbsence
from desktop.models.records import Contact, ContactStaff, EntryRecord, EntryVersion
from desktop.services.masters import lookup
from desktop.services.records.absences import vain_times

_HOUR = 60
_TWICE = 2
#: What a purpose says that says nothing (V20).
_ROUTINE = frozenset({"", "定期", "定期訪問", "訪問", "家庭訪問", "定期家庭訪問"})


def visit_checks(
    session: Session,
    staff: SignedInStaff,
    entry: Entry,
    results: Mapping[str, ResultCode],
    *,
    shown_before: int,
) -> tuple[Check, ...]:
    """The questions about an entry; `shown_before` is the version that the supervisor saw last time, 0 for none."""
    found = list(_changed(session, entry, results, shown_before))
    if entry.method is ContactMethod.VISIT:
        limits = lookup.thresholds(session, staff.office_id, entry.event_on)
        found += _working_time(session, staff, entry, limits)
        found += _way(session, entry, limits)
        found += _purpose(entry)
        found += _absences(session, entry, results)
        found += _danger(entry, results)
    return tuple(found)


def _working_time(
    session: Session, staff: SignedInStaff, entry: Entry, limits: Thresholds
) -> Iterator[Check]:
    if not lookup.business_calendar(session, staff.office_id, entry.event_on).is_open(
        entry.event_on
    ):
        yield Check(severity=2, sentence="閉庁日の訪問です。事情は書かれていますか。")
    first, last = limits.v15_from_hour * _HOUR, limits.v15_to_hour * _HOUR
    start = entry.started_at
    if start is not None and (start < first or (entry.ended_at or start) > last):
        yield Check(severity=2, sentence="勤務時間の外の訪問です。事情は書かれていますか。")
    away = exists().where(
        StaffAbsence.staff_id.in_(entry.went_ids),
        StaffAbsence.valid_from <= entry.event_on,
        or_(StaffAbsence.valid_to.is_(None), StaffAbsence.valid_to >= entry.event_on),
    )
    if session.scalar(select(away)):
        yield Check(
            severity=2, sentence="訪問者の休みの期間の訪問です。日付と訪問者は正しいですか。"
        )


def _way(session: Session, entry: Entry, limits: Thresholds) -> Iterator[Check]:
    """The nearest other visit of whoever went, on the same day; the way is known by district alone."""
    first = entry.started_at
    if first is None:
        return
    last = first if entry.ended_at is None else entry.ended_at
    end = func.coalesce(Contact.ended_at, Contact.started_at)
    here = select(Household.district_id).where(Household.id == entry.household_id)
    rows = session.execute(
        select(Contact.started_at, end, Household.district_id == here.scalar_subquery())
        .join(EntryRecord, EntryRecord.contact_id == Contact.id)
        .join(ContactStaff, ContactStaff.contact_id == Contact.id)
        .join(Household, Household.id == Contact.household_id)
        .where(
            ContactStaff.staff_id.in_(entry.went_ids),
            Contact.happened_on == entry.event_on,
            Contact.method == ContactMethod.VISIT,
            Contact.household_id != entry.household_id,
            Contact.started_at.is_not(None),
            EntryRecord.is_annulled.is_(False),
        )
    ).all()
    times = [(start, until, is_near) for start, until, is_near in rows if start is not None]
    if any(start < last and until > first for start, until, _ in times):
        yield Check(
            severity=2,
            sentence="訪問者の別の世帯への訪問と、時刻が重なっています。どちらが正しいですか。",
        )
        return
    gaps = [max(start - last, first - until) for start, until, is_near in times if not is_near]
    if gaps and min(gaps) < limits.v15_gap_minutes:
        yield Check(
            severity=2,
            sentence=f"別の地区の訪問との間が{min(gaps)}分です。移動できる時間ですか。",
        )


def _purpose(entry: Entry) -> Iterator[Check]:
    if entry.subject.strip("。 　") in _ROUTINE:
        yield Check(
            severity=1,
            sentence="訪問の目的が「定期」だけか、空です。今回は何を確かめる訪問でしたか。",
        )


def _absences(session: Session, entry: Entry, results: Mapping[str, ResultCode]) -> Iterator[Check]:
    result = results.get(entry.result_code)
    if result is None or not result.is_absence:
        return
    count = len(vain_times(session, entry.household_id, entry.event_on))
    if count >= _TWICE:
        yield Check(
            severity=2 if count == _TWICE else 3,
            sentence=f"不在が{count}回続いています。このあとどう確かめるか、指示がいりますか。",
        )


def _danger(entry: Entry, results: Mapping[str, ResultCode]) -> Iterator[Check]:
    """Signs of danger call for what the emergency result calls for, before anything else is read."""
    if not entry.has_danger_signs:
        return
    emergency = results.get(EMERGENCY_RESULT)
    step = emergency.next_step if emergency is not None else ""
    yield Check(severity=3, sentence=f"危険の兆候があります。次の対応：{step or EMERGENCY_STEP}")


def _changed(
    session: Session, entry: Entry, results: Mapping[str, ResultCode], shown_before: int
) -> Iterator[Check]:
    """What an earlier version that nobody was shown said of the contact: a value that was there and is another now."""
    rows = session.scalars(
        select(Contact)
        .join(EntryVersion, EntryVersion.contact_id == Contact.id)
        .where(
            EntryVersion.entry_id == entry.entry_id,
            EntryVersion.version > shown_before,
            EntryVersion.version < entry.version,
        )
        .order_by(EntryVersion.version)
    ).all()
    told = set[str]()
    for row in rows:
        for words in _differences(row, entry, results):
            if words not in told:
                told.add(words)
                yield Check(severity=1, sentence=f"提出の前に、{words}に直されています。")


def _differences(before: Contact, entry: Entry, results: Mapping[str, ResultCode]) -> Iterator[str]:
    if before.has_danger_signs and not entry.has_danger_signs:
        yield f"「{DANGER_SIGNS}」が「なし」"
    if before.result_code and before.result_code != entry.result_code:
        old = results.get(before.result_code)
        yield f"結果が「{old.label if old else before.result_code}」から「{entry.result_label}」"
    if before.place is not entry.place and Place.NONE not in {before.place, entry.place}:
        yield f"場所が「{PLACE[before.place]}」から「{PLACE[entry.place]}」"
    if before.happened_on != entry.event_on:
        yield f"日付が{before.happened_on.month}月{before.happened_on.day}日から{entry.event_on.month}月{entry.event_on.day}日"
    times = (before.started_at, before.ended_at), (entry.started_at, entry.ended_at)
    if before.started_at is not None and times[0] != times[1]:
        yield f"時刻が{_span(*times[0])}から{_span(*times[1])}"


def _span(start: int | None, end: int | None) -> str:
    return "〜".join(_clock(minute) for minute in (start, end) if minute is not None) or "なし"


def _clock(minute: int) -> str:
    return f"{minute // _HOUR}:{minute % _HOUR:02}"
