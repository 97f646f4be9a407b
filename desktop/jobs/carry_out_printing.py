"""Print runs of trips: the carry sheet (K-09), the register (K-11), the report of an incident (K-29). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.carry_out_forms import CarryOutRegister, IncidentReport
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.jobs.printing import Cancelled, PrintRun, Progress, RegisterJob
from desktop.reports.carry_outs.carry_sheet import CARRY_SHEET
from desktop.reports.carry_outs.incident_report import INCIDENT_REPORT
from desktop.reports.carry_outs.register import CARRY_OUT_REGISTER
from desktop.reports.fonts import FontSet
from desktop.services.printing import CarryOutPrinting


@dataclass(frozen=True, slots=True)
class CarrySheetJob:
    """Draws the sheet of one trip; when it went to paper, the papers left the office."""

    service: CarryOutPrinting
    fonts: Callable[[], FontSet]
    _shown: dict[UUID, int] = field(default_factory=dict)

    def choose(self, carry_out_id: UUID, version: int) -> tuple[UUID, ...]:
        """Say which trip is printed and as it was shown. Called on the UI thread before `draw`."""
        self._shown.clear()  # one run at a time is looked at
        self._shown[carry_out_id] = version
        return (carry_out_id,)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The sheet, to be looked at first. Raises UserError for any choice but of one."""
        if len(subject_ids) != 1 or (cancelled is not None and cancelled()):
            raise UserError("印刷する持出しを一つ選んでください。")
        (carry_out_id,) = subject_ids
        sheet = self.service.prepare_sheet(carry_out_id, self._shown[carry_out_id])
        rendered = CARRY_SHEET.pdf(sheet, self.fonts())
        if progress is not None:
            progress(1)
        return PrintRun(
            batch_id=new_id(),
            title=CARRY_SHEET.title,
            subject_ids=(carry_out_id,),
            mark=mark,
            rendered=rendered,
        )

    def finish(self, run: PrintRun) -> None:
        """Note that it went to paper."""
        (carry_out_id,) = run.subject_ids
        shown = (carry_out_id, self._shown[carry_out_id])
        self.service.record_sheet(run.batch_id, *shown, pages=run.rendered.pages, sha256=run.sha256)


def carry_out_register_job(
    service: CarryOutPrinting, fonts: Callable[[], FontSet]
) -> RegisterJob[tuple[date, date], CarryOutRegister]:
    """The register of a period that a screen chose."""
    return RegisterJob(
        form=CARRY_OUT_REGISTER,
        read=lambda asked: service.prepare_register(*asked),
        note=service.record_register,
        fonts=fonts,
    )


def incident_job(
    service: CarryOutPrinting, fonts: Callable[[], FontSet]
) -> RegisterJob[UUID, IncidentReport]:
    """The report of the incident that a screen chose."""
    return RegisterJob(
        form=INCIDENT_REPORT,
        read=service.prepare_incident,
        note=service.record_incident,
        fonts=fonts,
    )
