"""The way to paper of the monthly report (S-35) and of a programme's review (S-37). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from desktop.domain.effort_forms import MonthlyReport, ProgrammeSheet
from desktop.domain.forms import FormMark
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress
from desktop.reports.effort.monthly_report import MONTHLY_REPORT
from desktop.reports.effort.programme_sheet import PROGRAMME_SHEET
from desktop.reports.fonts import FontSet
from desktop.reports.form import Printed
from desktop.services.printing import EffortPrinting

Asked = TypeVar("Asked")
Data = TypeVar("Data", bound=Printed)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortSheetJob(ChosenSheet[Asked, Data]):
    """Draws one paper; its mark is the one that it has by its state."""

    service: EffortPrinting

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The paper, to be looked at first. Raises UserError for any choice but of one."""
        data, run = self.run_of(subject_ids, mark, progress, cancelled)
        return replace(run, mark=data.imprint.mark)

    def finish(self, run: PrintRun) -> None:
        """Note that it went to paper."""
        self.service.record(
            *(run.batch_id, self.form.code, run.mark),
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


def monthly_report_job(
    service: EffortPrinting, fonts: Callable[[], FontSet]
) -> EffortSheetJob[tuple[str, date, date], MonthlyReport]:
    """The report of a team, a month and a baseline."""
    return EffortSheetJob(
        form=MONTHLY_REPORT,
        read=lambda asked: service.monthly(*asked),
        service=service,
        fonts=fonts,
    )


def programme_sheet_job(
    service: EffortPrinting, fonts: Callable[[], FontSet]
) -> EffortSheetJob[tuple[int, str], ProgrammeSheet]:
    """The sheet of a fiscal year and a programme."""
    return EffortSheetJob(
        form=PROGRAMME_SHEET,
        read=lambda asked: service.sheet(*asked),
        service=service,
        fonts=fonts,
    )
