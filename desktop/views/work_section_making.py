"""What the sections of a case file about work and independence (就労と自立) are made of; `file_sections.py` registers them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from desktop.views.section_making import run_view

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.jobs.assessment_printing import AssessmentSheetJob
    from desktop.views.printing.run_view import PrintRunView
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


def assessments(workplace: Workplace, household_id: UUID) -> QWidget:
    """就労支援."""
    from desktop.jobs.assessment_printing import assessment_job
    from desktop.views.assessments.file_assessments import FileAssessments
    from desktop.views.assessments.ports import AssessmentPorts, AssessmentSetting

    services = workplace.services
    ports = AssessmentPorts(assessments=services.assessments, groups=services.support_groups)

    def make_paper(screen: ScreenView) -> tuple[PrintRunView, AssessmentSheetJob]:
        job = assessment_job(services.assessment_printing, workplace.fonts)
        return run_view(workplace, screen, job), job

    setting = AssessmentSetting(
        staff=workplace.staff,
        today=workplace.clock.today,
        runner=workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
        make_paper=make_paper,
    )
    return FileAssessments(household_id, ports, setting)


def support_plans(workplace: Workplace, household_id: UUID) -> QWidget:
    """個別支援計画."""
    from desktop.views.support_plans.making import make_file_plans

    return make_file_plans(workplace, household_id)


def monthly_papers(workplace: Workplace, household_id: UUID) -> QWidget:
    """毎月の書類."""
    from desktop.views.monthly_papers.file_monthly_papers import FileMonthlyPapers

    return FileMonthlyPapers(
        household_id, workplace.services.monthly_papers, workplace.runner, look=workplace.look
    )


def estimates(workplace: Workplace, household_id: UUID) -> QWidget:
    """試算・給付."""
    from desktop.views.work_estimates.making import make_file_estimates

    return make_file_estimates(workplace, household_id)


def activities(workplace: Workplace, household_id: UUID) -> QWidget:
    """支援活動."""
    from desktop.views.activities.making import make_file_activities

    return make_file_activities(workplace, household_id)


def referrals(workplace: Workplace, household_id: UUID) -> QWidget:
    """支援要請."""
    from desktop.views.activities.making import make_file_referrals

    return make_file_referrals(workplace, household_id)


def employment_spells(workplace: Workplace, household_id: UUID) -> QWidget:
    """就労・定着."""
    from desktop.views.activities.making import make_file_spells

    return make_file_spells(workplace, household_id)


def income_months(workplace: Workplace, household_id: UUID) -> QWidget:
    """就労収入."""
    from desktop.views.activities.making import make_file_incomes

    return make_file_incomes(workplace, household_id)


def medical(workplace: Workplace, household_id: UUID) -> QWidget:
    """通院・病状."""
    from desktop.views.medical.making import make_file_medical

    return make_file_medical(workplace, household_id)


def work_findings(workplace: Workplace, household_id: UUID) -> QWidget:
    """稼働能力の活用."""
    from desktop.views.work_findings.file_findings import make_file_findings

    return make_file_findings(workplace, household_id)


def guidance(workplace: Workplace, household_id: UUID) -> QWidget:
    """指導・指示."""
    from desktop.views.guidance.making import make_file_guidance

    return make_file_guidance(workplace, household_id)
