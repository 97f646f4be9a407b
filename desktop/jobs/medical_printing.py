"""The way to paper of medical papers (S-07, S-21, S-22, K-18). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.medical_forms import MedicalPaper, OrderSet, PaperAsked
from desktop.jobs.letter_printing import LetterJob, letter_press
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.form import FormKind
from desktop.reports.medical.enquiry_sheet import ENQUIRY_SHEET
from desktop.reports.medical.order_set import ORDER_SET
from desktop.reports.medical.plan_sheet import HOSPITAL_PLAN_SHEET
from desktop.reports.medical.trip_application import TRIP_APPLICATION
from desktop.services.printing import IssuedForms, MedicalPrinting

_FORMS: Mapping[MedicalPaper, FormKind[Any]] = {
    MedicalPaper.ENQUIRY: ENQUIRY_SHEET,
    MedicalPaper.PLAN: HOSPITAL_PLAN_SHEET,
    MedicalPaper.TRIPS: TRIP_APPLICATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalSheetJob(ChosenSheet[PaperAsked, Any]):
    """Draws the chosen paper, and notes that it went to paper for the household."""

    service: MedicalPrinting
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
        """Note that the paper came out."""
        self.service.record(
            run.batch_id,
            self._households[run.batch_id],
            self.form.code,
            run.mark,
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


def medical_job(
    paper: MedicalPaper,
    service: MedicalPrinting,
    issued: IssuedForms,
    fonts: Callable[[], FontSet],
) -> MedicalSheetJob | LetterJob[PaperAsked, OrderSet]:
    """The way of one of the papers: the order to be examined is issued."""
    if paper is MedicalPaper.ORDER:
        return LetterJob(
            form=ORDER_SET,
            read=service.order,
            issued=issued,
            note_draft=service.record,
            fonts=fonts,
        )
    reads: Mapping[MedicalPaper, Callable[[PaperAsked], Any]] = {
        MedicalPaper.ENQUIRY: service.enquiry,
        MedicalPaper.PLAN: service.plan,
        MedicalPaper.TRIPS: service.trips,
    }
    return MedicalSheetJob(form=_FORMS[paper], read=reads[paper], fonts=fonts, service=service)


def order_press(
    service: MedicalPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
) -> Press[OrderSet]:
    """The way of waiting orders to be examined."""
    return letter_press(ORDER_SET, service.order_of, issued, fonts)
