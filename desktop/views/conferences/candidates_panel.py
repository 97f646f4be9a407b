"""What waits for a conference, to be put on its agenda: many at once. Deciding is done one by one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.conferences import ConferenceRow, MatterInput, MatterKind
from desktop.domain.ids import new_id
from desktop.domain.support_group_lists import OpenProposal, OpenProposals
from desktop.viewmodels.conferences import (
    Labels,
    conference_words,
    proposal_columns,
    proposal_words,
)
from desktop.viewmodels.ticks import TickedRows, Ticks
from desktop.views.conferences.ports import ConferencePorts
from desktop.views.flow_layout import FlowLayout
from desktop.views.paragraph import Paragraph
from desktop.views.printing.tick_table import TickTable
from desktop.views.widgets import low_for_width, named

_WIDTHS = {0: 7, 1: 8, 2: 14, 3: 4, 4: 4, 5: 4, 6: 6, 7: 12}
_STRETCH = 7
_NOTHING = (
    "決まっていない提案はありません。アセスメントを書くと、決定と違う提案の人がここに並びます。"
)


class CandidatesPanel(QWidget):
    """Space ticks, Enter adds what is ticked (or the row at hand): `chosen` carries MatterInputs. Esc goes back."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, ports: ConferencePorts) -> None:
        super().__init__()
        self._conference: ConferenceRow | None = None
        self._labels: Labels = {}
        self.heading = named(QLabel(), "agenda_heading")
        self.ticks = Ticks(self)
        self.model: TickedRows[OpenProposal] = TickedRows(
            proposal_columns(ports.clock.today()),
            self.ticks,
            lambda row: (row.assessment_id,),
            brush_of=ports.look.brush_of,
            parent=self,
        )
        self.table = named(
            TickTable(self.model, name="決まっていない提案", characters=_WIDTHS, stretch=_STRETCH),
            "candidates",
        )
        self.words = named(Paragraph(tone="muted"), "candidates_words")
        self.add_button = named(QPushButton("議題に加える（Enter）"), "add_candidates")
        self.all_button = named(QPushButton("すべて選択（Ctrl+A）"), "tick_all")
        self.back_button = named(QPushButton("戻る（Esc）"), "leave_candidates")
        self._lay_out()
        self._connect()

    def show_candidates(self, conference: ConferenceRow, found: OpenProposals) -> None:
        """Offer what is not on an agenda yet; what is stands below it, to be seen."""
        self._conference, self._labels = conference, found.labels
        self.heading.setText(f"{conference_words(conference)}の議題に加える人")
        self.ticks.set([row.assessment_id for row in self.model.rows()], ticked=False)
        rows = sorted(found.rows, key=lambda row: row.agenda_on is not None)
        self.model.set_rows(rows)
        self.table.select_row(0)
        self._say()

    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def wanted(self) -> tuple[OpenProposal, ...]:
        """What is ticked; the row at hand where nothing is."""
        ticked = tuple(row for row in self.model.rows() if row.assessment_id in self.ticks)
        at = self.model.row_at(self.table.currentIndex())
        return ticked or ((at,) if at is not None else ())

    def add(self) -> None:
        """Hand in what is wanted."""
        wanted, conference = self.wanted(), self._conference
        if wanted and conference is not None:
            self.chosen.emit([matter_of(row, conference) for row in wanted])

    def _tick_all(self) -> None:
        new = [row.assessment_id for row in self.model.rows() if row.agenda_on is None]
        self.ticks.set(new, ticked=True)

    def _say(self) -> None:
        count = len(self.model.rows())
        self.add_button.setEnabled(count > 0)
        ticked = f"　選択 {len(self.ticks)}人" if len(self.ticks) else ""
        keys = f"{count}人{ticked}　スペースで選び、Enterで加えます。" if count else _NOTHING
        row = self.model.row_at(self.table.currentIndex())
        at_hand = proposal_words(row, self._labels) if row is not None else ""
        self.words.say("\n".join(filter(None, (at_hand, keys))))

    def _lay_out(self) -> None:
        acts = QWidget()
        low_for_width(acts)
        buttons = FlowLayout(acts)
        for button in (self.add_button, self.all_button, self.back_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        self.heading.setWordWrap(True)
        layout.addWidget(self.heading)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.words)
        layout.addWidget(acts)

    def _connect(self) -> None:
        self.ticks.changed.connect(self._say)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.table.row_opened.connect(lambda *_: self.add())
        self.table.all_requested.connect(self._tick_all)
        self.table.none_requested.connect(
            lambda: self.ticks.set([r.assessment_id for r in self.model.rows()], ticked=False)
        )
        acts: tuple[tuple[QPushButton, Callable[[], object]], ...] = (
            (self.add_button, self.add),
            (self.all_button, self._tick_all),
            (self.back_button, self.left.emit),
        )
        for button, act in acts:
            button.clicked.connect(lambda *_, act=act: act())
        escape = QShortcut(QKeySequence("Escape"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)


def matter_of(row: OpenProposal, conference: ConferenceRow) -> MatterInput:
    """A person's newest assessment as a matter of a meeting."""
    return MatterInput(
        matter_id=new_id(),
        conference_id=conference.conference_id,
        kind=MatterKind.SUPPORT_GROUP,
        household_id=row.household_id,
        person_id=row.person_id,
        assessment_id=row.assessment_id,
    )
