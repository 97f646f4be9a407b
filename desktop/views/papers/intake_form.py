"""The form at the counter: household, kind, whose, from whom, sheets; Enter goes on, and files at the last field."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.papers import (
    MOST_FROM_WHOM,
    MOST_NOTE,
    MOST_SHEETS,
    PaperInput,
    PaperKind,
    PaperPerson,
)
from desktop.jobs.runner import JobRunner
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.notes import FieldError
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.text_field import TextField
from desktop.views.papers.intake_grid import IntakeGrid
from desktop.views.records.household_picker import HouseholdPicker
from desktop.views.records.ports import Finds
from desktop.views.widgets import muted_label, named

_NO_HOUSEHOLD = "世帯を選んでください。"
_WHOLE = "世帯全体の書類は「だれの書類」を空欄にします。"
_OUTSIDE = "担当外の世帯は、世帯員を選ばずに受け取ります。"
#: Latin letters that a choice has room for.
_CHARACTERS = 9
_FIELDS = ("kind", "person_id", "from_whom", "note", "sheets")


class IntakeForm(QFrame):
    """`received` carries a PaperInput, `household_chosen` the household's id. One id serves until it was stored."""

    received = Signal(object)
    print_requested = Signal()
    household_chosen = Signal(object)

    def __init__(self, files: Finds, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper_id = new_id()
        self._goes_on = False
        self.household = named(
            HouseholdPicker(files, runner, name="世帯", takes_only=True), "paper_household"
        )
        self.household_error = FieldError()
        self.kind = ChoiceField("種類", (), required=True)
        self.person_id = ChoiceField("だれの書類", ())
        self.from_whom = TextField("提出者", characters=12, longest=MOST_FROM_WHOM)
        self.note = TextField("備考", longest=MOST_NOTE)
        self.sheets = NumberField("枚数", required=True, unit="枚", lowest=1, highest=MOST_SHEETS)
        self.person_note = muted_label(_WHOLE)
        self.receive_button = named(QPushButton("受け取る（Enter）"), "receive_paper")
        self.last = named(QLabel(), "last_number")
        self.print_button = named(QPushButton("受付票・受領証（Ctrl+P）"), "print_last")
        self._lay_out()
        self._connect()
        self.begin()

    def set_kinds(self, kinds: tuple[PaperKind, ...]) -> None:
        """Offer the office's kinds."""
        self.kind.set_choices([Choice(code=k.code, label=k.label) for k in kinds])

    def set_people(self, household_id: UUID, people: tuple[PaperPerson, ...]) -> None:
        """Offer the household's members, if it is still the one chosen."""
        if self.household.chosen() == household_id:
            self.person_id.set_choices(
                [Choice(code=str(p.person_id), label=p.name) for p in people]
            )
            self.person_note.setText(_WHOLE if people else _OUTSIDE)

    def begin(self) -> None:
        """Stand ready for the next paper."""
        self._paper_id = new_id()
        self._goes_on = False
        self.household.clear()
        self.household_error.say("")
        self.kind.show_value(None)
        self.person_id.set_choices(())
        self.person_id.show_value(None)
        self.person_note.setText(_WHOLE)
        self.from_whom.show_value(None)
        self.note.show_value(None)
        self.sheets.show_value(1)
        self.receive_button.setEnabled(True)

    def show_last(self, sentence: str) -> None:
        """Say under which number the last paper was filed: it is written on the paper. It stays until the next one begins."""
        self.last.setText(sentence)
        self.person_note.hide()
        self.last.show()

    def offer_print(self) -> None:
        """A paper was taken in: its slip and receipt can be printed."""
        self.print_button.show()

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        self.receive_button.setEnabled(True)
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [name for name in error.fields if name in _FIELDS]
        for name in placed:
            getattr(self, name).show_error(error.fields[name])
        return "" if placed else error.sentence

    def has_unsaved(self) -> bool:
        """Whether a paper is half typed."""
        lines = (self.household.box, self.from_whom.editor(), self.note.editor())
        return any(line.text().strip() for line in lines)

    def focus_first(self) -> None:
        """Begin with the household."""
        self.household.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def file(self) -> None:
        """Hand in what is typed."""
        if not self.receive_button.isEnabled():
            return
        try:
            given = self._read()
        except ValidationError:
            return
        self.receive_button.setEnabled(False)
        self.received.emit(given)

    def _read(self) -> PaperInput:
        household_id = self.household.chosen()
        self.household_error.say("" if household_id else _NO_HOUSEHOLD)
        if household_id is None:
            self.focus_first()  # before the fields are read: leaving one takes its error away
        reader = FormReader()
        kind = reader.read("kind", self.kind)
        person = reader.read("person_id", self.person_id)
        from_whom = reader.read("from_whom", self.from_whom)
        note = reader.read("note", self.note)
        sheets = reader.read("sheets", self.sheets)
        if household_id is None:
            raise ValidationError(household_id=_NO_HOUSEHOLD)
        reader.finish()
        if kind is None or sheets is None:
            raise ValidationError
        return PaperInput(
            paper_id=self._paper_id,
            household_id=household_id,
            kind=kind,
            sheets=sheets,
            person_id=UUID(person) if person else None,
            from_whom=from_whom or "",
            note=note or "",
        )

    def _past_household(self) -> None:
        """Enter in the household: on to the kind once one is chosen, else search at once."""
        if self.household.chosen() is None:
            self._goes_on = True
            self.household.search()
        else:
            self._go_on()

    def _go_on(self) -> None:
        self._goes_on = False
        self.kind.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self) -> None:
        self.household_error.say("")
        self.person_id.set_choices(())
        self.person_note.setText(_WHOLE)
        household_id = self.household.chosen()
        if household_id is not None:
            self.last.hide()
            self.print_button.hide()
            self.person_note.show()
            self.household_chosen.emit(household_id)
            if self._goes_on:
                self._go_on()

    def _print_last(self) -> None:
        if not self.print_button.isHidden():
            self.print_requested.emit()

    def _lay_out(self) -> None:
        self.receive_button.setProperty("primary", True)
        self.print_button.hide()
        self.receive_button.setAutoDefault(True)
        for choice in (self.kind, self.person_id):
            choice.editor().setMinimumContentsLength(_CHARACTERS)
        self.grid = IntakeGrid(
            household=self._household_box(),
            kind=form_row("種類(&K)", self.kind),
            person=form_row("だれの書類(&W)", self.person_id),
            from_whom=form_row("提出者(&F)", self.from_whom),
            note=form_row("備考(&B)", self.note),
            sheets=form_row("枚数(&M)", self.sheets),
            end=self._end(),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.grid)

    def _household_box(self) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.household)
        layout.addWidget(self.household_error)
        return box

    def _end(self) -> QWidget:
        end = QWidget()
        layout = QHBoxLayout(end)
        layout.setContentsMargins(0, 0, 0, 0)
        for words in (self.person_note, self.last):
            words.setWordWrap(True)
            layout.addWidget(words, 1)
        self.last.hide()
        layout.addWidget(self.print_button)
        layout.addWidget(self.receive_button)
        return end

    def _connect(self) -> None:
        self.household.chosen_changed.connect(self._choose)
        # Enter is done with its field before the next paper begins.
        queued = Qt.ConnectionType.QueuedConnection
        self.household.box.returnPressed.connect(self._past_household, queued)
        for key in ("Return", "Enter"):
            enter = QShortcut(QKeySequence(key), self.household.choice)
            enter.setContext(Qt.ShortcutContext.WidgetShortcut)
            enter.activated.connect(self._past_household)
        self.sheets.editor().returnPressed.connect(self.file, queued)
        self.receive_button.clicked.connect(self.file)
        self.print_button.clicked.connect(self.print_requested)
        out = QShortcut(QKeySequence("Ctrl+P"), self)
        out.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        out.activated.connect(self._print_last)
