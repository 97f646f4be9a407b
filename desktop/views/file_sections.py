"""Every section of a case file, registered once, and the file that holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.roles import Permission
from desktop.views import section_making, work_section_making
from desktop.views.households.section_groups import SectionGroup
from desktop.views.requests import FileRequest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.views.households.case_file import CaseFileView
    from desktop.views.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSection:
    """A section of the case file. A widget with `show_entry(UUID)` can be asked to jump to an entry."""

    key: str
    title: str
    group: SectionGroup
    make: Callable[[Workplace, UUID], QWidget]
    permission: Permission | None = None


def make_case_file(workplace: Workplace, request: FileRequest) -> CaseFileView:
    """The file of a household, with its sections."""
    from desktop.views.households.case_file import CaseFileView
    from desktop.views.households.section_groups import Section

    sections = tuple(
        Section(
            key=s.key,
            title=s.title,
            make=partial(s.make, workplace, request.household_id),
            group=s.group,
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
    FileSection(
        key="chronicle", title="記録", group=SectionGroup.RECORDS, make=section_making.chronicle
    ),
    FileSection(
        key="support_policies",
        title="援助方針",
        group=SectionGroup.RECORDS,
        make=section_making.support_policies,
    ),
    FileSection(
        key="visit_grades", title="訪問格付", group=SectionGroup.VISITS, make=section_making.grades
    ),
    FileSection(
        key="brief", title="訪問前のまとめ", group=SectionGroup.VISITS, make=section_making.brief
    ),
    FileSection(
        key="visit_preferences",
        title="訪問の都合",
        group=SectionGroup.VISITS,
        make=section_making.visits,
    ),
    FileSection(
        key="liaisons", title="関係先", group=SectionGroup.VISITS, make=section_making.liaisons
    ),
    FileSection(
        key="papers", title="受領書類", group=SectionGroup.PAPERS, make=section_making.papers
    ),
    FileSection(
        key="declarations",
        title="申告",
        group=SectionGroup.PAPERS,
        make=section_making.declarations,
    ),
    FileSection(
        key="procedures",
        title="手続",
        group=SectionGroup.PAPERS,
        make=section_making.procedures,
    ),
    FileSection(key="forms", title="帳票", group=SectionGroup.PAPERS, make=section_making.forms),
    FileSection(
        key="assessments",
        title="就労支援",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.assessments,
    ),
    FileSection(
        key="support_plans",
        title="個別支援計画",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.support_plans,
    ),
    FileSection(
        key="activities",
        title="支援活動",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.activities,
    ),
    FileSection(
        key="referrals",
        title="支援要請",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.referrals,
    ),
    FileSection(
        key="employment_spells",
        title="就労・定着",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.employment_spells,
    ),
    FileSection(
        key="income_months",
        title="就労収入",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.income_months,
    ),
    FileSection(
        key="monthly_papers",
        title="毎月の書類",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.monthly_papers,
    ),
    FileSection(
        key="medical",
        title="通院・病状",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.medical,
    ),
    FileSection(
        key="work_estimates",
        title="試算・給付",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.estimates,
    ),
    FileSection(
        key="work_findings",
        title="稼働能力の活用",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.work_findings,
        permission=Permission.JUDGE_ABILITY,
    ),
    FileSection(
        key="guidance",
        title="指導・指示",
        group=SectionGroup.EMPLOYMENT,
        make=work_section_making.guidance,
        permission=Permission.GUIDE,
    ),
    FileSection(
        key="transfers", title="移管", group=SectionGroup.EXCHANGE, make=section_making.transfers
    ),
    FileSection(
        key="inquiries",
        title="照会・調査",
        group=SectionGroup.EXCHANGE,
        make=section_making.inquiries,
    ),
    FileSection(
        key="disclosures",
        title="開示",
        group=SectionGroup.EXCHANGE,
        make=section_making.disclosures,
        permission=Permission.SEE_DISCLOSURES,
    ),
    FileSection(
        key="accesses", title="閲覧履歴", group=SectionGroup.HISTORY, make=section_making.accesses
    ),
    FileSection(
        key="holds", title="廃棄の保留", group=SectionGroup.HISTORY, make=section_making.holds
    ),
)
