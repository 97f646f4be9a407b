"""Puts the headings of another entry into the texts of the form, as if somebody had typed them: it can be undone."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QTextCursor

from desktop.domain.entry_structures import with_headings
from desktop.domain.records import SegmentKind
from desktop.domain.template_slots import prompts_of
from desktop.views.fields.long_text_field import LongTextField


def take_headings(
    fields: Mapping[SegmentKind, LongTextField], headings: Mapping[SegmentKind, tuple[str, ...]]
) -> frozenset[str]:
    """Let each text stand under these headings; returns them all. Questions that nobody answered make room."""
    for kind, wanted in headings.items():
        if not wanted or kind not in fields:
            continue
        edit = fields[kind].editor()
        text = edit.toPlainText()
        under = with_headings(text, wanted, prompts_of([text]))
        if under != text:
            cursor = QTextCursor(edit.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(under)
    return frozenset(heading for wanted in headings.values() for heading in wanted)
