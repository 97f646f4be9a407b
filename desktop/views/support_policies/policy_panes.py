"""The panes of a policy while it is written: list and self-check, or the record's sentences; beside them the form."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.override import override
from desktop.views.look import Look
from desktop.views.support_policies.checks_panel import ChecksPanel
from desktop.views.support_policies.evidence_picker import EvidencePicker
from desktop.views.support_policies.outline import Outline
from desktop.views.support_policies.part_bar import PartBar
from desktop.views.widgets import named

_SHARES = (40, 60)
#: Where there is less room, in full-width characters, list and self-check are folded away above the form.
_ROOM_FOR_BOTH = 48
_WAYS = 1000


class PolicyPanes(QSplitter):
    """Wide: list above self-check at the left. Narrow: the form alone under a bar that unfolds both (F4)."""

    step_wanted = Signal(int)
    form_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.outline = Outline()
        self.checks = ChecksPanel(look)
        self.picker = EvidencePicker()
        self.bar = PartBar()
        self._left = QStackedWidget()
        self._pages = QStackedWidget()
        self._column = QSplitter(Qt.Orientation.Vertical)
        self._scrolls: list[QScrollArea] = []

    @property
    def is_picking(self) -> bool:
        """Whether the sentences stand at the left."""
        return self._left.currentWidget() is self.picker

    def _set_picking(self, *, is_picking: bool) -> None:
        self._left.setCurrentIndex(int(is_picking))
        self._show_left()

    def _show_page(self, page: int) -> None:
        """Show one of the forms from its beginning."""
        self._pages.setCurrentIndex(page)
        self._scrolls[page].verticalScrollBar().setValue(0)

    def _build_panes(self, *forms: QWidget) -> None:
        column = self._column
        column.setChildrenCollapsible(False)
        column.addWidget(self.outline)
        column.addWidget(self.checks)
        column.setSizes([_WAYS // 2, _WAYS // 2])
        beside = QWidget()
        inside = QVBoxLayout(beside)
        inside.setContentsMargins(12, 0, 4, 0)
        inside.addWidget(column)
        self._left.addWidget(beside)
        self._left.addWidget(self.picker)
        # It takes the room that list and self-check have, and asks for none of its own.
        self.picker.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        for form in forms:
            scroll = named(QScrollArea(), f"{form.objectName()}_scroll")
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setWidget(form)
            self._scrolls.append(scroll)
            self._pages.addWidget(scroll)
        right = QWidget()
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(2)
        below.addWidget(self.bar)
        below.addWidget(self._pages, 1)
        self.setChildrenCollapsible(False)
        self.addWidget(self._left)
        self.addWidget(right)
        for place, share in enumerate(_SHARES):
            self.setStretchFactor(place, share)
        self._connect_panes()
        self._arrange()

    def _connect_panes(self) -> None:
        self.bar.step_wanted.connect(self.step_wanted)
        self.bar.unfolded.connect(self._show_left)
        for keys, act in (
            ("Ctrl+PgUp", lambda: self.step_wanted.emit(-1)),
            ("Ctrl+PgDown", lambda: self.step_wanted.emit(1)),
            ("F4", self._fold),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _fold(self) -> None:
        """Show or hide list and self-check; the keyboard goes to the list that came, or back into the form."""
        if not self._is_narrow:
            self.outline.list.setFocus()
            return
        self.bar.fold.toggle()
        if self.bar.fold.isChecked():
            self.outline.list.setFocus()
        else:
            self.form_wanted.emit()

    @property
    def _is_narrow(self) -> bool:
        em = self.fontMetrics().horizontalAdvance("国")
        return self.width() < _ROOM_FOR_BOTH * em

    def _arrange(self) -> None:
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        is_narrow = self._is_narrow
        self.setOrientation(down if is_narrow else across)
        self._column.setOrientation(across if is_narrow else down)
        self.bar.setVisible(is_narrow)
        self._show_left()
        whole = self.height() if is_narrow else self.width()
        self.setSizes([whole * share // 100 for share in _SHARES])

    def _show_left(self) -> None:
        self._left.setVisible(not self._is_narrow or self.is_picking or self.bar.fold.isChecked())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
