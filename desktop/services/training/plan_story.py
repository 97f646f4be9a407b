"""The yearly plans of the training office: approved in March, kept so far; one lies undecided, one visit and one household were forgotten.

They are told from what the records say: months in which a household was really visited were planned, and what the grade or the law
asks for beyond lies in the months to come. Who came under protection later was added by a deviation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import Role
from desktop.domain.visit_plan_digest import plan_digest
from desktop.domain.visit_plan_periods import first_of_month, first_of_year, months_of
from desktop.domain.visit_plans import (
    Deviation,
    PlanKind,
    PlannedVisit,
    PlanState,
    VisitKind,
    WhyVersion,
)
from desktop.domain.working_time import Half
from desktop.models.base import Base
from desktop.models.households import Household
from desktop.models.office import Assignment, District, Staff, StaffRole
from desktop.models.visit_plans import (
    PlannedVisitRecord,
    VisitDeviation,
    VisitPlanRecord,
    VisitPlanStep,
    VisitPlanVersion,
)
from desktop.services.households.grades import present_grade
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on
from desktop.services.training.plants import Plant, PlantList
from desktop.services.visit_plans.by_household import by_household
from desktop.services.visit_plans.floors import Demand, demands
from desktop.services.visit_plans.standing import visits_made

#: Days before 1 April on which the plan was drafted, handed in and approved.
_DRAFTED, _SUBMITTED, _APPROVED = 12, 9, 4
_MONTHS_IN_YEAR, _MINUTES = 12, 40
_FORGOTTEN_MONTHS_AGO = 2
#: The first open days of a month are payment days: nobody visits.
_FIRST_OPEN_DAYS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What a plan is and who did what when; without a decider it still waits."""

    district_id: UUID
    staff_id: UUID | None
    kind: PlanKind
    first_on: date
    by: UUID
    drafted_at: datetime
    submitted_at: datetime
    decider: UUID | None
    decided_at: datetime


