"""What the help's panel is made of."""

from __future__ import annotations

from collections.abc import Callable

from desktop.views.help_cards.event_form import EventForm
from desktop.views.help_cards.help_panel import HelpPanel
from desktop.views.requests import HouseholdAtHand
from desktop.views.workplace import Workplace


def make_help_panel(
    workplace: Workplace, at_hand: Callable[[], HouseholdAtHand | None]
) -> HelpPanel:
    """The panel with the form of its events."""
    services, runner = workplace.services, workplace.runner
    today = workplace.clock.today
    event = EventForm(services.event_checklists, runner, workplace.changes, today, at_hand)
    return HelpPanel(services.help_cards, event, runner, workplace.look)
