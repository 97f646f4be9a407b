"""移管 of one household: its transfers with their words and their way, drafted, decided and sent from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import UserError
from desktop.domain.imprint import FormMark
from desktop.domain.office import SignedInStaff
from desktop.domain.transfers import (
    TransferInFile,
    TransferInput,
    TransferMove,
    TransferMoveInput,
    TransfersOfFile,
)
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.transfers import TransferActs, acts_for, file_columns, told
from desktop.views.declarations.small_form import SmallForm
from desktop.views.dialogs import Dialogs
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.transfers.draft_form import DraftForm
from desktop.views.transfers.move_forms import DayForm, ReceiptForm, WordsForm
from desktop.views.transfers.ports import TransfersOfFiles
from desktop.views.widgets import keep_height_for_width, muted_label, named

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView

_WIDTHS = {0: 5, 1: 7, 2: 7, 3: 10, 4: 6, 5: 6, 6: 6, 7: 6}
_MOST_ROWS = 4
_STRETCH = 3
_EMPTY = "この世帯の移管連絡はまだありません。ほかの福祉事務所の管内へ転出するときは、Nキーか「新しい移管連絡」で書きます。"
_HELP = (
    "保護を終えるかどうかは、移管連絡とは別に決めます。受領を確認するまで、机のやることに残ります。"
)
_APPROVE = "この移管連絡を承認します。番号が付き、印刷・送付できるようになります。"
_CONFIRM = (
    "支援措置の世帯です。宛先の福祉事務所と封筒を確かめ、住所や引継事項が入っていないことを確認しましたか。"
    "確認した人と日時が残ります。"
)
_HEADINGS = {
    TransferMove.RETURN: "書き直してほしいことを書いて、書いた人へ戻します。",
    TransferMove.WITHDRAW: "移管連絡を取り下げます。記録は残ります。",
    TransferMove.SEND: "送付すると、受領の確認を待つ状態になります。",
    TransferMove.ACKNOWLEDGE: "受領書が戻ったとき、または電話で確かめたときに記録します。",
}
_DONE = {
    TransferMove.RETURN: "書いた人へ戻しました。",
    TransferMove.APPROVE: "承認しました。印刷して送付してください。",
    TransferMove.SEND: "送付を記録しました。受領の確認を待ちます。",
    TransferMove.ACKNOWLEDGE: "受領の確認を記録しました。",
    TransferMove.WITHDRAW: "取り下げました。",
}


class FileTransfers(ScreenView):
    """N new, E change, A approve, B return, C confirm, P print, S sent, R acknowledged, W withdraw."""

    def __init__(
        self,
        household_id: UUID,
        transfers: TransfersOfFiles,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        today: Callable[[], date],
        changes: ChangeBus,
        look: Look,
        dialogs: Dialogs,
        make_paper: Callable[[ScreenView], PrintRunView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_transfers")
        self._household_id, self._transfers = household_id, transfers
        self._staff, self._today = staff, today
        self._changes, self._dialogs = changes, dialogs
        self._make_paper = make_paper
        self.paper: PrintRunView | None = None
        self._found: TransfersOfFile | None = None
        self.model: RowTableModel[TransferInFile] = RowTableModel(
            file_columns(today()),
            key=lambda t: t.line.transfer_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="移管連絡", characters=_WIDTHS, stretch=_STRETCH),
            "transfers_of_file",
        )
        self.words = named(Paragraph(), "transfer_words")
        self.draft = DraftForm(household_id, today)
        self.returning = WordsForm("return_form", TransferMove.RETURN, "戻す", "戻す理由")
        self.withdrawing = WordsForm(
            "withdraw_form", TransferMove.WITHDRAW, "取り下げる", "取り下げる理由"
        )
        self.sending, self.receipt = DayForm(today), ReceiptForm(today)
        self._forms: dict[TransferMove, WordsForm | DayForm | ReceiptForm] = {
            TransferMove.RETURN: self.returning,
            TransferMove.SEND: self.sending,
            TransferMove.ACKNOWLEDGE: self.receipt,
            TransferMove.WITHDRAW: self.withdrawing,
        }
        self.buttons_by_key = self._make_buttons()
        self._acts_row = QWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_acts()

    @override
    def reload(self) -> None:
        """Ask for the transfers again."""
        self.run(lambda: self._transfers.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or in the form that is open."""
        if self._pages.currentIndex() == 0:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether something is half typed, or paper came out that the log does not know."""
        is_open = any(not form.isHidden() for form in self._forms.values())
        is_drafting = self._pages.currentWidget() is self.draft and self.draft.has_unsaved()
        return is_open or is_drafting or (self.paper is not None and self.paper.is_unrecorded)

    def current(self) -> TransferInFile | None:
        """The transfer at hand."""
        return self.model.row_at(self.table.currentIndex())

    def _show(self, found: TransfersOfFile) -> None:
        self.messages.clear()
        self._show_found(found)

    def _show_found(self, found: TransfersOfFile) -> None:
        place = max(self.table.current_row(), 0)
        self._found = found
        self.model.set_rows(found.transfers)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.select_row(min(place, len(found.transfers) - 1))
        self._show_acts()

    def _may(self) -> TransferActs:
        if self._found is None:
            return TransferActs()
        return acts_for(self._found, self.current(), self._staff)

    def _show_acts(self) -> None:
        may, shown = self._may(), self.current()
        enclosures = self._found.choices.enclosures if self._found else {}
        self.words.say(told(shown, enclosures) if shown else _EMPTY if self._found else "")
        for key, is_allowed in (
            ("N", may.may_begin),
            ("E", may.may_change),
            ("A", may.may_decide),
            ("B", may.may_decide),
            ("C", may.may_confirm),
            ("P", may.may_print),
            ("S", may.may_send),
            ("R", may.may_acknowledge),
            ("W", may.may_withdraw),
        ):
            self.buttons_by_key[key].setEnabled(is_allowed)
        is_shielded = shown is not None and shown.line.is_shielded
        self.buttons_by_key["C"].setVisible(is_shielded)

    def _begin(self, shown: TransferInFile | None) -> None:
        if self._found is not None:
            self.messages.clear()
            self._pages.setCurrentWidget(self.draft)
            self.draft.begin(self._found.choices, shown)

    def _save(self, given: TransferInput) -> None:
        self.run(
            lambda: self._transfers.save(given),
            lambda _: self._saved(),
            partial(self._refused_by, self.draft),
        )

    def _saved(self) -> None:
        self.draft.was_saved()
        self._done("移管連絡を保存しました。査察指導員の決裁を待ちます。")

    def _ask(self, move: TransferMove) -> None:
        form = self._forms[move]
        self._show_strip(form)
        form.ask(_HEADINGS[move])

    def _ask_approval(self) -> None:
        self._dialogs.confirm(
            self, _APPROVE, "承認", partial(self._move, TransferMove.APPROVE, "", None)
        )

    def _move(self, move: TransferMove, words: str, on: date | None) -> None:
        shown = self.current()
        if shown is None:
            return
        given = TransferMoveInput(
            transfer_id=shown.line.transfer_id,
            version=shown.line.version,
            move=move,
            words=words,
            on=on,
        )
        self.run(
            lambda: self._transfers.move(self._household_id, given),
            lambda _: self._done(_DONE[move]),
            partial(self._refused_by, self._forms.get(move)),
        )

    def _ask_confirmation(self) -> None:
        self._dialogs.confirm(self, _CONFIRM, "確認した", self._confirm)

    def _confirm(self) -> None:
        shown = self.current()
        if shown is not None:
            line = shown.line
            self.run(
                lambda: self._transfers.confirm(line.transfer_id, line.version),
                lambda _: self._done("支援措置の確認を記録しました。印刷・送付できます。"),
            )

    def _refused_by(self, form: SmallForm | DraftForm | None, error: UserError) -> None:
        """What belongs to a field stands there; for the rest somebody may have been faster: load anew."""
        self.messages.clear()
        sentence = form.show_refusal(error) if form is not None else error.sentence
        if sentence:
            self.messages.show_error(sentence)
            if form is not self.draft:
                self.run(lambda: self._transfers.of_household(self._household_id), self._show_found)

    def _done(self, sentence: str) -> None:
        self._back()
        self.announced.emit(sentence)
        self._changes.todo_changed.emit(self)
        self.reload()

    def _back(self) -> None:
        self.messages.clear()
        self._pages.setCurrentIndex(0)
        self._show_strip(self._acts_row)
        self.focus_first()

    def _print(self) -> None:
        shown = self.current()
        if shown is None:
            return
        if self.paper is None:
            view = self.paper = self._make_paper(self)
            self._pages.addWidget(view)
            view.begun.connect(lambda: self._pages.setCurrentWidget(view))
            view.left.connect(self._back)
            view.noted.connect(self._noted)
        self.paper.draw([shown.line.transfer_id], FormMark.PLAIN, 1)

    def _noted(self, sentence: str) -> None:
        self.announced.emit(sentence)
        self.reload()

    def _show_strip(self, shown: QWidget) -> None:
        """Only the strip that is shown takes room."""
        for strip in (self._acts_row, *self._forms.values()):
            strip.setVisible(strip is shown)

    def _make_buttons(self) -> dict[str, QPushButton]:
        return {
            key: named(QPushButton(f"{label}（{key}）"), f"transfer_{name}")
            for key, label, name in (
                ("N", "新しい移管連絡", "new"),
                ("E", "書き直す", "change"),
                ("A", "承認", "approve"),
                ("B", "差戻し", "return"),
                ("C", "支援措置の確認", "confirm"),
                ("P", "印刷", "print"),
                ("S", "送付した", "send"),
                ("R", "受領を確認した", "acknowledge"),
                ("W", "取下げ", "withdraw"),
            )
        }

    def _lay_out(self) -> None:
        keep_height_for_width(self._acts_row)
        row = FlowLayout(self._acts_row)
        row.setContentsMargins(0, 4, 0, 4)
        for button in self.buttons_by_key.values():
            row.addWidget(button)
        help_line = muted_label(_HELP)
        help_line.setWordWrap(True)
        scroll = FollowingScroll()
        scroll.add_part(self.table)
        scroll.add_part(self.words)
        scroll.add_part(QWidget(), 1)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (help_line, self._acts_row, *self._forms.values()):
            layout.addWidget(part)
        layout.addWidget(scroll, 1)
        self._pages.addWidget(page)
        self._pages.addWidget(self.draft)
        self.table.show_all_rows(_MOST_ROWS)
        self._show_strip(self._acts_row)
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_acts())
        self.draft.saved.connect(self._save)
        self.draft.left.connect(self._back)
        for form in self._forms.values():
            form.left.connect(self._back)
            form.moved.connect(self._move)
        acts: dict[str, Callable[[], object]] = {
            "N": lambda: self._begin(None),
            "E": lambda: self._begin(self.current()),
            "A": self._ask_approval,
            "B": partial(self._ask, TransferMove.RETURN),
            "C": self._ask_confirmation,
            "P": self._print,
            "S": partial(self._ask, TransferMove.SEND),
            "R": partial(self._ask, TransferMove.ACKNOWLEDGE),
            "W": partial(self._ask, TransferMove.WITHDRAW),
        }
        for key, button in self.buttons_by_key.items():
            button.clicked.connect(lambda *_, act=acts[key]: act())
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(button.click)
