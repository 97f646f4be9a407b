"""The strips beneath the yearly grid: a note, an exception, a new visit, a return, a change after the approval."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.visit_plans import (
    FEWEST_MINUTES,
    MOST_MINUTES,
    MOST_WORDS,
    VISIT_KIND,
    VisitKind,
)
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField

_STANDARD_MINUTES = 40


class WordsForm(SmallForm):
    """One text. `given` carries it."""

    given = Signal(str)

    def __init__(self, name: str, act: str, label: str, *, required: bool) -> None:
        self.words = TextField(label, required=required, longest=MOST_WORDS)
        super().__init__(name, act, {f"{label}(&R)": self.words})

    def ask(self, heading: str, words: str = "") -> None:
        """Ask for the words; those that are there can be changed."""
        self.begin(heading)
        self.words.show_value(words or None)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand them in."""
        self._hand_in(lambda: self.given.emit(self.words.entered() or ""))


class ReasonForm(SmallForm):
    """A code of the office's table and words. `given` carries both."""

    given = Signal(str, str)

    def __init__(self, name: str, act: str, *, words_required: bool) -> None:
        self.reason = ChoiceField("区分", (), required=True)
        self.words = TextField("理由", required=words_required, longest=MOST_WORDS)
        super().__init__(name, act, {"区分(&K)": self.reason, "理由(&R)": self.words})

    def ask(self, heading: str, labels: Mapping[str, str], code: str = "", words: str = "") -> None:
        """Ask for both; what holds now is filled in."""
        self.begin(heading)
        self.reason.set_choices([Choice(code=key, label=label) for key, label in labels.items()])
        self.reason.show_value(code or None)
        self.words.show_value(words or None)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand them in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        reason, words = reader.read("reason", self.reason), reader.read("words", self.words)
        reader.finish()
        self.given.emit(str(reason), words or "")


class AddForm(SmallForm):
    """A visit more in a month. `given` carries its kind and its minutes."""

    given = Signal(object, int)

    def __init__(self) -> None:
        kinds = [Choice(code=kind.value, label=label) for kind, label in VISIT_KIND.items()]
        self.kind = ChoiceField("計画区分", kinds, required=True)
        self.minutes = NumberField(
            "時間", required=True, unit="分", lowest=FEWEST_MINUTES, highest=MOST_MINUTES
        )
        fields: dict[str, QWidget] = {"計画区分(&K)": self.kind, "時間(&J)": self.minutes}
        super().__init__("add_form", "追加", fields)

    def ask(self, heading: str, kind: VisitKind) -> None:
        """Ask what kind of visit it is and how long it takes."""
        self.begin(heading)
        self.kind.show_value(kind.value)
        self.minutes.show_value(_STANDARD_MINUTES)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        kind, minutes = reader.read("kind", self.kind), reader.read("minutes", self.minutes)
        reader.finish()
        self.given.emit(VisitKind(str(kind)), minutes or 0)
