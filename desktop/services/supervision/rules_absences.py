"""Rules about visits in a row at which nobody was met (section 5.2, V11, V12 and V21; flow of section 2.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.records import ContactMethod, EntryState
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.domain.visit_times import TIME_BAND, another_band, same_band
from desktop.models.records import Contact, EntryRecord
from desktop.models.todos import Todo
from desktop.services.supervision.scope import Scope, in_words
from desktop.services.supervision.visits import Series, face_to_face, series_of_absences, stated

#: The supervisor's own words in the file, and the meeting, the letter and the instruction that answer an absence.
_NOTE_KIND = "supervisor_note"
_MEASURE_KINDS = frozenset({"case_conference", "written_instruction"})


class AbsentTwice:
    """V11: two or more absences in a row, and the supervisor has not said a word about it.

    A word is an answered consultation, an instruction or a note of the supervisor in the file, since the second absence.
    """

    info = RuleInfo(
        rule="V11",
        name="不在が続いている世帯",
        severity=2,
        basis="会えた訪問のあと、しきい値 V11 の回数以上の不在が続き、そのあとに査察指導員の助言（相談への回答・指示・記録）がない受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """The series first: few households have one."""
        least = scope.limits.v11_absences
        found = [s for s in series_of_absences(session, scope) if len(s.attempts) >= least]
        advised = _advised(session, found)
        for series in found:
            day = series.attempts[least - 1][0]
            if advised.get(series.household_id, date.min) >= day:
                continue
            yield scope.finding(
                self.info,
                series.household,
                f"不在が{len(series.attempts)}回続いています（最後は{in_words(series.attempts[-1][0])}）。どう確かめますか。",
                since=day,
                days=scope.since(day),
            )


class AbsentWithoutMeasure:
    """V12: three absences in a row, or an absence and no face for 90 days, without a meeting or a letter."""

    info = RuleInfo(
        rule="V12",
        name="不在が続き、会議も文書もない世帯",
        severity=3,
        basis="しきい値 V12 の回数以上の不在が続くか、不在があって、しきい値 V12 の日数のあいだ本人に会えておらず（来所の面接は会えたと数えます）、"
        "そのあとにケース診断会議・呼出しなどの文書・指導指示の記録がない受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Whichever limit was passed first tells from when."""
        found = series_of_absences(session, scope)
        seen = _newest(session, scope, found, face=True)
        measures = _newest(session, scope, found, face=False)
        for series in found:
            day = self._began(series, seen.get(series.household_id), scope)
            if day is None or measures.get(series.household_id, date.min) >= day:
                continue
            last = seen.get(series.household_id)
            told = f"最後に会えたのは{in_words(last)}です" if last else "会えた記録がありません"
            yield scope.finding(
                self.info,
                series.household,
                f"不在が{len(series.attempts)}回続き、{told}。呼出しの通知かケース診断会議を考えますか。",
                since=day,
                days=scope.since(day),
            )

    def _began(self, series: Series, seen: date | None, scope: Scope) -> date | None:
        limits, days = scope.limits, list[date]()
        if len(series.attempts) >= limits.v12_absences:
            days.append(series.attempts[limits.v12_absences - 1][0])
        # Without any meeting the days run from the first absence.
        from_day = seen or series.attempts[0][0]
        unseen = from_day + timedelta(days=limits.v12_days)
        if unseen < scope.today:
            days.append(unseen)
        return min(days, default=None)


class AlwaysTheSameHour:
    """V21: absences in a row, all in the same part of the day: another one has not been tried."""

    info = RuleInfo(
        rule="V21",
        name="同じ時間帯だけで不在が続く世帯",
        severity=1,
        basis="会えた訪問のあとに続く、しきい値 V21 の回数以上の不在が、すべて同じ時間帯（午前・昼過ぎ・夕方）の受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Attempts without a time say nothing."""
        for series in series_of_absences(session, scope):
            minutes = [minute for _, minute in series.attempts]
            band, other = same_band(minutes), another_band(minutes)
            if len(minutes) < scope.limits.v21_absences or band is None or other is None:
                continue
            first, days = series.attempts[0][0], {day.weekday() for day, _ in series.attempts}
            weekday = f"、いつも{'月火水木金土日'[days.pop()]}曜日" if len(days) == 1 else ""
            yield scope.finding(
                self.info,
                series.household,
                f"{len(minutes)}回の不在はどれも{TIME_BAND[band]}です{weekday}。次は{TIME_BAND[other]}に訪ねてみますか。",
                since=first,
                days=scope.since(first),
            )


def _advised(session: Session, found: Sequence[Series]) -> dict[UUID, date]:
    """The day of the newest word of a supervisor about each household."""
    ids = [series.household_id for series in found]
    told = (
        select(Todo.household_id, func.max(func.coalesce(Todo.closed_at, Todo.created_at)))
        .where(
            Todo.household_id.in_(ids),
            or_(
                Todo.origin == TodoOrigin.INSTRUCTION,
                (Todo.origin == TodoOrigin.CONSULTATION) & (Todo.state == TodoState.DONE),
            ),
        )
        .group_by(Todo.household_id)
    )
    noted = (
        select(EntryRecord.household_id, func.max(EntryRecord.event_on))
        .where(
            EntryRecord.household_id.in_(ids),
            EntryRecord.kind == _NOTE_KIND,
            EntryRecord.state != EntryState.DRAFT,
            EntryRecord.is_annulled.is_(False),
        )
        .group_by(EntryRecord.household_id)
    )
    days = {key: japan_day(at) for key, at in session.execute(told) if key is not None}
    for household_id, day in session.execute(noted):
        days[household_id] = max(day, days.get(household_id, date.min))
    return days


def _newest(
    session: Session, scope: Scope, found: Sequence[Series], *, face: bool
) -> dict[UUID, date]:
    """The newest day on which somebody was seen (`face`), or on which a meeting or letter was noted."""
    measure = or_(EntryRecord.kind.in_(_MEASURE_KINDS), Contact.method == ContactMethod.LETTER_OUT)
    rows = session.execute(
        select(Contact.household_id, func.max(Contact.happened_on))
        .join(EntryRecord, stated(scope))
        .where(
            Contact.household_id.in_([series.household_id for series in found]),
            face_to_face() if face else measure,
        )
        .group_by(Contact.household_id)
    )
    return dict(rows.all())
