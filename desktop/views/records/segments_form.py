"""The text of the entry: one field a segment, in the order of the paper, and the promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import new_id
from desktop.domain.labels import SEGMENT
from desktop.domain.records import EntryInput, Segment, SegmentKind
from desktop.domain.wording import WordingRule
from desktop.viewmodels.records_form import FormShape, untouched_segments
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.records.promises_field import PromisesField
from desktop.views.widgets import named

_LINES = {SegmentKind.FACTS: 4}


class SegmentsForm(QWidget):
    """Empty segments are neither stored nor printed; what was typed stays when the kind changes."""

    edited = Signal()

    def __init__(self, wording: Sequence[WordingRule], today: Callable[[], date]) -> None:
        super().__init__()
        self.texts: dict[SegmentKind, LongTextField] = {}
        self.promises = named(PromisesField("約束・宿題", today=today), "promises")
        self._rows: dict[SegmentKind, QWidget] = {}
        self._known: dict[SegmentKind, Segment] = {}
        self._asks_promises = False
        self._build(wording)

    def fields(self) -> dict[str, Field[str]]:
        """The segments' fields by the names of their kinds."""
        return {str(kind): field for kind, field in self.texts.items()}

    def show_shape(self, shape: FormShape) -> None:
        """Show the segments of this kind."""
        for kind, row in self._rows.items():
            row.setVisible(kind in shape.segments)
        self._asks_promises = "promises" in shape.asks
        self._promises_row.setVisible(self._asks_promises or bool(self.promises.lines()))

    def show_input(self, given: EntryInput) -> None:
        """Fill the fields."""
        self._known = {segment.kind: segment for segment in given.segments}
        for kind, field in self.texts.items():
            field.show_value(self._known[kind].text if kind in self._known else None)
        self.promises.show_value(given.promises)

    def read(self, reader: FormReader, given: EntryInput) -> EntryInput:
        """The segments that hold words, under the ids they had, and the promises."""
        segments: list[Segment] = []
        for kind, field in self.texts.items():
            text = reader.read(kind, field)
            if text is not None:
                segments.append(replace(self._segment(kind), text=text))
        promises = reader.read("promises", self.promises)
        return replace(
            given,
            segments=(*segments, *untouched_segments(given)),
            promises=promises or (),
        )

    def written(self) -> frozenset[SegmentKind]:
        """The segments that hold words now."""
        return frozenset(
            kind for kind, field in self.texts.items() if field.editor().toPlainText().strip()
        )

    def _segment(self, kind: SegmentKind) -> Segment:
        """The segment as it was, or a new one that keeps its id from save to save."""
        blank = Segment(segment_id=new_id(), kind=kind, text="")
        return self._known.setdefault(kind, blank)

    def _build(self, wording: Sequence[WordingRule]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
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
        self._promises_row = form_row("約束・宿題", self.promises)
        self.promises.edited.connect(self.edited)
        layout.addWidget(self._promises_row)
