"""The way to paper of support plans (S-11, S-08, S-12) and of a programme's register (S-09). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.support_plan_forms import (
    PlanPaper,
    PlanPaperAsked,
    ProgrammeRegister,
    ProgrammeRegisterAsked,
)
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress, RegisterJob
from desktop.reports.fonts import FontSet
from desktop.reports.support_plans.confirmation_sheet import CONFIRMATION_SHEET
from desktop.reports.support_plans.consent_sheet import CONSENT_SHEET
from desktop.reports.support_plans.plan_sheet import PLAN_SHEET
from desktop.reports.support_plans.register import PROGRAMME_REGISTER
from desktop.services.printing import SupportPlanPrinting


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaperJob(ChosenSheet[PlanPaperAsked, Any]):
    """Draws a paper of a version, and notes that it went to paper for the household."""

    service: SupportPlanPrinting
    _households: dict[UUID, UUID] = field(default_factory=dict)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The paper, to be looked at first. Raises UserError for any choice but of one."""
        _, run = self.run_of(subject_ids, mark, progress, cancelled)
        self._households[run.batch_id] = self._asked[subject_ids[0]].household_id
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that it went to paper."""
        self.service.record(
            run.batch_id,
            self._households[run.batch_id],
            self.form.code,
            run.mark,
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


def plan_paper_job(
    paper: PlanPaper, service: SupportPlanPrinting, fonts: Callable[[], FontSet]
) -> PlanPaperJob:
    """One of the papers of a person's plan."""
    match paper:
        case PlanPaper.PLAN:
            return PlanPaperJob(
                form=PLAN_SHEET, read=service.plan_sheet, fonts=fonts, service=service
            )
        case PlanPaper.CONSENT:
            return PlanPaperJob(
                form=CONSENT_SHEET, read=service.consent_sheet, fonts=fonts, service=service
            )
        case PlanPaper.CONFIRMATION:
            return PlanPaperJob(
                form=CONFIRMATION_SHEET,
                read=service.confirmation_sheet,
                fonts=fonts,
                service=service,
            )


def register_job(
    service: SupportPlanPrinting, fonts: Callable[[], FontSet]
) -> RegisterJob[ProgrammeRegisterAsked, ProgrammeRegister]:
    """The register of a programme."""
    return RegisterJob(
        form=PROGRAMME_REGISTER, read=service.register, fonts=fonts, note=service.record_register
    )
