"""The reason and the acts on a part: strike, leave open, take back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.disclosures import MOST_WORDS, DisclosureReason
from desktop.domain.disclosures_marks import NO_REASON
from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.views.disclosures.keys import let_keys_act
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.text_field import TextField
from desktop.views.flow_layout import FlowLayout
from desktop.views.widgets import keep_height_for_width, named

_LEAST_CHARACTERS = 14


class _ReasonField(ChoiceField):
    """A choice whose labels are long: it takes the room there is."""

    @override
    def _place(self, editor: QWidget, *, stretches: bool = False) -> None:
        super()._place(editor, stretches=True)


class MarkBar(QWidget):
    """The reason stays for the next part; no reason is proposed. `left` on Enter and Esc in a field."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reasons: tuple[DisclosureReason, ...] = ()
        self.reason = named(_ReasonField("不開示の理由", (), required=True), "mark_reason")
        self.note = named(TextField("確認する人へのメモ", longest=MOST_WORDS), "mark_note")
        self.whole_button = named(QPushButton("全部を不開示（S）"), "strike_part")
        self.span_button = named(QPushButton("選んだ言葉を不開示（X）"), "strike_span")
        self.leave_button = named(QPushButton("開示する（O）"), "leave_part")
        self.entry_button = named(QPushButton("この記録の残りを開示（E）"), "leave_entry")
        self.lift_button = named(QPushButton("決定を取り消す（U）"), "lift_marks")
        self.next_button = named(QPushButton("次の決めていない箇所（N）"), "next_part")
        self._lay_out()
        self._connect()

    def show_reasons(self, reasons: tuple[DisclosureReason, ...]) -> None:
        """Offer the office's reasons."""
        if reasons != self._reasons:
            self._reasons = reasons
            self.reason.set_choices(
                [Choice(code=r.code, label=f"{r.article}　{r.label}") for r in reasons]
            )

    def chosen_reason(self) -> str:
        """The code of the reason; "" after showing that it is missing."""
        try:
            return self.reason.entered() or ""
        except ValidationError:
            self.ask_reason()
            return ""

    def ask_reason(self, sentence: str = NO_REASON) -> None:
        """Say that the reason is missing."""
        self.reason.show_error(sentence)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """The note, given away once."""
        words = self.note.entered() or ""
        self.note.show_value(None)
        return words

    def _connect(self) -> None:
        let_keys_act(self, {"Escape": self.left.emit}, with_children=True)
        for line in (self.reason.editor().lineEdit(), self.note.editor()):
            if line is not None:
                # After the line itself has gone on to its next field.
                line.returnPressed.connect(self._leave, Qt.ConnectionType.QueuedConnection)

    def _leave(self) -> None:
        """Enter is told more than once where a list of choices was open."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.left.emit()

    def _lay_out(self) -> None:
        # As wide as there is room, not as the longest reason.
        box = self.reason.editor()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_LEAST_CHARACTERS)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        fields = QHBoxLayout()
        fields.addWidget(form_row("不開示の理由(&R)", self.reason), 3, Qt.AlignmentFlag.AlignTop)
        note = form_row("メモ（印刷されません）(&M)", self.note)
        fields.addWidget(note, 2, Qt.AlignmentFlag.AlignTop)
        acts = QWidget()
        keep_height_for_width(acts)
        row = FlowLayout(acts)
        for button in (
            *(self.whole_button, self.span_button, self.leave_button),
            *(self.entry_button, self.lift_button, self.next_button),
        ):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(fields)
        layout.addWidget(acts)
