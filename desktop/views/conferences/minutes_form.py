"""The minutes of one matter (会議録): written once, read afterwards."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.conference_boards import MatterRow, Minutes
from desktop.domain.conferences import MinutesInput
from desktop.domain.era import DateStyle, format_date
from desktop.domain.errors import UserError, ValidationError
from desktop.viewmodels.conferences_digest import Line
from desktop.views.conferences.digest_view import DigestView
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import at_left, named

_FIELDS = ("papers", "discussion", "persons_view", "dissent")


class MinutesForm(QFrame):
    """Ctrl+S stores: `entered` carries a MinutesInput. What is stored shows as text and cannot be changed."""

    entered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("minutes_form")
        self._row: MatterRow | None = None
        self.note = named(Paragraph(tone="muted"), "minutes_note")
        self.papers = LongTextField("見た資料", lines=1)
        self.discussion = LongTextField("話し合ったこと", lines=3, required=True)
        self.persons_view = LongTextField("本人の意向・意見", lines=1)
        self.dissent = LongTextField("ちがう意見", lines=1)
        self.save_button = named(QPushButton("会議録を保存（Ctrl+S）"), "save_minutes")
        self.stored = DigestView("stored_minutes")
        self.stored.setAccessibleName("会議録")
        self._form = QWidget()
        self._lay_out()
        self.save_button.clicked.connect(lambda *_: self.save())

    def show_minutes(self, row: MatterRow, minutes: Minutes | None, *, why_not: str) -> None:
        """Show what is stored, or ask for it; `why_not` says why it cannot be written yet."""
        self._row = row
        for name in _FIELDS:
            getattr(self, name).show_value(None)
        self.note.say(_written(minutes) if minutes else why_not)
        self._form.setVisible(minutes is None and not why_not)
        self.save_button.setEnabled(True)
        self.stored.show_lines(_lines(minutes) if minutes else ())
        self.stored.setVisible(minutes is not None)

    def is_open(self) -> bool:
        """Whether minutes can be written."""
        return not self._form.isHidden()

    def has_unsaved(self) -> bool:
        """Whether something is typed."""
        return self.is_open() and any(
            getattr(self, name).editor().toPlainText().strip() for name in _FIELDS
        )

    def focus_first(self) -> None:
        """Begin with the discussion: papers and views are often empty."""
        self.discussion.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Hand in what is typed."""
        if self._row is None or not self.is_open() or not self.save_button.isEnabled():
            return
        reader = FormReader()
        words = {name: reader.read(name, getattr(self, name)) or "" for name in _FIELDS}
        try:
            reader.finish()
        except ValidationError:
            return
        self.save_button.setEnabled(False)
        self.entered.emit(
            MinutesInput(
                matter_id=self._row.matter_id, household_id=self._row.household_id, **words
            )
        )

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.save_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        for name, sentence in error.fields.items():
            if name in _FIELDS:
                getattr(self, name).show_error(sentence)
        return "" if set(error.fields) & set(_FIELDS) else error.sentence

    def _lay_out(self) -> None:
        form = FormLayout(self._form, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        form.add_field("話し合ったこと(&D)", self.discussion)
        form.add_field("見た資料(&P)", self.papers)
        form.add_field("本人の意向・意見(&V)", self.persons_view)
        form.add_field("ちがう意見（だれが・なぜ）(&X)", self.dissent)
        form.addRow(at_left(self.save_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.note, self._form, self.stored):
            layout.addWidget(part)


def _written(minutes: Minutes) -> str:
    day = format_date(minutes.written_at.date(), DateStyle.SHORT)
    return f"{minutes.written_by}が{day}に書きました。書いた会議録は変わりません。"


def _lines(minutes: Minutes) -> tuple[Line, ...]:
    lines = (
        Line("話し合ったこと", minutes.discussion),
        Line("見た資料", minutes.papers),
        Line("本人の意向・意見", minutes.persons_view),
        Line("ちがう意見", minutes.dissent),
    )
    return tuple(line for line in lines if line.words)
