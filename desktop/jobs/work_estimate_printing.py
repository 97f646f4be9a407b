"""The way to paper of what remains in hand (手取り試算, S-36). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.work_estimates_forms import HandSheet, HandSheetAsked
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.work_estimates.hand_sheet import HAND_SHEET
from desktop.services.printing import WorkEstimatePrinting


@dataclass(frozen=True, slots=True, kw_only=True)
class HandSheetJob(ChosenSheet[HandSheetAsked, HandSheet]):
    """Draws the sheet of what stands on the screen, and notes that it went to paper for the household."""

    service: WorkEstimatePrinting
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
        household_id = self._households[run.batch_id]
        self.service.record(run.batch_id, household_id, pages=run.rendered.pages, sha256=run.sha256)


def hand_sheet_job(service: WorkEstimatePrinting, fonts: Callable[[], FontSet]) -> HandSheetJob:
    """The job of the sheet."""
    return HandSheetJob(form=HAND_SHEET, read=service.hand_sheet, fonts=fonts, service=service)
