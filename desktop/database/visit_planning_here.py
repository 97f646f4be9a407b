"""Visit plans where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from desktop.database.visit_plan_rows import content_of
from desktop.domain import visit_plans as rules
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.roles import APPROVING_POSITIONS, Permission
from desktop.domain.visit_plan_digest import plan_digest
from desktop.domain.visit_plan_periods import begins_plan, first_of_month, months_of
from desktop.domain.visit_plans import (
    PLAN_MOVES,
    WRITABLE,
    PlanChange,
    PlanException,
    PlanMove,
    PlanMoveInput,
    PlannedVisit,
    PlanParty,
    PlanState,
)
from desktop.models.households import Household
from desktop.models.office import Assignment, District
from desktop.models.visit_plans import (
    PlanExceptionRecord,
    PlanExceptionText,
    PlannedVisitCost,
    PlannedVisitRecord,
    PlannedVisitText,
    VisitPlanRecord,
    VisitPlanStep,
    VisitPlanStepText,
    VisitPlanVersion,
)

if TYPE_CHECKING:
    from desktop.database.visit_planning import PlanTables

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PURPOSE = re.compile(r"[a-z0-9_]{1,40}")
_MOST_PURPOSES = 20
_v = PlannedVisitRecord


def save(
    session: Session, staff: SignedInStaff, given: PlanChange, tables: PlanTables, at: datetime
) -> int:
    """Store a version of a plan while it is a draft or returned."""
    may_plan(session, staff, given.district_id)
    ver = VisitPlanVersion
    stored = session.scalar(
        select(ver.version).where(
            ver.save_id == given.save_id,
            ver.plan_id == given.plan_id,
            ver.saved_by == staff.staff_id,
        )
    )
    if stored is not None:
        return stored
    plan = session.get(VisitPlanRecord, given.plan_id, populate_existing=True)
    if plan is None and given.version == 0:
        plan = _new(session, staff, given, at)
    else:
        plan = at_hand(session, staff, given.plan_id, given.version)
        if plan.district_id != given.district_id:
            raise NotPermittedError(rules.NO_PLAN)
        if plan.state not in WRITABLE:
            raise ConflictError(rules.FROZEN)
        plan.version += 1
    _check_visits(session, plan, given)
    _put_visits(session, plan, given)
    for exception in given.exceptions:
        _put_exception(session, plan, exception, tables)
    visits, exceptions = content_of(session, plan.id)
    plan.content_hash = plan_digest(plan.district_id, plan.kind, plan.first_on, visits, exceptions)
    plan.saved_by, plan.saved_at = staff.staff_id, at
    plan.staff_id = _main_caseworker(session, plan.district_id, at) or plan.staff_id
    session.add(
        VisitPlanVersion(
            plan_id=plan.id,
            version=plan.version,
            office_id=plan.office_id,
            save_id=given.save_id,
            why=given.why,
            content_hash=plan.content_hash,
            saved_by=staff.staff_id,
            saved_at=at,
        )
    )
    session.flush()
    return plan.version


def move(
    session: Session, staff: SignedInStaff, given: PlanMoveInput, tables: PlanTables, at: datetime
) -> None:
    """Move a plan on as the table of moves allows."""
    plan = at_hand(session, staff, given.plan_id, given.version)
    words = words_of(given.words, "words")
    if plan.content_hash != given.content_hash:
        raise ConflictError(rules.READ_FIRST)
    rule = PLAN_MOVES[given.move]
    if plan.state not in rule.from_states:
        raise ConflictError(rules.NO_MOVE)
    position = ""
    if rule.party is PlanParty.DECIDER:
        position = _position(session, staff, plan)
    else:
        may_plan(session, staff, plan.district_id)
    if rule.needs_words and not words:
        raise ValidationError(words=rules.NO_REASON)
    if rule.judges_floor:
        _judge_content(session, plan, tables)
    plan.state, plan.state_at = rule.to_state, at
    if given.move is PlanMove.SUBMIT:
        plan.submitted_by, plan.submitted_at = staff.staff_id, at
    elif given.move is PlanMove.WITHDRAW:
        plan.submitted_by = plan.submitted_at = None
    decided = rule.party is PlanParty.DECIDER
    plan.decided_by, plan.decided_at = (staff.staff_id, at) if decided else (None, None)
    _put_step(session, staff, plan, position, words, at)


def may_plan(session: Session, staff: SignedInStaff, district_id: UUID) -> None:
    """Refuse whoever does not plan for the district."""
    if not staff.may(Permission.WRITE_RECORDS):
        raise NotPermittedError(rules.NOT_ALLOWED)
    district = session.get(District, district_id)
    if (
        district is None
        or district.office_id != staff.office_id
        or district_id not in staff.own_district_ids
    ):
        raise NotPermittedError(rules.NOT_YOUR_DISTRICT)


def at_hand(session: Session, staff: SignedInStaff, plan_id: UUID, version: int) -> VisitPlanRecord:
    """The plan as it was shown, for whoever's duty the district is."""
    plan = session.get(VisitPlanRecord, plan_id, populate_existing=True)
    if plan is None or plan.office_id != staff.office_id:
        raise NotPermittedError(rules.NO_PLAN)
    if not (staff.is_office_wide or plan.district_id in staff.duty_district_ids):
        raise NotPermittedError(rules.NO_PLAN)
    if plan.version != version:
        raise ConflictError(rules.MOVED_ON)
    return plan


