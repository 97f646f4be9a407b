"""The facts that key figures are reckoned from, for the households of a team. No content: what answers say comes as meaningless keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from desktop.database.judged_facts import JudgedFacts, judged_facts
from desktop.domain.activities import ActivityResult
from desktop.domain.fairness import Judged
from desktop.domain.group_spans import Spans, span_on
from desktop.domain.households import HouseholdState, HouseholdType, Sex
from desktop.domain.income_months import Earned
from desktop.domain.kpi_reckoning import HELPED, HouseholdPeriod, KpiFacts, KpiRules, Taking
from desktop.domain.kpis import Period
from desktop.domain.participations import Outcome, Programme
from desktop.domain.raises import RaiseRules, earliest
from desktop.domain.records import ContactMethod
from desktop.domain.support_groups import SupportGroup
from desktop.domain.support_plans import SelfReliance
from desktop.models.activities import ActivityRecord
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import HouseholdTypePeriod, WorkPeriod
from desktop.models.office import District
from desktop.models.participations import Participation
from desktop.models.records import Contact
from desktop.models.support_groups import SupportGroupDecision
from desktop.services.effort.plans import plans
from desktop.services.effort.spans import closings, group_spans
from desktop.services.effort.spells import spells
from desktop.services.effort.units import counting_contacts
from desktop.services.income_months.loading import earned_since
from desktop.services.masters import lookup
from desktop.services.masters.lookup_activities import activity_kinds
from desktop.services.masters.lookup_assessments import assessment_numbers
from desktop.services.masters.lookup_effort import eligible_groups
from desktop.services.masters.lookup_plans import outcomes, programmes
from desktop.services.participations.marks import mark_days

_MEETING = (ContactMethod.VISIT, ContactMethod.OFFICE)
_LIFE = (SelfReliance.DAILY, SelfReliance.SOCIAL)


def rules_of(session: Session, office_id: UUID, on: date) -> KpiRules:
    """What the office says of figures."""
    limits = lookup.thresholds(session, office_id, on)
    return KpiRules(
        eligible=eligible_groups(session, office_id, on),
        meeting_days=limits.kpi_meeting_days,
        few=limits.kpi_few,
        raises=RaiseRules(
            more_than=limits.kpi_raise_yen, is_recognised=bool(limits.kpi_raise_recognised)
        ),
    )


def kpi_facts(
    session: Session, office_id: UUID, where: ColumnElement[bool], period: Period, today: date
) -> KpiFacts:
    """Everything for the figures of a period."""
    closed = closings(session, where)
    counted = outcomes(session, office_id, today)
    takings = _takings(session, where, programmes(session, office_id, today), counted)
    return KpiFacts(
        spans=group_spans(session, where, closed),
        takings=takings,
        spells=spells(session, where),
        plans=plans(session, where, counted),
        other_households=_other_households(session, where),
        working=_working(session, where, min(period.last, today)),
        closed=closed,
        marks=mark_days(session, where),
        incomes=_incomes(session, where, takings, period),
        contacts=_meetings(session, office_id, where & _begins_help(period), period.first, today),
        evidence={
            key: found.evidence for key, found in facts_of(session, office_id, today).items()
        },
    )


def facts_of(session: Session, office_id: UUID, today: date) -> dict[UUID, JudgedFacts]:
    """Decision → whether answers are alike and evidence was new enough, by the office's ages of evidence."""
    numbers = assessment_numbers(session, office_id, today)
    return judged_facts(session, office_id, numbers.evidence_age, numbers.evidence_age_unlikely)


def judged_people(
    session: Session, office_id: UUID, where: ColumnElement[bool], spans: Spans, today: date
) -> tuple[Judged, ...]:
    """Everybody under care with a group today, with what fairness is looked at by."""
    facts = facts_of(session, office_id, today)
    rows = session.execute(
        select(
            *(Person.id, Person.sex, Person.birth_date),
            *(Household.id, Household.household_type, District.code),
        )
        .join(Member, Member.person_id == Person.id)
        .join(Household, Household.id == Member.household_id)
        .join(District, District.id == Household.district_id)
        .where(where, Household.state != HouseholdState.CLOSED)
    )
    known: dict[tuple[UUID, UUID], tuple[Sex, date | None, HouseholdType | None, str]] = {
        (row[0], row[3]): (row[1], row[2], row[4], row[5]) for row in rows
    }
    found = []
    for person_id, of_person in spans.items():
        span = span_on(of_person, today)
        person = known.get((person_id, span.decision.household_id)) if span else None
        if span is None or person is None:
            continue
        judged = facts.get(span.decision.decision_id)
        found.append(
            Judged(
                person_id=person_id,
                decision=span.decision,
                district=person[3],
                sex=person[0],
                birth_date=person[1],
                household_type=person[2],
                evidence=judged.evidence if judged else None,
                facts_key=judged.key if judged else None,
            )
        )
    return tuple(found)


