"""Which printer, and how: what the printer cannot do is not asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.printers import SIDES, PrinterAbilities, PrinterSetup, Sides
from desktop.views.message_bar import MessageBar
from desktop.views.printing.small_number import SmallNumber
from desktop.views.widgets import muted_label, named

_MOST_COPIES = 99
_CHARACTERS = 24
_COLOURS = {False: "白黒", True: "カラー"}
_BY_PRINTER = "プリンターの設定のとおり"
_EMPTY = "このパソコンで使えるプリンターがありません。プリンターを登録するか、この画面を閉じて「PDFで保存」を使ってください。"
_KEPT = "ここで選んだプリンターと設定は、この帳票の次回の印刷に使います（部数を除く）。"


class PrinterDialog(QDialog):
    """`printer_chosen` asks for what another printer can do; `confirmed` carries the setup and the copies."""

    printer_chosen = Signal(str)
    confirmed = Signal(object, int)
    system_requested = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        names: Sequence[str],
        wanted: PrinterSetup | None,
        *,
        has_parts: bool = False,
        sentence: str = "",
    ) -> None:
        """`wanted` is how the form was printed last; `sentence` says why the dialog comes up unasked."""
        super().__init__(parent)
        self.setObjectName("printer_dialog")
        self.setWindowTitle("印刷")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wanted = wanted
        self._printer: PrinterAbilities | None = None
        self._was_shown = False
        self.messages = MessageBar()
        self.printer = _combo("printer_name", "プリンター")
        self.tray = _combo("printer_tray", "給紙")
        self.sides = _combo("printer_sides", "両面")
        self.colour = _combo("printer_colour", "色")
        self.copies = named(SmallNumber("部数"), "printer_copies")
        self.each = named(QCheckBox("1件ずつ別のジョブにする(&E)"), "printer_each")
        self.print_button = named(QPushButton("印刷（Enter）"), "confirm_print")
        self.system_button = named(QPushButton("システムの印刷画面…(&Y)"), "system_print")
        self.leave_button = named(QPushButton("やめる（Esc）"), "leave_print")
        self._form = QFormLayout()
        self._build(has_parts=has_parts)
        self._connect()
        self.printer.addItems(list(names))
        self._begin(sentence)

    def show_printer(self, printer: PrinterAbilities) -> None:
        """Offer what this printer can do, with what was chosen last where it has that."""
        if printer.name != self.printer.currentText():
            return  # another one was chosen meanwhile
        self._printer = printer
        wanted = self._wanted or PrinterSetup(printer=printer.name)
        trays = [("", _BY_PRINTER), *((tray.key, tray.label) for tray in printer.trays)]
        _fill(self.tray, trays, wanted.tray if wanted.printer == printer.name else "")
        _fill(self.sides, [(side.value, SIDES[side]) for side in printer.sides], wanted.sides.value)
        _fill(self.colour, list(_COLOURS.items()), wanted.is_colour)
        for row, is_asked in (
            (self.tray, bool(printer.trays)),
            (self.sides, len(printer.sides) > 1),
            (self.colour, printer.has_colour),
        ):
            self._form.setRowVisible(row, is_asked)
        self.print_button.setEnabled(True)
        if not self._was_shown:
            self._was_shown = True
            self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.adjustSize()

    def show_refusal(self, sentence: str) -> None:
        """Say why a printer cannot be used; another one can be chosen."""
        self.messages.show_warning(sentence)
        self.adjustSize()

    def setup(self) -> PrinterSetup:
        """What is chosen now."""
        tray = str(self.tray.currentData() or "")
        has_colour = self._printer is not None and self._printer.has_colour
        return PrinterSetup(
            printer=self.printer.currentText(),
            tray=tray,
            tray_label=self.tray.currentText() if tray else "",
            sides=Sides(self.sides.currentData()),
            is_colour=has_colour and self.colour.currentData() is True,
            is_each=self.each.isChecked() and not self.each.isHidden(),
        )

    def _begin(self, sentence: str) -> None:
        wanted = self._wanted
        if wanted is not None:
            self.printer.setCurrentIndex(max(self.printer.findText(wanted.printer), 0))
            self.each.setChecked(wanted.is_each)
        if not self.printer.count():
            self.printer.setEnabled(False)
            self.system_button.setEnabled(False)
            self.messages.show_warning(_EMPTY)
            self.leave_button.setFocus()
        elif sentence:
            self.messages.show_warning(sentence)
        self.printer.currentTextChanged.connect(self._choose_printer)

    def _choose_printer(self, name: str) -> None:
        self._printer = None
        self.print_button.setEnabled(False)
        self.messages.clear()
        self.printer_chosen.emit(name)

    def _confirm(self) -> None:
        if self.print_button.isEnabled():
            setup, copies = self.setup(), self.copies.value()
            self.accept()
            self.confirmed.emit(setup, copies)

    def _ask_system(self) -> None:
        name = self.printer.currentText()
        self.reject()
        self.system_requested.emit(name)

    def _build(self, *, has_parts: bool) -> None:
        self.copies.set_range(1, _MOST_COPIES)
        self.each.setVisible(has_parts)
        self.print_button.setProperty("primary", True)
        self.print_button.setDefault(True)
        self.print_button.setEnabled(False)
        rows = (
            ("プリンター(&R)", self.printer),
            ("給紙(&T)", self.tray),
            ("両面(&D)", self.sides),
            ("色(&C)", self.colour),
            ("部数(&N)", self.copies),
        )
        for label, field in rows:
            self._form.addRow(label, field)
        for field in (self.tray, self.sides, self.colour):
            self._form.setRowVisible(field, False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.system_button)
        buttons.addStretch(1)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.print_button)
        kept = muted_label(_KEPT)
        kept.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(self.messages)
        layout.addLayout(self._form)
        layout.addWidget(self.each)
        layout.addWidget(kept)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.print_button.clicked.connect(self._confirm)
        self.leave_button.clicked.connect(self.reject)
        self.system_button.clicked.connect(self._ask_system)


def _combo(name: str, spoken: str) -> QComboBox:
    box = named(QComboBox(), name)
    box.setAccessibleName(spoken)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_CHARACTERS)
    return box


def _fill(box: QComboBox, items: Sequence[tuple[object, str]], wanted: object) -> None:
    box.clear()
    for key, label in items:
        box.addItem(label, key)
    box.setCurrentIndex(max(box.findData(wanted), 0))
