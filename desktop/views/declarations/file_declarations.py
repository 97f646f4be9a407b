"""申告 of one household: every due declaration of the last years, with the words of its reasons, and the cycles."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.declarations import DeclarationsOfFile, DutyInFile, FileDeclaration
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.declarations_file import duty_columns, line_columns, line_key, told_line
from desktop.viewmodels.rows import RowTableModel
from desktop.views.declarations.ports import DeclarationsOfFiles
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 4, 1: 7, 2: 5, 3: 8, 4: 5, 5: 5, 6: 6, 7: 5, 8: 9}
_STRETCH = 8
_DUTY_WIDTHS = {0: 7, 1: 8, 2: 7, 3: 7, 4: 11, 5: 12}
_DUTY_STRETCH = 5
_MOST_DUTIES = 4
_EMPTY = "この世帯の申告の周期はまだ決められていません。「申告」の画面で、世帯員を選んでCを押すと決められます。"


class FileDeclarations(ScreenView):
    """Arrow keys go through the months; beneath stands what was noted, and the cycles with who gave them why."""

    def __init__(
        self,
        household_id: UUID,
        declarations: DeclarationsOfFiles,
        runner: JobRunner,
        *,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_declarations")
        self._household_id = household_id
        self._declarations = declarations
        self.lines: RowTableModel[FileDeclaration] = RowTableModel(
            line_columns(), key=line_key, brush_of=look.brush_of, parent=self
        )
        self.duties: RowTableModel[DutyInFile] = RowTableModel(
            duty_columns(), brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.lines, name="申告", characters=_WIDTHS, stretch=_STRETCH),
            "declarations_of_file",
        )
        self.duty_table = named(
            TableView(
                self.duties, name="申告の周期", characters=_DUTY_WIDTHS, stretch=_DUTY_STRETCH
            ),
            "duties_of_file",
        )
        self.words = named(Paragraph(), "declaration_words")
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.words)
        self.body.addWidget(named(QLabel("申告の周期"), "section_title"))
        self.body.addWidget(self.duty_table)
        self.duty_table.show_all_rows(_MOST_DUTIES)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())

    @override
    def reload(self) -> None:
        """Ask for the declarations again."""
        self.run(lambda: self._declarations.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: DeclarationsOfFile) -> None:
        self.messages.clear()
        place = max(self.table.current_row(), 0)
        self.lines.set_rows(found.lines)
        self.duties.set_rows(found.duties)
        self.duty_table.show_all_rows(_MOST_DUTIES)
        if found.duties:
            self.show_body()
            self.table.select_row(min(place, len(found.lines) - 1))
        else:
            self.show_empty(_EMPTY)
        self._say()

    def _say(self) -> None:
        line = self.lines.row_at(self.table.currentIndex())
        self.words.say(told_line(line) if line else "")
