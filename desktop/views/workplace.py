"""Everything a signed-in person works with, handed to the screens' factories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.reports.office_fonts import OfficeFonts
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look

if TYPE_CHECKING:
    from desktop.services.accounts import AccountService
    from desktop.services.approvals import ApprovalService
    from desktop.services.households import HouseholdService
    from desktop.services.ledger_import import LedgerImport
    from desktop.services.masters.service import MastersService
    from desktop.services.office import OfficeService
    from desktop.services.own_password import OwnPassword
    from desktop.services.printing import PrintService
    from desktop.services.records import RecordService
    from desktop.services.supervision import SupervisionService
    from desktop.services.todos import TodoService


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use cases of one signed-in person; built off the UI thread by `desktop/app.py`."""

    staff: SignedInStaff
    office: OfficeService
    households: HouseholdService
    records: RecordService
    approvals: ApprovalService
    todos: TodoService
    supervision: SupervisionService
    printing: PrintService
    masters: MastersService
    ledger_import: LedgerImport
    accounts: AccountService
    own_password: OwnPassword


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """Services and the means of the desk. Factories in `navigation` take out what their screen needs."""

    services: Services
    clock: Clock
    runner: JobRunner
    changes: ChangeBus
    look: Look
    dialogs: Dialogs
    fonts: OfficeFonts

    @property
    def staff(self) -> SignedInStaff:
        """Who sits here."""
        return self.services.staff
