"""勤務と当番: a month of somebody's half-days; one key enters what takes the half-day at hand away."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from desktop.domain.clock import Clock
from desktop.domain.dates import months_later
from desktop.domain.era import format_month
from desktop.domain.ids import new_id
from desktop.domain.working_time import (
    AWAY_LABEL,
    AwayInput,
    AwayKind,
    AwayRow,
    Half,
    HalfDay,
    StaffTime,
    TeamMember,
    WeekInput,
)
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.working_time import (
    MonthModel,
    covers_only,
    month_span,
    span_of,
    standard_note,
    summary,
)
from desktop.views.dialogs import Dialogs
from desktop.views.flow_layout import FlowLayout
from desktop.views.half_day_table import HalfDayTable
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.strip_screen import StripScreen
from desktop.views.widgets import keep_height_for_width, muted_label, named
from desktop.views.working_time.forms import AwayForm, WeekForm
from desktop.views.working_time.ports import KeepsTime

_HELP = "訪問に使える半日を見て、当番・休暇などを登録します。休暇の理由は書きません。"
_KEYS = "矢印キーで半日を選び、1つの鍵で登録します。何日も続くときは「期間・くり返し（A）」です。"
_AWAY = "選んだ日から登録します。くり返しのとき、終わりの日が空なら当面続きます。"
_WEEK = (
    "訪問に使う半日の長さ（移動を含む）です。出ない半日は空にします。前の期間の分は変わりません。"
)
_NOBODY = "見られる職員がいません。職員が登録されると、ここに勤務が出ます。"
#: The table takes all room up to its rows; what is left stays empty beneath.
_TABLE_FIRST = 1000
#: One key a kind, as its button says.
_KIND_KEYS = {
    AwayKind.DUTY: "D",
    AwayKind.LEAVE: "L",
    AwayKind.TRAINING: "K",
    AwayKind.MEETING: "M",
    AwayKind.OTHER: "O",
}


class WorkingTimeScreen(StripScreen):
    """D, L, K, M, O enter an absence, Z takes one back, A asks for days and patterns, W for the week."""

    def __init__(
        self,
        times: KeepsTime,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
    ) -> None:
        self.away, self.week = AwayForm(clock.today), WeekForm(clock.today)
        super().__init__(runner, (self.away, self.week), title="勤務と当番", help_line=_HELP)
        self._times, self._clock, self._dialogs = times, clock, dialogs
        self._members: tuple[TeamMember, ...] = ()
        self._month = clock.today().replace(day=1)
        self._loading: Job[StaffTime] | None = None
        self.member = named(QComboBox(), "time_member")
        self.before_button = named(QPushButton("前の月へ（Ctrl+←）"), "month_before")
        self.after_button = named(QPushButton("次の月へ（Ctrl+→）"), "month_after")
        self.span = named(QLabel(), "month_shown")
        self.model = MonthModel(look.brush_of, self)
        self.table = named(HalfDayTable(self.model, name="半日の表"), "half_days")
        self.count = named(Paragraph(), "half_day_count")
        self.standard = named(Paragraph(tone="warning"), "standard_week")
        self.words = named(Paragraph(), "half_day_words")
        self.kind_buttons = {
            kind: named(QPushButton(f"{AWAY_LABEL[kind]}（{key}）"), f"enter_{kind.value}")
            for kind, key in _KIND_KEYS.items()
        }
        self.strike_button = named(QPushButton("取り消す（Z）"), "strike_away")
        self.away_button = named(QPushButton("期間・くり返し（A）"), "enter_away")
        self.week_button = named(QPushButton("週の半日（W）"), "enter_week")
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load whose time can be seen, then the month of the one chosen."""
        self.run(self._times.members, self._show_members)

    @override
    def read_again(self) -> None:
        """Read the month of the one chosen."""
        self._load()

    @override
    def focus_first(self) -> None:
        """Begin in the calendar."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> TeamMember | None:
        """Whose month is shown."""
        place = self.member.currentIndex()
        return self._members[place] if 0 <= place < len(self._members) else None

    def _show_members(self, members: tuple[TeamMember, ...]) -> None:
        before = self.chosen()
        self._members = members
        self.member.blockSignals(True)
        self.member.clear()
        for member in members:
            self.member.addItem(member.name)
        ids = [member.staff_id for member in members]
        keep = ids.index(before.staff_id) if before and before.staff_id in ids else 0
        self.member.setCurrentIndex(keep)
        self.member.blockSignals(False)
        if members:
            self.show_body()
            self._load()
        else:
            self.show_empty(_NOBODY)

    def _load(self) -> None:
        member = self.chosen()
        if member is None:
            return
        first, last = month_span(self._month)
        self.span.setText(format_month(first))
        self._loading = self.run(
            lambda: self._times.of_staff(member.staff_id, first, last),
            self._show,
            replaces=self._loading,
        )

    def _show(self, time: StaffTime) -> None:
        at = self._half_day() or HalfDay(day=self._clock.today(), half=Half.AM)
        self.model.show_time(time)
        found = self.model.index_of(at)
        if not found.isValid():
            found = next(
                (
                    self.model.index(0, column)
                    for column in range(self.model.columnCount())
                    if self.model.half_day_at(self.model.index(0, column)) is not None
                ),
                found,
            )
        self.table.setCurrentIndex(found)
        self.count.say(summary(time.time))
        self.standard.say(standard_note(time))
        self._say()

    def _half_day(self) -> HalfDay | None:
        return self.model.half_day_at(self.table.currentIndex())

    def _say(self) -> None:
        at, member = self._half_day(), self.chosen()
        self.words.say(self.model.told(at) if at else "")
        may_edit = member is not None and member.may_edit
        for button in (*self.kind_buttons.values(), self.away_button):
            button.setEnabled(may_edit and at is not None)
        self.strike_button.setEnabled(may_edit and at is not None and bool(self.model.away_at(at)))
        self.week_button.setEnabled(may_edit and self.model.time is not None)

    def _move_months(self, count: int) -> None:
        self._month = months_later(self._month, count)
        self._load()

    def _enter(self, kind: AwayKind) -> None:
        at = self._half_day()
        if at is not None and self.kind_buttons[kind].isEnabled():
            self._add(kind, at.day, at.day, at.half, None, 1)

    def _add(
        self,
        kind: AwayKind,
        first: date,
        last: date | None,
        half: Half | None,
        weekday: int | None,
        weeks: int,
    ) -> None:
        member = self.chosen()
        if member is None:
            return
        given = AwayInput(
            away_id=new_id(),
            staff_id=member.staff_id,
            kind=kind,
            first_on=first,
            last_on=last,
            half=half,
            weekday=weekday,
            every_weeks=weeks,
        )
        self.act(lambda: self._times.add_away(given), f"{AWAY_LABEL[kind]}を登録しました。")

    def _strike(self) -> None:
        at = self._half_day()
        if at is None or not self.strike_button.isEnabled():
            return
        row = self.model.away_at(at)[-1]
        if covers_only(row, at):
            self._take_back(row)
            return
        sentence = f"{AWAY_LABEL[row.away.kind]}（{span_of(row)}）の登録をすべて取り消します。"
        self._dialogs.confirm(self, sentence, "取り消す", partial(self._take_back, row))

    def _take_back(self, row: AwayRow) -> None:
        away_id: UUID | None = row.away.away_id
        if away_id is not None:
            said = f"{AWAY_LABEL[row.away.kind]}の登録を取り消しました。"
            self.act(lambda: self._times.strike_away(away_id), said)

    def _ask_away(self) -> None:
        at = self._half_day()
        if at is not None and self.away_button.isEnabled():
            self.show_strip(self.away)
            self.away.ask(_AWAY, at)

    def _ask_week(self) -> None:
        time = self.model.time
        if time is not None and self.week_button.isEnabled():
            self.show_strip(self.week)
            self.week.ask(_WEEK, time, self._clock.today())

    def _set_week(self, since: date, minutes: dict[tuple[int, Half], int]) -> None:
        member = self.chosen()
        if member is not None:
            given = WeekInput(staff_id=member.staff_id, valid_from=since, minutes=minutes)
            self.act(lambda: self._times.set_week(given), "訪問に使う半日を登録しました。")

    def _lay_out(self) -> None:
        self.member.setAccessibleName("職員")
        self.member.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        label = QLabel("職員(&S)")
        label.setBuddy(self.member)
        bar = QWidget()
        keep_height_for_width(bar)
        row = FlowLayout(bar)
        for widget in (label, self.member, self.before_button, self.span, self.after_button):
            row.addWidget(widget)
        self.top.addWidget(bar)
        keep_height_for_width(self.acts)
        buttons = FlowLayout(self.acts)
        buttons.setContentsMargins(0, 4, 0, 4)
        for button in (
            *self.kind_buttons.values(),
            *(self.away_button, self.strike_button, self.week_button),
        ):
            buttons.addWidget(button)
        keys = muted_label(_KEYS)
        keys.setWordWrap(True)
        self.body.addWidget(self.count)
        self.body.addWidget(self.standard)
        self.body.addWidget(self.table, _TABLE_FIRST)
        self.body.addWidget(self.words)
        self.body.addWidget(keys)
        for page in self.strips:
            self.body.addWidget(page)
        self.body.addStretch(1)
        self.show_strip(self.acts)

    def _connect(self) -> None:
        self.member.activated.connect(lambda *_: self._load())
        self.before_button.clicked.connect(lambda *_: self._move_months(-1))
        self.after_button.clicked.connect(lambda *_: self._move_months(1))
        for key, months in (("Ctrl+Left", -1), ("Ctrl+Right", 1)):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._move_months, months))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._say())
        acts = [
            (_KIND_KEYS[kind], button, partial(self._enter, kind))
            for kind, button in self.kind_buttons.items()
        ]
        acts += [
            ("Z", self.strike_button, partial(self._strike)),
            ("A", self.away_button, partial(self._ask_away)),
            ("W", self.week_button, partial(self._ask_week)),
        ]
        for key, button, act in acts:
            self.table.on_key(key, act)
            button.clicked.connect(lambda *_, act=act: act())
        self.away.entered.connect(self._add)
        self.week.entered.connect(self._set_week)
