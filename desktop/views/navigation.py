"""Every screen, registered once; sections of a case file stand in `file_sections.py`.

Factories import their screen when it is first opened: the window is up before the screens are loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.roles import Permission

if TYPE_CHECKING:
    from desktop.views.papers.applications_panel import ApplicationsPanel
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen of the left navigation: shown to whoever holds the permission (None: everybody)."""

    key: str
    title: str
    shortcut: str
    permission: Permission | None
    make: Callable[[Workplace], ScreenView]


def screens_for(workplace: Workplace, screens: tuple[Screen, ...]) -> tuple[Screen, ...]:
    """Those screens that this person may use."""
    staff = workplace.staff
    return tuple(s for s in screens if s.permission is None or staff.may(s.permission))


def _desk(workplace: Workplace) -> ScreenView:
    from desktop.views.desk.desk_screen import DeskScreen
    from desktop.views.desk.sources import DeskSources

    services = workplace.services
    sources = DeskSources(
        records=services.records,
        todos=services.todos,
        duties=services.policy_duties,
        plans=services.visit_plans,
        approvals=services.reviews,
        supervision=services.supervision,
        printing=services.printing,
        masters=services.masters,
        office=services.office,
        households=services.households,
    )
    return DeskScreen(
        sources,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
    )


def _households(workplace: Workplace) -> ScreenView:
    from desktop.views.households.household_list import HouseholdList

    services = workplace.services
    view = HouseholdList(
        services.households, services.office, workplace.staff, workplace.runner, workplace.look
    )
    workplace.changes.ledger_imported.connect(view.reload)
    return view


def _printing(workplace: Workplace) -> ScreenView:
    from desktop.views.printing.making import make_print_screen

    return make_print_screen(workplace)


def _working_time(workplace: Workplace) -> ScreenView:
    from desktop.views.working_time.making import make_working_time_screen

    return make_working_time_screen(workplace)


def _joint_visits(workplace: Workplace) -> ScreenView:
    from desktop.views.working_time.making import make_joint_visits_screen

    return make_joint_visits_screen(workplace)


def _places(workplace: Workplace) -> ScreenView:
    from desktop.views.places.making import make_places_screen

    return make_places_screen(workplace)


def _masters(workplace: Workplace) -> ScreenView:
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


def _accounts(workplace: Workplace) -> ScreenView:
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


def _ledger(workplace: Workplace) -> ScreenView:
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


def _disposal(workplace: Workplace) -> ScreenView:
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


def _audit(workplace: Workplace) -> ScreenView:
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


def _review(workplace: Workplace) -> ScreenView:
    from desktop.views.approvals.review_pane import ReviewPane

    return ReviewPane(
        workplace.services.reviews,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        today=workplace.clock.today,
    )


def _policy_review(workplace: Workplace) -> ScreenView:
    from desktop.views.policy_review.ports import ReviewPorts
    from desktop.views.policy_review.review_screen import PolicyReviewScreen
    from desktop.views.policy_review.review_session import ReviewSetting
    from desktop.views.support_policies.ports import PolicyPorts

    services = workplace.services
    policies = PolicyPorts(
        policies=services.support_policies, records=services.records, files=services.households
    )
    setting = ReviewSetting(
        staff=workplace.staff,
        clock=workplace.clock,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )
    ports = ReviewPorts(reviews=services.policy_review, policies=policies)
    return PolicyReviewScreen(ports, workplace.runner, setting)


def _papers(workplace: Workplace) -> ScreenView:
    from desktop.jobs.paper_news import PaperNews
    from desktop.views.file_sections import attach_setting, slip_paper
    from desktop.views.papers.papers_screen import PapersScreen

    services = workplace.services
    screen = PapersScreen(
        services.papers,
        services.attachments,
        services.households,
        workplace.staff,
        workplace.runner,
        changes=workplace.changes,
        make_paper=partial(slip_paper, workplace),
        make_applications=partial(_applications, workplace),
        setting=attach_setting(workplace),
    )
    listener = services.papers.listener()
    PaperNews(listener.has_news, workplace.runner, workplace.changes, screen).begin()
    screen.destroyed.connect(listener.close)
    return screen


def _applications(workplace: Workplace, screen: ScreenView) -> ApplicationsPanel:
    from desktop.services.online_applications import shipped_application_mappings
    from desktop.views.papers.applications_panel import ApplicationsPanel, ApplicationsSetting

    services = workplace.services
    setting = ApplicationsSetting(
        mappings=shipped_application_mappings,
        files=services.households,
        dialogs=workplace.dialogs,
        look=workplace.look,
    )
    return ApplicationsPanel(screen, services.online_applications, setting)


def _declarations(workplace: Workplace) -> ScreenView:
    from desktop.views.declarations.making import make_declarations_screen

    return make_declarations_screen(workplace)


