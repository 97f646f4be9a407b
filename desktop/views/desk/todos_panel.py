"""Things to do: given by somebody, or derived from promises and policies; answered on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desktop.domain.policy_duties import NO_WORDS
from desktop.domain.todos import TodoOrigin, TodoRow
from desktop.override import override
from desktop.viewmodels.desk import household_text, todo_columns, todo_summary
from desktop.views.desk.panel import DeskPanel
from desktop.views.fields.line_edit import LineEdit
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.requests import (
    CARRY_OUTS_SCREEN,
    POLICY_REVIEW_SCREEN,
    TELEPHONE_MEMOS_SCREEN,
    FileRequest,
    HouseholdAtHand,
    ScreenRequest,
)
from desktop.views.widgets import named

_WIDTHS = {0: 7, 1: 3, 2: 11, 3: 7, 4: 5}
_EMPTY = "今やることはありません。約束や方針の取組の期限が近づくか、依頼・指示・相談が届くと、ここに表示されます。"
_KEEP, _FINISH = "約束を果たした", "完了（Ctrl+Enter）"
_NOTE = "結果を記録して済みにする（Ctrl+Enter）"
_NEEDED = "回答を入力してください（頼んだ人に届きます）"
_OPTIONAL = "回答（空のままでも完了できます）"
_AGAIN = "もう一度求める（Alt+A）"
_ASKED = "もう一度求めるときは、何を求めるかを入力します（済みにするときは空のまま）"
_NO_QUESTION = "何をもう一度求めるかを入力してください。"
_INSTRUCTED = "回答を一言（そのあと提出した自分の記録があれば、空でもその番号で答えます）"
_CALL = "折り返し済みにする（Ctrl+Enter）"
_CALLED = "折り返した結果を一言（そのあと書いた自分の記録があれば、空でも結び付きます）"
_RESULT = "取組の結果を一言（方針の次の見直しに残ります）"
_SECTIONS = {
    TodoOrigin.OUTSIDE_INFO: "overview",
    TodoOrigin.POLICY_REVIEW: "support_policies",
    TodoOrigin.GRADE_REVIEW: "visit_grades",
    TodoOrigin.POLICY_ACTION: "support_policies",
    TodoOrigin.DECISION_DRAFT: "papers",
    TodoOrigin.TRANSFER: "transfers",
    TodoOrigin.INQUIRY: "inquiries",
    TodoOrigin.MEDICAL: "medical",
    TodoOrigin.GUIDANCE: "guidance",
    TodoOrigin.SUPPORT_PLAN: "support_plans",
    TodoOrigin.EMPLOYMENT: "employment_spells",
    TodoOrigin.DISCLOSURE: "disclosures",
}
#: Origins whose subject a section can go to: an entry, or an inquiry.
_ENTRIES = frozenset(
    {
        TodoOrigin.INSTRUCTION,
        TodoOrigin.RETURNED_ENTRY,
        TodoOrigin.DRAFT_ENTRY,
        TodoOrigin.INQUIRY,
        TodoOrigin.TELEPHONE_MEMO,
    }
)


class TodosPanel(DeskPanel[TodoRow]):
    """The most urgent first. `finish_requested` carries the to-do and the reply, `kept_requested` a promise's id.

    `result_requested` carries the row of a policy's action and what became of it, `memo_answered` a telephone memo and
    what became of the call, `asked_again` an answer to an own instruction and what is asked for once more.
    """

    finish_requested = Signal(object, str)
    kept_requested = Signal(object)
    result_requested = Signal(object, str)
    memo_answered = Signal(object, str)
    asked_again = Signal(object, str)

    def __init__(self, look: Look, today: Callable[[], date], *, may_keep: bool) -> None:
        super().__init__(
            "todos",
            "やること(&T)",
            todo_columns(today),
            key=_key,
            characters=_WIDTHS,
            stretch=3,
            empty=_EMPTY,
            brush_of=look.brush_of,
        )
        self._today = today
        self._may_keep = may_keep
        self._replies: dict[UUID, str] = {}
        self._answering: UUID | None = None
        self.whole_text = named(Paragraph(), "todo_text")
        self.reply = named(LineEdit(), "todo_reply")
        self.reply.setAccessibleName("回答")
        self.finish_button = named(QPushButton(_FINISH), "finish_todo")
        self.again_button = named(QPushButton(_AGAIN), "ask_again")
        self.problem = named(Paragraph(tone="error"), "todo_problem")
        self._lay_out()

    @override
    def show_rows(self, rows: Sequence[TodoRow]) -> None:
        """Show the to-dos and count the late ones."""
        self.summary.setText(todo_summary(rows, self._today()))
        super().show_rows(rows)

    @override
    def open_row(self, row: TodoRow) -> None:
        """Open the file, at the entry it is about if there is one; a review of the own districts on the workbench."""
        if row.origin is TodoOrigin.CARRY_OUT:
            self.screen_requested.emit(ScreenRequest(key=CARRY_OUTS_SCREEN))
            return
        if row.household_id is None and row.memo_id is not None:
            self.screen_requested.emit(ScreenRequest(key=TELEPHONE_MEMOS_SCREEN))
            return
        if row.household_id is None:
            self.announced.emit("このやることには世帯のファイルがありません。")
            return
        if row.origin is TodoOrigin.POLICY_REVIEW and self._may_keep:
            self.screen_requested.emit(
                ScreenRequest(key=POLICY_REVIEW_SCREEN, item_id=row.household_id)
            )
            return
        self.file_requested.emit(
            FileRequest(
                household_id=row.household_id,
                section=_SECTIONS.get(row.origin, "chronicle"),
                entry_id=row.subject_id if row.origin in _ENTRIES else None,
            )
        )

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household of the to-do, if it has one."""
        row = self.current()
        if row is None or row.household_id is None:
            return None
        return HouseholdAtHand(
            household_id=row.household_id, label=household_text(row.case_number, row.head_name)
        )

    def show_problem(self, sentence: str) -> None:
        """Say beside the reply why it could not be finished; what was typed stays."""
        self.problem.say(sentence)
        self.finish_button.setEnabled(True)
        self.again_button.setEnabled(True)

    def forget_reply(self, todo_id: UUID) -> None:
        """The to-do is finished: its reply is stored."""
        self._replies.pop(todo_id, None)
        if self._answering == todo_id:
            self.reply.clear()

    def has_unsaved(self) -> bool:
        """Whether a reply was typed and not sent."""
        return bool(self.reply.text().strip()) or any(self._replies.values())

    def _finish(self) -> None:
        row = self.current()
        if row is None or not self.finish_button.isEnabled():
            return
        is_action = row.origin is TodoOrigin.POLICY_ACTION
        if row.todo_id is None and row.memo_id is None and not is_action:
            if row.origin is TodoOrigin.PROMISE:
                self.kept_requested.emit(row.subject_id)
            return
        self.reply.commit()
        text = self.reply.text().strip()
        answers_by_record = row.origin is TodoOrigin.INSTRUCTION
        if (row.needs_reply or is_action) and not text and not answers_by_record:
            self.show_problem(NO_WORDS if is_action else "回答を入力してください。")
            self.reply.setFocus()
            return
        self.finish_button.setEnabled(False)
        if is_action:
            self.result_requested.emit(row, text)
        elif row.memo_id is not None:
            self.memo_answered.emit(row.memo_id, text)
        else:
            self.finish_requested.emit(row.todo_id, text)

    def _ask_again(self) -> None:
        row = self.current()
        if row is None or not row.answers_instruction or not self.again_button.isEnabled():
            return
        self.reply.commit()
        text = self.reply.text().strip()
        if not text:
            self.show_problem(_NO_QUESTION)
            self.reply.setFocus()
            return
        self.again_button.setEnabled(False)
        self.asked_again.emit(row.todo_id, text)

    def _show_current(self) -> None:
        row = self.current()
        notes = row is not None and row.origin is TodoOrigin.POLICY_ACTION and self._may_keep
        answered = _answered(row, notes=notes)
        self._keep_reply(answered)
        self.whole_text.say(row.text if row else "")
        keeps = row is not None and row.origin is TodoOrigin.PROMISE and self._may_keep
        self.reply.setVisible(answered is not None)
        asked = _NEEDED if row and row.needs_reply else _OPTIONAL
        if row is not None and row.memo_id is not None:
            asked = _CALLED
        elif row is not None and row.needs_reply and row.origin is TodoOrigin.INSTRUCTION:
            asked = _INSTRUCTED
        answers = row is not None and row.answers_instruction
        self.again_button.setVisible(answers)
        if answers:
            asked = _ASKED
        self.reply.setPlaceholderText(_RESULT if notes else asked)
        self.reply.setAccessibleName("取組の結果" if notes else "回答")
        calls = row is not None and row.memo_id is not None
        self.finish_button.setText(
            _NOTE if notes else _KEEP if keeps else _CALL if calls else _FINISH
        )
        self.finish_button.setVisible(answered is not None or keeps)
        self.show_problem("")

    def _keep_reply(self, todo_id: UUID | None) -> None:
        if todo_id == self._answering:
            return
        if self._answering is not None:
            self._replies[self._answering] = self.reply.text()
        self._answering = todo_id
        self.reply.setText(self._replies.pop(todo_id, "") if todo_id else "")

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.reply, 1)
        line.addStretch(0)
        line.addWidget(self.again_button)
        line.addWidget(self.finish_button)
        self.footer.addWidget(self.whole_text)
        self.footer.addWidget(self.problem)
        self.footer.addLayout(line)
        self.reply.returnPressed.connect(self._finish)
        self.finish_button.clicked.connect(self._finish)
        self.again_button.clicked.connect(self._ask_again)
        QShortcut(QKeySequence("Alt+A"), self).activated.connect(self._ask_again)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        keys.activated.connect(self._finish)
        self.chosen.connect(self._show_current)
        self._show_current()


def _answered(row: TodoRow | None, *, notes: bool) -> UUID | None:
    """What the words typed belong to: the to-do, or the duty of a policy."""
    if row is None:
        return None
    return row.subject_id if notes else row.todo_id or row.memo_id


def _key(row: TodoRow) -> tuple[object, ...]:
    return (row.todo_id, row.origin, row.subject_id, row.household_id)
