"""The way to paper of guidance (S-28, K-15, K-16, K-17, K-14G). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.guidance_papers import GuidancePaper, GuidancePaperAsked
from desktop.jobs.letter_printing import LetterJob, letter_press
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.form import FormKind
from desktop.reports.guidance.letters import HEARING_NOTICE, INSTRUCTION_LETTER
from desktop.reports.guidance.sanction_notice import SANCTION_NOTICE
from desktop.reports.guidance.sheets import GUIDANCE_MATTER, HEARING_SHEET, ORAL_SHEET
from desktop.services.printing import GuidancePrinting, IssuedForms

_FORMS: Mapping[GuidancePaper, FormKind[Any]] = {
    GuidancePaper.ORAL: ORAL_SHEET,
    GuidancePaper.LETTER: INSTRUCTION_LETTER,
    GuidancePaper.NOTICE: HEARING_NOTICE,
    GuidancePaper.HEARING: HEARING_SHEET,
    GuidancePaper.SANCTION: SANCTION_NOTICE,
    GuidancePaper.MATTER: GUIDANCE_MATTER,
}

#: Papers that go to the person: they leave the office with a number of the register.
LETTERS = frozenset({GuidancePaper.LETTER, GuidancePaper.NOTICE, GuidancePaper.SANCTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceSheetJob(ChosenSheet[GuidancePaperAsked, Any]):
    """Draws one paper of a case, and notes that it went to paper for the household."""

    service: GuidancePrinting
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
        """Note that the paper was printed."""
        self.service.record(
            run.batch_id,
            self._households[run.batch_id],
            self.form.code,
            run.mark,
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


def guidance_job(
    paper: GuidancePaper,
    service: GuidancePrinting,
    issued: IssuedForms,
    fonts: Callable[[], FontSet],
) -> GuidanceSheetJob | LetterJob[GuidancePaperAsked, Any]:
    """The job of one kind of paper: letters to the person are issued, the office's own sheets are not."""
    if paper in LETTERS:
        return LetterJob(
            form=_FORMS[paper],
            read=service.paper,
            issued=issued,
            note_draft=service.record,
            fonts=fonts,
        )
    return GuidanceSheetJob(form=_FORMS[paper], read=service.paper, fonts=fonts, service=service)


def guidance_letter_press(
    paper: GuidancePaper,
    service: GuidancePrinting,
    issued: IssuedForms,
    fonts: Callable[[], FontSet],
) -> Press[Any]:
    """The way of waiting letters of guidance."""
    return letter_press(_FORMS[paper], service.letter, issued, fonts)
