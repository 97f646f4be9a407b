"""通院・病状 of one household: each person's matters newest first, and every act by one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QWidget

from desktop.domain.errors import UserError
from desktop.domain.medical_files import MedicalFile, MedicalPerson
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.medical import MedicalRow, medical_columns, rows_of, summary, told, warnings
from desktop.viewmodels.rows import RowTableModel
from desktop.views.dialogs import Dialogs
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_layout import form_row
from desktop.views.look import Look
from desktop.views.medical.acts import ACTS, BEGINNING, Acts, MedicalAct, offered
from desktop.views.medical.medical_form import FormSpec, MedicalForm
from desktop.views.medical.papers import MedicalPapers
from desktop.views.medical.ports import MedicalPorts
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.records.notice import Notice
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 6, 2: 10, 3: 13}
_STRETCH = 2
_MOST_ROWS = 8
_EMPTY = (
    "{name}さんの通院・病状の記録はまだありません。医師への照会は「照会する（A）」、聞いた意見は「意見を記録（O）」、"
    "通院の予定は「通院計画を書く（P）」で始めます。"
)
_WAYS_ALONE = (
    "病状・通院の中身は、評価をする職務の人だけが読めます。ここには移動・移送費だけが出ます。"
)
_NO_WAYS = "{name}さんの移動・移送費の記録はまだありません。「移動・移送費を記録（T）」で残せます。"
_GIVE_UP = "入力した内容は保存されていません。捨てて、一覧に戻りますか。"


class FileMedical(ScreenView):
    """Arrow keys go through the matters of the chosen person; each act has its key on its button."""

    def __init__(
        self,
        household_id: UUID,
        ports: MedicalPorts,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        papers: Callable[[ScreenView], MedicalPapers],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_medical")
        self._household_id, self._ports = household_id, ports
        self._dialogs, self._today = dialogs, today
        self._acts = Acts(household_id, ports, today)
        self._found: MedicalFile | None = None
        self.form: MedicalForm | None = None
        self.papers = papers(self)
        self.person = ChoiceField("だれについて", (), required=True)
        self._whose = form_row("だれについて(&W)", self.person)
        self.warning = named(Notice(), "medical_warning")
        self.summary = named(Paragraph(), "medical_summary")
        self.nothing = named(Paragraph(), "no_medical")
        self.model: RowTableModel[MedicalRow] = RowTableModel(
            medical_columns(), key=lambda row: row.key, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="通院・病状", characters=_WIDTHS, stretch=_STRETCH),
            "medical_rows",
        )
        self.words = named(Paragraph(), "medical_words")
        self.buttons_of = {act: named(QPushButton(label), act.value) for act, label, _ in ACTS}
        self._pages = QStackedWidget()
        self._list = FollowingScroll()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for everything again."""
        self.run(lambda: self._ports.opinions.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list, or with the first act where there is none."""
        if self._pages.currentWidget() is self._list:
            shown = [b for b in self.buttons_of.values() if not b.isHidden()]
            wanted: QWidget = self.table if self.model.rowCount() or not shown else shown[0]
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether something is half entered, or paper came out that the log does not know."""
        return (self.form is not None and self.form.has_unsaved()) or self.papers.is_unrecorded

    @property
    def chosen(self) -> MedicalPerson | None:
        """The person whose matters are shown."""
        people = () if self._found is None else self._found.people
        code = self.person.editor().currentData(Qt.ItemDataRole.UserRole)
        return next((p for p in people if str(p.person_id) == code), people[0] if people else None)

    def _show(self, found: MedicalFile) -> None:
        focused = QApplication.focusWidget() or self
        is_waited_for = self._found is None and self._list.isAncestorOf(focused)
        self._found = found
        self.person.set_choices([Choice(code=str(p.person_id), label=p.name) for p in found.people])
        person = self.chosen
        if person is not None:
            self.person.show_value(str(person.person_id))
        self._whose.setVisible(len(found.people) > 1)
        self._show_person()
        if is_waited_for:  # the keyboard was here before it was known what there is
            self.focus_first()

    def _show_person(self) -> None:
        person = self.chosen
        if person is None:
            self.nothing.say("この世帯にいまいる人はいません。")
            return
        kept = self.model.row_at(self.table.currentIndex())
        rows = rows_of(person, self._today())
        self.model.set_rows(rows)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(rows))
        places = [n for n, row in enumerate(self.model.rows()) if kept and row.key == kept.key]
        self.table.select_row(places[0] if places else 0)
        self.warning.say(warnings(person))
        may_read = self._found is not None and self._found.may_read
        shown = summary(person, self._today()) if rows else ""
        self.summary.say(shown if may_read else _WAYS_ALONE)
        empty = _EMPTY if may_read else _NO_WAYS
        self.nothing.say("" if rows else empty.format(name=person.name))
        self._say()

    def _say(self) -> None:
        """The words of the matter at hand, and only the buttons that may be pressed."""
        row, found, person = self.model.row_at(self.table.currentIndex()), self._found, self.chosen
        self.words.say(told(row) if row else "")
        may = (
            frozenset[MedicalAct]()
            if found is None or person is None
            else offered(found, person, row, self._today())
        )
        for act, button in self.buttons_of.items():
            button.setVisible(act in may)

    def _act(self, act: MedicalAct) -> None:
        person, found = self.chosen, self._found
        if person is None or found is None or self.buttons_of[act].isHidden():
            return
        row = self.model.row_at(self.table.currentIndex())
        self.messages.clear()
        if act is MedicalAct.PRINT:
            self._print(person, row)
            return
        todo = self._acts.begin(act, found, person, row)
        if isinstance(todo, FormSpec):
            self._open(todo)
        elif todo is not None:
            self.run(todo.call, lambda _: self._done(todo.said))

    def _print(self, person: MedicalPerson, row: MedicalRow | None) -> None:
        if row is None:
            return
        view = self.papers.view(row)
        if self._pages.indexOf(view) < 0:
            self._pages.addWidget(view)
            view.begun.connect(lambda: self._pages.setCurrentWidget(view))
            view.left.connect(self._back)
            view.noted.connect(self.announced)
        self.papers.draw(person, row)

    def _open(self, spec: FormSpec) -> None:
        self._drop_form()
        form = MedicalForm(spec)
        form.recorded.connect(self._record)
        form.left.connect(self._leave)
        self.form = form
        self._pages.addWidget(form)
        self._pages.setCurrentWidget(form)
        form.begin()

    def _record(self, given: Any) -> None:  # noqa: ANN401 - what the form made
        form = self.form
        if form is None:
            return
        save, said = form.spec.save, form.spec.done
        self.run(lambda: save(given), lambda _: self._done(said), self._refused)

    def _refused(self, error: UserError) -> None:
        sentence = "" if self.form is None else self.form.show_refusal(error)
        self.messages.clear()
        if sentence:
            self.messages.show_error(sentence)

    def _done(self, said: str) -> None:
        self.messages.clear()
        self.announced.emit(said)
        self._back()
        self.reload()

    def _leave(self) -> None:
        if self.form is not None and self.form.has_unsaved():
            self._dialogs.confirm(self, _GIVE_UP, "捨てて戻る", self._back)
        else:
            self._back()

    def _back(self) -> None:
        self.messages.clear()
        self._pages.setCurrentWidget(self._list)
        self._drop_form()
        self.focus_first()

    def _drop_form(self) -> None:
        if self.form is not None:
            self._pages.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _lay_out(self) -> None:
        fresh, of_row = FlowingRow(), FlowingRow()
        for act, button in self.buttons_of.items():
            (fresh if act in BEGINNING else of_row).add(button)
            button.hide()
        head = (self._whose, self.warning, self.summary, self.nothing, fresh)
        for part in (*head, self.table, of_row, self.words):
            self._list.add_part(part)
        self._whose.hide()
        self._list.add_part(QWidget(), 1)
        self._pages.addWidget(self._list)
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.person.editor().currentIndexChanged.connect(lambda *_: self._show_person())
        for act, _, key in ACTS:
            self.buttons_of[act].clicked.connect(lambda *_, act=act: self._act(act))
            shortcut = QShortcut(QKeySequence(key), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda act=act: self._act(act))
