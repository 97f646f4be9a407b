"""Makes the screen 就労支援 and the sections 支援活動, 支援要請, 就労・定着 and 就労収入 of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from desktop.jobs.activity_printing import month_report_job, support_sheet_job
from desktop.views.activities.act_section import SheetOnScreen
from desktop.views.activities.file_activities import FileActivitiesView
from desktop.views.activities.month_screen import MonthScreen
from desktop.views.employment_spells.file_spells import FileSpellsView
from desktop.views.income_months.file_incomes import FileIncomesView
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.referrals.file_referrals import FileReferralsView
from desktop.views.screen import ScreenView

if TYPE_CHECKING:
    from desktop.views.printing.run_view import Draws
    from desktop.views.workplace import Workplace


class _Papers:
    """The ways to paper of one workplace."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def of_household(self, screen: ScreenView, code: str) -> tuple[PrintRunView, SheetOnScreen]:
        """A sheet of a household."""
        services, fonts = self._workplace.services, self._workplace.fonts
        job = support_sheet_job(code, services.activity_printing, services.issued_forms, fonts)
        return self._view(screen, job), job

    def of_month(self, screen: ScreenView, code: str) -> tuple[PrintRunView, SheetOnScreen]:
        """A report of a month."""
        services, fonts = self._workplace.services, self._workplace.fonts
        job = month_report_job(code, services.activity_printing, fonts)
        return self._view(screen, job), job

    def _view(self, screen: ScreenView, job: Draws) -> PrintRunView:
        return PrintRunView(
            screen,
            job,
            self._workplace.clock,
            dialogs=self._workplace.dialogs,
            printers=PrinterChoice(self._workplace.printers),
        )


def make_month_screen(workplace: Workplace) -> MonthScreen:
    """The screen over the services of the signed-in person."""
    return MonthScreen(
        workplace.services.activities,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
        make_paper=_Papers(workplace).of_month,
    )


def make_file_activities(workplace: Workplace, household_id: UUID) -> FileActivitiesView:
    """支援活動."""
    return FileActivitiesView(
        household_id,
        workplace.services.activities,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
        make_paper=_Papers(workplace).of_household,
    )


def make_file_referrals(workplace: Workplace, household_id: UUID) -> FileReferralsView:
    """支援要請."""
    return FileReferralsView(
        household_id,
        workplace.services.referrals,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
        make_paper=_Papers(workplace).of_household,
    )


def make_file_spells(workplace: Workplace, household_id: UUID) -> FileSpellsView:
    """就労・定着."""
    return FileSpellsView(
        household_id,
        workplace.services.employment_spells,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
        make_paper=_Papers(workplace).of_household,
    )


def make_file_incomes(workplace: Workplace, household_id: UUID) -> FileIncomesView:
    """就労収入."""
    return FileIncomesView(
        household_id,
        workplace.services.income_months,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
        make_paper=_Papers(workplace).of_household,
    )
