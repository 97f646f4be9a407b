"""アセスメントを書く: the form at the left, what is proposed of it at the right, and the newest assessment to look back at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.assessment_forms import (
    AssessedPerson,
    AssessmentInput,
    AssessmentTables,
)
from desktop.domain.assessments import Scope
from desktop.domain.errors import UserError, ValidationError
from desktop.override import override
from desktop.viewmodels.assessments_form import (
    FOLDED,
    first_input,
    live_proposal,
    opinion_note,
    opinion_values,
    scope_note,
    work_note,
)
from desktop.viewmodels.assessments_text import SENSITIVE, anchor_note, assessment_text
from desktop.views.assessments.assessment_document import write_assessment
from desktop.views.assessments.form_fields import AssessmentFields
from desktop.views.assessments.form_page import FormPage
from desktop.views.assessments.panes import Panes
from desktop.views.assessments.proposal_panel import ProposalPanel
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.support_policies.peeking import is_composing
from desktop.views.support_policies.tab_order import WalkedForm
from desktop.views.widgets import named

_ROOM, _SIDE, _LINES = 62, 24, 7
_SENSITIVE = f"{SENSITIVE}は、閲覧の権限がある職員にだけ表示され、初めは印刷されません。"
_DRIVE = "聞いていない項目は「不明」のままにします。「いいえ」は、手伝うことを示します。"
_SAFETY = "書くと、査察指導員が確かめて保留を解くまで、支援・指導を止めます。心配がなければ空のままにします。"


class AssessmentForm(WalkedForm):
    """`submitted` carries an AssessmentInput; `left` asks to close. Ctrl+S saves, Esc leaves."""

    submitted = Signal(object)
    left = Signal()

    def __init__(self, household_id: UUID, today: Callable[[], date], look: Look) -> None:
        super().__init__()
        self.setObjectName("assessment_form")
        self._household_id, self._today = household_id, today
        self._begun: AssessmentInput | None = None
        self._person: AssessedPerson | None = None
        self._tables: AssessmentTables | None = None
        self._edits = 0
        self._is_filling = False
        self._is_stacked = False
        self.title = named(QLabel(), "section_title")
        self.title.setWordWrap(True)
        self.fields = AssessmentFields(today)
        self.page = FormPage(self.fields)
        self.proposal = ProposalPanel()
        self.earlier = named(EntryBrowser(look, "前回のアセスメント"), "earlier_assessment")
        self.save_button = named(QPushButton("保存（Ctrl+S）"), "save_assessment")
        self.back_button = named(QPushButton("やめる（Esc）"), "leave_assessment")
        self._lay_out()
        self._connect()

    def begin(self, person: AssessedPerson, tables: AssessmentTables) -> None:
        """Stand ready for a new assessment of a person, filled in as the newest was."""
        self._person, self._tables = person, tables
        self._begun = first_input(person, self._household_id, tables, self._today())
        self._is_filling = True
        self.title.setText(f"アセスメントを書く：{person.name}")
        self.fields.use(tables)
        self.fields.show(self._begun)
        self.page.fold_all()
        self._show_earlier(person, tables)
        self._show_opinion(person)
        self._is_filling = False
        self._edits = 0
        self.save_button.setEnabled(True)
        self.page.verticalScrollBar().setValue(0)
        self.say()
        self.fields.scope.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Put the keyboard where it was."""
        last = cast("QWidget | None", self.focusWidget())
        (self.fields.scope.editor() if last is None else last).setFocus()

    def has_unsaved(self) -> bool:
        """Whether somebody typed here since it was opened or stored."""
        return self._edits > 0

    def clear(self) -> None:
        """What was typed is stored, or given up."""
        self._edits = 0
        self._begun = None

    def hand_in(self) -> None:
        """Hand the assessment over, once."""
        if not self.save_button.isEnabled() or self._begun is None:
            return
        try:
            given = self.fields.read(self._begun)
        except ValidationError:
            return
        self.save_button.setEnabled(False)
        self.submitted.emit(given)

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields and go to the first; return what has no place there."""
        self.save_button.setEnabled(True)
        sentences = error.fields if isinstance(error, ValidationError) else {}
        placed = [name for name in sentences if name in self.fields.every]
        self.page.unfold(
            [n.removesuffix("_words") for n in placed if n.removesuffix("_words") in FOLDED]
        )
        for name in placed:
            self.fields.every[name].show_error(sentences[name])
        if placed:
            self.fields.every[placed[0]].setFocus()
        elsewhere = [said for name, said in sentences.items() if name not in placed]
        return error.sentence if not sentences else "".join(elsewhere)

    def say(self) -> None:
        """Propose anew of what is typed so far; nothing is stored and nothing is asked of the database."""
        if self._is_filling or self._begun is None or self._tables is None or is_composing():
            return
        person = self._person
        given = self.fields.peeked(self._begun)
        if person is None:
            return
        live = live_proposal(given, self._tables, person, self._today())
        self.proposal.show_proposal(live)
        self.page.unfold(live.opened)
        self.fields.asks_anyway.setVisible(given.scope is Scope.OUT)
        notes, tables = self.page.notes, self._tables
        notes["scope"].say(scope_note(person, self._today()))
        notes["work"].say(anchor_note(tables, given.work, work_note(given, person)))
        notes["health"].say(anchor_note(tables, given.health))
        notes["barriers"].say(_SENSITIVE)
        notes["motivation"].say(anchor_note(tables, given.motivation))
        notes["drive_said"].say(_DRIVE)
        notes["safety"].say(_SAFETY)

    @override
    def stops(self) -> Sequence[QWidget]:
        f = self.fields
        found: list[QWidget] = []
        for field in f.every.values():
            if field is f.barriers:
                found += f.barriers.stops
            elif field is f.drive_said:
                found += f.drive_said.stops
            else:
                found.append(field.editor())
            if field is f.scope:
                found.append(f.asks_anyway)
            if field is f.health:
                found.append(self.page.take_button)
        return [*found, self.page.more_button, self.save_button, self.back_button, self.earlier]

    def _show_earlier(self, person: AssessedPerson, tables: AssessmentTables) -> None:
        newest = person.newest
        self._make_room(self._is_stacked)
        if newest is not None:
            text = assessment_text(person, newest, tables, self._today())
            self.earlier.show_drawn(lambda writer: write_assessment(writer, text))

    def _show_opinion(self, person: AssessedPerson) -> None:
        """The newest word on health stands beside the field; a key copies it, the answer stays the assessor's."""
        self.page.opinion.say(opinion_note(person))
        self.page.take_button.setVisible(person.opinion is not None)

    def _take_opinion(self) -> None:
        """Copy source, day and words of the opinion, as the doctor gave them."""
        if self._person is None or self._person.opinion is None:
            return
        for name, value in opinion_values(self._person).items():
            self.fields.every[name].show_value(value)
        self._was_edited()

    def _open_more(self) -> None:
        """Open everything, and go to the first of what was not there before: the button that had the keyboard is gone."""
        opened = next(n for n, part in self.page.folded.items() if part.isHidden())
        self.page.unfold_all()
        self.fields.every[opened].setFocus()

    def _make_room(self, is_stacked: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Above the form there is room for the proposal alone."""
        has_earlier = self._person is not None and self._person.newest is not None
        self._is_stacked = is_stacked
        self.earlier.setVisible(has_earlier and not is_stacked)

    def _was_edited(self) -> None:
        if not self._is_filling:
            self._edits += 1
            self.say()

    def _lay_out(self) -> None:
        self.save_button.setProperty("primary", True)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.proposal, 3)
        column.addWidget(self.earlier, 2)
        panes = Panes(side, self.page, room=_ROOM, width=_SIDE, lines=_LINES, first=False)
        panes.stacked.connect(self._make_room)
        buttons = FlowingRow()
        buttons.add(self.save_button)
        buttons.add(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(panes, 1)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        for field in self.fields.every.values():
            field.edited.connect(self._was_edited)
        self.fields.asks_anyway.clicked.connect(self._was_edited)
        self.page.take_button.clicked.connect(self._take_opinion)
        self.page.more_button.clicked.connect(self._open_more)
        self.save_button.clicked.connect(self.hand_in)
        self.back_button.clicked.connect(self.left)
        for key, act in (("Ctrl+S", self.hand_in), ("Escape", self.left.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
