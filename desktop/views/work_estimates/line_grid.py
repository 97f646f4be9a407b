"""The lines of an estimate: what, how much, and beneath it how it was reckoned."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.domain.work_estimates import EstimateLine, yen
from desktop.views.paragraph import Paragraph


class LineGrid(QWidget):
    """Amounts stand under one another; `words` is the whole as text."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self._shown: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.hide()

    def show_lines(self, lines: tuple[EstimateLine, ...]) -> None:
        """Show these; nothing takes no room."""
        for widget in self._shown:
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._shown = []
        for place, line in enumerate(lines):
            self._add(2 * place, line)
        self.words = "\n".join(f"{_amount(line)} {line.formula}" for line in lines)
        self.setVisible(bool(lines))

    def _add(self, row: int, line: EstimateLine) -> None:
        label, amount = QLabel(line.label), QLabel(_amount(line))
        amount.setAccessibleName(f"{line.label}　{_amount(line)}　{line.formula}")
        formula = Paragraph(tone="muted")
        right = Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(amount, row, 1, right)
        self._grid.addWidget(formula, row + 1, 0, 1, 2)
        formula.say(line.formula)
        self._shown += [label, amount, formula]


def _amount(line: EstimateLine) -> str:
    return "" if line.amount is None else yen(line.amount)
