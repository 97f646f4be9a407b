"""Print runs of declarations: the letters that ask for them, and the register K-21. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.declarations import BoardOwner, Due
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.jobs.printing import Cancelled, PrintRun, Progress, SheetJob
from desktop.reports.declarations.follow_up_table import FOLLOW_UP_TABLE
from desktop.reports.declarations.reminder_letter import REMINDER_LETTER
from desktop.reports.fonts import FontSet
from desktop.services.printing import DeclarationPrinting


@dataclass(frozen=True, slots=True)
class ReminderJob:
    """Draws letters and notes that they went to paper. What each letter asks for is said before, by its id."""

    service: DeclarationPrinting
    fonts: Callable[[], FontSet]
    _asked: dict[UUID, tuple[Due, ...]] = field(default_factory=dict)

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
        asked = [self._asked[subject_id] for subject_id in subject_ids if subject_id in self._asked]
        letters = self.service.prepare_letters(asked)
        rendered = REMINDER_LETTER.batch_pdf(letters, self.fonts(), progress, cancelled)
        return PrintRun(
            batch_id=new_id(),
            title=REMINDER_LETTER.title,
            subject_ids=tuple(subject_ids),
            mark=mark,
            rendered=rendered,
        )

    def finish(self, run: PrintRun) -> None:
        """Note that the letters went to paper: each declaration has been asked for once more."""
        dues = [due for subject_id in run.subject_ids for due in self._asked[subject_id]]
        self.service.record_letters(run.batch_id, dues, pages=run.rendered.pages, sha256=run.sha256)


@dataclass(frozen=True, slots=True)
class FollowUpJob:
    """Draws the register of a caseworker and month, and notes that it went to paper."""

    service: DeclarationPrinting
    fonts: Callable[[], FontSet]
    _asked: dict[UUID, tuple[BoardOwner, date]] = field(default_factory=dict)

    def choose(self, owner: BoardOwner, month: date) -> tuple[UUID, ...]:
        """Say which register the next run draws. Called on the UI thread before `draw`."""
        chosen = new_id()
        self._asked[chosen] = (owner, month)
        return (chosen,)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The register, to be looked at first. Raises UserError for any choice but of one."""
        job = SheetJob(
            title=FOLLOW_UP_TABLE.title,
            read=lambda asked, _: self.service.prepare_table(*self._asked[asked]),
            render=FOLLOW_UP_TABLE.pdf,
            fonts=self.fonts,
        )
        return job.draw(subject_ids, mark, progress, cancelled)

    def finish(self, run: PrintRun) -> None:
        """Note that the register went to paper."""
        self.service.record_table(run.batch_id, pages=run.rendered.pages, sha256=run.sha256)
