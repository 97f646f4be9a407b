"""Builds the screen 担当替え."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.jobs.household_printing import handover_sheet_press
from desktop.views.handovers.handovers_screen import HandoversScreen
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from desktop.domain.handover_sheets import Recipient
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


def make_handovers_screen(workplace: Workplace) -> HandoversScreen:
    """The screen over the services of the signed-in person."""
    services = workplace.services

    def make_sheets(screen: ScreenView, readers: Callable[[UUID], Recipient]) -> PrintRunView:
        press = handover_sheet_press(
            services.household_printing, services.issued_forms, workplace.fonts, readers
        )
        return PrintRunView(
            screen,
            press,
            workplace.clock,
            dialogs=workplace.dialogs,
            printers=PrinterChoice(workplace.printers),
        )

    return HandoversScreen(
        services.handovers,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        make_sheets=make_sheets,
    )
