"""The strip beneath the list in which a step asks for its words; an answer also for its day and paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from desktop.domain.era import DateStyle, format_date
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.inquiries import (
    AnswerInput,
    AnswerPaper,
    InquiryLine,
    InquiryMove,
    InquiryState,
)
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.papers.folding_row import FlowingRow, FoldingRow
from desktop.views.widgets import named


class StepForm(QFrame):
    """`moved` carries line, state and words; `answered` an AnswerInput. `left` on Esc."""

    moved = Signal(object, object, str)
    answered = Signal(object)
    left = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("inquiry_step")
        self._today = today
        self._line: InquiryLine | None = None
        self._move: InquiryMove | None = None
        self.heading = named(QLabel(), "section_title")
        self.answered_on = DateField("回答の日", today=today, required=True, style=DateStyle.SHORT)
        self.paper_id = ChoiceField("回答の書類", ())
        self.words = LongTextField("言葉", required=True, lines=3, most_lines=8)
        self.act_button = named(QPushButton(), "step_act")
        self.back_button = named(QPushButton("やめる（Esc）"), "step_back")
        self._words_label = QLabel()
        self._of_answer = FoldingRow(gap=12)
        self._lay_out()
        self._connect()
        self.hide()

    def ask(self, line: InquiryLine, move: InquiryMove) -> None:
        """Ask for the words of a step."""
        self._begin(line, move)
        self._of_answer.hide()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_answer(
        self, line: InquiryLine, move: InquiryMove, papers: tuple[AnswerPaper, ...]
    ) -> None:
        """Ask for an answer: the day, the paper that brought it, and what it says."""
        self._begin(line, move)
        self.paper_id.set_choices([Choice(code=str(p.paper_id), label=_paper(p)) for p in papers])
        self.paper_id.show_value(None)
        self.answered_on.show_value(self._today())
        self._of_answer.show()
        self.answered_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.act_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [key for key in error.fields if isinstance(getattr(self, key, None), Field)]
        for key in placed:
            getattr(self, key).show_error(error.fields[key])
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether something is half typed."""
        return not self.isHidden() and bool(self.words.editor().toPlainText().strip())

    def end(self) -> None:
        """Forget what was typed."""
        self.words.show_value(None)
        self.hide()

    def _begin(self, line: InquiryLine, move: InquiryMove) -> None:
        self._line, self._move = line, move
        self.heading.setText(f"{line.label}　{line.agency_label}")
        self.words.name = move.words_label
        self.words.editor().setAccessibleName(move.words_label)
        self._words_label.setText(f"{move.words_label}(&W)")
        self.words.show_value(None)
        self.act_button.setText(f"{move.label}（Ctrl+Enter）")
        self.act_button.setEnabled(True)
        self.show()

    def _act(self) -> None:
        line, move = self._line, self._move
        if line is None or move is None or not self.act_button.isEnabled():
            return
        is_answer = move.to_state is InquiryState.ANSWERED
        reader = FormReader()
        day = reader.read("answered_on", self.answered_on) if is_answer else None
        paper = reader.read("paper_id", self.paper_id) if is_answer else None
        words = reader.read("words", self.words)
        try:
            reader.finish()
        except ValidationError:
            return
        self.act_button.setEnabled(False)
        if day is None:
            self.moved.emit(line, move.to_state, words or "")
        else:
            self.answered.emit(_answer(line, day, paper, words or ""))

    def _leave(self) -> None:
        self.end()
        self.left.emit()

    def _lay_out(self) -> None:
        self.act_button.setProperty("primary", True)
        self._words_label.setBuddy(self.words.editor())
        self._of_answer.add_part(form_row("回答の日(&D)", self.answered_on), stretches=0)
        self._of_answer.add_part(
            form_row("回答の書類（窓口で受け取ったとき）(&B)", self.paper_id), stretches=0, share=1
        )
        buttons = FlowingRow()
        buttons.add(self.act_button)
        buttons.add(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        for widget in (self.heading, self._of_answer, self._words_label, self.words, buttons):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.act_button.clicked.connect(self._act)
        self.back_button.clicked.connect(self._leave)
        for key, act in (
            ("Ctrl+Return", self._act),
            ("Ctrl+Enter", self._act),
            ("Escape", self._leave),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)


def _answer(line: InquiryLine, day: date, paper: str | None, words: str) -> AnswerInput:
    return AnswerInput(
        inquiry_id=line.inquiry_id,
        shown=line.step,
        answered_on=day,
        words=words,
        paper_id=UUID(paper) if paper else None,
    )


def _paper(paper: AnswerPaper) -> str:
    day = format_date(paper.received_on, DateStyle.SHORT)
    return f"受領番号 {paper.label}　{paper.kind_label}（{day}受領）"
