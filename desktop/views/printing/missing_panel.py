"""Characters that cannot be printed as written: listed before printing, accepted by the user's word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from desktop.reports.rendered import MissingCharacter
from desktop.viewmodels.printing import missing_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 3, 1: 10, 2: 6, 3: 16}
_MOST_ROWS = 5
_SENTENCE = "▲ そのままの字形では紙に出せない文字が{count}か所あります。下の「紙に出るもの」で印刷されます。文字の情報は失われません。"


class MissingPanel(QFrame):
    """Hidden while every character can be drawn. `accepted` tells that the user gave or took back his word."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.model = RowTableModel(missing_columns(), parent=self)
        self.sentence = named(Paragraph(tone="warning"), "missing_sentence")
        self.table = named(
            TableView(
                self.model, name="そのままでは印刷できない文字", characters=_WIDTHS, stretch=3
            ),
            "missing_table",
        )
        self.word = named(
            QCheckBox("この字形で印刷してよいことを確認しました(&W)"), "accept_missing"
        )
        self.word.toggled.connect(self.accepted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.addWidget(self.sentence)
        layout.addWidget(self.table)
        layout.addWidget(self.word)
        self.hide()

    def show_missing(self, missing: Sequence[MissingCharacter]) -> None:
        """List them; the word is asked anew for every batch."""
        self.model.set_rows(missing)
        self.word.setChecked(False)
        self.sentence.say(_SENTENCE.format(count=len(missing)) if missing else "")
        self.table.show_all_rows(_MOST_ROWS)
        self.setVisible(bool(missing))

    def is_settled(self) -> bool:
        """Whether nothing is missing or the user accepted it."""
        return not self.model.rowCount() or self.word.isChecked()
