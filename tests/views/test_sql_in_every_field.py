"""SQL in every text field of every screen: fields are found in the real window, so a new screen is walked by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from desktop.models import Base
from desktop.models.records import SegmentText
from tests.views.test_every_screen import office, open_chronicle, path, walk, window

__all__ = ["office", "window"]

EVIL = "'); DROP TABLE entry; SELECT app.decide($$ -- \\ \" %s %(x)s :x {0} ? ];"


def text_fields(window: QWidget) -> list[QWidget]:
    """Every field that takes free text, those of panels that are folded away too."""
    kinds = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox)
    found = [w for kind in kinds for w in window.findChildren(kind)]
    return [
        w
        for w in found
        if (w.isEditable() if isinstance(w, QComboBox) else not w.property("readOnly"))
    ]


def name_of(field: QWidget) -> str:
    """The same field of another kind of entry is the same: what a reader calls it and where it lies."""
    return f"{field.accessibleName()} {path(field)}"


def put(field: QWidget) -> None:
    """Type it, as a person who pastes, and confirm with Return where a line takes it."""
    if isinstance(field, QComboBox):
        field.setEditText(EVIL)
    elif isinstance(field, QLineEdit):
        field.setFocus()
        field.selectAll()
        field.insert(EVIL)
        field.textEdited.emit(field.text())
        QTest.keyClick(field, Qt.Key.Key_Return)
    elif isinstance(field, (QTextEdit, QPlainTextEdit)):
        field.setFocus()
        field.selectAll()
        field.insertPlainText(EVIL)


def stored(engine) -> dict[str, int]:
    """Table → rows; the tables that are missing would raise."""
    with engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_sql_in_every_text_field_of_every_screen(window, office, engine):
    """No field brings a statement to break, nothing is lost, and every screen with a field was there."""
    crashes: list[object] = []
    window.workplace.runner.crashed.connect(lambda *given: crashes.append(given))
    before = stored(engine)
    tables = set(inspect(engine).get_table_names())
    done: set[str] = set()
    places = set()
    for place in walk(window, office):
        for field in text_fields(window):
            if isValid(field) and (name := name_of(field)) not in done:
                done.add(name)
                put(field)
                places.add(place)
                assert crashes == [], f"{place}: {field.objectName()}"
    assert {
        "households",
        "masters",
        "accounts",
        "desk",
        "editor home_visit",
        "policy issue",
    } <= places
    after = stored(engine)
    assert set(inspect(engine).get_table_names()) == tables
    assert [name for name in before if after[name] < before[name]] == []


def test_sql_that_is_written_down_stays_words(window, office, engine):
    """What an editor takes is stored as it was typed."""
    chronicle = open_chronicle(window, office)
    kinds = chronicle._ports.records.kinds()[
        :4
    ]  # one form serves all kinds; taking a window down costs by editors
    for kind in kinds:
        chronicle.commands.new(kind.code)
        texts = chronicle.editor.form.segments.texts
        for field in texts.values():
            field.insert(EVIL)
        chronicle.editor.save()
        chronicle.editor.ask_to_close()
    with Session(engine) as session:
        texts = session.execute(select(SegmentText.entry_id, SegmentText.text)).all()
    written = {entry_id for entry_id, text in texts if text.endswith(EVIL)}
    assert len(written) == len(kinds)
