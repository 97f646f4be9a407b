"""What the help's panel is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.domain.help_cards import HelpCard
from desktop.views.help_cards.event_form import EventForm
from desktop.views.help_cards.help_panel import HelpPanel
from desktop.views.requests import HouseholdAtHand
from desktop.views.workplace import Workplace

if TYPE_CHECKING:
    from desktop.views.help_cards.card_paper import CardPaper


def make_help_panel(
    workplace: Workplace, at_hand: Callable[[], HouseholdAtHand | None]
) -> HelpPanel:
    """The panel with the form of its events."""
    services, runner = workplace.services, workplace.runner
    today = workplace.clock.today
    event = EventForm(services.event_checklists, runner, workplace.changes, today, at_hand)
    panel = HelpPanel(services.help_cards, event, runner, workplace.look)
    papers: list[CardPaper] = []

    def print_card(card: HelpCard) -> None:
        if not papers:
            papers.append(_make_paper(workplace, panel))
        papers[0].show_card(card)

    panel.print_asked.connect(print_card)
    return panel


def _make_paper(workplace: Workplace, panel: HelpPanel) -> CardPaper:
    """Made when it is first asked for."""
    from desktop.jobs.help_printing import help_card_job
    from desktop.views.help_cards.card_paper import CardPaper
    from desktop.views.printing.paper import PrinterChoice

    paper = CardPaper(
        help_card_job(workplace.services.help_printing, workplace.fonts),
        workplace.clock,
        workplace.runner,
        dialogs=workplace.dialogs,
        printers=PrinterChoice(workplace.printers),
        parent=panel.window(),
    )
    paper.announced.connect(panel.announced)
    return paper
