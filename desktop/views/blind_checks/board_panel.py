"""The tab 二重確認 of who supervises: a quarter's drawn cases, who is asked, and how often the answers are alike."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.blind_checks import (
    BlindBoard,
    BothAnswers,
    CheckRow,
    DrawInput,
    Second,
    WithdrawnWhy,
    quarter_words,
)
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.viewmodels.blind_checks import (
    AGREEMENT,
    BOTH,
    CHECKS,
    AgreementRow,
    Both,
    draw_words,
)
from desktop.views.blind_checks.ports import ChecksBlind
from desktop.views.blind_checks.strips import AskForm, DrawForm, WithdrawForm
from desktop.views.declarations.small_form import SmallForm
from desktop.views.effort.lists import ListOf, in_a_row, key_of
from desktop.views.fields.form_layout import form_row
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_WIDTHS = {0: 7, 1: 8, 2: 4, 3: 6, 4: 8, 5: 7, 6: 12}
_AGREEMENT_WIDTHS = {0: 11, 1: 4, 2: 9, 3: 8, 4: 9}
_BOTH_WIDTHS = {0: 11, 1: 18, 2: 18, 3: 5}
_MOST, _ITEMS = 8, 4
#: Letters of 2024年10～12月.
_QUARTER_LENGTH = 16
_QUESTION = (
    "同じ人について二人が別々に答え、項目ごとに一致した割合です。順位はつけません。"
    "違いは、基準（選択肢の説明）が読み分けられるかを話し合うためのものです。区分は変わりません。"
)
_DREW, _DID_ASK, _TOOK_BACK = (
    "事例を抽出しました。",
    "二重確認を頼みました。",
    "依頼を取りやめました。",
)
_NOT_IN = "二人の回答がそろうと、比べられます。"
_ANSWERED, _ASKED, _NOBODY = (
    "この事例は回答済みです。",
    "この事例はもう頼んでいます。Wで取りやめると、ほかの人に頼めます。",
    "頼んでいる人がいません。Aで頼みます。",
)


class BlindBoardPanel(QWidget):
    """N draws, A asks somebody about the case at hand, W takes it back, Enter compares both answers."""

    def __init__(self, screen: ScreenView, port: ChecksBlind, look: Look, *, decides: bool) -> None:
        super().__init__()
        self._screen, self._port = screen, port
        self.found: BlindBoard | None = None
        self.quarter = named(QComboBox(), "blind_quarter")
        self.draw_button = named(QPushButton("抽出する（N）"), "blind_draw")
        self.ask_button = named(QPushButton("二人目に頼む（A）"), "blind_ask")
        self.withdraw_button = named(QPushButton("取りやめる（W）"), "blind_withdraw")
        self.compare_button = named(QPushButton("比べる（Enter）"), "blind_compare")
        self._decides = decides
        self.draws = named(Paragraph(), "blind_draws")
        self.question = named(Paragraph(tone="muted"), "blind_question")
        self.rows: ListOf[CheckRow] = ListOf(
            *(look, CHECKS),
            name="blind_checks",
            label="抽出した事例",
            widths=_WIDTHS,
            stretch=6,
            key=lambda row: row.check_id,
        )
        self.agreement: ListOf[AgreementRow] = ListOf(
            *(look, AGREEMENT),
            name="blind_agreement",
            label="項目ごとの一致",
            widths=_AGREEMENT_WIDTHS,
            stretch=0,
        )
        self.both: ListOf[Both] = ListOf(
            *(look, BOTH),
            name="blind_both",
            label="二人の回答",
            widths=_BOTH_WIDTHS,
            stretch=1,
        )
        self.both_words = named(Paragraph(), "blind_both_words")
        self.drawing, self.asking, self.withdrawing = DrawForm(), AskForm(), WithdrawForm()
        self._strips: tuple[SmallForm, ...] = (self.drawing, self.asking, self.withdrawing)
        self._lay_out()
        for button in (self.draw_button, self.ask_button, self.withdraw_button):
            button.setVisible(
                decides
            )  # not before it stands in its row: it would be a window for a moment
        self._connect()

    def reload(self) -> None:
        """Read the quarter that is chosen, at first that of today."""
        quarter = self.quarter.currentData()
        self._screen.run(lambda: self._port.board(quarter), self._show)

    def focus_first(self) -> None:
        """Begin in the list of cases."""
        self.rows.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        """What stands in a strip is entered at once or not at all."""
        return False

    def _show(self, found: BlindBoard) -> None:
        self.found = found
        self.quarter.blockSignals(True)
        self.quarter.clear()
        for day in found.quarters:
            self.quarter.addItem(quarter_words(day), day)
        self.quarter.setCurrentIndex(max(0, self.quarter.findData(found.quarter_on)))
        self.quarter.blockSignals(False)
        self.rows.show(found.rows)
        self.agreement.show(tuple(zip(found.agreement, found.agreement_so_far, strict=True)))
        self.draws.say(draw_words(found))
        self.question.say(_QUESTION)
        self._leave()

    def _draw(self) -> None:
        if self._decides and self.found is not None:
            self._open_strip(self.drawing)
            self.drawing.ask(self.found.quarter_on, again=bool(self.found.draws))

    def _ask(self) -> None:
        row = self.rows.row()
        if not self._decides or row is None:
            return
        if row.answered_at is not None or row.is_open:
            self._screen.messages.show_error(_ASKED if row.is_open else _ANSWERED)
            return

        def found(people: tuple[Second, ...]) -> None:
            self._open_strip(self.asking)
            self.asking.ask(row, people)

        self._screen.run(lambda: self._port.seconds(row.check_id), found)

    def _withdraw(self) -> None:
        row = self.rows.row()
        if not self._decides or row is None:
            return
        if not row.is_open:
            said = _NOBODY if row.answered_at is None else _ANSWERED
            self._screen.messages.show_error(said)
            return
        self._open_strip(self.withdrawing)
        self.withdrawing.ask(row)

    def _compare(self) -> None:
        row = self.rows.row()
        if row is None:
            return
        self._screen.messages.clear()
        if row.same is None:
            self._screen.messages.show_error(_NOT_IN)
            return
        self._screen.run(lambda: self._port.both(row.check_id), self._show_both)

    def _show_both(self, both: BothAnswers) -> None:
        self.both.show(both.answers)
        self.both.view.show()
        said = f"二人目の根拠：{both.words}" if both.words else ""
        head = f"{both.row.case_number}　{both.row.name}：はじめ {both.first_by}、二人目 {both.row.second}。"
        self.both_words.say(f"{head}{said}")

    def _keep_draw(self, given: DrawInput) -> None:
        self._keep(lambda: self._port.draw(given), _DREW, self.drawing)

    def _keep_request(self, row: CheckRow, second_id: UUID) -> None:
        assignment_id = new_id()
        self._keep(
            lambda: self._port.ask(assignment_id, row.check_id, second_id), _DID_ASK, self.asking
        )

    def _keep_withdrawal(self, row: CheckRow, why: WithdrawnWhy) -> None:
        asked = row.assignment_id
        if asked is not None:
            self._keep(lambda: self._port.withdraw(asked, why), _TOOK_BACK, self.withdrawing)

    def _keep(self, call: Callable[[], None], said: str, strip: SmallForm) -> None:
        def kept(_: object) -> None:
            self._screen.announced.emit(said)
            self.reload()
            self.focus_first()

        def refused(error: UserError) -> None:
            rest = strip.show_refusal(error)
            strip.act_button.setEnabled(True)
            if rest:
                self._screen.messages.show_error(rest)

        self._screen.messages.clear()
        self._screen.run(call, kept, refused)

    def _open_strip(self, strip: SmallForm) -> None:
        self._screen.messages.clear()
        for each in self._strips:
            each.setVisible(each is strip)

    def _leave(self) -> None:
        for strip in self._strips:
            strip.hide()
        self.both.view.hide()
        self.both_words.say("")

    def _back(self) -> None:
        self._leave()
        self.focus_first()

    def _lay_out(self) -> None:
        self.rows.view.show_all_rows(_MOST)
        self.agreement.view.show_all_rows(_ITEMS)
        self.both.view.show_all_rows(_ITEMS)
        page = FollowingScroll()
        buttons = (self.draw_button, self.ask_button, self.withdraw_button, self.compare_button)
        page.add_part(in_a_row(form_row("四半期(&Q)", self.quarter), *buttons))
        for part in (
            *(self.draws, self.rows.view, *self._strips, self.both_words, self.both.view),
            *(QLabel("項目ごとの一致"), self.agreement.view, self.question),
        ):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        self.quarter.setAccessibleName("四半期")
        self.quarter.setMinimumContentsLength(_QUARTER_LENGTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(page)
        self._leave()

    def _connect(self) -> None:
        self.quarter.currentIndexChanged.connect(lambda *_: self.reload())
        for button, keys, act in (
            (self.draw_button, "N", self._draw),
            (self.ask_button, "A", self._ask),
            (self.withdraw_button, "W", self._withdraw),
        ):
            button.clicked.connect(lambda *_, act=act: act())
            key_of(self.rows.view, keys, act)
        self.compare_button.clicked.connect(lambda *_: self._compare())
        self.rows.view.row_opened.connect(lambda *_: self._compare())
        self.drawing.entered.connect(self._keep_draw)
        self.asking.entered.connect(self._keep_request)
        self.withdrawing.entered.connect(self._keep_withdrawal)
        for strip in self._strips:
            strip.left.connect(self._back)
