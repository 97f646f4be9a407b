"""The form of who answers a second time: A, B, C and E by the office's words, with the anchor of what is chosen beneath."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from desktop.domain.assessment_forms import AssessmentTables
from desktop.domain.assessments import Barriers, Health, Motivation, SelfDrive
from desktop.domain.blind_checks import BLIND_ITEM, BlindForm, BlindInput, BlindItem, OpenCheck
from desktop.domain.errors import UserError, ValidationError
from desktop.views.effort.lists import key_of, read_all
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_CODES: Mapping[BlindItem, type[StrEnum]] = {
    BlindItem.HEALTH: Health,
    BlindItem.MOTIVATION: Motivation,
    BlindItem.BARRIERS: Barriers,
    BlindItem.DRIVE: SelfDrive,
}
_KEYS = {
    BlindItem.HEALTH: "A",
    BlindItem.MOTIVATION: "B",
    BlindItem.BARRIERS: "C",
    BlindItem.DRIVE: "E",
}


class AnswerForm(QFrame):
    """`entered` carries a BlindInput. Nothing is chosen beforehand."""

    entered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("blind_form")
        self.is_dirty = False
        self._row: OpenCheck | None = None
        self._tables: AssessmentTables | None = None
        self.head = named(Paragraph(), "blind_head")
        self.fields = {
            item: named(
                ChoiceField(BLIND_ITEM[item], (), required=True), f"blind_field_{item.value}"
            )
            for item in BlindItem
        }
        self.anchors = {
            item: named(Paragraph(tone="muted"), f"blind_anchor_{item.value}") for item in BlindItem
        }
        self.words = LongTextField("根拠（記録・書類のどこから）", lines=3)
        self.save_button = named(QPushButton("答えを提出（Ctrl+S）"), "blind_save")
        self._lay_out()

    def begin(self, row: OpenCheck, form: BlindForm) -> None:
        """Begin empty, by the words of today."""
        self._row, self._tables = row, form.tables
        self.head.say(f"{row.case_number}　{form.name}さんについて、あなたの評価を選びます。")
        for item, field in self.fields.items():
            field.set_choices(
                [
                    Choice(code=code, label=f"{code} {form.tables.label(code)}")
                    for code in _CODES[item]
                ]
            )
            field.show_value(None)
        self.words.show_value(None)
        self._say_anchors()
        self.is_dirty = False

    def focus_first(self) -> None:
        """Begin with A."""
        self.fields[BlindItem.HEALTH].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its field; return what has no place there."""
        if isinstance(error, ValidationError) and "words" in error.fields:
            self.words.show_error(error.fields["words"])
            return ""
        return error.sentence

    def hand_in(self) -> None:
        """Hand in what is chosen."""
        found = read_all(*self.fields.values(), self.words)
        if found is None or self._row is None:
            return
        health, motivation, barriers, drive, words = found
        self.entered.emit(
            BlindInput(
                assignment_id=self._row.assignment_id,
                household_id=self._row.household_id,
                health=Health(health),
                motivation=Motivation(motivation),
                barriers=Barriers(barriers),
                drive=SelfDrive(drive),
                words=words or "",
            )
        )

    def _edited(self) -> None:
        self.is_dirty = True
        self._say_anchors()

    def _say_anchors(self) -> None:
        for item, field in self.fields.items():
            code = field.editor().currentData()
            known = self._tables.anchors if self._tables is not None else {}
            self.anchors[item].say(known.get(code, ("", ""))[1] if code else "")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.head)
        for item, field in self.fields.items():
            form = FormLayout()
            form.add_field(f"{BLIND_ITEM[item]}(&{_KEYS[item]})", field)
            layout.addLayout(form)
            layout.addWidget(self.anchors[item])
            field.edited.connect(self._edited)
        form = FormLayout()
        form.add_field("根拠(&W)", self.words)
        layout.addLayout(form)
        layout.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.edited.connect(self._edited)
        self.save_button.clicked.connect(lambda *_: self.hand_in())
        key_of(self, "Ctrl+S", self.hand_in)
