"""Prints one form: pieces are read and drawn, looked at, made official one by one, and noted. Called in the slow lane.

An official piece has a number of the office's register, and what goes to paper are the very bytes that were stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.imprint import ISSUE_WORD
from desktop.domain.issue_rules import ISSUE_RULES
from desktop.domain.issued_forms import Drawn, IssueRequest, IssueStamp
from desktop.domain.printing import FORM_NOTES, Piece
from desktop.jobs.documents import as_one
from desktop.jobs.printing import (
    Cancelled,
    FailedDocument,
    Notes,
    PrintRun,
    Progress,
    RunDocument,
    note,
)
from desktop.reports.fonts import FontSet
from desktop.reports.form import Printed
from desktop.reports.rendered import RenderedPdf
from desktop.services.printing import IssuedForms

_NOTHING = "印刷するものを選んでください。"
_STOPPED = "発行を中止しました。"
_SO_FAR = "{count:,}件は発行が済んでいます。帳票の「登録簿」から印刷できます。"
_PLACE = "{place:,}件目"
_NONE = "選んだものはどれも発行できませんでした。{sentence}"


Data = TypeVar("Data", bound=Printed)
Onto_contra = TypeVar("Onto_contra", bound=Printed, contravariant=True)


class Form(Protocol[Onto_contra]):
    """A form of the catalogue, whatever goes onto it."""

    @property
    def code(self) -> str:
        """K-04 and the like."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def edition(self) -> str:
        """Which edition stands in its footer."""

    @property
    def subject(self) -> Callable[[Onto_contra], str]:
        """What names a piece among others: a case number, never a name."""

    def pdf(self, data: Onto_contra, /, fonts: FontSet) -> RenderedPdf:
        """One piece."""

    def batch_pdf(
        self,
        pieces: Iterable[Onto_contra],
        fonts: FontSet,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> RenderedPdf:
        """Many pieces in one PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Generic[Data]):
    """The way of one form to paper. `log` notes runs that are not issued: drafts and copies."""

    form: Form[Data]
    read: Callable[[Sequence[UUID], FormMark], Sequence[Piece[Data]]]
    issued: IssuedForms
    fonts: Callable[[], FontSet]
    log: Notes | None = None

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The pieces as one PDF in the order asked for, to be looked at first. Raises UserError for an empty choice or when stopped."""
        if not subject_ids:
            raise UserError(_NOTHING)
        read, failed = self._read(subject_ids, mark)
        order = {subject_id: place for place, subject_id in enumerate(subject_ids)}
        pieces = sorted(
            read, key=lambda piece: min(order[subject_id] for subject_id in piece.subject_ids)
        )
        rendered = self.form.batch_pdf(
            [piece.data for piece in pieces], self.fonts(), progress, cancelled
        )
        rule = ISSUE_RULES.get(self.form.code)
        run = PrintRun(
            batch_id=new_id(),
            title=self.form.title,
            subject_ids=tuple(s for s in subject_ids if s not in failed),
            mark=mark,
            rendered=rendered,
            failed=tuple(failed.values()),
        )
        if rule is None or rule.mark is not mark:
            return run
        # The ids are made once: whoever presses again after a lost connection gets what was stored.
        ids = tuple(new_id() for _ in pieces)
        return replace(
            run,
            mark_note=FORM_NOTES.get(self.form.code, ""),
            parts=len(pieces),
            issue=partial(self._issue, run, pieces, ids),
        )

    def finish(self, run: PrintRun) -> None:
        """Note that a run went to paper or was saved as a file."""
        if run.issued_ids:
            self.issued.note_print(
                run.batch_id,
                run.issued_ids,
                run.mark,
                pages=run.rendered.pages,
                sha256=run.sha256,
            )
        elif self.log is not None:
            note(self.log, run)

    def _read(
        self, subject_ids: Sequence[UUID], mark: FormMark
    ) -> tuple[Sequence[Piece[Data]], dict[UUID, FailedDocument]]:
        """The pieces, and what cannot be read: something that somebody moved on meanwhile stops nothing else."""
        try:
            return self.read(subject_ids, mark), {}
        except UnavailableError:
            raise
        except UserError:
            failed = self._refused(subject_ids, mark) if len(subject_ids) > 1 else {}
            if len(failed) in {0, len(subject_ids)}:
                raise
        return self.read([s for s in subject_ids if s not in failed], mark), failed

    def _refused(self, subject_ids: Sequence[UUID], mark: FormMark) -> dict[UUID, FailedDocument]:
        """Which of these cannot be read even alone; they are named by their place in the choice."""
        failed: dict[UUID, FailedDocument] = {}
        for place, subject_id in enumerate(subject_ids, start=1):
            try:
                self.read([subject_id], mark)
            except UnavailableError:
                raise
            except UserError as error:
                failed[subject_id] = FailedDocument(
                    number=_PLACE.format(place=place), sentence=error.sentence
                )
        return failed

    def _issue(
        self,
        run: PrintRun,
        pieces: Sequence[Piece[Data]],
        ids: Sequence[UUID],
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """Issue piece after piece; one that cannot be is listed and the rest go on. UserError when none could or stopped."""
        done, failed = list[RunDocument](), list[FailedDocument]()
        for place, (piece, issued_id) in enumerate(zip(pieces, ids, strict=True), start=1):
            if cancelled is not None and cancelled():
                raise UserError(_STOPPED + _so_far(done))
            try:
                done.append(self._issue_one(piece, issued_id))
            except UnavailableError as error:
                raise UnavailableError(error.sentence + _so_far(done)) from error
            except UserError as error:
                number = self.form.subject(piece.data) or f"{place:04}"
                failed.append(FailedDocument(number=number, sentence=error.sentence))
            if progress is not None:
                progress(place)
        if not done:
            raise UserError(_NONE.format(sentence=failed[0].sentence))
        return replace(
            run,
            subject_ids=tuple(s for document in done for s in document.subject_ids),
            rendered=as_one(done),
            documents=tuple(done),
            failed=(*run.failed, *failed),
            issue=None,
        )

    def _issue_one(self, piece: Piece[Data], issued_id: UUID) -> RunDocument:
        request = IssueRequest(
            issued_id=issued_id,
            household_id=piece.household_id,
            form_code=self.form.code,
            edition=self.form.edition,
            subjects=piece.subjects,
            recipient=piece.recipient,
        )
        answer = self.issued.issue(request, partial(self._draw_stamped, piece))
        rendered = RenderedPdf(data=answer.data, pages=answer.pages)
        return RunDocument(
            number=answer.stamp.label,
            subject_ids=piece.subject_ids,
            rendered=rendered,
            issued_id=answer.issued_id,
        )

    def _draw_stamped(self, piece: Piece[Data], stamp: IssueStamp) -> Drawn:
        drawn = self.form.pdf(_stamped(piece.data, stamp), self.fonts())
        return Drawn(pages=drawn.pages, data=drawn.data)


def _stamped(data: Data, stamp: IssueStamp) -> Data:
    """The piece with the number and the instant that the server gave to its issue."""
    imprint = replace(
        data.imprint,
        printed_at=stamp.issued_at,
        printed_by=stamp.issued_by,
        issue_label=f"{ISSUE_WORD}{stamp.label}",
    )
    return replace(data, imprint=imprint)  # type: ignore[type-var]  # forms are dataclasses


def _so_far(done: Sequence[RunDocument]) -> str:
    return _SO_FAR.format(count=len(done)) if done else ""
