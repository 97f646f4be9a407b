"""Rules about case records (section 5.2, R): silence, late and thin entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from desktop.database.dates import days_until
from desktop.domain.clock import japan_day
from desktop.domain.records import EntryState
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.ledger import TakeOver
from desktop.models.records import Contact, EntryRecord
from desktop.services.households.grades import present_grade
from desktop.services.supervision.scope import (
    HOUSEHOLD,
    Scope,
    in_words,
    period_began,
    written_here,
)


class SilentHousehold:
    """R01: a receiving household without an entry for longer than its visit grade allows.

    Drafts and days to come do not count as entries. Days run from the last entry or from the start of the present
    period of protection, whichever is later; without any entry they run from the take-over.
    """

    info = RuleInfo(
        rule="R01",
        name="記録が途絶えている世帯",
        severity=2,
        basis="格付ごとの日数（しきい値 R01）を超えて記録がない受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Compare each household's silence with its own limit."""
        found = (
            select(
                *HOUSEHOLD,
                _last_entry(scope),
                period_began(scope),
                TakeOver.taken_over_on,
                present_grade(scope.today),
            )
            .outerjoin(TakeOver, TakeOver.household_id == Household.id)
            .where(scope.active, ~_recent_entry(scope))
        )
        for *household, last, started, taken_over, grade in session.execute(found):
            limit = scope.limits.silent_days(grade or "")
            since = _silent_since(last, started, taken_over)
            if since is None:
                reason = "記録がなく、開始日も分かりません。状況を把握できていますか。"
                yield scope.finding(self.info, household, reason, since=None, days=0)
            elif (days := scope.since(since)) > limit:
                by_take_over = last is None and since == taken_over
                reason = _silence(days, grade, limit, by_take_over=by_take_over)
                yield scope.finding(self.info, household, reason, since=since, days=days)


class LateEntry:
    """R04: an entry first written more than a week after the day it tells of."""

    info = RuleInfo(
        rule="R04",
        name="遡って書かれた記録",
        severity=1,
        basis="あった日から、しきい値 R04 の日数を超えて記録されたもの（点検期間内）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Look at what was written in the period under review."""
        late = days_until(EntryRecord.event_on, EntryRecord.recorded_at)
        found = (
            select(*HOUSEHOLD, EntryRecord.id, EntryRecord.event_on, EntryRecord.recorded_at, late)
            .join(EntryRecord, EntryRecord.household_id == Household.id)
            .where(
                scope.households,
                written_here(),
                EntryRecord.recorded_at >= scope.before(scope.limits.look_back_days),
                late > scope.limits.r04_days,
            )
        )
        for *household, entry_id, event_on, recorded_at, days in session.execute(found):
            yield scope.finding(
                self.info,
                household,
                f"{in_words(event_on)}の記録が{days}日後に書かれています。遅れた事情はありますか。",
                since=japan_day(recorded_at),
                days=days,
                entry_id=entry_id,
            )


class ThinVisitEntry:
    """R05: a home visit whose body has fewer than 40 characters, or nothing but set phrases. White space does not count.

    What the words are was measured when they were stored: the rule reads facts.
    """

    info = RuleInfo(
        rule="R05",
        name="中身の乏しい訪問記録",
        severity=1,
        basis="本文が、しきい値 R05 の字数に満たないか、決まり文句だけの家庭訪問の記録（点検期間内）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Look at visits made in the period under review."""
        found = (
            select(*HOUSEHOLD, EntryRecord.id, EntryRecord.event_on, EntryRecord.body_length)
            .join(EntryRecord, EntryRecord.household_id == Household.id)
            .join(Contact, Contact.id == EntryRecord.contact_id)
            .where(
                scope.households,
                written_here(),
                EntryRecord.event_on >= scope.days_ago(scope.limits.look_back_days),
                or_(
                    EntryRecord.body_length < scope.limits.r05_characters,
                    EntryRecord.body_is_set_phrase,
                ),
                Contact.is_home_visit,
            )
        )
        for *household, entry_id, event_on, length in session.execute(found):
            is_short = length < scope.limits.r05_characters
            what = f"{length}字" if is_short else "決まり文句だけ"
            yield scope.finding(
                self.info,
                household,
                f"{in_words(event_on)}の家庭訪問の記録が{what}です。様子や確認したことを書き足せますか。",
                since=event_on,
                days=scope.since(event_on),
                entry_id=entry_id,
            )


def _entry_that_counts(scope: Scope) -> ColumnElement[bool]:
    return and_(
        EntryRecord.household_id == Household.id,
        EntryRecord.state != EntryState.DRAFT,
        EntryRecord.is_annulled.is_(False),
        EntryRecord.event_on <= scope.today,
    )


def _recent_entry(scope: Scope) -> ColumnElement[bool]:
    """An entry within the shortest limit: the household cannot be silent, whatever its grade."""
    shortest = min(scope.limits.silent_days(grade) for grade in (*"ABCDE", ""))
    return (
        exists()
        .where(_entry_that_counts(scope), EntryRecord.event_on >= scope.days_ago(shortest))
        .correlate(Household)
    )


def _last_entry(scope: Scope) -> ColumnElement[date]:
    # The newest first and stop: the index on the file answers without reading the whole file.
    return (
        select(EntryRecord.event_on)
        .where(_entry_that_counts(scope))
        .order_by(EntryRecord.event_on.desc())
        .limit(1)
        .correlate(Household)
        .scalar_subquery()
    )


def _silent_since(last: date | None, started: date | None, taken_over: date | None) -> date | None:
    days = (last, started) if last else (started, taken_over)
    return max((day for day in days if day is not None), default=None)


def _silence(days: int, grade: str | None, limit: int, *, by_take_over: bool) -> str:
    measure = f"格付{grade}の目安は{limit}日" if grade else f"目安は{limit}日"
    counted = "以前の記録がないため、引継ぎ日から数えて" if by_take_over else ""
    return f"{counted}{days}日間、記録がありません（{measure}）。状況を把握できていますか。"
