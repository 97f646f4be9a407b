"""The strips beneath the register: what came back, and why something was lost, given up or let pass."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.carry_outs import (
    MOST_SHEETS,
    MOST_WORDS,
    CarryOutCorrection,
    CarryOutLine,
    CarryOutMove,
    CarryOutMoveInput,
    CarryOutState,
)
from desktop.domain.clock import JAPAN
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField
from desktop.views.fields.time_field import TimeField
from desktop.views.widgets import named

_SHREDDED = "裁断して廃棄した(&H)"
_FILE_GONE = "ファイルを消した(&H)"


class ReturnForm(SmallForm):
    """How many sheets came back and whether they were destroyed. `moved` carries a CarryOutMoveInput."""

    moved = Signal(object)

    def __init__(
        self,
        name: str = "return_form",
        act: str = "返却・廃棄を記録",
        label: str = "異常・備考（枚数が合わないとき）",
        move: CarryOutMove | None = None,
    ) -> None:
        self._line: CarryOutLine | None = None
        self._fixed, self._move = move, CarryOutMove.CONFIRM
        self.sheets = NumberField("数えた枚数", required=True, unit="枚", highest=MOST_SHEETS)
        self.was_destroyed = named(QCheckBox(_SHREDDED), "destroyed")
        self.words = TextField(label, required=move is not None, longest=MOST_WORDS)
        fields: dict[str, QWidget] = {
            "数えた枚数(&M)": self.sheets,
            "": self.was_destroyed,
            f"{label}(&B)": self.words,
        }
        super().__init__(name, act, fields)

    def ask(self, line: CarryOutLine, *, confirms: bool) -> None:
        """Ask about a trip; with `confirms` the sheets were seen by a second person, and it ends."""
        self._line = line
        self._move = self._fixed or (CarryOutMove.CONFIRM if confirms else CarryOutMove.BRING)
        self.was_destroyed.setText(_FILE_GONE if line.pack else _SHREDDED)
        whose = f"{line.label}　{line.staff}　持ち出した枚数 {line.sheets:,}枚"
        then = "確認すると終わります。" if confirms else "このあと、ほかの職員の確認を受けます。"
        self.begin(f"{whose}　{then}")
        seen = line.sheets_back if line.state is CarryOutState.BACK else None
        seen = line.sheets if line.pack else seen
        self.sheets.show_value(seen)
        self.was_destroyed.setChecked(line.destroyed)
        self.words.show_value(None)
        self.sheets.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        sheets, words = reader.read("sheets", self.sheets), reader.read("words", self.words)
        reader.finish()
        if self._line is not None:
            self.moved.emit(
                CarryOutMoveInput(
                    carry_out_id=self._line.carry_out_id,
                    version=self._line.version,
                    move=self._move,
                    words=words or "",
                    sheets=sheets,
                    destroyed=self.was_destroyed.isChecked(),
                )
            )


class CorrectionForm(SmallForm):
    """Another return time, or a remark on a trip already made. `corrected` carries a CarryOutCorrection."""

    corrected = Signal(object)

    def __init__(self, today: date) -> None:
        self._line: CarryOutLine | None = None
        self.back_on = DateField("返却した日", today=lambda: today)
        self.back_at = TimeField("返却時刻")
        self.words = TextField("訂正の理由・備考", required=True, longest=MOST_WORDS)
        fields: dict[str, QWidget] = {
            "返却した日(&D)": self.back_on,
            "返却時刻(&T)": self.back_at,
            "訂正の理由・備考(&B)": self.words,
        }
        super().__init__("correction_form", "訂正を記録", fields)

    def ask(self, line: CarryOutLine) -> None:
        """Ask about a trip; without a return only a remark is added."""
        self._line = line
        then = (
            "前の時刻は経過に残ります。"
            if line.back_at
            else "返却はまだ記録されていません。備考を足せます。"
        )
        self.begin(f"{line.label}　{then}")
        here = line.back_at.astimezone(JAPAN) if line.back_at else None
        self.back_on.show_value(here.date() if here else None)
        self.back_at.show_value(here.hour * 60 + here.minute if here else None)
        for field in (self.back_on, self.back_at):
            field.setEnabled(here is not None)
        self.words.show_value(None)
        first = self.back_at if here else self.words
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.back_at.editor().selectAll()

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        day, at = reader.read("back_on", self.back_on), reader.read("back_at", self.back_at)
        words = reader.read("words", self.words)
        reader.finish()
        if self._line is not None:
            self.corrected.emit(
                CarryOutCorrection(
                    carry_out_id=self._line.carry_out_id,
                    version=self._line.version,
                    back_at=self._changed(day, at),
                    words=words or "",
                )
            )

    def _changed(self, day: date | None, at: int | None) -> datetime | None:
        """The new instant; None where day and minute are as they were."""
        was = self._line.back_at if self._line is not None else None
        if day is None or at is None or was is None:
            return None
        entered = datetime.combine(day, time(*divmod(at, 60)), tzinfo=JAPAN)
        same = was.astimezone(JAPAN).replace(second=0, microsecond=0)
        return None if entered == same else entered


class ReasonForm(SmallForm):
    """A reason. `given` carries the line and the words."""

    given = Signal(object, str)

    def __init__(self, name: str, act: str, label: str) -> None:
        self._line: CarryOutLine | None = None
        self.words = TextField(label, required=True, longest=MOST_WORDS)
        super().__init__(name, act, {f"{label}(&R)": self.words})

    def ask(self, line: CarryOutLine, heading: str) -> None:
        """Ask about a trip."""
        self._line = line
        self.begin(heading)
        self.words.show_value(None)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(lambda: self.given.emit(self._line, self.words.entered()))