def words_of(text: str, field: str) -> str:
    """Words without outer white space, as long as the table takes."""
    text = text.strip()
    if len(text) > rules.MOST_WORDS:
        raise ValidationError(**{field: rules.TOO_LONG})
    return text


def row_of(visit: PlannedVisit) -> dict[str, object]:
    """The columns of a planned visit, but for where it belongs."""
    return {
        "visit_id": visit.visit_id,
        "household_id": visit.household_id,
        "kind": visit.kind.value,
        "month": visit.month,
        "day": visit.day,
        "half": visit.half.value if visit.half else None,
        "place": visit.place,
        "minutes": visit.minutes,
        "purposes": ",".join(visit.purposes),
        "is_statutory": visit.is_statutory,
        "is_announced": visit.is_announced,
        "is_locked": visit.is_locked,
        "rule": visit.rule,
        "rule_values": dict(visit.values),
        "first_on": visit.first_on,
        "last_on": visit.last_on,
        "due_on": visit.due_on,
        "unplanned": visit.unplanned,
        "unplanned_values": dict(visit.unplanned_values),
    }


def _new(
    session: Session, staff: SignedInStaff, given: PlanChange, at: datetime
) -> VisitPlanRecord:
    if not begins_plan(given.kind, given.first_on):
        raise ValidationError(first_on=rules.NOT_FIRST_DAY)
    p = VisitPlanRecord
    same = (
        p.district_id == given.district_id,
        p.kind == given.kind,
        p.first_on == given.first_on,
    )
    if session.scalar(select(exists().where(*same))):
        raise ConflictError(rules.PLAN_EXISTS)
    main = _main_caseworker(session, given.district_id, at)
    if main is None:
        raise ValidationError(rules.NO_CASEWORKER)
    plan = VisitPlanRecord(
        id=given.plan_id,
        office_id=staff.office_id,
        version=1,
        district_id=given.district_id,
        staff_id=main,
        kind=given.kind,
        first_on=given.first_on,
        state=PlanState.DRAFT,
        state_at=at,
        content_hash="",
        drafted_by=staff.staff_id,
        saved_by=staff.staff_id,
        saved_at=at,
    )
    session.add(plan)
    session.flush()
    return plan


def _main_caseworker(session: Session, district_id: UUID, at: datetime) -> UUID | None:
    a, today = Assignment, japan_day(at)
    holds = (a.valid_from <= today) & (a.valid_to.is_(None) | (a.valid_to >= today))
    main = select(a.staff_id).where(
        a.district_id == district_id, a.kind == AssignmentKind.MAIN, holds
    )
    return session.scalar(main.order_by(a.valid_from.desc()).limit(1))


def _check_visits(session: Session, plan: VisitPlanRecord, given: PlanChange) -> None:
    """Each of a household of the district, in a month of the plan, on a day of that month."""
    of_plan = select(_v.visit_id, _v.household_id).where(_v.plan_id == plan.id)
    known = {  # noqa: C416 - rows are not pairs to the type checker
        visit_id: household_id for visit_id, household_id in session.execute(of_plan)
    }
    near = set(
        session.scalars(select(Household.id).where(Household.district_id == plan.district_id))
    )
    months = frozenset(months_of(plan.kind, plan.first_on))
    counted = Counter(visit.visit_id for visit in given.visits)
    if len(given.visits) > rules.MOST_VISITS or any(n > 1 for n in counted.values()):
        raise ValidationError(visits=rules.BAD_VISIT)
    for visit in given.visits:
        if known.get(visit.visit_id, visit.household_id) != visit.household_id:
            raise ValidationError(visits=rules.BAD_VISIT)
        if visit.household_id not in near and visit.visit_id not in known:
            raise NotPermittedError(rules.NOT_OF_DISTRICT)
        if not _fits(visit, months):
            raise ValidationError(visits=rules.BAD_VISIT)


