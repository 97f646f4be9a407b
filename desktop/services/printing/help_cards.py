"""A card of the help on paper (手引 H-01)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.help_forms import CardSheet, lines_of
from desktop.domain.office import SignedInStaff
from desktop.services.help_cards.shelf import office_cards
from desktop.services.imprints import imprint_of

_GONE = "この手引は、いまはありません。手引（F1）を開き直してください。"


@dataclass(frozen=True, slots=True)
class HelpCardPrinting:
    """The cards as sheets, for everybody who reads them: nothing of a household stands in them, so no log is kept of it."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    def prepare(self, key: str) -> CardSheet:
        """The card of this key as the office has it now. Raises UserError where it has been withdrawn."""
        with self.work() as session:
            cards = office_cards(session, self.staff.office_id, self.clock.today())
            card = next((card for card in cards if card.key == key), None)
            if card is None:
                raise UserError(_GONE)
            titles = {other.key: other.title for other in cards}
            return CardSheet(
                imprint=imprint_of(session, self.staff, self.clock),
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
