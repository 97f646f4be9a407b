"""Builds the screen 担当替え."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.handovers.handovers_screen import HandoversScreen

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_handovers_screen(workplace: Workplace) -> HandoversScreen:
    """The screen over the services of the signed-in person."""
    return HandoversScreen(
        workplace.services.handovers,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )
