"""Print runs of declarations: the letters that ask for them, and the register K-21. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from desktop.domain.declaration_forms import FollowUpTable, ReminderLetter
from desktop.domain.declarations import BoardOwner, Due
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.issued_forms import Subject
from desktop.domain.printing import Piece
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, PrintRun, Progress, RegisterJob
from desktop.reports.declarations.follow_up_table import FOLLOW_UP_TABLE
from desktop.reports.declarations.reminder_letter import REMINDER_LETTER
from desktop.reports.fonts import FontSet
from desktop.services.printing import DeclarationPrinting, IssuedForms


class ReminderJob:
    """The way of letters to paper. What each letter asks for is said before, by its id."""

    def __init__(
        self, service: DeclarationPrinting, issued: IssuedForms, fonts: Callable[[], FontSet]
    ) -> None:
        self._service = service
        self._asked: dict[UUID, tuple[Due, ...]] = {}
        self._press = Press(form=REMINDER_LETTER, read=self._read, issued=issued, fonts=fonts)

    def choose(self, letters: Sequence[Sequence[Due]]) -> tuple[UUID, ...]:
        """Say what the letters of the next run ask for; an id for each. Called on the UI thread before `draw`."""
        chosen = {new_id(): tuple(dues) for dues in letters}
        self._asked.update(chosen)
        return tuple(chosen)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The letters as one PDF, to be looked at first."""
        return self._press.draw(subject_ids, mark, progress, cancelled)

    def finish(self, run: PrintRun) -> None:
        """Note that the letters went to paper: each declaration has been asked for once more."""
        dues = [due for subject_id in run.subject_ids for due in self._asked[subject_id]]
        self._service.record_letters(run.printed, dues)

    def _read(self, asked: Sequence[UUID], _: FormMark) -> list[Piece[ReminderLetter]]:
        chosen = [key for key in asked if key in self._asked]
        letters = self._service.prepare_letters([self._asked[key] for key in chosen])
        return [
            Piece(
                data=letter,
                household_id=letter.dues[0].household_id,
                subject_ids=(key,),
                subjects=(Subject(subject_id=letter.dues[0].person_id),),
                recipient=letter.name,
            )
            for key, letter in zip(chosen, letters, strict=True)
        ]


def follow_up_job(
    service: DeclarationPrinting, fonts: Callable[[], FontSet]
) -> RegisterJob[tuple[BoardOwner, date], FollowUpTable]:
    """The register of a caseworker and month."""
    return RegisterJob(
        form=FOLLOW_UP_TABLE,
        read=lambda asked: service.prepare_table(*asked),
        note=service.record_table,
        fonts=fonts,
    )
