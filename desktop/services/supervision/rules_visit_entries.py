"""Rules about what records say of visits (section 5.2, V13, V14, V16 and V22). They ask; nobody is accused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.database.met_in_visits import children_seen
from desktop.domain.dates import age_on, months_later
from desktop.domain.records import ContactMethod, EntryState, Place
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import TakeOver
from desktop.models.records import Contact, EntryRecord
from desktop.services.masters import lookup
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import (
    HOUSEHOLD,
    Scope,
    in_words,
    period_began,
    written_here,
)
from desktop.services.supervision.visits import stated

#: How far back visits at the door are followed.
_DOOR_DAYS = 730


class UnfinishedVisit:
    """V13: a visit was made and its record is still a draft a week later."""

    info = RuleInfo(
        rule="V13",
        name="訪問のあと出されていない記録",
        severity=2,
        basis="訪問した日から、しきい値 V13 の日数を過ぎても下書きのままの訪問記録",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Drafts that were never handed in."""
        found = (
            select(*HOUSEHOLD, EntryRecord.id, Contact.happened_on)
            .join(EntryRecord, EntryRecord.household_id == Household.id)
            .join(Contact, Contact.id == EntryRecord.contact_id)
            .where(
                scope.households,
                EntryRecord.office_id == scope.office_id,
                EntryRecord.state == EntryState.DRAFT,
                EntryRecord.approved_version.is_(None),
                Contact.method == ContactMethod.VISIT,
                Contact.happened_on < scope.days_ago(scope.limits.v13_days),
            )
        )
        for *household, entry_id, day in session.execute(found):
            days = scope.since(day)
            yield scope.finding(
                self.info,
                household,
                f"{in_words(day)}の訪問の記録が、{days}日たっても提出されていません。",
                since=day,
                days=days,
                entry_id=entry_id,
            )


class VisitThatWasNone:
    """V14: an entry whose result is that of a visit, while method, place or the people met say that it was none."""

    info = RuleInfo(
        rule="V14",
        name="訪問と数えられない「面接」の記録",
        severity=3,
        basis="結果コードは訪問での面接なのに、方法・場所・面接者から訪問と数えられない記録（点検期間内）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """The office's table says which results are visits; whether it counts was reckoned when it was stored."""
        results = lookup.result_codes(session, scope.office_id, scope.today)
        counting = [code for code, result in results.items() if result.counts]
        found = (
            select(*HOUSEHOLD, EntryRecord.id, Contact.happened_on, Contact.result_code)
            .join(EntryRecord, EntryRecord.household_id == Household.id)
            .join(Contact, Contact.id == EntryRecord.contact_id)
            .where(
                scope.households,
                written_here(),
                EntryRecord.event_on >= scope.days_ago(scope.limits.look_back_days),
                Contact.result_code.in_(counting),
                Contact.is_home_visit.is_(False),
            )
        )
        for *household, entry_id, day, code in session.execute(found):
            yield scope.finding(
                self.info,
                household,
                f"{in_words(day)}の記録の結果は「{results[code].label}」ですが、方法・場所・面接者は訪問ではありません。どちらが正しいですか。",
                since=day,
                days=scope.since(day),
                entry_id=entry_id,
            )


class AlwaysAtTheDoor:
    """V16: three visits in a row that ended at the door: nobody has seen the room."""

    info = RuleInfo(
        rule="V16",
        name="玄関先だけの訪問が続く世帯",
        severity=2,
        basis="しきい値 V16 の回数以上、玄関先だけの訪問が続いている受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Visits at the door since the last one indoors."""
        days = func.count(distinct(Contact.happened_on))
        found = (
            select(*HOUSEHOLD, days, func.min(Contact.happened_on), func.max(Contact.happened_on))
            .join(Contact, Contact.household_id == Household.id)
            .join(EntryRecord, stated(scope))
            .where(
                scope.active,
                Contact.is_home_visit,
                Contact.place == Place.DOOR,
                Contact.happened_on >= scope.days_ago(_DOOR_DAYS),
                ~_indoors_since(scope),
            )
            .group_by(*HOUSEHOLD)
            .having(days >= scope.limits.v16_visits)
        )
        for *household, count, first, last in session.execute(found):
            yield scope.finding(
                self.info,
                household,
                f"玄関先だけの訪問が{count}回続いています（最後は{in_words(last)}）。室内の様子は分かっていますか。",
                since=first,
                days=scope.since(first),
            )


class UnseenChild:
    """V22: a child of the household whom nobody has met face to face for a year."""

    info = RuleInfo(
        rule="V22",
        name="会えていない子どもがいる世帯",
        severity=3,
        basis="しきい値 V22 の年齢までの世帯員で、しきい値 V22 の月数のあいだ、訪問でも来所でも面接者に入っていない方がいる受給中の世帯"
        "（保護の開始・世帯に加わった日・台帳の引継ぎから、その月数がたった方だけを見ます）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a household, about all its unseen children."""
        limits, today = scope.limits, scope.today
        since = months_later(today, -limits.v22_months)
        born_after = months_later(today, -12 * (limits.v22_to_age + 1))
        rows = session.execute(_children(scope, since, born_after)).all()
        if not rows:
            return
        seen = children_seen(session, scope.office_id, since, born_after)
        unseen: dict[Any, tuple[list[Any], list[int]]] = {}
        for *household, person_id, birth in rows:
            if person_id not in seen:
                ages = unseen.setdefault(household[0], (household, []))[1]
                ages.append(age_on(birth, today))
        for household, ages in unseen.values():
            told = "・".join(f"{age}歳" for age in sorted(ages))
            yield scope.finding(
                self.info,
                household,
                f"この{limits.v22_months}か月、面接者に入っていない子どもがいます（{told}）。様子は確かめられていますか。",
                since=since,
                days=scope.since(since),
            )


def _indoors_since(scope: Scope) -> ColumnElement[bool]:
    later, entry = aliased(Contact), aliased(EntryRecord)
    return (
        exists()
        .where(
            later.household_id == Contact.household_id,
            later.is_home_visit,
            later.place != Place.DOOR,
            later.happened_on >= Contact.happened_on,
            later.happened_on <= scope.today,
            entry.contact_id == later.id,
            entry.household_id == later.household_id,
            entry.state != EntryState.DRAFT,
            entry.is_annulled.is_(False),
        )
        .correlate(Contact)
    )


def _children(scope: Scope, since: date, born_after: date) -> Select[*tuple[Any, ...]]:
    """Children who have been in a receiving household, known to this program, since that day."""
    return (
        select(*HOUSEHOLD, Person.id, Person.birth_date)
        .join(Member, Member.household_id == Household.id)
        .join(Person, Person.id == Member.person_id)
        .outerjoin(TakeOver, TakeOver.household_id == Household.id)
        .where(
            scope.active,
            holds_on(Member, scope.today),
            Member.valid_from <= since,
            Person.birth_date > born_after,
            Person.died_on.is_(None),
            period_began(scope) <= since,
            or_(TakeOver.taken_over_on.is_(None), TakeOver.taken_over_on <= since),
        )
        .order_by(Household.id, Person.birth_date, Person.id)
    )
