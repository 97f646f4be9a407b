"""Every section of a case file, registered once, and the file that holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.roles import Permission
from desktop.views.requests import FileRequest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.views.attachments.attach_panel import AttachSetting
    from desktop.views.households.case_file import CaseFileView
    from desktop.views.printing.run_view import Draws, PrintRunView
    from desktop.views.screen import ScreenView
    from desktop.views.support_policies.section_papers import PolicyPaper
    from desktop.views.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSection:
    """A section of the case file. A widget with `show_entry(UUID)` can be asked to jump to an entry."""

    key: str
    title: str
    make: Callable[[Workplace, UUID], QWidget]
    comes_last: bool = False
    permission: Permission | None = None


def _paper(workplace: Workplace, screen: ScreenView) -> PrintRunView:
    from desktop.jobs.printing import PrintJob

    return _run_view(workplace, screen, PrintJob(workplace.services.printing, workplace.fonts))


def _policy_paper(workplace: Workplace, screen: ScreenView, paper: PolicyPaper) -> PrintRunView:
    from desktop.jobs.policy_printing import (
        explanation_job,
        other_programmes_job,
        policy_job,
    )
    from desktop.views.support_policies.section_papers import PolicyPaper

    services, fonts = workplace.services, workplace.fonts
    jobs: dict[PolicyPaper, Draws] = {
        PolicyPaper.SHEET: policy_job(services.policy_printing, fonts),
        PolicyPaper.FOR_PERSON: explanation_job(
            services.policy_printing, fonts, with_readings=False
        ),
        PolicyPaper.FOR_PERSON_READ: explanation_job(
            services.policy_printing, fonts, with_readings=True
        ),
        PolicyPaper.OTHER_PROGRAMMES: other_programmes_job(services.other_programmes, fonts),
    }
    return _run_view(workplace, screen, jobs[paper])


def slip_paper(workplace: Workplace, screen: ScreenView) -> PrintRunView:
    """The way to paper of slips and receipts, also for the screen 受領書類."""
    from desktop.jobs.slip_printing import SlipPrintJob

    job = SlipPrintJob(workplace.services.paper_printing, workplace.fonts)
    return _run_view(workplace, screen, job)


def _run_view(workplace: Workplace, screen: ScreenView, draws: Draws) -> PrintRunView:
    from desktop.views.printing.paper import PrinterChoice
    from desktop.views.printing.run_view import PrintRunView

    return PrintRunView(
        screen, draws, workplace.clock, dialogs=workplace.dialogs, printers=PrinterChoice()
    )


def _chronicle(workplace: Workplace, household_id: UUID) -> QWidget:
    from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
    from desktop.views.records.ports import RecordPorts

    services = workplace.services
    ports = RecordPorts(
        records=services.records,
        files=services.households,
        office=services.office,
        todos=services.todos,
        reasons=services.masters,
        histories=services.histories,
        papers=services.papers,
        duties=services.policy_duties,
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


def _support_policies(workplace: Workplace, household_id: UUID) -> QWidget:
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


def _brief(workplace: Workplace, household_id: UUID) -> QWidget:
    from desktop.views.briefs.brief_section import BriefSection, BriefSetting

    setting = BriefSetting(
        staff=workplace.staff,
        clock=workplace.clock,
        runner=workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
    )
    return BriefSection(household_id, workplace.services.policy_duties, setting)


def _file_papers(workplace: Workplace, household_id: UUID) -> QWidget:
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


def _file_declarations(workplace: Workplace, household_id: UUID) -> QWidget:
    from desktop.views.declarations.file_declarations import FileDeclarations

    return FileDeclarations(
        household_id, workplace.services.declarations, workplace.runner, look=workplace.look
    )


def _file_disclosures(workplace: Workplace, household_id: UUID) -> QWidget:
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


def _accesses(workplace: Workplace, household_id: UUID) -> QWidget:
    from desktop.views.households.access_history import AccessHistory

    return AccessHistory(
        household_id,
        workplace.services.histories,
        workplace.runner,
        look=workplace.look,
        today=workplace.clock.today,
        is_training=workplace.staff.is_training,
    )


def _holds(workplace: Workplace, household_id: UUID) -> QWidget:
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


def make_case_file(workplace: Workplace, request: FileRequest) -> CaseFileView:
    """The file of a household, with its sections."""
    from desktop.views.households.case_file import CaseFileView, Section

    sections = tuple(
        Section(
            key=s.key,
            title=s.title,
            make=partial(s.make, workplace, request.household_id),
            comes_last=s.comes_last,
        )
        for s in FILE_SECTIONS
        if s.permission is None or workplace.staff.may(s.permission)
    )
    services = workplace.services
    view = CaseFileView(
        services.households,
        services.masters,
        workplace.runner,
        look=workplace.look,
        clock=workplace.clock,
        request=request,
        sections=sections,
    )
    workplace.changes.entry_changed.connect(view.note_change)
    workplace.changes.approval_moved.connect(view.note_change)
    return view


#: Sections besides overview, members and history, which the case file brings itself.
FILE_SECTIONS: tuple[FileSection, ...] = (
    FileSection(key="chronicle", title="記録", make=_chronicle),
    FileSection(key="support_policies", title="援助方針", make=_support_policies),
    FileSection(key="brief", title="訪問前のまとめ", make=_brief),
    FileSection(key="papers", title="受領書類", make=_file_papers),
    FileSection(key="declarations", title="申告", make=_file_declarations),
    FileSection(
        key="disclosures",
        title="開示",
        make=_file_disclosures,
        permission=Permission.SEE_DISCLOSURES,
    ),
    FileSection(key="accesses", title="閲覧履歴", make=_accesses, comes_last=True),
    FileSection(key="holds", title="廃棄の保留", make=_holds, comes_last=True),
)
