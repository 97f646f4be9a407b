"""The strips of the grid: say why a paper has not come or what was earned, and choose a form to print."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop.domain.employment_spells import MOST_YEN
from desktop.domain.income_months import Earned
from desktop.domain.monthly_paper_forms import PERSON_FORM, PersonFormKind
from desktop.domain.monthly_papers import MOST_WORDS, PaperReason
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField
from desktop.views.fields.yen_field import YenField

_BLANK, _FILLED = "blank", "filled"


class WhyForm(SmallForm):
    """Why it has not come. `explained` carries the reason's code, the words, and what help is missing."""

    explained = Signal(str, str, str)

    def __init__(self) -> None:
        self.reason = ChoiceField("理由", (), required=True)
        self.words = TextField("説明", longest=MOST_WORDS)
        self.help_missing = TextField("足りない支援", longest=MOST_WORDS)
        fields = {
            "理由(&R)": self.reason,
            "説明(&S)": self.words,
            "足りない支援(&H)": self.help_missing,
        }
        super().__init__("why_form", "記録", fields)

    def ask(self, heading: str, reasons: tuple[PaperReason, ...]) -> None:
        """Ask for one of the office's reasons."""
        self.begin(heading)
        self.reason.set_choices([Choice(code=r.code, label=r.label) for r in reasons])
        self.reason.show_value(None)
        self.words.show_value(None)
        self.help_missing.show_value(None)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand the reason in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        reason = reader.read("reason", self.reason)
        words = reader.read("words", self.words)
        help_missing = reader.read("help_missing", self.help_missing)
        reader.finish()
        self.explained.emit(str(reason), words or "", help_missing or "")


class EarnedForm(SmallForm):
    """What was earned in the month. `noted` carries an Earned."""

    noted = Signal(object)

    def __init__(self) -> None:
        self.gross = YenField("総支給額", highest=MOST_YEN, required=True)
        self.recognised = YenField("収入認定額", highest=MOST_YEN)
        fields = {
            "総支給額（その月の合計）(&G)": self.gross,
            "収入認定額（わかるとき）(&C)": self.recognised,
        }
        super().__init__("earned_form", "記録", fields)

    def ask(self, heading: str) -> None:
        """Ask for the amounts of a month."""
        self.begin(heading)
        self.gross.show_value(None)
        self.recognised.show_value(None)
        self.gross.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand the amounts in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        gross = reader.read("gross", self.gross)
        recognised = reader.read("recognised", self.recognised)
        reader.finish()
        if gross is not None:
            self.noted.emit(Earned(gross=gross, recognised=recognised))


class FormChoice(SmallForm):
    """Which form, filled in or blank. `chosen` carries a PersonFormKind and whether it is filled in."""

    chosen = Signal(object, bool)

    def __init__(self) -> None:
        kinds = [
            Choice(code=kind.value, label=f"{kind.value} {said}")
            for kind, said in PERSON_FORM.items()
        ]
        self.kind = ChoiceField("様式", kinds, required=True)
        ways = [
            Choice(code=_FILLED, label="氏名などを入れる"),
            Choice(code=_BLANK, label="白紙（1枚）"),
        ]
        self.way = ChoiceField("入れるもの", ways, required=True)
        super().__init__("form_choice", "作る", {"様式(&S)": self.kind, "入れるもの(&N)": self.way})

    def ask(self, heading: str) -> None:
        """Ask for the form; the report on the search for work is offered first."""
        self.begin(heading)
        self.kind.show_value(PersonFormKind.SEARCH_REPORT.value)
        self.way.show_value(_FILLED)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Say which."""
        self._hand_in(self._send)

    def _send(self) -> None:
        kind, way = self.kind.entered(), self.way.entered()
        self.chosen.emit(PersonFormKind(str(kind)), way == _FILLED)
