"""The rule about pension rights (section 5.2, E12): asked once at the office's birthdays, and when a household becomes one of disability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, false, or_, select
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdType
from desktop.domain.procedures import ProcedureChoice, ProcedureKind
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import HouseholdTypePeriod, TakeOver
from desktop.models.procedures import ProcedureRecord
from desktop.services.masters.lookup_procedures import procedure_choices
from desktop.services.periods import holds_on
from desktop.services.procedures.loading import counts
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words, period_began

_MONTHS = 12
_p = ProcedureRecord


class UncheckedPension:
    """E12: somebody reached an age at which a pension may begin, or became disabled, and nobody looked into it."""

    info = RuleInfo(
        rule="E12",
        name="節目で確認していない年金受給権",
        severity=2,
        basis="「手続の選択肢」の節目の年齢になった世帯員・障害者世帯になった世帯で、節目（保護の開始・台帳の引継ぎがあとのときはその日）から、しきい値 E12 の日数を過ぎて年金受給権の確認の記録がないもの（E12 の期間のうち）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a person, one a household for a disability."""
        yield from self._birthdays(session, scope)
        yield from self._disabilities(session, scope)

    def _birthdays(self, session: Session, scope: Scope) -> Iterator[Finding]:
        choices = procedure_choices(session, scope.office_id, scope.today)
        occasions = [choice for choice in choices.values() if choice.age]
        seen = _checks(session, scope)
        for reached in _reached(session, scope, occasions):
            days = scope.since(reached.since)
            if days <= scope.limits.e12_days:
                continue
            checked = seen.get(reached.person_id, ())
            if any(c == reached.code or on >= reached.birthday for c, on in checked):
                continue
            yield scope.finding(
                self.info,
                reached.household,
                f"{reached.age}歳になった世帯員（{in_words(reached.birthday)}）の年金受給権の確認の記録がありません。加入記録を年金事務所に確かめましたか。",
                since=reached.since,
                days=days,
            )

    def _disabilities(self, session: Session, scope: Scope) -> Iterator[Finding]:
        t = HouseholdTypePeriod
        checked = (
            exists()
            .where(
                _p.household_id == Household.id,
                _p.kind == ProcedureKind.PENSION,
                _p.begun_on >= t.valid_from,
                counts(),
            )
            .correlate(Household, t)
        )
        rows: Any = session.execute(
            select(t.valid_from, TakeOver.taken_over_on, *HOUSEHOLD)
            .join(t, t.household_id == Household.id)
            .outerjoin(TakeOver, TakeOver.household_id == Household.id)
            .where(
                scope.active,
                t.household_type == HouseholdType.DISABLED,
                holds_on(t, scope.today),
                t.valid_from >= scope.days_ago(scope.limits.e12_back_days),
                ~checked,
            )
            .order_by(t.valid_from, Household.case_number)
        )
        for became_on, taken_over_on, *household in rows:
            since = max(became_on, taken_over_on or became_on)
            days = scope.since(since)
            if days > scope.limits.e12_days:
                yield scope.finding(
                    self.info,
                    household,
                    f"障害者世帯になって（{in_words(became_on)}）から、年金受給権の確認の記録がありません。障害年金の初診日・納付要件を確かめましたか。",
                    since=since,
                    days=days,
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reached:
    """Somebody who reached an age; `since` is the day from which the question runs."""

    household: tuple[Any, ...]
    person_id: UUID
    code: str
    age: int
    birthday: date
    since: date


def _reached(
    session: Session, scope: Scope, occasions: list[ProcedureChoice]
) -> Iterator[_Reached]:
    """Members of today who reached one of the ages within the office's days; the newest age of each."""
    back = scope.days_ago(scope.limits.e12_back_days)
    born = [
        and_(
            Person.birth_date >= months_later(back, -_MONTHS * (c.age or 0)),
            Person.birth_date <= months_later(scope.today, -_MONTHS * (c.age or 0)),
        )
        for c in occasions
    ]
    rows: Any = session.execute(
        select(
            *(Person.id, Person.birth_date, Member.valid_from),
            *(period_began(scope), TakeOver.taken_over_on, *HOUSEHOLD),
        )
        .join(Member, Member.person_id == Person.id)
        .join(Household, Household.id == Member.household_id)
        .outerjoin(TakeOver, TakeOver.household_id == Household.id)
        .where(
            scope.active,
            holds_on(Member, scope.today),
            Person.died_on.is_(None),
            or_(false(), *born),
        )
        .order_by(Household.case_number, Person.id)
    )
    for person_id, birth, joined, began, taken_over_on, *household in rows:
        passed = [
            (day, c)
            for c in occasions
            if back <= (day := months_later(birth, _MONTHS * (c.age or 0))) <= scope.today
        ]
        if not passed:
            continue
        birthday, choice = max(passed, key=lambda each: each[0])
        known = (birthday, joined, began, taken_over_on)
        yield _Reached(
            household=tuple(household),
            person_id=person_id,
            code=choice.code,
            age=choice.age or 0,
            birthday=birthday,
            since=max(day for day in known if day),
        )


def _checks(session: Session, scope: Scope) -> dict[UUID, list[tuple[str, date]]]:
    """Person → occasion and day of each check that counts."""
    found: dict[UUID, list[tuple[str, date]]] = {}
    rows = session.execute(
        select(_p.person_id, _p.choice, _p.begun_on).where(
            _p.office_id == scope.office_id, _p.kind == ProcedureKind.PENSION, counts()
        )
    )
    for person_id, choice, on in rows:
        if person_id is not None:
            found.setdefault(person_id, []).append((choice, on))
    return found
