"""The way to paper of a letter that leaves the office about one row: 案 until it may go out, then issued with its number.

Called in the slow lane.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from desktop.domain.errors import ConflictError, UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.issued_forms import NOT_READY, Subject
from desktop.domain.printing import Piece
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.form import FormKind, Printed
from desktop.services.printing import IssuedForms


class Letter(Printed, Protocol):
    """A letter about one row of a household; its imprint says whether it is a draft."""

    @property
    def household_id(self) -> UUID:
        """Of which household."""

    @property
    def subject_id(self) -> UUID:
        """Of which row."""

    @property
    def recipient(self) -> str:
        """For whom it is."""


class NotesDraft(Protocol):
    """Notes that a draft went to paper for a household."""

    def __call__(
        self,
        batch_id: UUID,
        household_id: UUID,
        form: str,
        mark: FormMark,
        /,
        *,
        pages: int,
        sha256: str,
    ) -> None:
        """Note the run."""


Asked = TypeVar("Asked")
Data = TypeVar("Data", bound=Letter)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterJob(Generic[Asked, Data]):
    """A letter that is chosen on a screen, looked at, and issued when it is printed."""

    form: FormKind[Data]
    read: Callable[[Asked], Data]
    issued: IssuedForms
    note_draft: NotesDraft
    fonts: Callable[[], FontSet]
    _asked: dict[UUID, Asked] = field(default_factory=dict)
    _households: dict[UUID, UUID] = field(default_factory=dict)

    def choose(self, asked: Asked) -> tuple[UUID, ...]:
        """Say which one the next run draws. Called on the UI thread before `draw`."""
        chosen = new_id()
        self._asked.clear()  # one run at a time is looked at
        self._asked[chosen] = asked
        return (chosen,)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The letter, to be looked at first; the mark is the letter's own. Raises UserError for any choice but of one."""
        del mark
        if len(subject_ids) != 1 or (cancelled is not None and cancelled()):
            raise UserError("印刷するものを一つ選んでください。")
        letter = self.read(self._asked[subject_ids[0]])
        piece = _piece(letter, subject_ids[0])
        press = Press(
            form=self.form, read=lambda _, __: [piece], issued=self.issued, fonts=self.fonts
        )
        run = press.draw(subject_ids, letter.imprint.mark, progress, cancelled)
        self._households[run.batch_id] = letter.household_id
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that the letter went to paper: an issue in the register's log, a draft for the household."""
        if run.issued_ids:
            self.issued.note_print(
                run.batch_id,
                run.issued_ids,
                run.mark,
                pages=run.rendered.pages,
                sha256=run.sha256,
            )
            return
        self.note_draft(
            run.batch_id,
            self._households[run.batch_id],
            self.form.code,
            run.mark,
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


def letter_press(
    form: FormKind[Data],
    read: Callable[[UUID], Data],
    issued: IssuedForms,
    fonts: Callable[[], FontSet],
) -> Press[Data]:
    """The way of waiting letters: each is read by its row, and none that became a draft again goes out."""

    def pieces(subject_ids: Sequence[UUID], _: FormMark) -> list[Piece[Data]]:
        return [_ready(read(subject_id), subject_id) for subject_id in subject_ids]

    return Press(form=form, read=pieces, issued=issued, fonts=fonts)


def _ready(letter: Data, subject_id: UUID) -> Piece[Data]:
    if letter.imprint.mark is not FormMark.PLAIN:
        raise ConflictError(NOT_READY)
    return _piece(letter, subject_id)


def _piece(letter: Data, asked_id: UUID) -> Piece[Data]:
    return Piece(
        data=letter,
        household_id=letter.household_id,
        subject_ids=(asked_id,),
        subjects=(Subject(subject_id=letter.subject_id),),
        recipient=letter.recipient,
    )
