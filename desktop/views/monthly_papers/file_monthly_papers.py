"""毎月の書類 of one household: every paper asked for in the last two years, with the words of its reasons."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.monthly_papers import FilePaper
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.monthly_papers_file import paper_columns, paper_key, told_paper
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.monthly_papers.ports import PapersOfFiles
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 4, 1: 7, 2: 9, 3: 6, 4: 6, 5: 6, 6: 5, 7: 8}
_STRETCH = 7
_EMPTY = (
    "この世帯に毎月お願いする書類はまだありません。支援区分が決まるか、台帳に就労があると、ここに並びます。"
    "収入と資産の申告は「申告」にあります。"
)
#: What is done with papers is done in the grid of all one's households: one place for receipts, reasons and cards.
_WHERE = "ここでは見るだけです。受領、出ない理由、ご案内のはがきは、画面「毎月の書類」（Ctrl+Shift+B）の表で扱います。"


class FileMonthlyPapers(ScreenView):
    """Arrow keys go through the papers; beneath stands what was noted of the one at hand."""

    def __init__(
        self,
        household_id: UUID,
        papers: PapersOfFiles,
        runner: JobRunner,
        *,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_monthly_papers")
        self._household_id, self._papers = household_id, papers
        self.lines: RowTableModel[FilePaper] = RowTableModel(
            paper_columns(), key=paper_key, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.lines, name="毎月の書類", characters=_WIDTHS, stretch=_STRETCH),
            "monthly_papers_of_file",
        )
        self.words = named(Paragraph(), "monthly_paper_words")
        self.where = named(Paragraph(tone="muted"), "monthly_papers_where")
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.words)
        self.body.addWidget(self.where)
        self.where.say(_WHERE)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())

    @override
    def reload(self) -> None:
        """Ask for the papers again."""
        self.run(lambda: self._papers.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: tuple[FilePaper, ...]) -> None:
        self.messages.clear()
        place = max(self.table.current_row(), 0)
        self.lines.set_rows(found)
        if found:
            self.show_body()
            self.table.select_row(min(place, len(found) - 1))
        else:
            self.show_empty(f"{_EMPTY}\n{_WHERE}")
        self._say()

    def _say(self) -> None:
        line = self.lines.row_at(self.table.currentIndex())
        self.words.say(told_paper(line) if line else "")