@dataclass(slots=True)
class PlanStory:
    """Writes the plans of an office that is there; counts the rows by table."""

    session: Session
    office_id: UUID
    today: date
    new_id: Callable[[], UUID]
    found: PlantList
    rows: Counter[str]
    has_month: bool = False

    def tell(self) -> None:
        """Every district with a caseworker has a plan; the last one's waits, and in the first one a visit was forgotten."""
        main = main_caseworkers(self.session, self.today)
        districts = self.session.scalars(
            select(District).where(District.office_id == self.office_id).order_by(District.code)
        )
        planned = [d for d in districts if main.get(d.id, ("", None))[1] is not None]
        first_on = first_of_year(self.today)
        limits = lookup.thresholds(self.session, self.office_id, self.today)
        is_late = self.today > first_on + timedelta(days=limits.v02_days)
        for place, district in enumerate(planned):
            staff_id = main[district.id][1]
            waits = is_late and place == len(planned) - 1 and place > 0
            plan = self._plan(district, staff_id, first_on, is_approved=not waits)
            if plan is None:
                continue
            if waits:
                login = self.session.scalar(select(Staff.login).where(Staff.id == staff_id))
                due_on = first_on + timedelta(days=limits.v02_days)
                detail = "年間訪問計画が決裁待ちのまま"
                self.found.staff("V02", str(login), detail, is_near=False, since=due_on)

    def _plan(
        self, district: District, staff_id: UUID | None, first_on: date, *, is_approved: bool
    ) -> UUID | None:
        by, decider = self._people(district.id, staff_id, first_on)
        if by is None or decider is None:
            return None
        visits, later = self._visits(district, first_on, may_forget=is_approved)
        days = [_at(first_on - timedelta(days=n)) for n in (_DRAFTED, _SUBMITTED, _APPROVED)]
        head = _Head(
            district_id=district.id,
            staff_id=staff_id,
            kind=PlanKind.YEAR,
            first_on=first_on,
            by=by,
            drafted_at=days[0],
            submitted_at=days[1],
            decider=decider if is_approved else None,
            decided_at=days[2],
        )
        plan_id = self._store(head, visits)
        if is_approved:
            key = {"plan_id": plan_id, "office_id": self.office_id, "by_id": by}
            self._write(VisitDeviation, [{**key, **row} for row in _numbered(later)])
            if not self.has_month:
                self._month(head, visits)
        return plan_id

    def _month(self, year: _Head, visits: Sequence[PlannedVisit]) -> None:
        """The first district's next month was laid out by days and waits for its approval."""
        month = months_later(first_of_month(self.today), 1)
        calendar = lookup.business_calendar(self.session, self.office_id, self.today)
        last = months_later(month, 1) - timedelta(days=1)
        days = [month + timedelta(days=n) for n in range((last - month).days + 1)]
        opened = [day for day in days if calendar.is_open(day)][_FIRST_OPEN_DAYS:]
        wanted = [visit for visit in visits if visit.month == month]
        if not wanted or not opened:
            return
        laid = [
            replace(
                visit,
                day=opened[n // len(Half) * 2 % len(opened)],
                half=tuple(Half)[n % len(Half)],
                place=1 + n // (len(opened) * len(Half)),
            )
            for n, visit in enumerate(wanted)
        ]
        day = _at(self.today - timedelta(days=1))
        head = replace(
            year,
            kind=PlanKind.MONTH,
            first_on=month,
            drafted_at=day,
            submitted_at=day,
            decider=None,
        )
        self._store(head, laid)
        self.has_month = True

    def _store(self, head: _Head, visits: Sequence[PlannedVisit]) -> UUID:
        """Write a plan with its version, its moves and its visits."""
        plan_id = self.new_id()
        content_hash = plan_digest(head.district_id, head.kind, head.first_on, visits, ())
        key = {"plan_id": plan_id, "office_id": self.office_id}
        version = {"version": 1, "content_hash": content_hash}
        is_approved = head.decider is not None
        self._write(
            VisitPlanRecord,
            [
                {
                    "id": plan_id,
                    "office_id": self.office_id,
                    **version,
                    "district_id": head.district_id,
                    "staff_id": head.staff_id,
                    "kind": head.kind,
                    "first_on": head.first_on,
                    "state": PlanState.APPROVED if is_approved else PlanState.SUBMITTED,
                    "state_at": head.decided_at if is_approved else head.submitted_at,
                    "drafted_by": head.by,
                    "saved_by": head.by,
                    "saved_at": head.drafted_at,
                    "submitted_by": head.by,
                    "submitted_at": head.submitted_at,
                    "decided_by": head.decider,
                    "decided_at": head.decided_at if is_approved else None,
                }
            ],
        )
        saved = {"save_id": self.new_id(), "why": WhyVersion.PROPOSED, "saved_by": head.by}
        self._write(VisitPlanVersion, [{**key, **version, **saved, "saved_at": head.drafted_at}])
        steps: list[tuple[PlanState, UUID, datetime, str]] = [
            (PlanState.SUBMITTED, head.by, head.submitted_at, "")
        ]
        if head.decider is not None:
            role = Role.SECTION_HEAD if head.decider == self._head() else Role.SUPERVISOR
            steps.append((PlanState.APPROVED, head.decider, head.decided_at, role.value))
        self._write(
            VisitPlanStep,
            [
                {**key, **version, "number": n, "state": s, "by_id": who, "at": at, "position": p}
                for n, (s, who, at, p) in enumerate(steps, start=1)
            ],
        )
        self._write(PlannedVisitRecord, [{**key, **_row(visit)} for visit in visits])
        return plan_id

    def _people(
        self, district_id: UUID, staff_id: UUID | None, first_on: date
    ) -> tuple[UUID | None, UUID | None]:
        """Who drafted the plan then, and a supervisor of the district who is somebody else."""
        drafted_on = first_on - timedelta(days=_DRAFTED)
        then = main_caseworkers(self.session, drafted_on, [district_id])
        by = then.get(district_id, ("", None))[1] or staff_id
        a = Assignment
        supervisor = select(a.staff_id).where(
            a.district_id == district_id,
            a.kind == AssignmentKind.SUPERVISOR,
            a.staff_id != by,
            holds_on(a, self.today),
        )
        decider = self.session.scalar(supervisor.order_by(a.valid_from).limit(1))
        return by, decider or self._head()

    def _head(self) -> UUID | None:
        """Where the supervisor looks after the district himself, the head decides."""
        r = StaffRole
        heads = select(r.staff_id).where(
            r.office_id == self.office_id, r.role == Role.SECTION_HEAD, holds_on(r, self.today)
        )
        return self.session.scalar(heads.order_by(r.valid_from, r.staff_id).limit(1))

    def _visits(
        self, district: District, first_on: date, *, may_forget: bool
    ) -> tuple[list[PlannedVisit], list[dict[str, Any]]]:
        """The visits of the plan, and the deviations that added those of households that came later."""
        asked = demands(self.session, self.office_id, district.id, first_on, self.today)
        grades = lookup.visit_grades(self.session, self.office_id, self.today)
        h = Household
        of_district = (h.district_id == district.id) & (h.state == HouseholdState.RECEIVING)
        codes = by_household(
            self.session, select(h.id, present_grade(self.today)).where(of_district)
        )
        numbers = by_household(self.session, select(h.id, h.case_number).where(of_district))
        made = defaultdict[UUID, list[date]](list)
        for visit in visits_made(self.session, of_district, first_on, self.today):
            if visit.is_met:
                made[visit.household_id].append(first_of_month(visit.on))
        visits: list[PlannedVisit] = []
        later: list[dict[str, Any]] = []
        forgets = may_forget and not self._planted("V10")
        for turn, household_id in enumerate(sorted(numbers, key=lambda each: str(numbers[each]))):
            demand = asked[household_id]
            grade = grades.get(codes[household_id] or "")
            wanted = max(demand.required, grade.visits_per_year if grade else 0)
            months = self._months(first_on, demand, wanted, made[household_id], turn)
            is_new = demand.since is not None and demand.since > first_on - timedelta(days=1)
            if is_new and may_forget and demand.required and not self._planted("V03"):
                plant = Plant("V03", (self.today - first_on).days)
                number = numbers[household_id]
                self.found.household(plant, number, first_on, "開始の後、計画に足されていない")
                continue
            if is_new:
                later += [self._added(household_id, month, demand) for month in months]
                continue
            forgotten = self._forgettable(first_on, made[household_id]) if forgets else None
            if forgotten is not None:
                forgets = False
                months = [forgotten, *months]
                self._note(numbers[household_id], forgotten)
            code = codes[household_id] or ""
            visits += [self._visit(household_id, month, demand, code) for month in sorted(months)]
        return visits, later

    def _months(
        self, first_on: date, demand: Demand, wanted: int, made: Sequence[date], turn: int
    ) -> list[date]:
        """Months already visited, then months to come until there are enough of them; by `turn`, so that all are alike."""
        now = first_of_month(self.today)
        ahead = [month for month in months_of(PlanKind.YEAR, first_on) if month > now]
        since = first_of_month(demand.since) if demand.since else first_on
        past = [month for month in made if month >= since]
        months = past[: max(wanted - bool(ahead), 0)]
        missing = wanted - len(months)
        if missing > 0 and not ahead:
            return [*past, *[now] * max(wanted - len(past), 0)]
        places = (turn + n * len(ahead) // missing for n in range(missing))
        return [*months, *(ahead[place % len(ahead)] for place in places)]

    def _forgettable(self, first_on: date, made: Iterable[date]) -> date | None:
        """A month that is over for long enough and in which the household was not visited."""
        month = first_of_month(months_later(self.today, -_FORGOTTEN_MONTHS_AGO))
        return month if month >= first_on and month not in set(made) else None

    def _planted(self, rule: str) -> bool:
        return any(line["rule"] == rule for line in self.found.planted)

    def _note(self, case_number: str, month: date) -> None:
        since = months_later(month, 1) - timedelta(days=1)
        plant = Plant("V10", (self.today - since).days)
        self.found.household(plant, case_number, since, "計画した月に実施も変更の記録もない")

    def _visit(self, household_id: UUID, month: date, demand: Demand, grade: str) -> PlannedVisit:
        return PlannedVisit(
            visit_id=self.new_id(),
            household_id=household_id,
            month=month,
            minutes=_MINUTES,
            purposes=("living",),
            is_statutory=demand.required >= _MONTHS_IN_YEAR,
            rule="grade",
            values={"grade": grade},
        )

    def _added(self, household_id: UUID, month: date, demand: Demand) -> dict[str, Any]:
        since = max(demand.since or self.today, first_of_year(self.today))
        return {
            "id": self.new_id(),
            "visit_id": self.new_id(),
            "household_id": household_id,
            "change": Deviation.ADDED,
            "reason": "need",
            "from_month": None,
            "from_day": None,
            "from_half": None,
            "to_month": month,
            "to_day": None,
            "to_half": None,
            "kind": VisitKind.PLANNED,
            "minutes": _MINUTES,
            "at": _at(min(since + timedelta(days=10), self.today - timedelta(days=1))),
        }

    def _write(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self.session.execute(insert(table), [dict(row) for row in rows])
            self.rows[table.__tablename__] += len(rows)


def _row(visit: PlannedVisit) -> dict[str, Any]:
    return {
        "visit_id": visit.visit_id,
        "from_version": 1,
        "to_version": None,
        "household_id": visit.household_id,
        "kind": visit.kind,
        "month": visit.month,
        "day": visit.day,
        "half": visit.half,
        "place": visit.place,
        "minutes": visit.minutes,
        "purposes": ",".join(visit.purposes),
        "is_statutory": visit.is_statutory,
        "is_announced": False,
        "is_locked": False,
        "rule": visit.rule,
        "rule_values": dict(visit.values),
        "first_on": None,
        "last_on": None,
        "due_on": None,
        "unplanned": "",
        "unplanned_values": {},
    }


def _numbered(later: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Deviations in the order in which they were noted."""
    ordered = sorted(later, key=lambda row: (row["at"], str(row["household_id"]), row["to_month"]))
    return [{**row, "number": number} for number, row in enumerate(ordered, start=1)]


def _at(day: date) -> datetime:
    """The afternoon of a day; a weekend's is the Friday's before."""
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return datetime.combine(day, time(15, 20), tzinfo=JAPAN)
