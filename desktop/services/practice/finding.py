"""The households of an exercise, found by what is stored in the training office today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState, ResidenceKind
from desktop.domain.office import SignedInStaff
from desktop.domain.practice import Exercise, Finder, PracticeHousehold
from desktop.models.households import Household, Member
from desktop.models.ledger import ResidencePeriod
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import Scope
from desktop.services.supervision.service import RULES


def households_of(
    session: Session, staff: SignedInStaff, exercise: Exercise, today: date
) -> tuple[PracticeHousehold, ...]:
    """By case number; those of the own duty are taken first. Empty where the office has none that suit."""
    finding = _Finding(session, staff, today)
    match exercise.finder:
        case Finder.RULE | Finder.EACH:
            found = finding.each(exercise.rules)
        case Finder.AMONG:
            found = finding.among(exercise.rules[0], exercise.others)
        case Finder.HOSPITAL:
            found = finding.first(exercise.rules[0], inpatient=True)
        case Finder.ANY:
            found = finding.first(exercise.rules[0])
    return tuple(sorted(found, key=lambda each: each.case_number))


class _Finding:
    """Looks through the whole office: everything in it is invented, and rules must find what they find for a head."""

    def __init__(self, session: Session, staff: SignedInStaff, today: date) -> None:
        self._session, self._staff, self._today = session, staff, today
        self._scope = Scope(
            office_id=staff.office_id,
            district_ids=None,
            today=today,
            limits=lookup.thresholds(session, staff.office_id, today),
            caseworkers=main_caseworkers(session, today),
        )

    def each(self, rules: Collection[str]) -> list[PracticeHousehold]:
        """A household a rule, none twice; nothing where one of the rules asks nothing of a further household."""
        found: list[PracticeHousehold] = []
        for rule in rules:
            taken = {each.household_id for each in found}
            best = next(
                (each for each in self._asked(rule) if each.household_id not in taken), None
            )
            if best is None:
                return []
            found.append(best)
        return found

    def among(self, rule: str, others: int) -> list[PracticeHousehold]:
        """A household of the rule among others of which the rule asks nothing."""
        asked = self._asked(rule)
        beside = self.plain(others, but={each.household_id for each in asked})
        return [asked[0], *beside] if asked and len(beside) == others else []

    def first(self, rule: str, *, inpatient: bool = False) -> list[PracticeHousehold]:
        """One of the plain households of which the rule asks; in an office without such a one any of them."""
        plain = {each.household_id for each in self.plain(None, inpatient=inpatient)}
        asked = [each for each in self._asked(rule) if each.household_id in plain]
        return asked[:1] or self.plain(1, inpatient=inpatient)

    def plain(
        self, count: int | None, *, inpatient: bool = False, but: Collection[UUID] = ()
    ) -> list[PracticeHousehold]:
        """So many households (None: all) that receive and are not shielded, of whom the exercise knows nothing else."""
        h, m, r = Household, Member, ResidencePeriod
        query = select(h.id, h.case_number, h.head_name, h.district_id).where(
            h.office_id == self._staff.office_id,
            h.state == HouseholdState.RECEIVING,
            h.is_shielded.is_(False),
        )
        if inpatient:
            stays = select(m.household_id).join(r, r.person_id == m.person_id)
            here = holds_on(m, self._today) & holds_on(r, self._today)
            query = query.where(h.id.in_(stays.where(here, r.kind == ResidenceKind.HOSPITAL)))
        rows = [row for row in self._session.execute(query) if row.id not in but]
        rows.sort(key=lambda row: row.case_number)
        own = [row for row in rows if self._is_own(row.id, row.district_id)]
        chosen = rows if count is None else _spread(own if len(own) >= count else rows, count)
        return [
            PracticeHousehold(
                household_id=row.id,
                case_number=row.case_number,
                head_name=row.head_name,
                is_own=self._is_own(row.id, row.district_id),
            )
            for row in chosen
        ]

    def _asked(self, rule_id: str) -> list[PracticeHousehold]:
        """The households of which a rule asks something, the own ones first, then by case number."""
        rule = next(rule for rule in RULES if rule.info.rule == rule_id)
        homes = self._session.execute(select(Household.id, Household.district_id))
        districts = {row.id: row.district_id for row in homes}
        found = [
            PracticeHousehold(
                household_id=finding.household_id,
                case_number=finding.case_number,
                head_name=finding.head_name,
                is_own=self._is_own(finding.household_id, districts[finding.household_id]),
                rule=finding.rule,
                fact=finding.reason,
            )
            for finding in rule.find(self._session, self._scope)
            if finding.household_id is not None
        ]
        return sorted(found, key=lambda each: (not each.is_own, each.case_number, each.fact))

    def _is_own(self, household_id: UUID, district_id: UUID) -> bool:
        return self._staff.has_duty_for(household_id, district_id)


def _spread(rows: Sequence[Any], count: int) -> list[Any]:
    """As many rows from all over the list, so that the place in it tells nothing; all of them where there are fewer."""
    if len(rows) <= count:
        return list(rows)
    return [rows[(2 * place + 1) * len(rows) // (2 * count)] for place in range(count)]
