"""The points of a plan in one text to scroll through; whoever decides has to come to its end first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.override import override
from desktop.viewmodels.visit_plans_review import Section
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named


class PlanReview(QScrollArea):
    """`read` when the end of the text has been on screen; it counts for exactly the version shown."""

    read = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plan_review")
        self.setAccessibleName("計画の要点")
        self.setWidgetResizable(True)
        self.setMinimumHeight(self.fontMetrics().height())
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.is_read = False
        self._shown: tuple[Section, ...] = ()
        self._is_filling = False
        self._column = QVBoxLayout()
        inside = QWidget()
        inside.setLayout(self._column)
        self.setWidget(inside)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(lambda *_: self._look())
        bar.rangeChanged.connect(lambda *_: self._look())

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show a plan's points from their beginning; the same points stay read."""
        if tuple(sections) == self._shown:
            return
        self._shown, self._is_filling = tuple(sections), True
        self.is_read = False
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for heading, text in sections:
            title = named(QLabel(heading), "card_heading")
            words = Paragraph()
            self._column.addWidget(title)
            self._column.addWidget(words)
            title.show()  # at once: what is not shown yet counts for nothing when the height is measured
            words.say(text)
        self._column.addStretch(1)
        self._column.activate()
        self.verticalScrollBar().setValue(0)
        self._is_filling = False
        self._look()

    def read_on(self) -> None:
        """A page further."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())

    def words(self) -> str:
        """Everything that is written here."""
        return "\n".join(f"{heading}\n{text}" for heading, text in self._shown)

    def _look(self) -> None:
        if self._is_filling or self.is_read:
            return
        room = self.viewport().size()
        needed = self._column.totalHeightForWidth(room.width())
        seen = self.verticalScrollBar().value() + room.height()
        if self._shown and self.isVisible() and seen >= needed:
            self.is_read = True
            self.read.emit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._column.activate()
        self._look()
