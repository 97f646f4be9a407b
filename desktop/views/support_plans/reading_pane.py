"""One member's plan to be read: the version in hand or in force, an earlier one, the programmes taken part in, and what was said to them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.support_plan_files import PlannedPerson, PlansOfFile, SupportPlan
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.support_plans import (
    consent_pairs,
    participations_text,
    plan_columns,
    plan_pairs,
    shown_first,
)
from desktop.views.approvals.card_pairs import write_pairs
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 4, 1: 5, 2: 11, 3: 11, 4: 5}
_STRETCH = 4
_MOST_ROWS = 3
_EMPTY = "{name}さんの個別支援計画はまだありません。{act}"
_WRITE = "「計画を書く」（N）で、本人の希望から書き始めます。"
_PARTS = "事業参加"


class PlanReading(QWidget):
    """Arrow keys in the list of versions choose which is read."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._found: PlansOfFile | None = None
        self._person: PlannedPerson | None = None
        self._said: tuple[tuple[str, str], ...] = ()
        self._is_filling = False
        self.nothing = named(Paragraph(), "no_plans")
        self.parts = named(Paragraph(), "participations")
        self.model: RowTableModel[SupportPlan] = RowTableModel(
            plan_columns(), key=lambda p: p.given.plan_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="個別支援計画の版", characters=_WIDTHS, stretch=_STRETCH),
            "plans",
        )
        self.text = named(EntryBrowser(look, "個別支援計画の内容"), "plan_text")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.parts, self.nothing, self.table):
            layout.addWidget(part)
        layout.addWidget(self.text, 1)
        layout.addStretch(0)
        self.table.selectionModel().currentRowChanged.connect(self._read)

    def current(self) -> SupportPlan | None:
        """The version that is read."""
        return self.model.row_at(self.table.currentIndex())

    def show_person(self, person: PlannedPerson | None, found: PlansOfFile) -> None:
        """Show a member's version that matters now; what is read of the same member stays."""
        before = self.current()
        is_same = (
            person is not None
            and self._person is not None
            and (person.person_id == self._person.person_id)
        )
        self._person, self._found = person, found
        plans = person.plans if person else ()
        self._is_filling = True
        self.model.set_rows(plans)
        kept = -1
        if is_same and before is not None and self.table.current_row() > 0:
            kept = self.model.index_of(before.given.plan_id).row()
        first = shown_first(person) if person else None
        usual = self.model.index_of(first.given.plan_id).row() if first else 0
        self.table.select_row(kept if kept >= 0 else usual)
        self._is_filling = False
        self.table.show_all_rows(_MOST_ROWS)
        parts = participations_text(person) if person else ""
        self.parts.say(f"{_PARTS}\n{parts}" if parts else "")
        act = _WRITE if found.may_write else ""
        self.nothing.say(_EMPTY.format(name=person.name, act=act) if person and not plans else "")
        self._said = tuple(consent_pairs(person)) if person else ()
        self.table.setVisible(bool(plans))
        self.text.setVisible(bool(plans or self._said))
        self._read()

    def show_plan(self, plan_id: object) -> None:
        """Go to a version, if it is there."""
        for row, plan in enumerate(self._person.plans if self._person else ()):
            if plan.given.plan_id == plan_id:
                self.table.select_row(row)

    def _read(self) -> None:
        plan, found = self.current(), self._found
        if self._is_filling or found is None or not (plan or self._said):
            return
        pairs = (*(plan_pairs(plan, found.programmes) if plan else ()), *self._said)
        title = f"個別支援計画　第{plan.version}版" if plan else _PARTS
        self.text.show_drawn(lambda writer: write_pairs(writer, title, pairs))
