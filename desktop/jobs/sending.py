"""A print run on its way to paper or into files: what arrived is told apart from what did not. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.domain.errors import UserError
from desktop.domain.printers import PrinterSetup, Sides
from desktop.jobs.documents import only
from desktop.jobs.printing import FailedDocument, PrintRun, RunDocument
from desktop.reports.merging import merged
from desktop.services.workstation.pdf_files import save_beside

#: Told how much of how much is done, and in words.
Report = Callable[[int, int, str], object]
STOPPED = "印刷を中止しました。途中まで出た紙は破棄してください。印刷済みにはなっていません。"
_NOT_SAVED = "保存を中止しました。"


class Paper(Protocol):
    """A printer that was chosen, with its settings."""

    @property
    def setup(self) -> PrinterSetup:
        """How it prints."""

    def send(
        self, title: str, data: bytes, pages: int, report: Report, cancelled: Callable[[], bool]
    ) -> None:
        """Print a PDF as one job. Raises UserError when stopped, UnavailableError when the printer fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """`run` holds only what arrived; the rest failed or was not begun when somebody stopped it."""

    run: PrintRun
    failed: tuple[FailedDocument, ...] = ()
    is_stopped: bool = False


def send_run(paper: Paper, run: PrintRun, report: Report, cancelled: Callable[[], bool]) -> Arrived:
    """Print the run as one job, or every document as its own. Raises UserError when nothing arrived."""
    if run.documents and paper.setup.is_each:
        return _each(
            run,
            lambda document: paper.send(
                run.title, document.rendered.data, document.rendered.pages, _silent, cancelled
            ),
            report,
            cancelled,
            STOPPED,
        )
    data, pages = run.rendered.data, run.rendered.pages
    if run.documents and paper.setup.sides is not Sides.ONE:
        parts = [document.rendered for document in run.documents]
        data = merged([part.data for part in parts], on_new_sheets=True)
        pages += sum(part.pages % 2 for part in parts[:-1])
    paper.send(run.title, data, pages, report, cancelled)
    return Arrived(run=run)


def save_each(
    run: PrintRun,
    folder: Path,
    name_of: Callable[[RunDocument], str],
    report: Report,
    cancelled: Callable[[], bool],
) -> Arrived:
    """Every document as a file of its own. Raises UserError when none could be saved."""
    return _each(
        run,
        lambda document: save_beside(folder, name_of(document), document.rendered.data),
        report,
        cancelled,
        _NOT_SAVED,
    )


def _each(
    run: PrintRun,
    act: Callable[[RunDocument], None],
    report: Report,
    cancelled: Callable[[], bool],
    stopped: str,
) -> Arrived:
    arrived, failed = list[RunDocument](), list[FailedDocument]()
    total = len(run.documents)
    for place, document in enumerate(run.documents, start=1):
        if cancelled():
            break
        try:
            act(document)
        except UserError as error:
            if cancelled():
                break
            failed.append(FailedDocument(number=document.number, sentence=error.sentence))
        else:
            arrived.append(document)
        report(place, total, f"{place:,}／{total:,}件")
    if not arrived:
        raise UserError(failed[0].sentence if failed else stopped)
    return Arrived(run=only(run, arrived), failed=tuple(failed), is_stopped=cancelled())


def _silent(*_: object) -> None:
    """A single document does not move the bar of the whole run."""
