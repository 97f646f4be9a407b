"""What the screen 担当替え asks of the use cases."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from desktop.domain.handover_order import Fault, HandoverLine
from desktop.domain.handover_sheets import Recipient
from desktop.domain.handovers import (
    Candidate,
    HandoverDistrict,
    HandoverPlan,
    HandoverPreview,
    HandoverRow,
    HandoverSide,
    Leaving,
)

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView
    from desktop.views.screen import ScreenView

#: Makes the way to paper of the 引継票 of many households on a screen; who asks says for whom each is.
MakeSheets = Callable[["ScreenView", Callable[[UUID], Recipient]], "PrintRunView"]


class KeepsHandovers(Protocol):
    """Handovers of districts (`services/handovers`)."""

    def offered(self, day: date) -> tuple[tuple[HandoverDistrict, ...], tuple[Candidate, ...]]:
        """The districts that the person may hand over, and the caseworkers there are on the day."""

    def preview(self, plan: HandoverPlan) -> HandoverPreview:
        """What a plan would do."""

    def hand_over(
        self, plan: HandoverPlan, report: Callable[[int, int], None], stopped: Callable[[], bool]
    ) -> int:
        """Hand over all of it or nothing; how many households that is."""

    def undo(self, *handover_ids: UUID) -> int:
        """Take handovers back, all or none."""

    def handovers(self) -> tuple[HandoverRow, ...]:
        """Those that the person leads or takes part in."""

    def households(self, handover_id: UUID) -> tuple[HandoverLine, ...]:
        """Its households, whom to meet first at the top."""

    def open_files(self, handover_id: UUID, household_ids: Collection[UUID]) -> None:
        """Open files of its households for the handover."""

    def leaving(self, handover_id: UUID) -> Leaving:
        """What the former caseworker still has in its households."""

    def confirm(self, handover_id: UUID, household_id: UUID, side: HandoverSide) -> bool:
        """Confirm a household on one side; whether a draft of the entry was made."""

    def draft_entry(self, handover_id: UUID, household_id: UUID) -> bool:
        """Make a draft of the entry 担当引継; False where there is one."""

    def ask_for_returned(self, handover_id: UUID, household_id: UUID) -> str:
        """Ask for what came back to a predecessor; who is asked."""

    def check(self, handover_id: UUID) -> int:
        """Take the list of faults once; how many there are."""

    def faults(self, handover_id: UUID, household_id: UUID) -> tuple[Fault, ...]:
        """The faults that were kept of one household."""

    def tick(self, fault_id: UUID) -> None:
        """Tick a fault off."""