def _takings(
    session: Session,
    where: ColumnElement[bool],
    known: Mapping[str, Programme],
    counted: Mapping[str, Outcome],
) -> tuple[Taking, ...]:
    p = Participation
    rows = session.execute(
        select(p.household_id, p.person_id, p.programme, p.starts_on, p.ended_on, p.outcome)
        .join(Household, Household.id == p.household_id)
        .where(where)
        .order_by(p.starts_on, p.id)
    )
    return tuple(
        Taking(
            household_id,
            person_id,
            programme in known and known[programme].counts,
            programme in known and known[programme].reliance in _LIFE,
            begins,
            ends,
            counted[outcome].counts_for if outcome and outcome in counted else None,
        )
        for household_id, person_id, programme, begins, ends, outcome in rows
    )


def _incomes(
    session: Session, where: ColumnElement[bool], takings: Sequence[Taking], period: Period
) -> Mapping[UUID, Mapping[date, Earned]]:
    """Earned incomes by month, from before the earliest start of support that figures of the period ask for."""
    began = [t.begins for t in takings if t.joins(period)]
    return earned_since(session, where & _took_part(), earliest(min(began))) if began else {}


def _took_part() -> ColumnElement[bool]:
    """Households of which somebody ever took part: of the others nobody compares incomes."""
    return Household.id.in_(select(Participation.household_id))


def _other_households(session: Session, where: ColumnElement[bool]) -> tuple[HouseholdPeriod, ...]:
    """When households were of the type その他; those without dated rows by what the ledger says now."""
    t = HouseholdTypePeriod
    rows = session.execute(
        select(t.household_id, t.valid_from, t.valid_to)
        .join(Household, Household.id == t.household_id)
        .where(
            where,
            t.household_type == HouseholdType.OTHER,
            Household.state == HouseholdState.RECEIVING,
        )
    )
    return tuple(HouseholdPeriod(*row) for row in rows)


def _working(
    session: Session, where: ColumnElement[bool], day: date
) -> tuple[HouseholdPeriod, ...]:
    """Who works, by the ledger's periods of work, of members who live there on the day."""
    w, m = WorkPeriod, Member
    rows = session.execute(
        select(m.household_id, w.valid_from, w.valid_to)
        .join(m, m.person_id == w.person_id)
        .join(Household, Household.id == m.household_id)
        .where(where, m.valid_from <= day, (m.valid_to.is_(None)) | (m.valid_to >= day))
    )
    return tuple(HouseholdPeriod(*row) for row in rows)


def _begins_help(period: Period) -> ColumnElement[bool]:
    """Households of which somebody came into a group that is met soon, within the period: nobody asks of the others when they were met."""
    d = SupportGroupDecision
    helped = [group for group in SupportGroup if group.main in HELPED]
    return Household.id.in_(
        select(d.household_id).where(
            d.group.in_(helped), d.effective_from.between(period.first, period.last)
        )
    )


def _meetings(
    session: Session, office_id: UUID, where: ColumnElement[bool], since: date, today: date
) -> dict[UUID, list[date]]:
    """Household → days since the period's first on which somebody was met or helped in person."""
    c, a, later = Contact, ActivityRecord, aliased(ActivityRecord)
    found: dict[UUID, list[date]] = defaultdict(list)
    met = session.execute(
        counting_contacts(c.household_id, c.happened_on)
        .where(where, c.happened_on >= since, c.method.in_(_MEETING), c.is_absence.is_(False))
        .distinct()
    )
    for household_id, day in met:
        found[household_id].append(day)
    kinds = [
        code for code, kind in activity_kinds(session, office_id, today).items() if kind.is_direct
    ]
    acts = session.execute(
        select(a.household_id, a.done_on)
        .join(Household, Household.id == a.household_id)
        .where(
            where,
            a.done_on >= since,
            a.kind.in_(kinds),
            a.is_void.is_(False),
            ~exists().where(later.replaces_id == a.id),
            a.result != ActivityResult.NOT_MET,
        )
        .distinct()
    )
    for household_id, day in acts:
        found[household_id].append(day)
    return found
