"""受領書類 of one household: every paper that was ever taken in, with its words and the way it went."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.office import SignedInStaff
from desktop.domain.papers import PaperInFile
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.papers import file_columns, told
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 5, 1: 5, 2: 6, 3: 8, 4: 7, 5: 2, 6: 10, 7: 7}
_STRETCH = 6
_EMPTY = (
    "この世帯から受け取った書類はまだありません。「受領書類」の画面で受け取ると、ここに並びます。"
)


class PapersOfFiles(Protocol):
    """Reads the papers of an opened file (`services/papers`)."""

    def of_household(self, household_id: UUID) -> tuple[PaperInFile, ...]:
        """Every paper, newest first."""


class FilePapers(ScreenView):
    """Arrow keys go through the papers; what was written about the one at hand stands beneath."""

    def __init__(
        self,
        household_id: UUID,
        papers: PapersOfFiles,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_papers")
        self._household_id = household_id
        self._papers = papers
        self.model: RowTableModel[PaperInFile] = RowTableModel(
            file_columns(staff),
            key=lambda p: p.line.paper_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="受領書類", characters=_WIDTHS, stretch=_STRETCH),
            "papers_of_file",
        )
        self.words = named(Paragraph(), "paper_words")
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.words)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())

    @override
    def reload(self) -> None:
        """Ask for the papers again."""
        self.run(lambda: self._papers.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, papers: tuple[PaperInFile, ...]) -> None:
        self.messages.clear()
        place = max(self.table.current_row(), 0)
        self.model.set_rows(papers)
        if papers:
            self.show_body()
            self.table.select_row(min(place, len(papers) - 1))
        else:
            self.show_empty(_EMPTY)
        self._say()

    def _say(self) -> None:
        paper = self.model.row_at(self.table.currentIndex())
        self.words.say(told(paper) if paper else "")
