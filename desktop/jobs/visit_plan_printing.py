"""Print runs of visit plans: the year (K-07), the month (K-08), the report of all districts (K-27), the call list (K-08T). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from desktop.domain.call_lists import CallList
from desktop.domain.forms import FormMark, Stamp
from desktop.domain.visit_plan_forms import MonthPlanForm, VisitReport, YearPlanForm
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.form import Printed
from desktop.reports.visit_plans.call_list import CALL_LIST
from desktop.reports.visit_plans.month_plan import MONTH_PLAN
from desktop.reports.visit_plans.status_report import STATUS_REPORT
from desktop.reports.visit_plans.year_plan import YEAR_PLAN
from desktop.services.printing import CallListPrinting, VisitPlanPrinting

_DRAFT_NOTE = "承認されていない計画です。各頁に「案」の印が入ります。"
_APPROVED = "承認済"
_APPROVED_NOTE = (
    "承認された計画です。決裁欄に電子印が入ります。印刷するか保存すると、印刷の記録に残ります。"
)

_CALLS_NOTE = "電話番号が入ります。印刷するか保存すると、世帯ごとに印刷の記録に残ります。"


class WithStamps(Printed, Protocol):
    """A paper that has boxes for stamps."""

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """The boxes from left to right."""


Asked = TypeVar("Asked")
Data = TypeVar("Data", bound=WithStamps)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheetJob(ChosenSheet[Asked, Data]):
    """Draws one paper of visit plans. Its mark follows from the plan as it stands, whatever mark was asked for."""

    service: VisitPlanPrinting

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The paper, to be looked at first. Raises UserError for any choice but of one."""
        data, run = self.run_of(subject_ids, mark, progress, cancelled)
        stands = data.imprint.mark
        is_draft = stands is FormMark.DRAFT
        is_stamped = any(stamp.stamped_on is not None for stamp in data.stamps)
        return replace(
            run,
            mark=stands,
            mark_text=_APPROVED if is_stamped and not is_draft else "",
            mark_note=_DRAFT_NOTE if is_draft else _APPROVED_NOTE if is_stamped else "",
        )

    def finish(self, run: PrintRun) -> None:
        """Note that it went to paper."""
        self.service.record(
            run.batch_id,
            self.form.code,
            run.mark,
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


def year_plan_job(
    service: VisitPlanPrinting, fonts: Callable[[], FontSet]
) -> PlanSheetJob[tuple[UUID, bool], YearPlanForm]:
    """The yearly plan of an id; True: as it was approved."""
    return PlanSheetJob(
        form=YEAR_PLAN,
        read=lambda asked: service.prepare_year(asked[0], is_as_approved=asked[1]),
        service=service,
        fonts=fonts,
    )


def month_plan_job(
    service: VisitPlanPrinting, fonts: Callable[[], FontSet]
) -> PlanSheetJob[tuple[UUID, date], MonthPlanForm]:
    """A district's month."""
    return PlanSheetJob(
        form=MONTH_PLAN,
        read=lambda asked: service.prepare_month(*asked),
        service=service,
        fonts=fonts,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CallListJob(ChosenSheet[tuple[UUID, date], CallList]):
    """Draws the call list of a district's month; the run's subjects are the households that it names."""

    service: CallListPrinting

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The list, to be looked at first. Raises UserError for any choice but of one."""
        data, run = self.run_of(subject_ids, mark, progress, cancelled)
        return replace(run, subject_ids=data.household_ids, mark_note=_CALLS_NOTE)

    def finish(self, run: PrintRun) -> None:
        """Note that it went to paper, and whom it names."""
        self.service.record(
            run.batch_id, run.subject_ids, pages=run.rendered.pages, sha256=run.sha256
        )


def call_list_job(service: CallListPrinting, fonts: Callable[[], FontSet]) -> CallListJob:
    """The call list of a district's approved month."""
    return CallListJob(
        form=CALL_LIST,
        read=lambda asked: service.prepare(*asked),
        service=service,
        fonts=fonts,
    )


def visit_report_job(
    service: VisitPlanPrinting, fonts: Callable[[], FontSet]
) -> PlanSheetJob[date, VisitReport]:
    """The report of a month."""
    return PlanSheetJob(
        form=STATUS_REPORT, read=service.prepare_report, service=service, fonts=fonts
    )
