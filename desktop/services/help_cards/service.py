"""Reading the help."""

from __future__ import annotations

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.help_cards import HelpCard
from desktop.domain.office import SignedInStaff
from desktop.services.help_cards.shelf import office_cards


class HelpCardService:
    """The cards of the help. They are for everybody, whatever the role: nothing of a household stands in them."""

    def __init__(self, work: UnitOfWork, clock: Clock, staff: SignedInStaff) -> None:
        self._work, self._clock, self._staff = work, clock, staff

    def cards(self) -> tuple[HelpCard, ...]:
        """Every card as the person's office has it."""
        with self._work() as session:
            return office_cards(session, self._staff.office_id, self._clock.today())
