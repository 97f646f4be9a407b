"""The strips beneath the yearly grid, of which at most one takes room: a trial, or a form that asks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.views.declarations.small_form import SmallForm
from desktop.views.paragraph import Paragraph
from desktop.views.visit_plans.forms import AddForm, ReasonForm, WordsForm
from desktop.views.visit_plans.points_form import PointsForm
from desktop.views.widgets import named


class YearStrips(QWidget):
    """`taken` and `left` end a trial, `shown` says whether a strip takes room; each form has its own signals."""

    taken = Signal()
    left = Signal()
    shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.trial = named(QFrame(), "trial_strip")
        self.trial_words = named(Paragraph(), "trial_words")
        self.take_button = named(QPushButton("ここに移す（Enter）"), "take_trial")
        self.give_up_button = named(QPushButton("やめる（Esc）"), "give_up_trial")
        self.note = WordsForm("note_form", "備考を保存", "備考", required=False)
        self.back = WordsForm("return_form", "差戻し", "差戻しの理由", required=True)
        self.exception = ReasonForm("exception_form", "例外とする", words_required=True)
        self.deviation = ReasonForm("deviation_form", "変更を記録", words_required=False)
        self.add = AddForm()
        self.points = PointsForm()
        self._forms: tuple[SmallForm, ...] = (
            *(self.note, self.back, self.exception, self.deviation),
            *(self.add, self.points),
        )
        self._build()

    def form_at_hand(self) -> SmallForm | None:
        """The form that is open."""
        return next((form for form in self._forms if not form.isHidden()), None)

    def show_form(self, form: SmallForm) -> None:
        """Open a form; whatever else was open is closed."""
        for strip in (self.trial, *self._forms):
            strip.setVisible(strip is form)
        self.shown.emit(True)

    def show_none(self) -> None:
        """Close everything."""
        for strip in (self.trial, *self._forms):
            strip.hide()
        self.shown.emit(False)

    def try_move(self, words: str, *, is_known: bool) -> None:
        """Show what a move takes; it can be made once that is known."""
        if self.form_at_hand() is not None:
            return
        self.trial_words.say(words)
        self.take_button.setEnabled(is_known)
        self.trial.show()
        self.shown.emit(True)

    def end_trial(self) -> None:
        """Close the trial."""
        self.trial.hide()
        self.trial_words.say("")
        self.shown.emit(self.form_at_hand() is not None)

    def _build(self) -> None:
        self.take_button.setProperty("primary", True)
        row = QHBoxLayout(self.trial)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(self.trial_words, 1)
        row.addWidget(self.give_up_button)
        row.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for strip in (self.trial, *self._forms):
            layout.addWidget(strip)
        self.take_button.clicked.connect(lambda *_: self.taken.emit())
        self.give_up_button.clicked.connect(lambda *_: self.left.emit())
        for form in self._forms:
            form.left.connect(self.left)
        self.show_none()
