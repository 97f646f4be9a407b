"""Use cases of the handover: look at what would happen, do it at once or not at all, take it back, confirm, check, follow up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import handing_over
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain import handovers as rules
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError, UserError, ValidationError
from desktop.domain.handover_order import Fault, HandoverLine
from desktop.domain.handovers import (
    Candidate,
    HandoverDistrict,
    HandoverPlan,
    HandoverPreview,
    HandoverRow,
    HandoverSide,
    Leaving,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.handovers import HandoverFault, HandoverHousehold, HandoverRecord
from desktop.models.office import Staff
from desktop.services.handovers.asking import ask_for_returned
from desktop.services.handovers.households import ENTRY_KIND, HandedOver
from desktop.services.handovers.leaving import leaving
from desktop.services.handovers.listing import LISTED_DAYS, acting_for, leads, listed, takes_part
from desktop.services.handovers.preview import Looking
from desktop.services.permission import needs
from desktop.services.records import RecordService
from desktop.services.supervision import SupervisionService
from desktop.services.supervision.service import RULES

#: Told how much is done: districts done, of how many.
Report = Callable[[int, int], None]
#: Why a file outside the own duty is opened: who comes reads before the day, who left after it.
_READING_REASON = "担当替えの引継ぎ"
_STOPPED = "担当替えを中止しました。何も変わっていません。"


@dataclass(frozen=True, slots=True)
class HandoverService:
    """Handovers of one signed-in person: who leads districts hands over, both caseworkers confirm."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    records: RecordService

    @needs(Permission.DECIDE_APPROVALS)
    def offered(self, day: date) -> tuple[tuple[HandoverDistrict, ...], tuple[Candidate, ...]]:
        """The districts that the person may hand over, and the caseworkers there are on the day."""
        with self.work() as session:
            looking = Looking(session, self.staff, day, self.clock.today())
            return looking.districts(), looking.candidates()

    @needs(Permission.DECIDE_APPROVALS)
    def preview(self, plan: HandoverPlan) -> HandoverPreview:
        """What the plan would do; nothing is stored."""
        self._check(plan)
        with self.work() as session:
            return Looking(session, self.staff, plan.effective_on, self.clock.today()).preview(plan)

    @needs(Permission.DECIDE_APPROVALS)
    def hand_over(
        self,
        plan: HandoverPlan,
        report: Report = lambda _done, _total: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> int:
        """Hand all districts of the plan over, or none; returns how many households that is.

        All in one transaction: `stopped` is asked between districts, and stopping leaves everything as it was.
        """
        self._check(plan)
        households, now = 0, self.clock.now()
        with self.work() as session:
            for done, move in enumerate(plan.moves):
                if stopped():
                    raise UserError(_STOPPED)
                report(done, len(plan.moves))
                households += handing_over.hand_over(
                    session, self.staff, plan.batch_id, move, plan.effective_on, now
                )
            if stopped():
                raise UserError(_STOPPED)
        report(len(plan.moves), len(plan.moves))
        return households

    @needs(Permission.DECIDE_APPROVALS)
    def undo(self, *handover_ids: UUID) -> int:
        """Take handovers back as though they had not been, all or none; returns how many households they had. ConflictError says why not."""
        with self.work() as session:
            return sum(
                handing_over.undo(session, self.staff, handover_id, self.clock.now())
                for handover_id in handover_ids
            )

    @needs(Permission.OPEN_CASE_FILES)
    def handovers(self) -> tuple[HandoverRow, ...]:
        """Those that the person leads or takes part in, the newest day first."""
        today = self.clock.today()
        with self.work() as session:
            handing_over.follow_due(session, self.staff, self.clock.now())
            return listed(session, self.staff, today, today - timedelta(days=LISTED_DAYS))

    @needs(Permission.OPEN_CASE_FILES)
    def households(self, handover_id: UUID) -> tuple[HandoverLine, ...]:
        """The households of a handover, whom to meet first at the top."""
        with self.work() as session:
            made = self._made(session, handover_id)
            return HandedOver(session, self.staff, made, self.clock.today()).lines()

    @needs(Permission.OPEN_CASE_FILES)
    def open_files(self, handover_id: UUID, household_ids: Collection[UUID]) -> None:
        """Open files of its households for the handover: also before the day for who comes, and after it for who left."""
        with self.work() as session:
            made, h = self._made(session, handover_id), HandoverHousehold
            own = session.scalars(
                select(h.household_id).where(
                    h.handover_id == made.id, h.household_id.in_(household_ids)
                )
            ).all()
        self.records.reading.open(Purpose.HANDOVER, own, reason=_READING_REASON)

    @needs(Permission.OPEN_CASE_FILES)
    def leaving(self, handover_id: UUID) -> Leaving:
        """What the former caseworker still has in its households."""
        with self.work() as session:
            return leaving(session, self._made(session, handover_id))

    @needs(Permission.WRITE_RECORDS)
    def confirm(self, handover_id: UUID, household_id: UUID, side: HandoverSide) -> bool:
        """Confirm a household on one side. Where the new caseworker does and both have, a draft of the entry 担当引継 is made; says so."""
        with self.work() as session:
            now = self.clock.now()
            handing_over.confirm(session, self.staff, handover_id, [household_id], side, now)
            made = self._made(session, handover_id)
            row = session.get_one(HandoverHousehold, (handover_id, household_id))
            is_both = row.taken_at is not None and (
                made.from_id is None or row.given_at is not None
            )
        if side is HandoverSide.TAKEN and is_both:
            return self.draft_entry(handover_id, household_id)
        return False

    @needs(Permission.WRITE_RECORDS)
    def draft_entry(self, handover_id: UUID, household_id: UUID) -> bool:
        """Make a draft of the entry 担当引継 in one's own name; False where the household has such an entry."""
        with self.work() as session:
            made = self._made(session, handover_id)
            handed = HandedOver(session, self.staff, made, self.clock.today())
            if household_id in handed.written():
                return False
        self.records.save(self.records.blank(household_id, ENTRY_KIND))
        return True

    @needs(Permission.WRITE_RECORDS)
    def ask_for_returned(self, handover_id: UUID, household_id: UUID) -> str:
        """Ask for what came back to a predecessor: the author, by whoever gives tasks, else the supervisor. Returns who is asked."""
        with self.work() as session:
            made = self._made(session, handover_id)
            return ask_for_returned(session, self.staff, made, household_id, self.clock.now())

    @needs(Permission.SEE_SUPERVISION)
    def check(self, handover_id: UUID) -> int:
        """Take the list of faults (総点検) once, of what the radar finds in its households now. Returns how many."""
        found = SupervisionService(self.work, self.clock, self.staff).findings()
        kept = [(f.household_id, f.rule) for f in found if f.household_id is not None]
        with self.work() as session:
            return handing_over.take_faults(
                session, self.staff, handover_id, kept, self.clock.now()
            )

    @needs(Permission.OPEN_CASE_FILES)
    def faults(self, handover_id: UUID, household_id: UUID) -> tuple[Fault, ...]:
        """The faults that were kept of one household, open ones first."""
        f = HandoverFault
        names = {rule.info.rule: rule.info.name for rule in RULES}
        with self.work() as session:
            rows = session.execute(
                select(f, Staff.name)
                .outerjoin(Staff, Staff.id == f.ticked_by)
                .where(f.handover_id == handover_id, f.household_id == household_id)
                .order_by(f.ticked_at.is_not(None), f.rule)
            )
            return tuple(
                Fault(
                    fault_id=fault.id,
                    household_id=household_id,
                    rule=fault.rule,
                    name=names.get(fault.rule, fault.rule),
                    ticked_at=fault.ticked_at,
                    ticked_by=by or "",
                )
                for fault, by in rows
            )

    @needs(Permission.OPEN_CASE_FILES)
    def tick(self, fault_id: UUID) -> None:
        """Tick a fault off; once more changes nothing."""
        with self.work() as session:
            handing_over.tick(session, self.staff, fault_id, self.clock.now())

    def _made(self, session: Session, handover_id: UUID) -> HandoverRecord:
        made = session.get(HandoverRecord, handover_id)
        if made is None or made.office_id != self.staff.office_id:
            raise NotPermittedError(rules.NOT_FOUND)
        acting = acting_for(session, self.staff, self.clock.today())
        if not leads(self.staff, made.district_id) and not takes_part(self.staff, made, acting):
            raise NotPermittedError(rules.NOT_FOUND)
        return made

    def _check(self, plan: HandoverPlan) -> None:
        today = self.clock.today()
        if not plan.moves:
            raise ValidationError(moves=rules.NOTHING_CHOSEN)
        if not today <= plan.effective_on <= today + timedelta(days=rules.MOST_DAYS_AHEAD):
            raise ValidationError(effective_on=rules.BAD_DAY)
