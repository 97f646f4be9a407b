"""What a plan's lines say of their households, read set by set: a year of a hundred households in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.domain.dates import age_on
from desktop.domain.declarations import DeclarationKind
from desktop.domain.households import HouseholdType
from desktop.domain.office import SignedInStaff
from desktop.domain.records import EntryState
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import AddressPeriod, TakeOver
from desktop.models.records import Contact, EntryRecord
from desktop.models.support_policies import SupportPolicyRecord
from desktop.services.declarations.cells import happened
from desktop.services.households.grades import present_grade
from desktop.services.households.identity import shielded_names
from desktop.services.masters import lookup
from desktop.services.periods import holds_on
from desktop.services.support_policies.standing import is_in_force
from desktop.services.visit_plans.by_household import by_household


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts:
    """A household as a line of a plan names it. `grade_before` held on the day before the plan begins."""

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    head_kana: str = field(repr=False)
    sort_key: str = field(repr=False)
    is_shielded: bool
    district_id: UUID
    household_type: HouseholdType | None
    members: int
    address: str = field(default="", repr=False)
    working_age: int = 0
    grade: str = ""
    grade_before: str = ""
    last_met_on: date | None = None
    policy_review_on: date | None = None
    declares: dict[DeclarationKind, tuple[date, ...]] = field(default_factory=dict)


def household_facts(
    session: Session,
    staff: SignedInStaff,
    where: ColumnElement[bool],
    months: Sequence[date],
    today: date,
) -> dict[UUID, HouseholdFacts]:
    """Household → facts, by kana. `where` is a condition on `Household`; `months` are those of the plan."""
    rows = session.execute(
        select(Household, present_grade(today), present_grade(_day_before(months[0])))
        .where(where)
        .order_by(Household.sort_key, Household.id)
    ).all()
    shielded = {h.id: h.district_id for h, *_ in rows if h.is_shielded}
    names = shielded_names(session, staff, shielded, today)
    addresses, workers = _addresses(session, where), _working_age(session, staff, where, today)
    met, reviews = last_met(session, where, today), _reviews(session, where)
    declares = _declares(session, staff, where, months, today)
    return {
        h.id: HouseholdFacts(
            household_id=h.id,
            case_number=h.case_number,
            head_name=names.get(h.id, (h.head_name, ""))[0],
            head_kana=names.get(h.id, ("", h.head_kana))[1],
            sort_key=h.sort_key,
            is_shielded=h.is_shielded,
            district_id=h.district_id,
            household_type=h.household_type,
            members=h.member_count,
            address=addresses.get(h.id, "") if not h.is_shielded or h.id in names else "",
            working_age=workers.get(h.id, 0),
            grade=grade or "",
            grade_before=before or "",
            last_met_on=met.get(h.id),
            policy_review_on=reviews.get(h.id),
            declares=declares.get(h.id, {}),
        )
        for h, grade, before in rows
    }


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _addresses(session: Session, where: ColumnElement[bool]) -> dict[UUID, str]:
    a = AddressPeriod
    return by_household(
        session,
        select(a.household_id, a.address)
        .join(Household, Household.id == a.household_id)
        .where(where)
        .order_by(a.valid_from),
    )


def _working_age(
    session: Session, staff: SignedInStaff, where: ColumnElement[bool], today: date
) -> dict[UUID, int]:
    """Members of working age, by the office's limits."""
    limits = lookup.thresholds(session, staff.office_id, today)
    found = defaultdict[UUID, int](int)
    for household_id, birth in session.execute(
        select(Member.household_id, Person.birth_date)
        .join(Person, Person.id == Member.person_id)
        .join(Household, Household.id == Member.household_id)
        .where(where, holds_on(Member, today), Person.died_on.is_(None))
    ):
        if birth and limits.p11_from_age <= age_on(birth, today) < limits.p07_from_age:
            found[household_id] += 1
    return found


def last_met(session: Session, where: ColumnElement[bool], today: date) -> dict[UUID, date]:
    """Household → the last visit that counts and was handed in; without one, what the former system knew."""
    c, e, t = Contact, EntryRecord, TakeOver
    found = by_household(
        session,
        select(t.household_id, t.last_met_on)
        .join(Household, Household.id == t.household_id)
        .where(where, t.last_met_on.is_not(None)),
    )
    met = by_household(
        session,
        select(c.household_id, func.max(c.happened_on))
        .join(e, e.contact_id == c.id)
        .join(Household, Household.id == c.household_id)
        .where(
            where,
            c.is_home_visit,
            e.is_annulled.is_(False),
            e.state != EntryState.DRAFT,
            c.happened_on <= today,
        )
        .group_by(c.household_id),
    )
    return found | met


def _reviews(session: Session, where: ColumnElement[bool]) -> dict[UUID, date]:
    """When the policy in force is to be reviewed."""
    p = SupportPolicyRecord
    return by_household(
        session,
        select(p.household_id, p.review_due_on)
        .join(Household, Household.id == p.household_id)
        .where(where, is_in_force(), p.review_due_on.is_not(None)),
    )


def _declares(
    session: Session,
    staff: SignedInStaff,
    where: ColumnElement[bool],
    months: Sequence[date],
    today: date,
) -> dict[UUID, dict[DeclarationKind, tuple[date, ...]]]:
    """The months of the plan for which somebody of the household declares."""
    cycles = lookup.declaration_cycles(session, staff.office_id, today)
    known = happened(session, where, months[0], cycles, today)
    found: dict[UUID, dict[DeclarationKind, set[date]]] = defaultdict(lambda: defaultdict(set))
    for whose in known.duties:
        household_id, _, kind = whose
        due = (m for m, cell in zip(months, known.cells(whose, months), strict=True) if cell)
        found[household_id][kind].update(due)
    return {
        household_id: {kind: tuple(sorted(due)) for kind, due in kinds.items()}
        for household_id, kinds in found.items()
    }


def of_households(household_ids: Collection[UUID]) -> ColumnElement[bool]:
    """The condition on `Household` that names some."""
    return Household.id.in_(household_ids)
