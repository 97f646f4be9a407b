"""The text of the entry: one field a segment, in the order of the paper, and the promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.briefs import Purpose
from desktop.domain.ids import new_id
from desktop.domain.labels import SEGMENT
from desktop.domain.records import EntryInput, Promise, Segment, SegmentKind
from desktop.domain.wording import WordingRule
from desktop.viewmodels.records_form import FormShape, untouched_segments
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FieldLabel, form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.records.promises_field import PromisesField
from desktop.views.records.purpose_button import PurposeButton
from desktop.views.records.source_field import SourceField
from desktop.views.widgets import named

_LINES = {SegmentKind.FACTS: 4}


class SegmentsForm(QWidget):
    """Empty segments are neither stored nor printed; what was typed stays when the kind changes."""

    edited = Signal()

    def __init__(
        self,
        wording: Sequence[WordingRule],
        today: Callable[[], date],
        purposes: Sequence[Purpose] = (),
    ) -> None:
        super().__init__()
        self.texts: dict[SegmentKind, LongTextField] = {}
        self.source = named(SourceField("事実の出所"), "facts_source")
        self.promises = named(PromisesField("次回予定・約束・宿題", today=today), "promises")
        self.purpose_button = PurposeButton(purposes)
        self._offers_purposes = bool(purposes)
        self._rows: dict[SegmentKind, QWidget] = {}
        self._known: dict[SegmentKind, Segment] = {}
        self._asks_promises = False
        self._build(wording)

    def fields(self) -> dict[str, Field[Any]]:
        """The segments' fields by the names of their kinds, and what comes next."""
        texts: dict[str, Field[Any]] = {str(kind): field for kind, field in self.texts.items()}
        return texts | {"promises": self.promises}

    def reveal(self, field: object) -> None:
        """Show the row of what comes next, so that its error can be seen."""
        if field is self.promises:
            self._promises_row.setVisible(True)

    def show_shape(self, shape: FormShape) -> None:
        """Show the segments of this kind."""
        for kind, row in self._rows.items():
            row.setVisible(kind in shape.segments)
        self.purpose_button.setVisible(
            self._offers_purposes and SegmentKind.SUBJECT in shape.segments
        )
        self._source_row.setVisible(shape.asks_source)
        self._asks_promises = "promises" in shape.asks
        self._promises_row.setVisible(self._asks_promises or bool(self.promises.lines()))

    def show_input(self, given: EntryInput) -> None:
        """Fill the fields."""
        self._known = {segment.kind: segment for segment in given.segments}
        for kind, field in self.texts.items():
            field.show_value(self._known[kind].text if kind in self._known else None)
        facts = self._known.get(SegmentKind.FACTS)
        self.source.show_value(facts.source if facts else None)
        self.promises.show_value(given.promises)

    def put_below_facts(self, part: QWidget) -> None:
        """Let something that helps to write the facts stand beneath them."""
        self._parts.insertWidget(self._parts.indexOf(self._source_row) + 1, part)

    def propose(self, promise: Promise) -> None:
        """Offer a next step, unless one with a day is there already."""
        self.promises.propose(promise)
        self._promises_row.setVisible(True)

    def read(self, reader: FormReader, given: EntryInput) -> EntryInput:
        """The segments that hold words, under the ids they had, and the promises."""
        segments: list[Segment] = []
        for kind, field in self.texts.items():
            text = reader.read(kind, field)
            if text is not None:
                source = self._source(reader) if kind is SegmentKind.FACTS else ""
                segments.append(replace(self._segment(kind), text=text, source=source))
        promises = reader.read("promises", self.promises)
        return replace(
            given,
            segments=(*segments, *untouched_segments(given)),
            promises=promises or (),
        )

    def texts_now(self) -> dict[SegmentKind, str]:
        """The words of each part as they stand, also of those that are not shown."""
        return {kind: field.editor().toPlainText() for kind, field in self.texts.items()}

    def put_in(self, texts: Mapping[SegmentKind, str], source: str) -> None:
        """Let parts say this, as if somebody had typed it: it can be undone. A source that is said already stays."""
        for kind, text in texts.items():
            self.texts[kind].replace_all(text)
        if source and not self.has_source():
            self.source.show_value(source)
            self.edited.emit()

    def written(self) -> frozenset[SegmentKind]:
        """The segments that hold words now."""
        return frozenset(
            kind for kind, field in self.texts.items() if field.editor().toPlainText().strip()
        )

    def has_source(self) -> bool:
        """Whether a source of the facts is known."""
        return bool(self.source.editor().line().text().strip())

    def _source(self, reader: FormReader) -> str:
        return reader.read("source", self.source) or ""

    def _segment(self, kind: SegmentKind) -> Segment:
        """The segment as it was, or a new one that keeps its id from save to save."""
        blank = Segment(segment_id=new_id(), kind=kind, text="")
        return self._known.setdefault(kind, blank)

    def _add_purpose(self, words: str) -> None:
        """Behind what the subject says already."""
        field = self.texts[SegmentKind.SUBJECT]
        field.editor().moveCursor(QTextCursor.MoveOperation.End)
        says_something = field.editor().toPlainText().strip()
        field.insert(f"、{words}" if says_something else words)
        field.setFocus()

    def _build(self, wording: Sequence[WordingRule]) -> None:
        self._parts = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._source_row = _source_row(self.source)
        for kind in SegmentKind:
            if kind in {SegmentKind.REASON, SegmentKind.LEGACY}:
                continue
            field = LongTextField(
                SEGMENT[kind], lines=_LINES.get(kind, 1), most_lines=18, wording=wording
            )
            self.texts[kind] = named(field, f"segment_{kind}")
            field.edited.connect(self.edited)
            self._rows[kind] = form_row(SEGMENT[kind], field)
            layout.addWidget(self._rows[kind])
            if kind is SegmentKind.SUBJECT:
                layout.addWidget(self.purpose_button, 0, Qt.AlignmentFlag.AlignLeft)
            if kind is SegmentKind.FACTS:
                layout.addWidget(self._source_row)
        self._promises_row = form_row("次回予定・約束・宿題", self.promises)
        self.purpose_button.chosen.connect(self._add_purpose)
        self.promises.edited.connect(self.edited)
        self.source.edited.connect(self.edited)
        layout.addWidget(self._promises_row)


def _source_row(source: SourceField) -> QWidget:
    """The label beside its field: the source belongs to the text above it."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(row.fontMetrics().horizontalAdvance("国"), 0, 0, 0)
    line.addWidget(
        FieldLabel("事実の出所(&O)", source, required=False), 0, Qt.AlignmentFlag.AlignTop
    )
    line.addWidget(source, 1)
    return row