def _fits(visit: PlannedVisit, months: frozenset[object]) -> bool:
    is_timed = visit.half is not None or visit.place is not None
    return (
        rules.FEWEST_MINUTES <= visit.minutes <= rules.MOST_MINUTES
        and (visit.month is None) == bool(visit.unplanned)
        and (visit.month is None or visit.month in months)
        and (visit.day is None or first_of_month(visit.day) == visit.month)
        and not (visit.day is None and is_timed)
        and _CODE.fullmatch(visit.rule) is not None
        and (not visit.unplanned or _CODE.fullmatch(visit.unplanned) is not None)
        and len(visit.purposes) <= _MOST_PURPOSES
        and all(_PURPOSE.fullmatch(purpose) for purpose in visit.purposes)
    )


def _put_visits(session: Session, plan: VisitPlanRecord, given: PlanChange) -> None:
    """End the rows that this saving replaces and add the new ones; the old ones stay."""
    ended = {*given.removed, *(visit.visit_id for visit in given.visits)}
    still = (_v.plan_id == plan.id) & _v.to_version.is_(None) & _v.visit_id.in_(ended)
    session.execute(update(_v).where(still).values(to_version=plan.version))
    base = {"plan_id": plan.id, "from_version": plan.version, "office_id": plan.office_id}
    session.add_all(
        PlannedVisitRecord(**base, to_version=None, **row_of(visit)) for visit in given.visits
    )
    session.flush()
    for visit in given.visits:
        key = {**base, "visit_id": visit.visit_id, "household_id": visit.household_id}
        terms, note = given.costs.get(visit.visit_id), words_of(visit.note, "note")
        if terms is not None:
            session.add(PlannedVisitCost(**key, terms=dict(terms)))
        if note:
            session.add(PlannedVisitText(**key, note=note))
    session.flush()


def _put_exception(
    session: Session, plan: VisitPlanRecord, given: PlanException, tables: PlanTables
) -> None:
    household = session.get(Household, given.household_id)
    if household is None or household.district_id != plan.district_id:
        raise NotPermittedError(rules.NOT_OF_DISTRICT)
    e = PlanExceptionRecord
    still = (e.plan_id == plan.id) & (e.household_id == given.household_id) & e.to_version.is_(None)
    session.execute(update(e).where(still).values(to_version=plan.version))
    if not given.reason:
        return
    words = words_of(given.words, "words")
    if given.reason not in tables.exceptions:
        raise ValidationError(reason=rules.UNKNOWN_EXCEPTION)
    if not words:
        raise ValidationError(words=rules.NO_REASON)
    key = {
        "plan_id": plan.id,
        "household_id": given.household_id,
        "from_version": plan.version,
        "office_id": plan.office_id,
    }
    session.add(PlanExceptionRecord(**key, to_version=None, reason=given.reason))
    session.flush()
    session.add(PlanExceptionText(**key, words=words))
    session.flush()


def _position(session: Session, staff: SignedInStaff, plan: VisitPlanRecord) -> str:
    """The lowest position in which the person decides. Only a second person does, who saved no version."""
    held = staff.positions_in(plan.district_id)
    if not staff.may(Permission.DECIDE_APPROVALS) or not held:
        raise NotPermittedError(rules.NOT_YOUR_DECISION)
    ver = VisitPlanVersion
    wrote = exists().where(ver.plan_id == plan.id, ver.saved_by == staff.staff_id)
    if staff.staff_id in {plan.drafted_by, plan.submitted_by} or session.scalar(select(wrote)):
        raise NotPermittedError(rules.SECOND_PERSON)
    return next(role.value for role in APPROVING_POSITIONS if role in held)


def _judge_content(session: Session, plan: VisitPlanRecord, tables: PlanTables) -> None:
    stands = exists().where(_v.plan_id == plan.id, _v.to_version.is_(None))
    if not session.scalar(select(stands)):
        raise ValidationError(rules.EMPTY)
    if tables.under_floor(session, plan.id):
        raise ValidationError(exceptions=rules.UNDER_FLOOR)


def _put_step(
    session: Session,
    staff: SignedInStaff,
    plan: VisitPlanRecord,
    position: str,
    words: str,
    at: datetime,
) -> None:
    s = VisitPlanStep
    last = session.scalar(select(func.max(s.number)).where(s.plan_id == plan.id)) or 0
    key = {"plan_id": plan.id, "number": last + 1, "office_id": plan.office_id}
    session.add(
        VisitPlanStep(
            **key,
            state=plan.state,
            version=plan.version,
            content_hash=plan.content_hash,
            position=position,
            by_id=staff.staff_id,
            at=at,
        )
    )
    session.flush()
    if words:
        session.add(VisitPlanStepText(**key, words=words))
        session.flush()
