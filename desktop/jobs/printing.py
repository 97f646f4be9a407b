"""One print run: read the values, draw the PDF, note the run. Called in the slow lane."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.issued_forms import PrintedRun
from desktop.reports.fonts import FontSet
from desktop.reports.form import FormKind, Printed
from desktop.reports.rendered import RenderedPdf

Asked = TypeVar("Asked")
Data = TypeVar("Data", bound=Printed)
Progress = Callable[[int], None] | None
Cancelled = Callable[[], bool] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDocument:
    """One PDF of a run of several; `number` is its issue or running number, nothing personal."""

    number: str
    subject_ids: tuple[UUID, ...]
    rendered: RenderedPdf = field(repr=False)
    issued_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedDocument:
    """One that could not be drawn, printed or saved, and why."""

    number: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRun:
    """A drawn batch of one form (`title`) that is not on paper yet; `mark_text` where the mark has another name there.

    `rendered` is the whole. `documents` are its single PDFs where there are several, in order; `failed` those left out.
    `issue` makes the run official and gives it back with numbers and a PDF for each of its `parts`; None where it is
    official or never will be. Without `may_print` it is only looked at.
    """

    batch_id: UUID
    title: str
    subject_ids: tuple[UUID, ...]
    mark: FormMark
    rendered: RenderedPdf = field(repr=False)
    mark_text: str = ""
    mark_note: str = ""
    documents: tuple[RunDocument, ...] = ()
    failed: tuple[FailedDocument, ...] = ()
    issue: Callable[[Progress, Cancelled], PrintRun] | None = field(default=None, repr=False)
    parts: int = 1
    may_print: bool = True

    @property
    def issued_ids(self) -> tuple[UUID, ...]:
        """The issues that the run holds."""
        return tuple(d.issued_id for d in self.documents if d.issued_id is not None)

    @property
    def printed(self) -> PrintedRun:
        """What the log keeps of it, once it is official."""
        return PrintedRun(
            batch_id=self.batch_id,
            issued_ids=self.issued_ids,
            mark=self.mark,
            pages=self.rendered.pages,
            sha256=self.sha256,
        )

    @property
    def has_parts(self) -> bool:
        """Whether it is, or becomes, several PDFs that may go their ways one by one."""
        return max(self.parts, len(self.documents)) > 1

    @property
    def sha256(self) -> str:
        """The PDF's hash, as the log keeps it."""
        return hashlib.sha256(self.rendered.data).hexdigest()


class NotesRegister(Protocol):
    """Notes that a register went to paper."""

    def __call__(self, batch_id: UUID, *, pages: int, sha256: str) -> None:
        """Note the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSheet(Generic[Asked, Data]):
    """One paper that is chosen on a screen and then drawn."""

    form: FormKind[Data]
    read: Callable[[Asked], Data]
    fonts: Callable[[], FontSet]
    _asked: dict[UUID, Asked] = field(default_factory=dict)

    def choose(self, asked: Asked) -> tuple[UUID, ...]:
        """Say which one the next run draws. Called on the UI thread before `draw`."""
        chosen = new_id()
        self._asked.clear()  # one run at a time is looked at
        self._asked[chosen] = asked
        return (chosen,)

    def run_of(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress,
        cancelled: Cancelled,
    ) -> tuple[Data, PrintRun]:
        """What was read, and its run. Raises UserError for any choice but of one."""
        if len(subject_ids) != 1 or (cancelled is not None and cancelled()):
            raise UserError("印刷するものを一つ選んでください。")
        data = self.read(self._asked[subject_ids[0]])
        rendered = self.form.pdf(data, self.fonts())
        if progress is not None:
            progress(1)
        run = PrintRun(
            batch_id=new_id(),
            title=self.form.title,
            subject_ids=tuple(subject_ids),
            mark=mark,
            rendered=rendered,
        )
        return data, run


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterJob(ChosenSheet[Asked, Data]):
    """Draws a register of the office, which is chosen on a screen, and notes that it went to paper."""

    note: NotesRegister

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The register, to be looked at first. Raises UserError for any choice but of one."""
        _, run = self.run_of(subject_ids, mark, progress, cancelled)
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that the register went to paper."""
        self.note(run.batch_id, pages=run.rendered.pages, sha256=run.sha256)


class Notes(Protocol):
    """Whoever keeps the log of prints of one kind of paper."""

    def record(
        self, batch_id: UUID, ids: Sequence[UUID], mark: FormMark, /, *, pages: int, sha256: str
    ) -> None:
        """Note a print run: what went to paper, and the PDF's hash."""


def note(log: Notes, run: PrintRun) -> None:
    """Note that a run went to paper or was saved as a file."""
    log.record(
        run.batch_id,
        run.subject_ids,
        run.mark,
        pages=run.rendered.pages,
        sha256=run.sha256,
    )
