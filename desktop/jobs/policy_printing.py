"""One print run of a support policy or of a paper about it: read the values, draw the PDF, note the run. Slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.jobs.printing import PrintRun, note
from desktop.reports.fonts import FontSet
from desktop.reports.rendered import RenderedPdf
from desktop.reports.support_policies import explanation_sheet, other_programmes, policy_sheet
from desktop.services.printing import OtherProgrammesPrinting, PolicyPrinting

Progress = Callable[[int], None] | None
Cancelled = Callable[[], bool] | None


@dataclass(frozen=True, slots=True)
class PolicyPrintJob:
    """Draws one policy (K-05) and notes that it went to paper."""

    service: PolicyPrinting
    fonts: Callable[[], FontSet]

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The sheet of the one policy, to be looked at first."""
        policy_id = _the_one(subject_ids, cancelled)
        form = self.service.prepare(policy_id, mark)
        rendered = policy_sheet.policy_sheet_pdf(form, self.fonts())
        return _run(policy_sheet.FORM_TITLE, policy_id, mark, rendered, progress)

    def finish(self, run: PrintRun) -> None:
        """Note that the sheet went to paper or was saved as a file."""
        note(self.service, run)


@dataclass(frozen=True, slots=True)
class ExplanationPrintJob:
    """Draws the sheet for the person (K-06) of one policy, and notes that it went to paper."""

    service: PolicyPrinting
    fonts: Callable[[], FontSet]
    with_readings: bool

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The sheet of the one policy, to be looked at first."""
        policy_id = _the_one(subject_ids, cancelled)
        form = self.service.explanation_sheet(policy_id, with_readings=self.with_readings)
        rendered = explanation_sheet.explanation_sheet_pdf(form, self.fonts())
        return _run(explanation_sheet.FORM_TITLE, policy_id, mark, rendered, progress)

    def finish(self, run: PrintRun) -> None:
        """Note that the sheet went to paper or was saved as a file."""
        note(self.service, run)


@dataclass(frozen=True, slots=True)
class OtherProgrammesPrintJob:
    """Draws the list of other laws to check (K-24) of one household, and notes that it went to paper."""

    service: OtherProgrammesPrinting
    fonts: Callable[[], FontSet]

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The list of the one household, to be looked at first."""
        household_id = _the_one(subject_ids, cancelled)
        form = self.service.prepare(household_id)
        rendered = other_programmes.other_programmes_pdf(form, self.fonts())
        return _run(other_programmes.FORM_TITLE, household_id, mark, rendered, progress)

    def finish(self, run: PrintRun) -> None:
        """Note that the list went to paper or was saved as a file."""
        note(self.service, run)


def _the_one(subject_ids: Sequence[UUID], cancelled: Cancelled) -> UUID:
    if len(subject_ids) != 1 or (cancelled is not None and cancelled()):
        raise UserError("印刷するものを一つ選んでください。")
    return subject_ids[0]


def _run(
    title: str, subject_id: UUID, mark: FormMark, rendered: RenderedPdf, progress: Progress
) -> PrintRun:
    if progress is not None:
        progress(1)
    return PrintRun(
        batch_id=new_id(), title=title, subject_ids=(subject_id,), mark=mark, rendered=rendered
    )
