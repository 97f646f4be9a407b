"""The way to paper of what remains in hand (S-36), of applications (S-25 to S-27) and of notices (S-25D to S-27D). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.work_estimates import EstimateKind
from desktop.domain.work_estimates_forms import (
    DecisionNotice,
    HandSheet,
    HandSheetAsked,
    MonthTable,
    MonthTableAsked,
    NoticeAsked,
)
from desktop.jobs.letter_printing import LetterJob, letter_press
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.form import FormKind, Printed
from desktop.reports.work_estimates.applications import (
    INDEPENDENCE_APPLICATION,
    JOB_SEARCH_APPLICATION,
    STUDY_OR_WORK_APPLICATION,
)
from desktop.reports.work_estimates.decision_notice import (
    INDEPENDENCE_NOTICE,
    JOB_SEARCH_NOTICE,
    STUDY_OR_WORK_NOTICE,
)
from desktop.reports.work_estimates.hand_sheet import HAND_SHEET
from desktop.reports.work_estimates.month_table import MONTH_TABLE
from desktop.services.printing import IssuedForms, WorkEstimatePrinting

_APPLICATIONS: Mapping[EstimateKind, FormKind[Any]] = {
    EstimateKind.JOB_SEARCH: JOB_SEARCH_APPLICATION,
    EstimateKind.INDEPENDENCE: INDEPENDENCE_APPLICATION,
    EstimateKind.STUDY_OR_WORK: STUDY_OR_WORK_APPLICATION,
}

_NOTICES: Mapping[EstimateKind, FormKind[DecisionNotice]] = {
    EstimateKind.JOB_SEARCH: JOB_SEARCH_NOTICE,
    EstimateKind.INDEPENDENCE: INDEPENDENCE_NOTICE,
    EstimateKind.STUDY_OR_WORK: STUDY_OR_WORK_NOTICE,
}


class OfHousehold(Protocol):
    """What was asked for is about one household."""

    @property
    def household_id(self) -> UUID:
        """Which."""


Asked = TypeVar("Asked", bound=OfHousehold)
Data = TypeVar("Data", bound=Printed)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSheetJob(ChosenSheet[Asked, Data]):
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
        self.service.record(
            run.batch_id,
            self._households[run.batch_id],
            self.form.code,
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


def hand_sheet_job(
    service: WorkEstimatePrinting, fonts: Callable[[], FontSet]
) -> WorkSheetJob[HandSheetAsked, HandSheet]:
    """What remains in hand."""
    return WorkSheetJob(form=HAND_SHEET, read=service.hand_sheet, fonts=fonts, service=service)


def application_job(
    kind: EstimateKind, service: WorkEstimatePrinting, fonts: Callable[[], FontSet]
) -> WorkSheetJob[Any, Any]:
    """The application for a benefit that has a form."""
    return WorkSheetJob(
        form=_APPLICATIONS[kind], read=service.application, fonts=fonts, service=service
    )


def month_table_job(
    service: WorkEstimatePrinting, fonts: Callable[[], FontSet]
) -> WorkSheetJob[MonthTableAsked, MonthTable]:
    """The months of an application for 就労活動促進費."""
    return WorkSheetJob(form=MONTH_TABLE, read=service.month_table, fonts=fonts, service=service)


def notice_job(
    kind: EstimateKind,
    service: WorkEstimatePrinting,
    issued: IssuedForms,
    fonts: Callable[[], FontSet],
) -> LetterJob[NoticeAsked, DecisionNotice]:
    """The notice of a decision on an application that has one; it is issued."""
    return LetterJob(
        form=_NOTICES[kind],
        read=service.notice,
        issued=issued,
        note_draft=service.record,
        fonts=fonts,
    )


def notice_press(
    kind: EstimateKind,
    service: WorkEstimatePrinting,
    issued: IssuedForms,
    fonts: Callable[[], FontSet],
) -> Press[DecisionNotice]:
    """The way of waiting notices of one kind."""
    return letter_press(_NOTICES[kind], service.notice_of, issued, fonts)
