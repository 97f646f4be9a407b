"""The strips beneath the list of cases: drawing, asking somebody, taking a request back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal

from desktop.domain.blind_checks import (
    MOST_DRAWN,
    WITHDRAWN_WHY,
    CheckRow,
    DrawInput,
    Second,
    WithdrawnWhy,
    quarter_words,
)
from desktop.domain.ids import new_id
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField

_USUAL = 5
_WHYS = tuple(Choice(code=why.value, label=label) for why, label in WITHDRAWN_WHY.items())
_FOCUS = Qt.FocusReason.OtherFocusReason


class DrawForm(SmallForm):
    """How many cases of the quarter; `entered` carries a DrawInput."""

    entered = Signal(object)

    def __init__(self) -> None:
        self.wanted = NumberField("件数", required=True, unit="件", lowest=1, highest=MOST_DRAWN)
        self.reason = TextField("もう一度抽出する理由")
        super().__init__(
            "draw_checks", "抽出する", {"件数(&K)": self.wanted, "理由(&R)": self.reason}
        )
        self._quarter_on: date | None = None
        self._draw_id = new_id()

    def ask(self, quarter_on: date, *, again: bool) -> None:
        """Begin for a quarter; a reason is asked for where it was drawn before."""
        self._quarter_on, self._draw_id = quarter_on, new_id()
        more = "　この四半期はもう抽出しています。理由が残ります。" if again else ""
        self.begin(f"{quarter_words(quarter_on)}に決めた事例から無作為に選びます。{more}")
        self.wanted.show_value(_USUAL)
        self.reason.show_value(None)
        self.wanted.setFocus(_FOCUS)

    @override
    def act(self) -> None:
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        wanted = reader.read("wanted", self.wanted)
        reason = reader.read("reason", self.reason) or ""
        reader.finish()
        if wanted is not None and self._quarter_on is not None:
            self.entered.emit(
                DrawInput(
                    draw_id=self._draw_id,
                    quarter_on=self._quarter_on,
                    wanted=wanted,
                    reason=reason,
                )
            )


class AskForm(SmallForm):
    """Who answers a second time; `entered` carries the case and the Second's id."""

    entered = Signal(object, object)

    def __init__(self) -> None:
        self.second_id = ChoiceField("二人目", (), required=True)
        super().__init__("ask_second", "頼む", {"二人目(&S)": self.second_id})
        self._row: CheckRow | None = None
        self._known: dict[str, Second] = {}

    def ask(self, row: CheckRow, people: Sequence[Second]) -> None:
        """Begin with those who may be asked."""
        self._row, self._known = row, {str(each.staff_id): each for each in people}
        nobody = "" if people else "　頼める人がいません。"
        self.begin(
            f"{row.case_number}：はじめの評価を書いた人と担当、査察指導の職務の人には頼めません。{nobody}"
        )
        self.second_id.set_choices(
            [Choice(code=code, label=each.name) for code, each in self._known.items()]
        )
        self.second_id.show_value(None)
        self.second_id.setFocus(_FOCUS)

    @override
    def act(self) -> None:
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        code = reader.read("second_id", self.second_id)
        reader.finish()
        if code is not None and self._row is not None:
            self.entered.emit(self._row, self._known[code].staff_id)


class WithdrawForm(SmallForm):
    """Why a request is taken back; `entered` carries the case and a WithdrawnWhy."""

    entered = Signal(object, object)

    def __init__(self) -> None:
        self.why = ChoiceField("理由", _WHYS, required=True)
        super().__init__("withdraw_second", "取りやめる", {"理由(&R)": self.why})
        self._row: CheckRow | None = None

    def ask(self, row: CheckRow) -> None:
        """Begin for a case."""
        self._row = row
        self.begin(f"{row.case_number}：{row.second}への依頼を取りやめます。ほかの人に頼めます。")
        self.why.show_value(None)
        self.why.setFocus(_FOCUS)

    @override
    def act(self) -> None:
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        code = reader.read("why", self.why)
        reader.finish()
        if code is not None and self._row is not None:
            self.entered.emit(self._row, WithdrawnWhy(code))
