"""事業参加: who took part in a programme in a period, and its register on paper (S-09)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QStackedWidget, QWidget

from desktop.domain.clock import Clock
from desktop.domain.era import DateStyle
from desktop.domain.errors import ValidationError
from desktop.domain.forms import FormMark
from desktop.domain.participations import ParticipationRow, Programme
from desktop.domain.support_plan_forms import ProgrammeRegisterAsked
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.participations import register_columns, register_words, usual_period
from desktop.viewmodels.rows import RowTableModel
from desktop.views.fields.choice_field import ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.printing.run_view import PrintRunView
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.support_plans.programmes_field import programme_choices
from desktop.views.support_policies.choice_row import labelled, side_by_side
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 7, 1: 9, 2: 8, 3: 8, 4: 8, 5: 6, 6: 6, 7: 10}
_MOST_ROWS = 14
_NAME_CHARACTERS = 26
_STRETCH = 7
_NONE = "この期間に、この事業に参加した人はいません。参加は、世帯のファイルの「個別支援計画」で記録します。"
_HELP = "参加・同意・終了は、世帯のファイルの「個別支援計画」で記録します。参加しないこと・同意の撤回だけで不利にはなりません。"


class Registers(Protocol):
    """Participations of the office (`services/participations`)."""

    def programmes(self) -> tuple[Programme, ...]:
        """The office's programmes."""

    def busiest(self, first: date, last: date) -> str | None:
        """The one most took part in, to begin with."""

    def register(self, programme: str, first: date, last: date) -> tuple[ParticipationRow, ...]:
        """Who took part in one of them on any day of a period."""


class ChoosesRegister(Protocol):
    """The way to paper of the register."""

    def choose(self, asked: ProgrammeRegisterAsked, /) -> tuple[UUID, ...]:
        """Say what the next run draws."""


class ParticipationsScreen(ScreenView):
    """Enter opens the file, P prints the register as it is shown."""

    def __init__(
        self,
        registers: Registers,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        may_print: bool,
        make_paper: Callable[[ScreenView], tuple[PrintRunView, ChoosesRegister]],
    ) -> None:
        super().__init__(runner, title="事業参加")
        self.setObjectName("participations")
        self._registers, self._make_paper, self._may_print = registers, make_paper, may_print
        self._asked: ProgrammeRegisterAsked | None = None
        self._reading: Job[tuple[ParticipationRow, ...]] | None = None
        self.paper: tuple[PrintRunView, ChoosesRegister] | None = None
        self._usual = first, last = usual_period(clock.today())
        today = clock.today
        self.programme = named(ChoiceField("支援事業", (), required=True), "register_programme")
        box = self.programme.editor()
        box.setMinimumContentsLength(_NAME_CHARACTERS)
        # In large type the longest name must not ask for a wider window.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.first = DateField("いつから", today=today, required=True, style=DateStyle.SHORT)
        self.last = DateField("いつまで", today=today, required=True, style=DateStyle.SHORT)
        self.first.show_value(first)
        self.last.show_value(last)
        self.count = named(QLabel(), "register_count")
        self.nothing = named(Paragraph(), "no_participations")
        self.help = named(Paragraph(tone="muted"), "participations_help")
        self.model: RowTableModel[ParticipationRow] = RowTableModel(
            register_columns(),
            key=lambda r: r.participation_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="支援対象者名簿", characters=_WIDTHS, stretch=_STRETCH),
            "programme_register",
        )
        self.open_button = named(QPushButton("世帯を開く（Enter）"), "open_file")
        self.print_button = named(QPushButton("名簿を印刷（P）"), "print_register")
        self._pages = QStackedWidget()
        self._list = FollowingScroll(gap=8)
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the programmes, then for the register of the one chosen."""
        first, last = self._usual
        registers = self._registers
        self.run(lambda: (registers.programmes(), registers.busiest(first, last)), self._offer)

    @override
    def focus_first(self) -> None:
        """Begin with the people, or with the programme where there is nobody."""
        wanted = self.table if self.model.rowCount() else self.programme.editor()
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether paper came out that the log does not know."""
        return self.paper is not None and self.paper[0].is_unrecorded

    def _offer(self, found: tuple[tuple[Programme, ...], str | None]) -> None:
        programmes, busiest = found
        chosen = self.programme.editor().currentData()
        self.programme.set_choices(programme_choices({each.code: each for each in programmes}))
        known = {each.code for each in programmes}
        first = programmes[0].code if programmes else None
        wanted = (code for code in (chosen, busiest, first) if code in known)
        self.programme.show_value(next(wanted, None))
        self._read()

    def _read(self) -> None:
        """The register of what is chosen; the older question is dropped."""
        reader = FormReader()
        programme = reader.read("programme", self.programme)
        first = reader.read("first", self.first)
        last = reader.read("last", self.last)
        try:
            reader.finish()
        except ValidationError:
            return
        if programme is None or first is None or last is None:
            return
        asked = ProgrammeRegisterAsked(programme=programme, first=first, last=last)
        self._reading = self.run(
            lambda: self._registers.register(programme, first, last),
            lambda rows: self._show(asked, rows),
            replaces=self._reading,
        )

    def _show(self, asked: ProgrammeRegisterAsked, rows: tuple[ParticipationRow, ...]) -> None:
        self._asked = asked
        place = max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.select_row(min(place, len(rows) - 1))
        self.count.setText(register_words(rows))
        self.nothing.say("" if rows else _NONE)
        self.table.setVisible(bool(rows))
        self.open_button.setEnabled(bool(rows))

    def _open(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is not None:
            request = FileRequest(household_id=row.household_id, section="support_plans")
            self.file_requested.emit(request)

    def _print(self) -> None:
        if self._asked is None or self.print_button.isHidden():
            return
        if self.paper is None:
            view, job = self._make_paper(self)
            self.paper = view, job
            self._pages.addWidget(view)
            view.begun.connect(lambda: self._pages.setCurrentWidget(view))
            view.left.connect(self._back)
            view.noted.connect(self.announced)
        view, job = self.paper
        view.draw(job.choose(self._asked), FormMark.PLAIN, 1)

    def _back(self) -> None:
        self._pages.setCurrentWidget(self._list)
        self.focus_first()

    def _lay_out(self) -> None:
        fields = [
            labelled("支援事業(&J)", self.programme),
            labelled("いつから(&B)", self.first),
            labelled("いつまで(&E)", self.last),
        ]
        buttons = FlowingRow()
        buttons.add(self.open_button)
        buttons.add(self.print_button)
        self.print_button.setVisible(self._may_print)
        for part in (
            self.help,
            side_by_side(fields),
            self.count,
            self.nothing,
            self.table,
            buttons,
        ):
            self._list.add_part(part)
        self._list.add_part(QWidget(), 1)
        self.help.say(_HELP)
        self._pages.addWidget(self._list)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.programme.edited.connect(self._read)
        for field in (self.first, self.last):
            field.editor().editingFinished.connect(self._read)
        self.table.row_opened.connect(lambda *_: self._open())
        self.open_button.clicked.connect(self._open)
        self.print_button.clicked.connect(self._print)
        shortcut = QShortcut(QKeySequence("P"), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._print)
