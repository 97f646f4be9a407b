"""The way to paper of an assessment (S-01). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.assessment_sheets import AssessmentAsked, AssessmentSheet
from desktop.domain.forms import FormMark
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress
from desktop.reports.assessments.assessment_sheet import ASSESSMENT_SHEET
from desktop.reports.fonts import FontSet
from desktop.services.printing import AssessmentPrinting


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSheetJob(ChosenSheet[AssessmentAsked, AssessmentSheet]):
    """Draws the sheet of an assessment, and notes that it went to paper for the household."""

    service: AssessmentPrinting
    _households: dict[UUID, UUID] = field(default_factory=dict)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The sheet, to be looked at first. Raises UserError for any choice but of one."""
        _, run = self.run_of(subject_ids, mark, progress, cancelled)
        self._households[run.batch_id] = self._asked[subject_ids[0]].household_id
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that the sheet went to paper."""
        self.service.record(
            run.batch_id,
            self._households[run.batch_id],
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


def assessment_job(service: AssessmentPrinting, fonts: Callable[[], FontSet]) -> AssessmentSheetJob:
    """The sheet of an assessment."""
    return AssessmentSheetJob(
        form=ASSESSMENT_SHEET, read=service.sheet, fonts=fonts, service=service
    )
