"""The lines to decide, the evaluation of the line in question, and that of the policy before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.domain.wording import WordingRule
from desktop.override import override
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.look import Look
from desktop.views.policy_review.act_bar import ActBar
from desktop.views.policy_review.lines_view import LineAct, LinesView
from desktop.views.records.editor_buttons import EditorButtons
from desktop.views.widgets import named

#: What each key does, whole and in a word for where there is little height.
_ACTS = (
    (LineAct.GO_ON, "続ける", "続ける"),
    (LineAct.CHANGE, "変える", "変える"),
    (LineAct.END, "達成・終了", "終了"),
    (LineAct.RESULT, "評価を書く", "評価"),
    (LineAct.RESTORE, "もとに戻す", "戻す"),
    (LineAct.ADD, "新しい課題", "新規"),
    (LineAct.HOUSEHOLD, "世帯の状況", "世帯"),
    (LineAct.YEAR, "1年の記録", "記録"),
    (LineAct.ANSWER, "見直し不要", "不要"),
)
_EDITOR = ("全体を編集（Ctrl+E）", "全体（Ctrl+E）")
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_LINES = 4
_LEAST_HEIGHT = 80
#: In lines of text.
_ROOM_FOR_ALL = 24


class LinesPage(QWidget):
    """`wanted` carries the LineAct, `result_done` says that the evaluation of the line is written (Enter)."""

    wanted = Signal(object)
    result_done = Signal()
    edited = Signal()
    editor_wanted = Signal()

    def __init__(self, look: Look, wording: Sequence[WordingRule]) -> None:
        super().__init__()
        self.setObjectName("review_lines_page")
        self.lines = LinesView(look)
        self.result = named(
            LongTextField("この課題の評価", lines=1, most_lines=_MOST_LINES, wording=wording),
            "line_result",
        )
        self.evaluation = named(
            LongTextField("前回の援助方針の評価", lines=2, most_lines=_MOST_LINES, wording=wording),
            "review_evaluation",
        )
        self.buttons = EditorButtons()
        self.editor_button = _act(_EDITOR[0], "review_editor")
        self.acts = {
            act: _act(f"{act.value} {text}", f"line_{act.name.lower()}") for act, text, _ in _ACTS
        }
        self.bar = ActBar((*self.acts.values(), self.editor_button))
        self._lay_out()
        self._connect()

    def set_writable(self, *, is_writable: bool) -> None:
        """Let the policy be decided, or only read."""
        for field in (self.result, self.evaluation):
            field.set_read_only(read_only=not is_writable)
        for act, button in self.acts.items():
            button.setEnabled(is_writable or act is LineAct.YEAR)
        self.editor_button.setEnabled(is_writable)
        self.buttons.set_busy(is_busy=not is_writable)

    def offer_answer(self, *, is_offered: bool) -> None:
        """The answer 見直し不要 has its button where an event asks for it."""
        self.acts[LineAct.ANSWER].setVisible(is_offered)
        self.bar.fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height, the lines need it more than the whole words of the buttons."""
        super().resizeEvent(event)
        has_room = event.size().height() >= _ROOM_FOR_ALL * self.fontMetrics().height()
        for act, whole, short in _ACTS:
            self.acts[act].setText(f"{act.value} {whole if has_room else short}")
        self.editor_button.setText(_EDITOR[0 if has_room else 1])
        self.bar.fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter ends the evaluation of a line; Shift+Enter is a new line in it."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        is_plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if event.key() in _RETURN and is_plain and not self.result.editor().is_composing():
            if not event.isAutoRepeat():
                self.result_done.emit()
            return True
        return False

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.lines, 1)
        layout.addWidget(self.bar)
        layout.addLayout(self._evaluations())
        layout.addWidget(self.buttons)
        self.buttons.close_button.setText("一覧へ（Esc）")
        self.lines.setMinimumHeight(_LEAST_HEIGHT)
        foot = self.buttons.layout()
        if isinstance(foot, QHBoxLayout):
            foot.insertStretch(0, 1)

    def _evaluations(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (text, field) in enumerate(
            (("課題の評価(&R)", self.result), ("全体の評価(&E)", self.evaluation))
        ):
            label = QLabel(text)
            label.setBuddy(field.editor())
            label.setToolTip(field.name)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, row, 1, 2 if field is self.evaluation else 1, 1)
        # The buttons need the whole width; how the policy stands is said beside the evaluation.
        grid.addWidget(self.buttons.state, 2, 0, Qt.AlignmentFlag.AlignTop)
        self.result.editor().setPlaceholderText("どうなったか（Enterで次の課題へ）")
        self.evaluation.editor().setPlaceholderText("1年で何がどう変わったか")
        return grid

    def _connect(self) -> None:
        self.lines.wanted.connect(self.wanted)
        for act, button in self.acts.items():
            button.clicked.connect(lambda _=False, chosen=act: self.wanted.emit(chosen))
        self.editor_button.clicked.connect(self.editor_wanted)
        self.result.edited.connect(self.edited)
        self.evaluation.edited.connect(self.edited)
        self.result.editor().installEventFilter(self)
        full = QShortcut(QKeySequence("Ctrl+E"), self)
        full.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        full.activated.connect(self.editor_wanted)


def _act(text: str, name: str) -> QToolButton:
    button = named(QToolButton(), name)
    button.setText(text)
    button.setToolTip(text)
    button.setAccessibleName(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
