"""The form of an entry: what the kind asks for, in the order of the paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.entry_structures import EntryStructure, without_open
from desktop.domain.era import format_date
from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.phrases import MET, NEXT_DAY
from desktop.domain.records import (
    ContactMethod,
    EntryInput,
    EntryKind,
    MetPerson,
    Promise,
    SegmentKind,
)
from desktop.domain.visit_questions import groups_of
from desktop.domain.visit_times import Revisit
from desktop.viewmodels.records_form import FormShape, shape_of
from desktop.views.fields.field import Field
from desktop.views.fields.form_reader import FormReader
from desktop.views.phrases.blank_line import BlankLine
from desktop.views.phrases.phrase_typing import PhraseTyping
from desktop.views.records.contact_form import ContactForm
from desktop.views.records.headings import take_headings
from desktop.views.records.ports import Material
from desktop.views.records.segments_form import SegmentsForm
from desktop.views.records.visit_rest import VisitRest

#: Who comes again.
_WE = "担当"


class EntryForm(QWidget):
    """Reads into a frozen `EntryInput`; `edited` whenever a person changed something."""

    edited = Signal()

    def __init__(self, material: Material, today: Callable[[], date]) -> None:
        super().__init__()
        self._material = material
        self._given: EntryInput | None = None
        self._headings = frozenset[str]()
        self._taken = frozenset[SegmentKind]()
        self.today = today
        self.contact = ContactForm(material, today)
        self.segments = SegmentsForm(material.wording, today, material.purposes)
        self.phrases = PhraseTyping(self.segments.texts, material.phrases, self._said_so_far, self)
        self.rest = VisitRest(material.ticks, self._said_and_asked, self)
        self.segments.put_below_facts(self.rest)
        self.blanks = BlankLine(tuple(self.segments.texts.values()), self)
        self.segments.put_below_facts(self.blanks)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.contact)
        layout.addWidget(self.segments)
        layout.addStretch(1)
        self.contact.edited.connect(self.edited)
        self.contact.revisit_proposed.connect(self._propose_revisit)
        self.segments.edited.connect(self.edited)
        self.edited.connect(self.rest.look_soon)
        self.rest.noted.connect(self._note_rest)

    def show_input(self, given: EntryInput) -> None:
        """Fill the form with an entry."""
        self._given = given
        self._headings, self._taken = frozenset(), frozenset()
        self.segments.show_input(given)
        self._show_shape(given)

    def take_structure(self, structure: EntryStructure) -> None:
        """Take over headings, place and people met; what was written stays."""
        if self._given is None:
            return
        self.contact.take(structure.place, structure.met)
        self._headings |= take_headings(self.segments.texts, structure.headings)
        self._taken |= frozenset(structure.headings)
        self._show_segments(self._given)
        self.edited.emit()

    def change_kind(self, kind: EntryKind) -> None:
        """Go on under another kind: what was typed stays, method, place and result are the kind's."""
        if self._given is None:
            return
        so_far = self.read_leniently()
        self._given = replace(
            so_far,
            kind=kind.code,
            method=kind.method,
            place=kind.place,
            result_code=kind.default_result,
        )
        self._show_shape(self._given)
        self.edited.emit()

    def read(self) -> EntryInput:
        """What was typed. Raises ValidationError, with the sentences shown beside the fields."""
        reader = FormReader()
        given = self._read_into(reader)
        reader.finish()
        return given

    def read_leniently(self) -> EntryInput:
        """What was typed; fields that cannot be read keep the value they had."""
        return self._read_into(FormReader())

    def put_in(self, texts: Mapping[SegmentKind, str], source: str) -> None:
        """Let parts of the text say this; a part that the kind does not ask for is shown then."""
        self.segments.put_in(texts, source)
        if self._given is not None:
            self._show_segments(self._given)

    def go_to(self, parts: Collection[SegmentKind]) -> None:
        """Go to the end of the first of these parts of the text, so that what came in is seen."""
        first = next((kind for kind in self.segments.texts if kind in parts), None)
        if first is not None:
            field = self.segments.texts[first]
            field.editor().moveCursor(QTextCursor.MoveOperation.End)
            field.setFocus()

    def address(self, addressee: str, kind: EntryKind) -> bool:
        """Add somebody to whom it is addressed; a new entry of a kind for others becomes one of this kind. Whether it did."""
        if self._given is None:
            return False
        changes = self._given.shown_version == 0 and self._given.method is not kind.method
        if changes:
            before = self._material.kind(self._given.kind)
            subject = self.segments.texts_now()[SegmentKind.SUBJECT].strip()
            self.change_kind(kind)
            if before is not None and subject in {"", before.subject}:
                self.segments.put_in({SegmentKind.SUBJECT: kind.subject}, "")
        met = self.contact.met.so_far()
        if addressee not in {each.label for each in met}:
            self.contact.met.show_value((*met, MetPerson(label=addressee)))
            self.edited.emit()
        return changes

    @property
    def household_id(self) -> UUID | None:
        """Whose entry it is."""
        return self._given.household_id if self._given is not None else None

    def is_visit(self) -> bool:
        """Whether somebody is visited."""
        kind = self._material.kind(self._given.kind) if self._given is not None else None
        return kind is not None and kind.method is ContactMethod.VISIT

    def tick_groups(self) -> frozenset[str]:
        """Whose subjects are asked about in this entry."""
        place = self.read_leniently().place
        known = self._material
        return groups_of(known.household_type, place, is_away=known.is_head_away)

    def keep_version(self, version: int) -> None:
        """From now on this version is the one that is shown."""
        if self._given is not None:
            self._given = replace(self._given, shown_version=version)

    def show_errors(self, sentences: Mapping[str, str]) -> tuple[str, ...]:
        """Show each sentence beside its field, go to the first; what has no field here is given back."""
        fields: dict[str, Field[object]] = {**self.contact.fields(), **self.segments.fields()}
        homeless: list[str] = []
        first: Field[object] | None = None
        for key, sentence in sentences.items():
            field = fields.get(key)
            if field is None:
                homeless.append(sentence)
                continue
            self.contact.reveal(field)
            self.segments.reveal(field)
            field.show_error(sentence)
            first = first or field
        if first is not None:
            first.setFocus()
        return tuple(homeless)

    def focus_first(self) -> None:
        """Go to the first field that is shown."""
        contact = self.contact
        for field in (contact.event_on, contact.times, contact.met):
            if not field.isHidden():
                field.setFocus()
                return
        next(f for f in self.segments.texts.values() if not f.isHidden()).setFocus()

    def _said_so_far(self) -> dict[str, str]:
        """What the form says at this moment, for the slots of phrases."""
        days = self.segments.promises.days()
        return {
            MET: "、".join(met.label for met in self.contact.met.so_far()),
            NEXT_DAY: format_date(min(days)) if days else "",
        }

    def _propose_revisit(self, revisit: Revisit | None) -> None:
        if revisit is not None:
            self.segments.propose(
                Promise(promise_id=new_id(), who=_WE, what=revisit.words, due_on=revisit.due_on)
            )

    def _read_into(self, reader: FormReader) -> EntryInput:
        if self._given is None:
            raise ValidationError("記録が開かれていません。")
        read = self.segments.read(reader, self.contact.read(reader, self._given))
        answered = (replace(s, text=without_open(s.text, self._headings)) for s in read.segments)
        return replace(read, segments=tuple(s for s in answered if s.text.strip()))

    def _said_and_asked(self) -> tuple[dict[SegmentKind, str], frozenset[str]]:
        """What stands in the parts, and whose subjects are asked about."""
        return self.segments.texts_now(), self.tick_groups()

    def _note_rest(self, texts: Mapping[SegmentKind, str]) -> None:
        """Say what was not confirmed; the reason is written on behind it."""
        self.put_in(texts, "")
        self.go_to({SegmentKind.NOT_CONFIRMED})

    def _show_shape(self, given: EntryInput) -> None:
        kind = self._material.kind(given.kind)
        if kind is None:
            raise ValidationError(
                kind="この記録種別は今は使われていません。種別を選び直してください。"
            )
        shape = self._shape(kind)
        self.contact.show_kind(kind, shape, given)
        self.segments.show_shape(shape)
        self.rest.offer(is_visit=kind.method is ContactMethod.VISIT)

    def _show_segments(self, given: EntryInput) -> None:
        """Show the parts that hold words by now, or were taken over."""
        kind = self._material.kind(given.kind)
        if kind is not None:
            self.segments.show_shape(self._shape(kind))

    def _shape(self, kind: EntryKind) -> FormShape:
        written = self.segments.written() | self._taken
        return shape_of(kind, written, has_source=self.segments.has_source())
