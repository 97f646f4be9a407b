"""The strips beneath a plan, of which at most one takes room: a trial of a move, or a form that asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.views.declarations.small_form import SmallForm
from desktop.views.paragraph import Paragraph
from desktop.views.visit_plans.forms import ReasonForm, WordsForm
from desktop.views.widgets import named


class Strips(QWidget):
    """`taken` and `left` end a trial, `shown` says whether a strip takes room; each form has its own signals."""

    taken = Signal()
    left = Signal()
    shown = Signal(bool)

    def __init__(self, forms: Sequence[SmallForm], steps: Sequence[QPushButton] = ()) -> None:
        """`steps` are buttons that try the visit elsewhere, beside the words of the trial."""
        super().__init__()
        self.trial = named(QFrame(), "trial_strip")
        self.trial_words = named(Paragraph(), "trial_words")
        self.take_button = named(QPushButton("ここに移す（Enter）"), "take_trial")
        self.give_up_button = named(QPushButton("やめる（Esc）"), "give_up_trial")
        self._forms = tuple(forms)
        self._build(steps)

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

    def _build(self, steps: Sequence[QPushButton]) -> None:
        self.take_button.setProperty("primary", True)
        row = QHBoxLayout(self.trial)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(self.trial_words, 1)
        for button in (*steps, self.give_up_button, self.take_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for strip in (self.trial, *self._forms):
            layout.addWidget(strip)
        self.take_button.clicked.connect(lambda *_: self.taken.emit())
        self.give_up_button.clicked.connect(lambda *_: self.left.emit())
        for form in self._forms:
            form.left.connect(self.left)
        self.show_none()


class PlanStrips(Strips):
    """The forms that year and month both have: a note, the words of a return, the reason of a change after the approval."""

    note: WordsForm
    back: WordsForm
    deviation: ReasonForm
