"""What a handover would do, read before anything is done: cases, what lies with them, clashes, loads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain import handovers as rules
from desktop.domain.handovers import (
    LOOKED_AFTER,
    Candidate,
    HandoverDistrict,
    HandoverPlan,
    HandoverPreview,
    Load,
    Move,
    MovePreview,
)
from desktop.domain.labels import HOUSEHOLD_TYPE, SAFETY_MARK
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.papers import PaperState
from desktop.domain.roles import Permission, Role
from desktop.domain.todos import TodoState
from desktop.models.households import Household, SafetyMark
from desktop.models.office import Assignment, District, Staff, StaffRole
from desktop.models.papers import PaperRecord
from desktop.models.todos import Todo
from desktop.models.visit_plans import PlannedVisitRecord
from desktop.services.handovers.unsettled import Settling, looked_after
from desktop.services.households.grades import present_grade
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on

_NO_TYPE, _NO_GRADE = "不明", "格付なし"


@dataclass(frozen=True, slots=True)
class Looking:
    """What the person sees of districts and caseworkers on the day of a handover."""

    session: Session
    staff: SignedInStaff
    day: date
    today: date

    def districts(self) -> tuple[HandoverDistrict, ...]:
        """The districts that the person may hand over, by code."""
        may = self.staff.may(Permission.DECIDE_APPROVALS)
        mains, counts = self._mains(), self._counts()
        rows = self.session.scalars(
            select(District)
            .where(District.office_id == self.staff.office_id)
            .order_by(District.code)
        )
        return tuple(
            HandoverDistrict(
                district_id=d.id,
                code=d.code,
                name=d.name,
                from_id=mains.get(d.id, ("", None))[1],
                caseworker=mains.get(d.id, ("", None))[0],
                households=counts.get(d.id, 0),
            )
            for d in rows
            if may and self.staff.positions_in(d.id)
        )

    def candidates(self) -> tuple[Candidate, ...]:
        """Caseworkers in service on the day, by kana, with the households looked after then."""
        loads = self._loads(self._mains())
        rows = self.session.execute(
            select(Staff.id, Staff.name)
            .join(StaffRole, StaffRole.staff_id == Staff.id)
            .where(
                Staff.office_id == self.staff.office_id,
                StaffRole.role == Role.CASEWORKER,
                holds_on(StaffRole, self.day),
                Staff.active_from <= self.day,
                or_(Staff.active_to.is_(None), Staff.active_to >= self.day),
            )
            .order_by(Staff.kana, Staff.login)
        )
        return tuple(
            Candidate(staff_id=staff_id, name=name, households=loads.get(staff_id, 0))
            for staff_id, name in rows
            if staff_id != self.staff.staff_id
        )

    def preview(self, plan: HandoverPlan) -> HandoverPreview:
        """What the plan would do, move by move, and the loads of everybody concerned."""
        districts = {d.district_id: d for d in self.districts()}
        names = {c.staff_id: c.name for c in self.candidates()}
        after = self._after(plan.moves)
        moves = [
            self._move(districts[move.district_id], move, names, after)
            for move in plan.moves
            if move.district_id in districts
        ]
        return HandoverPreview(
            effective_on=self.day,
            moves=tuple(sorted(moves, key=lambda m: m.district.code)),
            loads=self._both_loads(plan.moves),
        )

    def _move(
        self,
        district: HandoverDistrict,
        move: Move,
        names: Mapping[UUID, str],
        after: Mapping[UUID, UUID],
    ) -> MovePreview:
        of = looked_after(district.district_id)
        settling = Settling(self.session, self.staff, district, self.day, self.today, after)
        return MovePreview(
            district=district,
            to_name=names.get(move.to_id, ""),
            types=self._types(of),
            grades=self._grades(of),
            marks=self._marks(of),
            todos=self._todos(of, district.from_id),
            papers=self._papers(of, district.from_id),
            planned_visits=self._planned(of),
            drafts=settling.drafts(district.from_id),
            unsettled=(*settling.returned(district.from_id), *settling.clashes(move.to_id)),
            refusal=self._refusal(district, move, names),
        )

    def _refusal(self, district: HandoverDistrict, move: Move, names: Mapping[UUID, str]) -> str:
        """Why the database would refuse the move; it judges again."""
        if move.to_id not in names:
            return rules.NO_CASEWORKER
        if move.to_id == district.from_id:
            return rules.SAME_PERSON
        if move.shown_from_id != district.from_id:
            return rules.OTHER_CASEWORKER
        begins = select(func.count()).where(
            Assignment.district_id == district.district_id,
            Assignment.kind == AssignmentKind.MAIN,
            Assignment.valid_from >= self.day,
        )
        return rules.ANOTHER_BEGINS if self.session.scalar(begins) else ""

    def _types(self, of: ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
        rows = self.session.scalars(select(Household.household_type).where(of))
        found = Counter(HOUSEHOLD_TYPE[t] if t else _NO_TYPE for t in rows)
        return tuple(
            (label, found[label]) for label in (*HOUSEHOLD_TYPE.values(), _NO_TYPE) if found[label]
        )

    def _grades(self, of: ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
        labels = lookup.visit_grades(self.session, self.staff.office_id, self.today)
        rows = self.session.scalars(select(present_grade(self.today)).where(of))
        return _counted(labels[g].label if g in labels else g or _NO_GRADE for g in rows)

    def _marks(self, of: ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
        rows = self.session.scalars(
            select(SafetyMark.kind)
            .join(Household, Household.id == SafetyMark.household_id)
            .where(of, holds_on(SafetyMark, self.today))
        )
        return _counted(SAFETY_MARK[kind] for kind in rows)

    def _todos(self, of: ColumnElement[bool], from_id: UUID | None) -> int:
        found = (
            select(func.count())
            .select_from(Todo)
            .join(Household, Household.id == Todo.household_id)
            .where(of, Todo.owner_id == from_id, Todo.state == TodoState.OPEN)
        )
        return self.session.scalar(found) or 0

    def _papers(self, of: ColumnElement[bool], from_id: UUID | None) -> int:
        found = (
            select(func.count())
            .select_from(PaperRecord)
            .join(Household, Household.id == PaperRecord.household_id)
            .where(of, PaperRecord.owner_id == from_id, PaperRecord.state != PaperState.SETTLED)
        )
        return self.session.scalar(found) or 0

    def _planned(self, of: ColumnElement[bool]) -> int:
        """Visits that the district's plans have from the day on: they stay in the plans and are the new caseworker's."""
        v = PlannedVisitRecord
        found = (
            select(func.count(v.visit_id.distinct()))
            .select_from(v)
            .join(Household, Household.id == v.household_id)
            .where(of, v.to_version.is_(None), v.day >= self.day)
        )
        return self.session.scalar(found) or 0

    def _both_loads(self, moves: Sequence[Move]) -> tuple[Load, ...]:
        mains = self._mains()
        before = self._loads(mains)
        moved = {move.district_id: move.to_id for move in moves}
        after = self._loads({**mains, **{d: ("", to) for d, to in moved.items()}})
        concerned = set(moved.values()) | {
            from_id for d in moved if (from_id := mains.get(d, ("", None))[1]) is not None
        }
        rows = self.session.execute(
            select(Staff.id, Staff.name)
            .where(Staff.id.in_(concerned))
            .order_by(Staff.kana, Staff.login)
        )
        return tuple(
            Load(
                staff_id=staff_id,
                name=name,
                before=before.get(staff_id, 0),
                after=after.get(staff_id, 0),
            )
            for staff_id, name in rows
        )

    def _after(self, moves: Sequence[Move]) -> dict[UUID, UUID]:
        """District → who has it when all of it was done: in a rotation also the new one's own district goes."""
        mains = {d: staff_id for d, (_, staff_id) in self._mains().items() if staff_id is not None}
        return mains | {move.district_id: move.to_id for move in moves}

    def _loads(self, mains: Mapping[UUID, tuple[str, UUID | None]]) -> Counter[UUID]:
        loads = Counter[UUID]()
        for district_id, count in self._counts().items():
            staff_id = mains.get(district_id, ("", None))[1]
            if staff_id is not None:
                loads[staff_id] += count
        return loads

    def _mains(self) -> dict[UUID, tuple[str, UUID | None]]:
        return main_caseworkers(self.session, self.day)

    def _counts(self) -> dict[UUID, int]:
        rows = self.session.execute(
            select(Household.district_id, func.count())
            .where(Household.office_id == self.staff.office_id, Household.state.in_(LOOKED_AFTER))
            .group_by(Household.district_id)
        )
        return {district_id: count for district_id, count in rows}  # noqa: C416 - rows are not pairs to the type checker


def _counted(labels: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each label came, by label."""
    return tuple(sorted(Counter(labels).items()))
