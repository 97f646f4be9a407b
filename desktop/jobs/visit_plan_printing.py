"""Print runs of visit plans: the year (K-07), the month (K-08), the report of all districts (K-27). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark, Stamp
from desktop.domain.ids import new_id
from desktop.domain.visit_plan_forms import MonthPlanForm, VisitReport, YearPlanForm
from desktop.jobs.printing import Cancelled, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.form import FormKind, Printed
from desktop.reports.visit_plans.month_plan import MONTH_PLAN
from desktop.reports.visit_plans.status_report import STATUS_REPORT
from desktop.reports.visit_plans.year_plan import YEAR_PLAN
from desktop.services.printing import VisitPlanPrinting

_ONE = "印刷する訪問計画を一つ選んでください。"
_DRAFT_NOTE = "承認されていない計画です。各頁に「案」の印が入ります。"
_APPROVED = "承認済"
_APPROVED_NOTE = (
    "承認された計画です。決裁欄に電子印が入ります。印刷するか保存すると、印刷の記録に残ります。"
)


class WithStamps(Printed, Protocol):
    """A paper that has boxes for stamps."""

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """The boxes from left to right."""


Asked = TypeVar("Asked")
Data = TypeVar("Data", bound=WithStamps)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheetJob(Generic[Asked, Data]):
    """Draws one paper of visit plans. Its mark follows from the plan as it stands, whatever mark was asked for."""

    form: FormKind[Data]
    read: Callable[[Asked], Data]
    service: VisitPlanPrinting
    fonts: Callable[[], FontSet]
    _asked: dict[UUID, Asked] = field(default_factory=dict)

    def choose(self, asked: Asked) -> tuple[UUID, ...]:
        """Say what the next run draws. Called on the UI thread before `draw`."""
        chosen = new_id()
        self._asked.clear()  # one run at a time is looked at
        self._asked[chosen] = asked
        return (chosen,)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,  # noqa: ARG002 - it follows from the plan
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The paper, to be looked at first. Raises UserError for any choice but of one."""
        if len(subject_ids) != 1 or (cancelled is not None and cancelled()):
            raise UserError(_ONE)
        data = self.read(self._asked[subject_ids[0]])
        rendered = self.form.pdf(data, self.fonts())
        if progress is not None:
            progress(1)
        stands = data.imprint.mark
        is_draft = stands is FormMark.DRAFT
        is_stamped = any(stamp.stamped_on is not None for stamp in data.stamps)
        note = _DRAFT_NOTE if is_draft else _APPROVED_NOTE if is_stamped else ""
        return PrintRun(
            batch_id=new_id(),
            title=self.form.title,
            subject_ids=tuple(subject_ids),
            mark=stands,
            rendered=rendered,
            mark_text=_APPROVED if is_stamped and not is_draft else "",
            mark_note=note,
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


def visit_report_job(
    service: VisitPlanPrinting, fonts: Callable[[], FontSet]
) -> PlanSheetJob[date, VisitReport]:
    """The report of a month."""
    return PlanSheetJob(
        form=STATUS_REPORT, read=service.prepare_report, service=service, fonts=fonts
    )
