"""What each section of a case file is made of (就労と自立: `work_section_making.py`); `file_sections.py` registers them.

Factories import their section when the file is first opened.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.roles import Permission

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.views.attachments.attach_panel import AttachSetting
    from desktop.views.printing.run_view import Draws, PrintRunView
    from desktop.views.screen import ScreenView
    from desktop.views.support_policies.section_papers import PolicyPaper
    from desktop.views.workplace import Workplace


def _paper(workplace: Workplace, screen: ScreenView) -> PrintRunView:
    from desktop.jobs.record_printing import record_press

    services = workplace.services
    press = record_press(services.printing, services.issued_forms, workplace.fonts)
    return run_view(workplace, screen, press)


def _policy_paper(workplace: Workplace, screen: ScreenView, paper: PolicyPaper) -> PrintRunView:
    from desktop.jobs.policy_printing import (
        explanation_press,
        other_programmes_press,
        policy_press,
    )
    from desktop.views.support_policies.section_papers import PolicyPaper

    services, fonts = workplace.services, workplace.fonts
    policies, issued = services.policy_printing, services.issued_forms
    jobs: dict[PolicyPaper, Draws] = {
        PolicyPaper.SHEET: policy_press(policies, issued, fonts),
        PolicyPaper.FOR_PERSON: explanation_press(policies, issued, fonts, with_readings=False),
        PolicyPaper.FOR_PERSON_READ: explanation_press(policies, issued, fonts, with_readings=True),
        PolicyPaper.OTHER_PROGRAMMES: other_programmes_press(
            services.other_programmes, issued, fonts
        ),
    }
    return run_view(workplace, screen, jobs[paper])


def slip_paper(workplace: Workplace, screen: ScreenView) -> PrintRunView:
    """The way to paper of slips and receipts, also for the screen 受領書類."""
    from desktop.jobs.slip_printing import SlipPrintJob

    job = SlipPrintJob(workplace.services.paper_printing, workplace.fonts)
    return run_view(workplace, screen, job)


def run_view(workplace: Workplace, screen: ScreenView, draws: Draws) -> PrintRunView:
    """The way to paper of what draws here."""
    from desktop.views.printing.paper import PrinterChoice
    from desktop.views.printing.run_view import PrintRunView

    return PrintRunView(
        screen,
        draws,
        workplace.clock,
        dialogs=workplace.dialogs,
        printers=PrinterChoice(workplace.printers),
    )


def chronicle(workplace: Workplace, household_id: UUID) -> QWidget:
    """記録."""
    from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
    from desktop.views.records.ports import RecordPorts

    services = workplace.services
    ports = RecordPorts(
        records=services.records,
        files=services.households,
        office=services.office,
        todos=services.todos,
        phrases=services.phrases,
        drafting=services.drafting,
        reasons=services.masters,
        histories=services.histories,
        papers=services.papers,
        duties=services.policy_duties,
        ticks=services.ticks,
        incomes=services.income_months,
        agencies=services.agency_contacts,
    )
    setting = ChronicleSetting(
        staff=workplace.staff,
        clock=workplace.clock,
        runner=workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        make_paper=partial(_paper, workplace),
    )
    return ChronicleView(household_id, ports, setting)


def support_policies(workplace: Workplace, household_id: UUID) -> QWidget:
    """援助方針."""
    from desktop.views.support_policies.policy_section import PolicySection, SectionSetting
    from desktop.views.support_policies.ports import PolicyPorts

    services = workplace.services
    ports = PolicyPorts(
        policies=services.support_policies, records=services.records, files=services.households
    )
    setting = SectionSetting(
        staff=workplace.staff,
        clock=workplace.clock,
        runner=workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
        make_paper=partial(_policy_paper, workplace),
    )
    return PolicySection(household_id, ports, setting)


def brief(workplace: Workplace, household_id: UUID) -> QWidget:
    """訪問前のまとめ."""
    from desktop.views.briefs.brief_section import BriefSection, BriefSetting

    setting = BriefSetting(
        staff=workplace.staff,
        clock=workplace.clock,
        runner=workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
    )
    return BriefSection(household_id, workplace.services.policy_duties, setting)


def grades(workplace: Workplace, household_id: UUID) -> QWidget:
    """訪問格付."""
    from desktop.views.visit_grades.file_grades import FileGrades

    return FileGrades(
        household_id,
        workplace.services.visit_grades,
        workplace.staff,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
    )


def papers(workplace: Workplace, household_id: UUID) -> QWidget:
    """受領書類."""
    from desktop.views.papers.file_papers import FilePapers

    return FilePapers(
        household_id,
        workplace.services.papers,
        workplace.services.attachments,
        workplace.staff,
        workplace.runner,
        changes=workplace.changes,
        make_paper=partial(slip_paper, workplace),
        setting=attach_setting(workplace),
    )


def declarations(workplace: Workplace, household_id: UUID) -> QWidget:
    """申告."""
    from desktop.views.declarations.file_declarations import FileDeclarations

    return FileDeclarations(
        household_id, workplace.services.declarations, workplace.runner, look=workplace.look
    )


def procedures(workplace: Workplace, household_id: UUID) -> QWidget:
    """手続."""
    from desktop.views.procedures.file_procedures import FileProceduresView

    return FileProceduresView(
        household_id,
        workplace.services.procedures,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
    )


def liaisons(workplace: Workplace, household_id: UUID) -> QWidget:
    """関係先."""
    from desktop.views.liaisons.file_liaisons import FileLiaisonsView

    return FileLiaisonsView(
        household_id,
        workplace.services.liaisons,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
    )


def forms(workplace: Workplace, household_id: UUID) -> QWidget:
    """帳票."""
    from desktop.reports.catalogue import form_titles
    from desktop.views.printing.file_forms import FileForms

    titles = form_titles()
    return FileForms(
        household_id,
        workplace.services.issued_forms,
        workplace.runner,
        look=workplace.look,
        titles=titles,
        may_print=workplace.staff.may(Permission.PRINT_DRAFTS),
        make_paper=partial(_household_paper, workplace, titles),
    )


def _household_paper(
    workplace: Workplace, titles: dict[str, str], screen: ScreenView, code: str
) -> PrintRunView:
    """The way of a form about the household, or of a reprint where there is no code."""
    from desktop.jobs.household_printing import (
        absence_note_press,
        call_letter_press,
        caseworker_letter_press,
        handover_sheet_press,
        household_sheet_press,
        visit_notice_press,
    )
    from desktop.jobs.policy_printing import other_programmes_press
    from desktop.jobs.reprinting import ReprintJob

    services, fonts = workplace.services, workplace.fonts
    issued, households = services.issued_forms, services.household_printing
    ways: dict[str, Callable[[], Draws]] = {
        "": lambda: ReprintJob(issued, titles),
        "K-02": lambda: household_sheet_press(households, issued, fonts),
        "K-25": lambda: handover_sheet_press(households, issued, fonts),
        "K-10": lambda: absence_note_press(households, issued, fonts),
        "L-02": lambda: caseworker_letter_press(households, issued, fonts),
        "L-03": lambda: call_letter_press(households, issued, fonts),
        "L-04": lambda: visit_notice_press(households, issued, fonts),
        "K-24": lambda: other_programmes_press(services.other_programmes, issued, fonts),
    }
    return run_view(workplace, screen, ways[code]())


def _transfer_paper(workplace: Workplace, screen: ScreenView) -> PrintRunView:
    from desktop.jobs.transfer_printing import TransferJob

    services = workplace.services
    job = TransferJob(services.transfer_printing, services.issued_forms, workplace.fonts)
    return run_view(workplace, screen, job)


def visits(workplace: Workplace, household_id: UUID) -> QWidget:
    """訪問の都合."""
    from desktop.views.visit_preferences.file_visits import FileVisits

    return FileVisits(
        household_id,
        workplace.services.visit_preferences,
        workplace.runner,
        look=workplace.look,
        today=workplace.clock.today,
    )


def transfers(workplace: Workplace, household_id: UUID) -> QWidget:
    """移管."""
    from desktop.views.transfers.file_transfers import FileTransfers

    return FileTransfers(
        household_id,
        workplace.services.transfers,
        workplace.staff,
        workplace.runner,
        today=workplace.clock.today,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
        make_paper=partial(_transfer_paper, workplace),
    )


def inquiries(workplace: Workplace, household_id: UUID) -> QWidget:
    """照会・調査."""
    from desktop.views.inquiries.making import make_file_inquiries

    return make_file_inquiries(workplace, household_id)


def disclosures(workplace: Workplace, household_id: UUID) -> QWidget:
    """開示."""
    from desktop.views.disclosures.file_disclosures import FileDisclosures

    return FileDisclosures(
        household_id,
        workplace.services.disclosures,
        workplace.staff,
        workplace.runner,
        look=workplace.look,
        today=workplace.clock.today,
    )


def attach_setting(workplace: Workplace) -> AttachSetting:
    """What attaching files needs of the workplace."""
    from desktop.views.attachments.attach_panel import AttachSetting

    return AttachSetting(dialogs=workplace.dialogs, look=workplace.look, watched=workplace.watched)


def accesses(workplace: Workplace, household_id: UUID) -> QWidget:
    """閲覧履歴."""
    from desktop.views.households.access_history import AccessHistory

    return AccessHistory(
        household_id,
        workplace.services.histories,
        workplace.runner,
        look=workplace.look,
        today=workplace.clock.today,
        is_training=workplace.staff.is_training,
    )


def holds(workplace: Workplace, household_id: UUID) -> QWidget:
    """廃棄の保留."""
    from desktop.views.households.file_holds import FileHoldsView

    return FileHoldsView(
        household_id,
        workplace.services.file_holds,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        may_end=workplace.staff.may(Permission.CHECK_DISPOSAL),
    )
