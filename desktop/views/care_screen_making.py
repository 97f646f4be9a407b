"""What the screens are made of with which an office is kept: settings, accounts, imports, disposal, audit; as `screen_making`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


def places(workplace: Workplace) -> ScreenView:
    """位置参照情報."""
    from desktop.views.places.making import make_places_screen

    return make_places_screen(workplace)


def masters(workplace: Workplace) -> ScreenView:
    """設定値."""
    from desktop.views.masters.masters_screen import MastersScreen

    return MastersScreen(
        workplace.services.masters,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )


def accounts(workplace: Workplace) -> ScreenView:
    """職員と権限."""
    from desktop.jobs.rights_printing import rights_job
    from desktop.views.accounts.accounts_screen import AccountsScreen
    from desktop.views.printing.paper import PrinterChoice
    from desktop.views.printing.run_view import PrintRunView

    rights = rights_job(workplace.services.rights_printing, workplace.fonts)
    return AccountsScreen(
        workplace.services.accounts,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        rights=(
            rights,
            lambda screen: PrintRunView(
                screen,
                rights,
                workplace.clock,
                dialogs=workplace.dialogs,
                printers=PrinterChoice(workplace.printers),
            ),
        ),
    )


def ledger(workplace: Workplace) -> ScreenView:
    """台帳取込."""
    from desktop.jobs.ledger import LedgerJob
    from desktop.services.ledger_import import shipped_mappings
    from desktop.views.ledger.ledger_screen import LedgerScreen

    return LedgerScreen(
        LedgerJob(workplace.services.ledger_import),
        shipped_mappings,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )


def disposal(workplace: Workplace) -> ScreenView:
    """文書廃棄."""
    from desktop.jobs.disposal import DisposalPaper
    from desktop.views.disposal.disposal_screen import DisposalScreen

    disposal = workplace.services.disposal
    screen = DisposalScreen(
        disposal,
        DisposalPaper(disposal, workplace.fonts),
        workplace.staff,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )
    workplace.changes.ledger_imported.connect(lambda *_: screen.reload_shown())
    return screen


def audit(workplace: Workplace) -> ScreenView:
    """監査."""
    from desktop.jobs.audit import AuditPaper
    from desktop.views.audit.audit_screen import AuditScreen
    from desktop.views.printing.paper import PrinterChoice

    return AuditScreen(
        workplace.services.audit,
        AuditPaper(workplace.fonts),
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        printers=PrinterChoice(workplace.printers),
    )


def help_care(workplace: Workplace) -> ScreenView:
    """手引の整備."""
    from desktop.views.help_cards.care_making import make_help_care_screen

    return make_help_care_screen(workplace)
