"""The strips of the board: link a paper, say why, strike, give a cycle."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal

from desktop.domain.dates import months_later
from desktop.domain.declarations import (
    MISSING_REASON,
    MOST_WORDS,
    Board,
    BoardRow,
    MissingReason,
    WaitingPaper,
    month_of,
)
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.text_field import TextField

#: Choosing this takes in a new paper.
NEW_PAPER = "new"
_BACK, _AHEAD = 12, 6


class OfferForm(SmallForm):
    """Papers that lay there already. `chosen` carries the paper's id as text, or NEW_PAPER."""

    chosen = Signal(str)

    def __init__(self) -> None:
        self.paper = ChoiceField("結び付ける書類", (), required=True)
        super().__init__("offer_form", "受領", {"結び付ける書類(&B)": self.paper})

    def offer(self, heading: str, papers: tuple[WaitingPaper, ...]) -> None:
        """Offer these, the newest first; the first is chosen."""
        self.begin(heading)
        choices = [Choice(code=str(p.paper_id), label=_paper(p)) for p in papers]
        self.paper.set_choices([*choices, Choice(code=NEW_PAPER, label="新しい書類として受け取る")])
        self.paper.show_value(choices[0].code if choices else NEW_PAPER)
        self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Say which."""
        self._hand_in(lambda: self.chosen.emit(self.paper.entered()))


class ReasonForm(SmallForm):
    """Why it has not come. `explained` carries a MissingReason and the words."""

    explained = Signal(object, str)

    def __init__(self) -> None:
        labels = [Choice(code=r.value, label=label) for r, label in MISSING_REASON.items()]
        self.reason = ChoiceField("理由", labels, required=True)
        self.words = TextField("説明", longest=MOST_WORDS)
        fields = {"理由(&R)": self.reason, "説明（ファイルでだけ読めます）(&S)": self.words}
        super().__init__("reason_form", "記録", fields)

    def ask(self, heading: str) -> None:
        """Ask for a reason."""
        self.begin(heading)
        self.reason.show_value(None)
        self.words.show_value(None)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand the reason in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        reason, words = reader.read("reason", self.reason), reader.read("words", self.words)
        reader.finish()
        self.explained.emit(MissingReason(str(reason)), words or "")


class StrikeForm(SmallForm):
    """Why a link is struck. `struck` carries the reason."""

    struck = Signal(str)

    def __init__(self) -> None:
        self.reason = TextField("取り消す理由", required=True, longest=MOST_WORDS)
        super().__init__("strike_form", "取り消す", {"取り消す理由(&R)": self.reason})

    def ask(self, heading: str) -> None:
        """Ask for the reason."""
        self.begin(heading)
        self.reason.show_value(None)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(lambda: self.struck.emit(self.reason.entered()))


class CycleForm(SmallForm):
    """How often a person declares. `given` carries the cycle's code, the first month and the reason."""

    given = Signal(str, object, str)

    def __init__(self) -> None:
        self.cycle = ChoiceField("周期", (), required=True)
        self.valid_from = ChoiceField("始める月", (), required=True)
        self.reason = TextField("そう決めた理由", required=True, longest=MOST_WORDS)
        fields = {
            "周期(&S)": self.cycle,
            "始める月(&T)": self.valid_from,
            "そう決めた理由(&R)": self.reason,
        }
        super().__init__("cycle_form", "決める", fields)

    def ask(self, heading: str, board: Board, row: BoardRow, today: date) -> None:
        """Offer the kind's cycles. What the program proposes is chosen, and a person confirms or changes it."""
        self.begin(heading)
        cycles = [cycle for cycle in board.cycles if cycle.kind is row.kind]
        self.cycle.set_choices(
            [Choice(code=c.code, label=f"{c.label}　{c.who}".rstrip()) for c in cycles]
        )
        proposed = row.proposal.cycle if row.proposal else row.cycle
        known = {cycle.code for cycle in cycles}
        self.cycle.show_value(proposed if proposed in known else None)
        this_month = month_of(today)
        months = [months_later(this_month, n) for n in range(-_BACK, _AHEAD + 1)]
        self.valid_from.set_choices(
            [Choice(code=m.isoformat(), label=f"{format_month(m)}分から") for m in months]
        )
        self.valid_from.show_value(this_month.isoformat())
        self.reason.show_value(None)
        self.cycle.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        cycle = reader.read("cycle", self.cycle)
        since = reader.read("valid_from", self.valid_from)
        reason = reader.read("reason", self.reason)
        reader.finish()
        self.given.emit(cycle, date.fromisoformat(str(since)), reason or "")


def _paper(paper: WaitingPaper) -> str:
    day = format_date(paper.received_on, DateStyle.SHORT)
    whose = f"　{paper.person}" if paper.person else "　世帯全体"
    return f"受領番号 {paper.label}　{day}受領{whose}"