def _transfers(workplace: Workplace) -> ScreenView:
    from desktop.views.transfers.transfers_screen import TransfersScreen

    return TransfersScreen(
        workplace.services.transfers,
        workplace.runner,
        today=workplace.clock.today,
        changes=workplace.changes,
        look=workplace.look,
    )


def _inquiries(workplace: Workplace) -> ScreenView:
    from desktop.views.inquiries.making import make_inquiries_screen

    return make_inquiries_screen(workplace)


def _carry_outs(workplace: Workplace) -> ScreenView:
    from desktop.views.carry_outs.making import make_carry_outs_screen

    return make_carry_outs_screen(workplace)


def _disclosures(workplace: Workplace) -> ScreenView:
    from desktop.views.disclosures.making import make_disclosures_screen

    return make_disclosures_screen(workplace)


def _conferences(workplace: Workplace) -> ScreenView:
    from desktop.views.conferences.making import make_conferences_screen

    return make_conferences_screen(workplace)


def _visit_plans(workplace: Workplace) -> ScreenView:
    from desktop.views.visit_plans.making import make_visit_plans_screen

    return make_visit_plans_screen(workplace)


SCREENS: tuple[Screen, ...] = (
    Screen(key="desk", title="わたしの机", shortcut="Ctrl+1", permission=None, make=_desk),
    Screen(
        key="households",
        title="世帯一覧",
        shortcut="Ctrl+2",
        permission=Permission.FIND_HOUSEHOLDS,
        make=_households,
    ),
    Screen(
        key="approvals",
        title="決裁待ち",
        shortcut="Ctrl+3",
        permission=Permission.DECIDE_APPROVALS,
        make=_review,
    ),
    Screen(
        key="policy_review",
        title="方針見直し",
        shortcut="Ctrl+Shift+H",
        permission=Permission.WRITE_RECORDS,
        make=_policy_review,
    ),
    Screen(
        key="visit_plans",
        title="訪問計画",
        shortcut="Ctrl+Shift+V",
        permission=Permission.OPEN_CASE_FILES,
        make=_visit_plans,
    ),
    Screen(
        key="conferences",
        title="会議・支援区分",
        shortcut="Ctrl+Shift+E",
        permission=Permission.CALL_CONFERENCES,
        make=_conferences,
    ),
    Screen(
        key="papers",
        title="受領書類",
        shortcut="Ctrl+Shift+R",
        permission=Permission.RECEIVE_PAPERS,
        make=_papers,
    ),
    Screen(
        key="declarations",
        title="申告",
        shortcut="Ctrl+Shift+D",
        permission=Permission.RECEIVE_PAPERS,
        make=_declarations,
    ),
    Screen(
        key="transfers",
        title="移管",
        shortcut="Ctrl+Shift+T",
        permission=Permission.OPEN_CASE_FILES,
        make=_transfers,
    ),
    Screen(
        key="inquiries",
        title="照会・調査",
        shortcut="Ctrl+Shift+Q",
        permission=Permission.OPEN_CASE_FILES,
        make=_inquiries,
    ),
    Screen(
        key="carry_outs",
        title="持出",
        shortcut="Ctrl+Shift+M",
        permission=Permission.OPEN_CASE_FILES,
        make=_carry_outs,
    ),
    Screen(
        key="working_time",
        title="勤務と当番",
        shortcut="Ctrl+Shift+W",
        permission=Permission.OPEN_CASE_FILES,
        make=_working_time,
    ),
    Screen(
        key="joint_visits",
        title="同行と約束",
        shortcut="Ctrl+Shift+Y",
        permission=Permission.OPEN_CASE_FILES,
        make=_joint_visits,
    ),
    Screen(
        key="printing",
        title="帳票",
        shortcut="Ctrl+4",
        permission=Permission.PRINT_RECORDS,
        make=_printing,
    ),
    Screen(
        key="disclosures",
        title="開示",
        shortcut="Ctrl+Shift+O",
        permission=Permission.SEE_DISCLOSURES,
        make=_disclosures,
    ),
    Screen(
        key="ledger",
        title="台帳取込",
        shortcut="Ctrl+5",
        permission=Permission.IMPORT_LEDGER,
        make=_ledger,
    ),
    Screen(
        key="masters",
        title="設定値",
        shortcut="Ctrl+6",
        permission=Permission.SEE_MASTERS,
        make=_masters,
    ),
    Screen(
        key="places",
        title="位置参照情報",
        shortcut="Ctrl+Shift+G",
        permission=Permission.EDIT_MASTERS,
        make=_places,
    ),
    Screen(
        key="accounts",
        title="職員と権限",
        shortcut="Ctrl+7",
        permission=Permission.APPROVE_ACCOUNTS,
        make=_accounts,
    ),
    Screen(
        key="disposal",
        title="文書廃棄",
        shortcut="Ctrl+8",
        permission=Permission.SEE_DISPOSAL,
        make=_disposal,
    ),
    Screen(
        key="audit",
        title="監査",
        shortcut="Ctrl+9",
        permission=Permission.SEE_AUDIT_REPORT,
        make=_audit,
    ),
)
