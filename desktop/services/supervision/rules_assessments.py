"""The rule about people who may be able to work and whom nobody assessed (section 5.2, E07).

It asks the office to listen; it says nothing about the person, and nothing follows from it. Whoever has a decided group was
assessed; who works, or declares yearly because work is hard, is not asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from desktop.domain.dates import age_on, months_later
from desktop.domain.declarations import DeclarationKind
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.assessments import AssessmentRecord
from desktop.models.declarations import DeclarationDuty
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import TakeOver, WorkPeriod
from desktop.services.masters import lookup
from desktop.services.masters.lookup_assessments import assessment_numbers
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words, period_began

_MONTHS, _HALF_A_YEAR = 12, 6


class NeverAssessed:
    """E07: somebody of working age without work, of whose ability to work nobody made an assessment."""

    info = RuleInfo(
        rule="E07",
        name="稼働能力の評価がない人",
        severity=2,
        basis="「アセスメントの数値」の年齢で、就労中でなく、収入申告が年1回（働くことが難しい方）でもない受給中の世帯員で、保護の開始・世帯に加わった日・対象の年齢になった日のうち最も遅い日から、しきい値 E07 の日数（台帳を引き継いだ世帯は、引継ぎから E07 の月数も）を過ぎて、アセスメントが一度もないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a person."""
        numbers = assessment_numbers(session, scope.office_id, scope.today)
        limits, today = scope.limits, scope.today
        for birth, joined, began, taken_over_on, *household in session.execute(
            _unassessed(scope, numbers.age_from, numbers.age_to, _yearly(session, scope))
        ):
            reached = months_later(birth, _MONTHS * numbers.age_from) if birth else joined
            since = max(day for day in (reached, joined, began) if day)
            if scope.since(since) <= limits.e07_days:
                continue
            if taken_over_on is not None:
                if months_later(taken_over_on, limits.e07_take_over_months) >= today:
                    continue
                since = max(since, taken_over_on)
            who = f"{age_on(birth, today)}歳の世帯員" if birth else "生年月日が分からない世帯員"
            yield scope.finding(
                self.info,
                household,
                f"{who}の稼働能力の評価（アセスメント）が、{in_words(since)}から一度も記録されていません。本人・主治医・職歴から聞けていますか。",
                since=since,
                days=scope.since(since),
            )


def _unassessed(scope: Scope, from_age: int, to_age: int, yearly: Sequence[str]) -> Any:  # noqa: ANN401 - rows of several columns
    """Members of these ages without work, assessment and yearly cycle, with the days the question may run from."""
    m, person, today = Member, Person, scope.today
    youngest = months_later(today, -_MONTHS * from_age)
    oldest = months_later(today, -_MONTHS * (to_age + 1))
    d, w, a = DeclarationDuty, WorkPeriod, AssessmentRecord
    works = exists().where(w.person_id == person.id, holds_on(w, today)).correlate(person)
    assessed = exists().where(a.person_id == person.id).correlate(person)
    declares_yearly = (
        exists()
        .where(
            d.person_id == person.id,
            d.household_id == m.household_id,
            d.kind == DeclarationKind.INCOME,
            d.cycle.in_(yearly),
            holds_on(d, today),
        )
        .correlate(person, m)
    )
    return (
        select(
            *(person.birth_date, m.valid_from, period_began(scope), TakeOver.taken_over_on),
            *HOUSEHOLD,
        )
        .select_from(Household)
        .join(m, m.household_id == Household.id)
        .join(person, person.id == m.person_id)
        .outerjoin(TakeOver, TakeOver.household_id == Household.id)
        .where(
            scope.active,
            holds_on(m, today),
            person.died_on.is_(None),
            or_(
                person.birth_date.is_(None),
                (person.birth_date <= youngest) & (person.birth_date > oldest),
            ),
            ~works,
            ~assessed,
            ~declares_yearly,
        )
        .order_by(Household.case_number, person.id)
    )


def _yearly(session: Session, scope: Scope) -> list[str]:
    """The cycles of those who, as the office sees it, find it hard to work."""
    cycles = lookup.declaration_cycles(session, scope.office_id, scope.today)
    return [
        code
        for code, cycle in cycles.items()
        if cycle.kind is DeclarationKind.INCOME and cycle.months > _HALF_A_YEAR
    ]
