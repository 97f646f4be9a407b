"""Documents of a run that could not be made: listed, while the others go on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.jobs.printing import FailedDocument
from desktop.viewmodels.printing import failed_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 8, 1: 24}
_MOST_ROWS = 2
_SENTENCE = "▲ {count}件はPDFにできませんでした。ほかの{others}件はそのまま印刷・保存できます。理由を直してから、もう一度作成してください。"


class FailedPanel(QFrame):
    """Hidden while every document was made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.model = RowTableModel(failed_columns(), parent=self)
        self.sentence = named(Paragraph(tone="warning"), "failed_sentence")
        self.table = named(
            TableView(self.model, name="PDFにできなかったもの", characters=_WIDTHS, stretch=1),
            "failed_table",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.addWidget(self.sentence)
        layout.addWidget(self.table)
        self.hide()

    def show_failed(self, failed: Sequence[FailedDocument], others: int) -> None:
        """List them; `others` were made."""
        self.model.set_rows(failed)
        self.sentence.say(
            _SENTENCE.format(count=len(failed), others=f"{others:,}") if failed else ""
        )
        self.table.show_all_rows(_MOST_ROWS)
        self.setVisible(bool(failed))
