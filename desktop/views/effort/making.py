"""Builds the screen 業務と成果."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.roles import Permission
from desktop.jobs.effort_files import EffortFiles
from desktop.jobs.effort_printing import monthly_report_job, programme_sheet_job
from desktop.views.effort.effort_screen import EffortScreen
from desktop.views.effort.ports import EffortPorts
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView

if TYPE_CHECKING:
    from desktop.views.printing.run_view import Draws
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


def make_effort_screen(workplace: Workplace) -> EffortScreen:
    """The screen over the services of the signed-in person."""
    services = workplace.services
    printing, fonts = services.effort_printing, workplace.fonts

    def view(screen: ScreenView, draws: Draws) -> PrintRunView:
        return PrintRunView(
            screen,
            draws,
            workplace.clock,
            dialogs=workplace.dialogs,
            printers=PrinterChoice(workplace.printers),
        )

    ports = EffortPorts(
        effort=services.effort,
        figures=services.kpis,
        reviews=services.programme_reviews,
        files=EffortFiles(printing),
        clock=workplace.clock,
        look=workplace.look,
        dialogs=workplace.dialogs,
        may_list=workplace.staff.may(Permission.PRINT_DRAFTS),
        monthly=monthly_report_job(printing, fonts),
        sheet=programme_sheet_job(printing, fonts),
        view=view,
    )
    return EffortScreen(ports, workplace.runner)
