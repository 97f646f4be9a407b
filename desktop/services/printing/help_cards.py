"""A card of the help on paper (手引 H-01)."""

from __future__ import annotations

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.help_forms import CardSheet, lines_of
from desktop.domain.office import SignedInStaff
from desktop.services.help_cards.shelf import office_cards
from desktop.services.imprints import imprint_of

_GONE = "この手引は、いまはありません。手引（F1）を開き直してください。"


class HelpCardPrinting:
    """The cards as sheets, for everybody as the cards are: nothing of a household stands in them, so no log is kept of it."""

    def __init__(self, work: UnitOfWork, clock: Clock, staff: SignedInStaff) -> None:
        self._work, self._clock, self._staff = work, clock, staff

    def prepare(self, key: str) -> CardSheet:
        """The card of this key as the office has it now. Raises UserError where it has been withdrawn."""
        with self._work() as session:
            cards = office_cards(session, self._staff.office_id, self._clock.today())
            card = next((card for card in cards if card.key == key), None)
            if card is None:
                raise UserError(_GONE)
            titles = {other.key: other.title for other in cards}
            return CardSheet(
                imprint=imprint_of(session, self._staff, self._clock),
                title=card.title,
                kind=card.kind,
                articles=card.articles,
                lines=lines_of(card.text),
                tasks=card.tasks,
                see=tuple(titles[other] for other in card.see if other in titles),
                is_checked=card.is_checked,
                is_own=card.is_own,
                origin=card.origin,
            )
