"""持出: what is out, what comes back, and the way to a new sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.carry_outs import (
    CarryCandidate,
    CarryChoices,
    CarryItem,
    CarryOutCorrection,
    CarryOutLine,
    CarryOutMove,
    CarryOutMoveInput,
    CarryOutState,
)
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.imprint import FormMark
from desktop.domain.leaks import IncidentInput
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.carry_outs import list_columns, matching, summary
from desktop.viewmodels.rows import RowTableModel
from desktop.views.carry_outs.act_bar import ActBar
from desktop.views.carry_outs.incidents_panel import IncidentsPanel
from desktop.views.carry_outs.list_bar import ListBar
from desktop.views.carry_outs.making_form import MakingForm
from desktop.views.carry_outs.ports import (
    CarryOuts,
    ChoosesIncident,
    ChoosesRegister,
    ChoosesSheet,
)
from desktop.views.look import Look
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView

MakePaper = Callable[[ScreenView], "PrintRunView"]
_HELP = "個人情報を持ち出すときに、ここで携行票を作ります。戻ったら番号を入力するか読み取って、返却・廃棄を記録します。"
_WIDTHS = {0: 6, 1: 7, 2: 7, 3: 4, 4: 5, 5: 3, 6: 3, 7: 8, 8: 8, 9: 7}
_STRETCH = 4
_OPEN = (
    "返却を待っている持出しはありません。「新しい持出し（N）」で携行票を作ると、ここに並びます。"
)
_NONE = "この期間の持出しはありません。"
_NO_MATCH = "絞り込みに当てはまる持出しはありません。Escで絞り込みをやめます。"


class CarryOutsScreen(ScreenView):
    """N makes a new trip, Ctrl+B takes a sheet back by its number, K prints the register, G shows the incidents."""

    def __init__(
        self,
        service: CarryOuts,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
        sheet: tuple[ChoosesSheet, MakePaper],
        register: tuple[ChoosesRegister, MakePaper],
        incident: tuple[ChoosesIncident, MakePaper],
    ) -> None:
        super().__init__(runner, title="持出", help_line=_HELP)
        self._service, self._staff, self._changes = service, staff, changes
        self._sheet, self._register, self._incident = sheet[0], register[0], incident[0]
        self._lines: tuple[CarryOutLine, ...] = ()
        self._loading: Job[tuple[CarryOutLine, ...]] | None = None
        self.bar = ListBar(staff, clock.today())
        self.model: RowTableModel[CarryOutLine] = RowTableModel(
            list_columns(), key=lambda t: t.carry_out_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="持出しの一覧", characters=_WIDTHS, stretch=_STRETCH),
            "carry_outs",
        )
        self.acts = ActBar(staff, self.table, clock.today())
        self.form = MakingForm(look, clock.now)
        decides = staff.may(Permission.DECIDE_APPROVALS)
        self.incidents = IncidentsPanel(look, clock.now, clock.today(), may_decide=decides)
        self.sheet_paper, self.register_paper = sheet[1](self), register[1](self)
        self.incident_paper = incident[1](self)
        self._pages = QStackedWidget()
        self._list = QWidget()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load what the scope says."""
        period = self.bar.period
        service = self._service
        call = service.open_lines if period is None else lambda: service.lines_between(*period)
        self._loading = self.run(call, self._show, replaces=self._loading)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or where a sheet is scanned."""
        first = self.table if self.model.rowCount() else self.bar.number
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether something was chosen or typed and not stored, or paper came out that the log does not know."""
        papers = (self.sheet_paper, self.register_paper, self.incident_paper)
        typed = self.form.has_unsaved() or self.incidents.form.has_unsaved()
        return typed or any(paper.is_unrecorded for paper in papers)

    def begin_with(self, items: tuple[CarryItem, ...]) -> None:
        """Put these households with their purposes onto the new sheet that is under way, else begin one: from a plan."""
        if self._pages.currentWidget() is self.form and self.form.has_unsaved():
            wanted = tuple(item.household_id for item in items)
            self.run(
                lambda: self._service.candidates(wanted),
                lambda found: self._add_to_sheet(found, items),
            )
        else:
            self._begin(items)

    def show_item(self, household_id: UUID) -> None:
        """Put a household onto the new sheet that is under way, else begin one with it."""
        self.begin_with((CarryItem(household_id=household_id),))

    def _add_to_sheet(
        self, found: tuple[CarryCandidate, ...], items: tuple[CarryItem, ...]
    ) -> None:
        self.form.households.offer_more(found)
        self._add(items)

    def _add(self, items: tuple[CarryItem, ...]) -> None:
        for item in items:
            self.form.households.add(item.household_id, item.purposes)

    def _show(self, lines: tuple[CarryOutLine, ...]) -> None:
        self._lines = lines
        self._show_lines()

    def _show_lines(self) -> None:
        lines = matching(self._lines, self.bar.filter.text())
        held = self.model.row_at(self.table.currentIndex())
        place = max(self.table.current_row(), 0)
        self.model.set_rows(lines)
        at = self.model.index_of(held.carry_out_id).row() if held else -1
        self.table.select_row(at if at >= 0 else min(place, len(lines) - 1))
        self.bar.count.setText(summary(lines))
        self.table.setVisible(bool(lines))
        empty = _OPEN if self.bar.period is None else _NONE
        self._nothing.setText("" if lines else _NO_MATCH if self._lines else empty)
        self._nothing.setVisible(not lines)
        self.show_body()
        self._show_current()

    def _show_current(self) -> None:
        self.acts.show_line(self.model.row_at(self.table.currentIndex()))

    def _new(self) -> None:
        if self.bar.new_button.isEnabled():
            self._begin(())

    def _begin(self, items: tuple[CarryItem, ...]) -> None:
        household_ids = tuple(item.household_id for item in items)

        def show(
            found: tuple[CarryChoices, tuple[CarryCandidate, ...], tuple[CarryCandidate, ...]],
        ) -> None:
            choices, candidates, more = found
            known = {c.household_id for c in candidates}
            extra = tuple(c for c in more if c.household_id not in known)
            self.acts.asks_second_person = choices.rules.second_person
            self._turn_to(self.form)
            self.form.begin(choices, (*candidates, *extra))
            self._add(items)

        def load() -> tuple[CarryChoices, tuple[CarryCandidate, ...], tuple[CarryCandidate, ...]]:
            more = self._service.candidates(household_ids) if household_ids else ()
            return self._service.choices(), self._service.candidates(), more

        self.run(load, show)

    def _make(self, given: object) -> None:
        self.messages.clear()
        self.run(lambda: self._service.make(given), self._made, on_failure=self._not_made)  # type: ignore[arg-type]

    def _made(self, line: CarryOutLine) -> None:
        self.form.clear()
        self._changed(f"{line.label}を作成しました。")
        self._back()
        ready = line.approval.value == "none"
        if ready and line.households:
            self._print_sheet(line)

    def _not_made(self, error: UserError) -> None:
        self._refuse(self.form.show_refusal(error))

    def _print_sheet(self, line: CarryOutLine) -> None:
        chosen = self._sheet.choose(line.carry_out_id, line.version)
        self.sheet_paper.draw(chosen, FormMark.PLAIN, line.households)

    def _print_register(self) -> None:
        if self.bar.register_button.isEnabled():
            chosen = self._register.choose(self.bar.paper_period)
            self.register_paper.draw(chosen, FormMark.PLAIN, 1)

    def _print_incident(self, incident_id: UUID) -> None:
        self.incident_paper.draw(self._incident.choose(incident_id), FormMark.PLAIN, 1)

    def _move(self, given: CarryOutMoveInput) -> None:
        is_lost = given.move is CarryOutMove.LOSE
        at_hand = (t for t in self._lines if t.carry_out_id == given.carry_out_id)
        lost = next(at_hand, None) if is_lost else None
        self.do(lambda: self._service.move(given), lost)

    def _correct(self, given: CarryOutCorrection) -> None:
        self.do(lambda: self._service.correct(given))

    def do(self, act: Callable[[], object], lost: CarryOutLine | None = None) -> None:
        """Carry an act out and show what became of the register; a refusal goes to the strip that asked."""
        self.messages.clear()
        self.run(act, lambda _: self._moved(lost), on_failure=self._not_moved)

    def _moved(self, lost: CarryOutLine | None) -> None:
        self.acts.close_strip()
        self._changed("記録しました。")
        if lost is not None:
            self._report(lost)

    def _not_moved(self, error: UserError) -> None:
        self._refuse(self.acts.show_refusal(error))

    def _let_pass(self, line: CarryOutLine, words: str) -> None:
        pass_id = new_id()
        self.do(lambda: self._service.let_pass(pass_id, line.staff_id, words))

    def _find(self) -> None:
        """Enter behind a number: its trip is asked about."""
        typed = self.bar.number.text()
        if typed.strip():
            self.run(lambda: self._service.find(typed), self._found, on_failure=self._not_found)

    def _found(self, line: CarryOutLine) -> None:
        self.bar.number.clear()
        self.messages.clear()
        if line.state not in {CarryOutState.OUT, CarryOutState.BACK}:
            self._refuse(f"{line.label}は、返却を待っていません。")
            return
        self.table.select_row(self.model.index_of(line.carry_out_id).row())
        self.acts.give_back(line)

    def _not_found(self, error: UserError) -> None:
        self.bar.number.selectAll()
        self._refuse(error.sentence)

    def _report(self, line: CarryOutLine) -> None:
        def show(found: object) -> None:
            self.incidents.show_incidents(found)  # type: ignore[arg-type]
            self._turn_to(self.incidents)
            self.incidents.report(line)

        self.run(self._service.incidents, show)

    def _show_incidents(self) -> None:
        def show(found: object) -> None:
            self.incidents.show_incidents(found)  # type: ignore[arg-type]
            self._turn_to(self.incidents)
            self.incidents.open_list()

        self.run(self._service.incidents, show)

    def _save_incident(self, given: IncidentInput) -> None:
        def show(found: object) -> None:
            self.incidents.show_incidents(found)  # type: ignore[arg-type]
            self.incidents.show_saved(given.incident_id)

        def save() -> object:
            self._service.save_incident(given)
            return self._service.incidents()

        def stored(found: object) -> None:
            show(found)
            self._changed("漏えい等の事案を保存しました。")

        self.messages.clear()
        refused = self.incidents.form.show_refusal
        self.run(save, stored, on_failure=lambda error: self._refuse(refused(error)))

    def _leave_incident(self) -> None:
        self.incidents.form.clear()
        self._show_incidents()

    def _changed(self, said: str) -> None:
        self.announced.emit(said)
        self._changes.todo_changed.emit(self)
        self.reload()

    def _refuse(self, sentence: str) -> None:
        if sentence:
            self.messages.show_error(sentence)

    def _changed_elsewhere(self, initiator: object) -> None:
        if initiator is not self:
            self.reload_shown()

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.bar.setVisible(page is self._list)

    def _back(self) -> None:
        self._turn_to(self._list)
        self.focus_first()

    def _leave_form(self) -> None:
        self.form.clear()
        self.messages.clear()
        self._back()

    def _leave_filter(self) -> None:
        self.bar.filter.clear()
        self.focus_first()

    def _lay_out(self) -> None:
        self._nothing = named(muted_label(), "no_carry_outs")
        self._nothing.setWordWrap(True)
        self.top.addWidget(self.bar)
        layout = QVBoxLayout(self._list)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar.count)
        layout.addWidget(self._nothing)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.acts)
        layout.addStretch(0)
        for page in (
            *(self._list, self.form, self.incidents),
            *(self.sheet_paper, self.register_paper, self.incident_paper),
        ):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.bar.scope.activated.connect(lambda *_: self.reload())
        self.bar.filter.textChanged.connect(lambda *_: self._show_lines())
        self.bar.filter.returnPressed.connect(self.focus_first)
        self.bar.number.returnPressed.connect(self._find)
        self.bar.new_button.clicked.connect(self._new)
        self.bar.register_button.clicked.connect(self._print_register)
        self.bar.incidents_button.clicked.connect(self._show_incidents)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.acts.move_requested.connect(self._move)
        self.acts.correction_requested.connect(self._correct)
        self.acts.print_requested.connect(self._print_sheet)
        self.acts.report_requested.connect(self._report)
        self.acts.pass_requested.connect(self._let_pass)
        self.acts.strip_left.connect(self.focus_first)
        self.form.made.connect(self._make)
        self.form.left.connect(self._leave_form)
        self.incidents.left.connect(self._back)
        self.incidents.form.saved.connect(self._save_incident)
        self.incidents.form.left.connect(self._leave_incident)
        self.incidents.form.print_requested.connect(self._print_incident)
        here = Qt.ShortcutContext.WidgetShortcut
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for widget, key, act, context in (
            (self.table, "N", self._new, here),
            (self.table, "K", self._print_register, here),
            (self.table, "G", self._show_incidents, here),
            (self.bar.filter, "Escape", self._leave_filter, here),
            (self.bar.filter, "Down", self.focus_first, here),
            (self, "Ctrl+F", self.bar.filter.setFocus, within),
            (self, "Ctrl+B", self.bar.number.setFocus, within),
        ):
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(context)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        for paper, home in (
            (self.sheet_paper, self._list),
            (self.register_paper, self._list),
            (self.incident_paper, self.incidents),
        ):
            paper.begun.connect(lambda paper=paper: self._turn_to(paper))
            paper.left.connect(lambda home=home: self._turn_to(home))
            paper.noted.connect(self._changed)
        self._changes.todo_changed.connect(self._changed_elsewhere)
