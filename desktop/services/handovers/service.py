"""Use cases of the handover: look at what would happen, do it at once or not at all, take it back, confirm, check, follow up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from desktop.database import handing_over
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain import handovers as rules
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.handovers import (
    Candidate,
    HandoverDistrict,
    HandoverPlan,
    HandoverPreview,
    HandoverRow,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.services.handovers.listing import LISTED_DAYS, listed
from desktop.services.handovers.preview import Looking
from desktop.services.permission import needs

#: Told how much is done: districts done, of how many.
Report = Callable[[int, int], None]
_STOPPED = "担当替えを中止しました。何も変わっていません。"


@dataclass(frozen=True, slots=True)
class HandoverService:
    """Handovers of one signed-in person: who leads districts hands over, both caseworkers confirm."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

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
    def undo(self, handover_id: UUID) -> int:
        """Take a handover back as though it had not been; returns how many households it had. ConflictError says why not."""
        with self.work() as session:
            return handing_over.undo(session, self.staff, handover_id, self.clock.now())

    @needs(Permission.OPEN_CASE_FILES)
    def handovers(self) -> tuple[HandoverRow, ...]:
        """Those that the person leads or takes part in, the newest day first."""
        today = self.clock.today()
        with self.work() as session:
            handing_over.follow_due(session, self.staff, self.clock.now())
            return listed(session, self.staff, today, today - timedelta(days=LISTED_DAYS))

    def _check(self, plan: HandoverPlan) -> None:
        today = self.clock.today()
        if not plan.moves:
            raise ValidationError(moves=rules.NOTHING_CHOSEN)
        if not today <= plan.effective_on <= today + timedelta(days=rules.MOST_DAYS_AHEAD):
            raise ValidationError(effective_on=rules.BAD_DAY)
