"""What may be done with the trip at hand: buttons with their keys, and the strip in which an act asks for more."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.carry_outs import CarryOutLine, CarryOutMove, CarryOutMoveInput
from desktop.domain.errors import UserError
from desktop.domain.office import SignedInStaff
from desktop.viewmodels.carry_outs import acts_for, told
from desktop.views.carry_outs.pack_form import PackForm
from desktop.views.carry_outs.strips import CorrectionForm, ReasonForm, ReturnForm
from desktop.views.declarations.small_form import SmallForm
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_M = CarryOutMove


class ActBar(QWidget):
    """`move_requested` carries a CarryOutMoveInput, `correction_requested` a CarryOutCorrection, `print_requested` and `report_requested` a line, `pass_requested` a line and words, `pack_requested` a line and a passphrase, `destroy_requested` a line."""

    move_requested = Signal(object)
    print_requested = Signal(object)
    report_requested = Signal(object)
    pass_requested = Signal(object, str)
    correction_requested = Signal(object)
    pack_requested = Signal(object, str)
    destroy_requested = Signal(object)
    strip_left = Signal()

    def __init__(self, staff: SignedInStaff, table: QWidget, today: date) -> None:
        super().__init__()
        self._staff = staff
        self._line: CarryOutLine | None = None
        self.more = named(Paragraph(), "carry_out_more")
        self.buttons = {
            "approve": named(QPushButton("承認（A）"), "approve_carry_out"),
            "print": named(QPushButton("携行票を印刷して持ち出す（P）"), "print_carry_sheet"),
            "write_pack": named(QPushButton("閲覧パックを書き出す（W）"), "write_pack"),
            "destroy_pack": named(QPushButton("ファイルを消して返す（T）"), "destroy_pack"),
            "leave": named(QPushButton("出発（L）"), "leave_office"),
            "give_back": named(QPushButton("返却・廃棄（R）"), "give_back"),
            "lose": named(QPushButton("紛失（X）"), "lose_carry_out"),
            "find": named(QPushButton("見つかった（F）"), "find_carry_out"),
            "correct": named(QPushButton("訂正（E）"), "correct_carry_out"),
            "report": named(QPushButton("事案の報告（J）"), "report_incident"),
            "withdraw": named(QPushButton("取りやめ（D）"), "withdraw_carry_out"),
            "let_pass": named(QPushButton("今日だけ差止めを解く（U）"), "let_pass"),
        }
        self.return_form = ReturnForm()
        self.lose_form = ReasonForm("lose_form", "紛失を記録", "いつ、どこで気付いたか")
        self.find_form = ReturnForm(
            "find_form", "見つかったことを記録", "いつ、どこで見つかったか", CarryOutMove.FIND
        )
        self.correct_form = CorrectionForm(today)
        self.withdraw_form = ReasonForm("withdraw_form", "取りやめる", "理由")
        self.pack_form = PackForm()
        self.pass_form = ReasonForm("pass_form", "差止めを解く", "理由")
        self._strips = QStackedWidget()
        self._lay_out()
        self._connect(table)

    def show_line(self, line: CarryOutLine | None) -> None:
        """Offer what may be done with a trip."""
        self._line = line
        self.more.say(told(line) if line else "")
        acts = acts_for(line, self._staff)
        for name, button in self.buttons.items():
            button.setVisible(getattr(acts, name))

    def give_back(self, line: CarryOutLine) -> None:
        """Ask what came back of a trip that was found by its number."""
        self.return_form.ask(line, confirms=not line.is_own or not self.asks_second_person)
        self._open(self.return_form)

    #: Whether the office wants a second person at the return; the screen says so once it knows.
    asks_second_person = True

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal into the strip that asked; return what has no place there."""
        strip = self._strips.currentWidget()
        if self._strips.isHidden() or not isinstance(strip, SmallForm):
            return error.sentence
        return strip.show_refusal(error)

    def close_strip(self) -> None:
        """Nothing is asked any more."""
        self.pack_form.forget()
        self._strips.hide()
        self.strip_left.emit()

    def act(self, name: str) -> None:
        """Do what a button or its key says, if it is offered."""
        line = self._line
        if line is None or self.buttons[name].isHidden():
            return
        match name:
            case "print" | "report" | "destroy_pack":
                self._ask_screen(name, line)
            case "find":
                self.find_form.ask(line, confirms=False)
                self._open(self.find_form)
            case "correct":
                self.correct_form.ask(line)
                self._open(self.correct_form)
            case "write_pack":
                self.pack_form.ask(line)
                self._open(self.pack_form)
            case "give_back":
                self.give_back(line)
            case "approve" | "leave":
                self._move(line, _M(name))
            case _:
                self._ask(name, line)

    def _ask_screen(self, name: str, line: CarryOutLine) -> None:
        """What the screen does: it is told of which trip."""
        wish = {
            "print": self.print_requested,
            "report": self.report_requested,
            "destroy_pack": self.destroy_requested,
        }[name]
        wish.emit(line)

    def _ask(self, name: str, line: CarryOutLine) -> None:
        form, heading = {
            "lose": (self.lose_form, "紛失すると、続けて漏えい等の事案を報告します。"),
            "withdraw": (self.withdraw_form, "持ち出さずに終わります。番号は残ります。"),
            "let_pass": (
                self.pass_form,
                f"{line.staff}さんは、今日に限り、{line.label}が戻らないままでも新しく持ち出せます。",
            ),
        }[name]
        form.ask(line, f"{line.label}　{heading}")
        self._open(form)

    def _open(self, form: QWidget) -> None:
        self._strips.setCurrentWidget(form)
        self._strips.show()

    def _move(self, line: CarryOutLine, move: CarryOutMove, words: str = "") -> None:
        self.move_requested.emit(
            CarryOutMoveInput(
                carry_out_id=line.carry_out_id, version=line.version, move=move, words=words
            )
        )

    def _lay_out(self) -> None:
        row = FlowingRow()
        for button in self.buttons.values():
            row.add(button)
            button.hide()
        for form in self._forms():
            self._strips.addWidget(form)
        self._strips.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.more, row, self._strips):
            layout.addWidget(widget)

    def _forms(self) -> tuple[SmallForm, ...]:
        return (
            *(self.return_form, self.lose_form, self.find_form, self.correct_form),
            *(self.withdraw_form, self.pass_form, self.pack_form),
        )

    def _connect(self, table: QWidget) -> None:
        for name, button in self.buttons.items():
            button.clicked.connect(lambda *_, name=name: self.act(name))
        for key, name in (
            *(("A", "approve"), ("P", "print"), ("L", "leave"), ("R", "give_back")),
            *(("X", "lose"), ("F", "find"), ("E", "correct")),
            *(("W", "write_pack"), ("T", "destroy_pack")),
            *(("J", "report"), ("D", "withdraw"), ("U", "let_pass")),
        ):
            shortcut = QShortcut(QKeySequence(key), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(partial(self.act, name))
        self.return_form.moved.connect(self.move_requested)
        self.lose_form.given.connect(lambda line, words: self._move(line, _M.LOSE, words))
        self.withdraw_form.given.connect(lambda line, words: self._move(line, _M.WITHDRAW, words))
        self.pass_form.given.connect(self.pass_requested)
        self.pack_form.given.connect(self.pack_requested)
        self.find_form.moved.connect(self.move_requested)
        self.correct_form.corrected.connect(self.correction_requested)
        for form in self._forms():
            form.left.connect(self.close_strip)
