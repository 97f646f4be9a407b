"""What each screen is made of; `navigation.py` registers them.

Factories import their screen when it is first opened: the window is up before the screens are loaded.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.views.papers.applications_panel import ApplicationsPanel
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


def desk(workplace: Workplace) -> ScreenView:
    """わたしの机."""
    from desktop.views.desk.desk_screen import DeskScreen
    from desktop.views.desk.sources import DeskSources

    services = workplace.services
    sources = DeskSources(
        records=services.records,
        todos=services.todos,
        memos=services.telephone_memos,
        instructions=services.instructions,
        handovers=services.handovers,
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


def households(workplace: Workplace) -> ScreenView:
    """世帯一覧."""
    from desktop.views.households.household_list import HouseholdList

    services = workplace.services
    view = HouseholdList(
        services.households, services.office, workplace.staff, workplace.runner, workplace.look
    )
    workplace.changes.ledger_imported.connect(view.reload)
    return view


def printing(workplace: Workplace) -> ScreenView:
    """帳票."""
    from desktop.views.printing.making import make_print_screen

    return make_print_screen(workplace)


def handovers(workplace: Workplace) -> ScreenView:
    """担当替え."""
    from desktop.views.handovers.making import make_handovers_screen

    return make_handovers_screen(workplace)


def working_time(workplace: Workplace) -> ScreenView:
    """勤務と当番."""
    from desktop.views.working_time.making import make_working_time_screen

    return make_working_time_screen(workplace)


def joint_visits(workplace: Workplace) -> ScreenView:
    """同行と約束."""
    from desktop.views.working_time.making import make_joint_visits_screen

    return make_joint_visits_screen(workplace)


def review(workplace: Workplace) -> ScreenView:
    """決裁待ち."""
    from desktop.views.approvals.review_pane import ReviewPane

    return ReviewPane(
        workplace.services.reviews,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        today=workplace.clock.today,
    )


def policy_review(workplace: Workplace) -> ScreenView:
    """方針見直し."""
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


def papers(workplace: Workplace) -> ScreenView:
    """受領書類."""
    from desktop.views.papers.papers_screen import PapersScreen
    from desktop.views.section_making import attach_setting, slip_paper

    services = workplace.services
    return PapersScreen(
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


def declarations(workplace: Workplace) -> ScreenView:
    """申告."""
    from desktop.views.declarations.making import make_declarations_screen

    return make_declarations_screen(workplace)


def monthly_papers(workplace: Workplace) -> ScreenView:
    """毎月の書類."""
    from desktop.views.monthly_papers.making import make_monthly_papers_screen

    return make_monthly_papers_screen(workplace)


def transfers(workplace: Workplace) -> ScreenView:
    """移管."""
    from desktop.views.transfers.transfers_screen import TransfersScreen

    return TransfersScreen(
        workplace.services.transfers,
        workplace.runner,
        today=workplace.clock.today,
        changes=workplace.changes,
        look=workplace.look,
    )


def inquiries(workplace: Workplace) -> ScreenView:
    """照会・調査."""
    from desktop.views.inquiries.making import make_inquiries_screen

    return make_inquiries_screen(workplace)


def carry_outs(workplace: Workplace) -> ScreenView:
    """持出."""
    from desktop.views.carry_outs.making import make_carry_outs_screen

    return make_carry_outs_screen(workplace)


def disclosures(workplace: Workplace) -> ScreenView:
    """開示."""
    from desktop.views.disclosures.making import make_disclosures_screen

    return make_disclosures_screen(workplace)


def visit_plans(workplace: Workplace) -> ScreenView:
    """訪問計画."""
    from desktop.views.visit_plans.making import make_visit_plans_screen

    return make_visit_plans_screen(workplace)


def conferences(workplace: Workplace) -> ScreenView:
    """会議・支援区分."""
    from desktop.views.conferences.making import make_conferences_screen

    return make_conferences_screen(workplace)


def support_month(workplace: Workplace) -> ScreenView:
    """就労支援."""
    from desktop.views.activities.making import make_month_screen

    return make_month_screen(workplace)


def tax_surveys(workplace: Workplace) -> ScreenView:
    """課税調査."""
    from desktop.views.procedures.survey_screen import SurveyScreen

    return SurveyScreen(
        workplace.services.procedures,
        workplace.runner,
        look=workplace.look,
        today=workplace.clock.today,
    )


def rule_changes(workplace: Workplace) -> ScreenView:
    """改正の窓."""
    from desktop.views.rule_changes.making import make_changes_screen

    return make_changes_screen(workplace)


def practice(workplace: Workplace) -> ScreenView:
    """練習."""
    from desktop.views.practice.practice_screen import PracticeScreen

    services = workplace.services
    return PracticeScreen(
        services.practice, services.help_cards, workplace.runner, look=workplace.look
    )


def participations(workplace: Workplace) -> ScreenView:
    """事業参加."""
    from desktop.views.participations.making import make_participations_screen

    return make_participations_screen(workplace)


def search(workplace: Workplace) -> ScreenView:
    """検索."""
    from desktop.views.search.search_screen import SearchScreen

    return SearchScreen(
        workplace.services.search,
        workplace.services.saved_searches,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )


def phrases(workplace: Workplace) -> ScreenView:
    """定型句."""
    from desktop.views.phrases.phrases_screen import PhrasesScreen

    return PhrasesScreen(
        workplace.services.phrases,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )


def telephone_memos(workplace: Workplace) -> ScreenView:
    """電話メモ（未特定）."""
    from desktop.views.telephone_memos.calls_screen import CallsScreen

    services = workplace.services
    return CallsScreen(
        services.telephone_memos,
        services.households,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        today=workplace.clock.today,
    )


def effort(workplace: Workplace) -> ScreenView:
    """業務と成果."""
    from desktop.views.effort.making import make_effort_screen

    return make_effort_screen(workplace)
