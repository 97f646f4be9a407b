"""同行と約束: who goes along when, which half-days are fixed for households, and by which rules somebody goes along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.domain.clock import Clock
from desktop.domain.dates import months_later
from desktop.domain.era import format_month
from desktop.domain.joint_bookings import JointBoard
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.joint_visits import COLUMNS, JointLine, LineKind, lines_of
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.working_time import month_span
from desktop.views.dialogs import Dialogs
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.records.ports import Finds
from desktop.views.strip_screen import StripScreen
from desktop.views.table_view import TableView
from desktop.views.widgets import keep_height_for_width, muted_label, named
from desktop.views.working_time.joint_forms import AgreeForm, BookForm, RuleForm
from desktop.views.working_time.ports import BooksPartners, KeepsJointVisits

_HELP = "同行の予約、世帯と約束した半日、同行の決まりです。訪問計画はここにあるとおりに組みます。"
_KEYS = (
    "Nで同行を予約、Yで約束を登録、Rで同行の決まりを登録、Zで選んだ行を取り消します。"
    "同じ職員・庁用車は、同じ半日に一度だけ予約できます。"
)
_BOOK = "同行の予約です。世帯を探して選び、同行者と半日を入力します。"
_AGREE = "約束した訪問です。予告「なし」は、世帯に伝えずに日だけを決めておくときです。"
_RULE = "同行の決まりです。次に訪問計画の案を作るときから、この世帯の訪問に同行者が付きます。"
_NOTHING = "この月の予約や約束はまだありません。Nで同行を予約し、Yで約束した訪問を登録します。"
_HELD = "訪問計画が押さえている予約です。計画の訪問を動かすか外すと、予約も変わります。"
_TAKEN_BACK = "この約束は、もう取り消されています。"
_WIDTHS = {0: 6, 1: 10, 2: 12, 3: 16, 4: 3, 5: 8}
_STRETCH = 2


class JointVisitsScreen(StripScreen):
    """N books, Y fixes a half-day, R makes a rule, Z takes the line at hand back."""

    def __init__(
        self,
        joint: KeepsJointVisits,
        bookings: BooksPartners,
        files: Finds,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
    ) -> None:
        self.book = BookForm(files, runner, clock.today)
        self.agree = AgreeForm(files, runner, clock.today)
        self.rule = RuleForm(files, runner)
        forms = (self.book, self.agree, self.rule)
        super().__init__(runner, forms, title="同行と約束", help_line=_HELP)
        self._joint, self._bookings, self._staff = joint, bookings, staff
        self._dialogs = dialogs
        self._month = clock.today().replace(day=1)
        self._loading: Job[JointBoard] | None = None
        self._wanted: UUID | None = None
        self.before_button = named(QPushButton("前の月へ（Ctrl+←）"), "month_before")
        self.after_button = named(QPushButton("次の月へ（Ctrl+→）"), "month_after")
        self.span = named(QLabel(format_month(self._month)), "month_shown")
        self.model = RowTableModel(
            COLUMNS, key=lambda line: line.line_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="同行と約束の一覧", characters=_WIDTHS, stretch=_STRETCH),
            "joint_lines",
        )
        self.words = named(Paragraph(), "joint_words")
        self.book_button = named(QPushButton("同行を予約（N）"), "book_partner")
        self.agree_button = named(QPushButton("約束を登録（Y）"), "agree_visit")
        self.rule_button = named(QPushButton("同行の決まり（R）"), "set_rule")
        self.end_button = named(QPushButton("取り消す（Z）"), "end_line")
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load the month at hand."""
        first, last = month_span(self._month)
        self.span.setText(format_month(first))
        self._loading = self.run(
            lambda: self._joint.board(first, last), self._show, replaces=self._loading
        )

    @override
    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_item(self, appointment_id: UUID) -> None:
        """Go to a fixed half-day, in its month."""
        self.run(
            lambda: self._joint.day_of(appointment_id),
            lambda day: self._go_to(appointment_id, day),
        )

    def line(self) -> JointLine | None:
        """The line at hand."""
        return self.model.row_at(self.table.currentIndex())

    def _go_to(self, appointment_id: UUID, day: date | None) -> None:
        if day is None:
            self.messages.show_warning(_TAKEN_BACK)
            return
        self._month, self._wanted = day.replace(day=1), appointment_id
        self.reload()

    def _show(self, board: JointBoard) -> None:
        at = self.line()
        key, self._wanted = self._wanted or (at.line_id if at else None), None
        self.model.set_rows(lines_of(board, self._staff))
        found = self.model.index_of(key) if key else self.model.index(0, 0)
        self.table.setCurrentIndex(found if found.isValid() else self.model.index(0, 0))
        for form in (self.book, self.rule):
            form.offer(board.partners)
        self.show_body()
        self._say()

    def _say(self) -> None:
        line = self.line()
        may_write = self._staff.may(Permission.WRITE_RECORDS)
        for button in (self.book_button, self.agree_button, self.rule_button):
            button.setEnabled(may_write)
        self.end_button.setEnabled(may_write and line is not None and line.may_end)
        held = line is not None and line.kind is LineKind.BOOKING and not line.may_end
        self.words.say(
            _NOTHING if line is None else _HELD if held and line.by == "訪問計画" else ""
        )

    def _move_months(self, count: int) -> None:
        self._month = months_later(self._month, count)
        self.reload()

    def _ask(self, form: BookForm | AgreeForm | RuleForm, heading: str) -> None:
        if self.book_button.isEnabled():
            self.show_strip(form)
            form.ask(heading)

    def _end(self) -> None:
        line = self.line()
        if line is None or not self.end_button.isEnabled():
            return
        sentence = f"{line.sentence}を取り消します。"
        self._dialogs.confirm(self, sentence, "取り消す", partial(self._take_back, line))

    def _take_back(self, line: JointLine) -> None:
        acts: dict[LineKind, Callable[[], None]] = {
            LineKind.BOOKING: lambda: self._bookings.cancel(line.line_id),
            LineKind.APPOINTMENT: lambda: self._joint.call_off(line.line_id),
            LineKind.RULE: lambda: self._joint.end_rule(line.line_id),
        }
        self.act(acts[line.kind], "取り消しました。")

    def _lay_out(self) -> None:
        bar = QWidget()
        keep_height_for_width(bar)
        row = FlowLayout(bar)
        for widget in (self.before_button, self.span, self.after_button):
            row.addWidget(widget)
        self.top.addWidget(bar)
        keep_height_for_width(self.acts)
        buttons = FlowLayout(self.acts)
        buttons.setContentsMargins(0, 4, 0, 4)
        for button in (self.book_button, self.agree_button, self.rule_button, self.end_button):
            buttons.addWidget(button)
        keys = muted_label(_KEYS)
        keys.setWordWrap(True)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.words)
        self.body.addWidget(keys)
        for page in self.strips:
            self.body.addWidget(page)
        self.show_strip(self.acts)

    def _connect(self) -> None:
        self.before_button.clicked.connect(lambda *_: self._move_months(-1))
        self.after_button.clicked.connect(lambda *_: self._move_months(1))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        for key, button, act in (
            ("N", self.book_button, partial(self._ask, self.book, _BOOK)),
            ("Y", self.agree_button, partial(self._ask, self.agree, _AGREE)),
            ("R", self.rule_button, partial(self._ask, self.rule, _RULE)),
            ("Z", self.end_button, partial(self._end)),
        ):
            self._on_key(key, act)
            button.clicked.connect(lambda *_, act=act: act())
        self._on_key("Ctrl+Left", partial(self._move_months, -1))
        self._on_key("Ctrl+Right", partial(self._move_months, 1))
        self.book.entered.connect(
            lambda given: self.act(lambda: self._bookings.book(given), "同行を予約しました。")
        )
        self.agree.entered.connect(
            lambda given: self.act(lambda: self._joint.agree(given), "約束を登録しました。")
        )
        self.rule.entered.connect(
            lambda given: self.act(
                lambda: self._joint.set_rule(given), "同行の決まりを登録しました。"
            )
        )

    def _on_key(self, key: str, act: Callable[[], object]) -> None:
        """Let a key act while the list has the keyboard."""
        shortcut = QShortcut(QKeySequence(key), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)
