"""The bar that says whose file is open, in a colour that stays the same while you are in that file."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.domain.households import Identity
from desktop.domain.labels import HOUSEHOLD_STATE
from desktop.views.households.mark_badge import MarkBadge
from desktop.views.tokens import IDENTITY_TEXT, identity_colour
from desktop.views.two_rows import TwoRows
from desktop.views.widgets import named

_STYLE = "QFrame#identity_bar {{ background: {ground}; }} QFrame#identity_bar QLabel {{ color: {text}; }}"


class IdentityBar(QFrame):
    """Case number, head of household, district, caseworker, state and safety marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("identity_bar")
        self.number = named(QLabel(), "identity_number")
        self.head = named(QLabel(), "identity_head")
        self.kana = named(QLabel(), "identity_kana")
        self.duty = named(QLabel(), "identity_duty")
        self.state = named(QLabel(), "identity_state")
        self._marks = QHBoxLayout()
        self._marks.setSpacing(6)
        who = _row(self.number, self.head)
        who.addLayout(self._marks)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.addWidget(TwoRows(_part(who), _part(_row(self.kana, self.duty, self.state))))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_identity(self, identity: Identity) -> None:
        """Show whose file it is."""
        self.setStyleSheet(
            _STYLE.format(ground=identity_colour(identity.case_number), text=IDENTITY_TEXT)
        )
        self.number.setText(identity.case_number)
        self.head.setText(f"{identity.head_name}　世帯")
        self.kana.setText(identity.head_kana)
        caseworker = identity.caseworker or "欠員"
        self.duty.setText(f"{identity.district_code} {identity.district_name}　担当 {caseworker}")
        self.state.setText(HOUSEHOLD_STATE[identity.state])
        self._show_marks(identity)
        self.setAccessibleName(f"{identity.case_number} {identity.head_name}")

    def _show_marks(self, identity: Identity) -> None:
        while (item := self._marks.takeAt(0)) is not None:
            badge = item.widget()
            if badge is not None:
                badge.deleteLater()
        for kind in identity.marks:
            self._marks.addWidget(MarkBadge(kind))


def _row(*labels: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(14)
    for label in labels:
        row.addWidget(label)
    return row


def _part(row: QHBoxLayout) -> QWidget:
    row.addStretch(1)
    part = QWidget()
    part.setLayout(row)
    return part
