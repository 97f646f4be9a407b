"""A few people of the training office with applications about money linked to work: decided, waiting, withdrawn, refused.

The estimates are those that the program makes of the shipped values, so what is missing there is refused here too.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.domain.clock import JAPAN
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.office import AssignmentKind
from desktop.domain.work_estimates_aid import (
    JobSearchAid,
    LivelihoodAid,
    LivelihoodItem,
    TravelAid,
)
from desktop.domain.work_estimates_cases import CaseOutcome, EstimateInput
from desktop.domain.work_estimates_grants import IndependenceGrant
from desktop.domain.work_estimates_kept import as_json
from desktop.models.households import Household, Member, Person
from desktop.models.office import Assignment
from desktop.models.work_estimates import (
    BenefitCaseRecord,
    BenefitCaseText,
    BenefitDecisionRecord,
    BenefitDecisionText,
)
from desktop.resources import resource_path
from desktop.services.masters.lookup_employment import work_tables
from desktop.services.periods import holds_on
from desktop.services.work_estimates.estimating import estimate

_AGES = (20, 60)
_MORNING, _AFTERNOON = time(10, 20), time(14, 5)
_MONTHS_AGO, _MONTHLY = 2, 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """A decision of the story: when, what, how much or why not."""

    outcome: CaseOutcome
    on: date
    amount: int | None = None
    reason: str = ""
    month: date | None = None
    interviews: int | None = None
    applications: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An application of the story."""

    given: EstimateInput
    asked_on: date
    note: str
    decisions: tuple[_Decided, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkMoneyStory:
    """One telling, for one office. `new_id` gives ids that are the same on every run."""

    session: Session
    office_id: UUID
    today: date
    new_id: Callable[[], UUID]
    rows: Counter[str] = field(default_factory=Counter)

    def tell(self) -> Counter[str]:
        """Write the cases, one a household, and return the rows by table."""
        told = tuple(_told(self.today))
        for case, (household_id, person_id, author, other) in zip(
            told, self._people(len(told)), strict=False
        ):
            self._write(case, household_id, person_id, author, other)
        self.session.flush()
        return self.rows

    def _people(self, count: int) -> Sequence[tuple[UUID, UUID, UUID, UUID]]:
        """Heads of working age in receiving households, with their caseworker and the supervisor."""
        h, m, p = Household, Member, Person
        main, over = aliased(Assignment), aliased(Assignment)
        youngest, oldest = (months_later(self.today, -12 * age) for age in _AGES)
        rows = self.session.execute(
            select(h.id, p.id, main.staff_id, over.staff_id)
            .join(m, m.household_id == h.id)
            .join(p, p.id == m.person_id)
            .join(main, main.district_id == h.district_id)
            .join(over, over.district_id == h.district_id)
            .where(
                h.office_id == self.office_id,
                h.state == HouseholdState.RECEIVING,
                m.is_head,
                holds_on(m, self.today),
                p.died_on.is_(None),
                p.birth_date.between(oldest, youngest),
                main.kind == AssignmentKind.MAIN,
                over.kind == AssignmentKind.SUPERVISOR,
                holds_on(main, self.today),
                holds_on(over, self.today),
                main.staff_id != over.staff_id,
            )
            .order_by(h.case_number, p.id)
            .limit(count)
        ).all()
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def _write(
        self, told: _Told, household_id: UUID, person_id: UUID, author: UUID, other: UUID
    ) -> None:
        owner: dict[str, Any] = {"office_id": self.office_id, "household_id": household_id}
        shown = estimate(told.given, work_tables(self.session, self.office_id, told.given.on))
        case = BenefitCaseRecord(
            id=self.new_id(),
            person_id=person_id,
            kind=shown.kind,
            asked_on=told.asked_on,
            about_on=told.given.on,
            months=told.given.months if isinstance(told.given, JobSearchAid) else None,
            made_by=author,
            made_at=datetime.combine(told.asked_on, _MORNING, tzinfo=JAPAN),
            **owner,
        )
        self._add(case)
        self._add(
            BenefitCaseText(case_id=case.id, estimate=as_json(shown), note=told.note, **owner)
        )
        for decided in told.decisions:
            decision = BenefitDecisionRecord(
                id=self.new_id(),
                case_id=case.id,
                outcome=decided.outcome,
                decided_on=decided.on,
                month=decided.month,
                interviews=decided.interviews,
                applications=decided.applications,
                noted_by=other,
                noted_at=datetime.combine(decided.on, _AFTERNOON, tzinfo=JAPAN),
                **owner,
            )
            self._add(decision)
            words = {"amount": decided.amount, "reason": decided.reason}
            self._add(BenefitDecisionText(decision_id=decision.id, **words, **owner))

    def _add(
        self,
        row: BenefitCaseRecord | BenefitCaseText | BenefitDecisionRecord | BenefitDecisionText,
    ) -> None:
        self.session.add(row)
        self.session.flush()
        self.rows[row.__tablename__] += 1


def _told(today: date) -> Iterator[_Told]:
    """The applications, those with most to see first."""
    with resource_path("training", "work_money.toml").open("rb") as file:
        said: dict[str, str] = tomllib.load(file)
    began = months_later(today.replace(day=1), -_MONTHS_AGO)
    last_month = today.replace(day=1) - timedelta(days=1)
    yield _Told(
        given=JobSearchAid(on=began, months=3),
        asked_on=_open(began + timedelta(days=2)),
        note=said["job_search"],
        decisions=tuple(
            _Decided(
                outcome=CaseOutcome.GRANTED,
                on=_open(months_later(began, place + 1) - timedelta(days=1)),
                amount=_MONTHLY,
                month=months_later(began, place),
                interviews=place + 1,
                applications=4 - place,
            )
            for place in range(_MONTHS_AGO)
        ),
    )
    yield _Told(
        given=LivelihoodAid(on=today, item=LivelihoodItem.SKILL_HIGH, cost=286_000),
        asked_on=_open(today - timedelta(days=6)),
        note=said["skill"],
    )
    yield _Told(
        given=TravelAid(on=last_month, fare=1_480, trips=2),
        asked_on=_open(last_month - timedelta(days=12)),
        note=said["travel"],
        decisions=(
            _Decided(
                outcome=CaseOutcome.GRANTED, on=_open(last_month - timedelta(days=4)), amount=2_960
            ),
        ),
    )
    yield _Told(
        given=IndependenceGrant(
            on=last_month,
            job_began=months_later(last_month, -4).replace(day=1),
            is_single=True,
            recognised=(0, 68_000, 94_000, 101_000, 98_000, 112_000),
            lasts=True,
        ),
        asked_on=_open(today - timedelta(days=3)),
        note=said["independence"],
    )
    yield _Told(
        given=TravelAid(on=last_month, fare=760, trips=1),
        asked_on=_open(last_month - timedelta(days=20)),
        note=said["withdrawn_case"],
        decisions=(
            _Decided(
                outcome=CaseOutcome.WITHDRAWN,
                on=_open(last_month - timedelta(days=14)),
                reason=said["withdrawn"],
            ),
        ),
    )


def _open(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))
