"""Letters among what waits for paper: no choice of mark, what printing does besides, and where the file shows them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.forms import FormMark
from desktop.domain.printing import ONLY_MARK, WAITING_FORMS
from desktop.jobs.printing import FailedDocument
from tests.support.fakes_desk import FakePrintQueue, make_print_row
from tests.support.fakes_printing import FileDialogs, PrinterToFile, print_screen
from tests.support.screens import shown

CTRL = Qt.KeyboardModifier.ControlModifier
LETTERS = tuple(ONLY_MARK)


@pytest.fixture
def lists():
    rows = [make_print_row(n, form_code=code) for n, code in enumerate(WAITING_FORMS, start=1)]
    return FakePrintQueue(tuple(rows), ())


@pytest.fixture
def screen(qtbot, look, draws, lists, tmp_path):
    made = print_screen(
        look,
        draws,
        lists=lists,
        dialogs=FileDialogs(tmp_path / "保存.pdf"),
        printers=PrinterToFile(tmp_path / "paper.pdf"),
    )
    return shown(qtbot, made, 1200, 800)


def choose(screen, form_code):
    waiting = screen.waiting
    codes = [group.form_code for group in waiting.groups.rows()]
    waiting.group_table.select_row(codes.index(form_code))
    return waiting


@pytest.mark.parametrize("form_code", LETTERS)
def test_what_leaves_the_office_has_one_mark(qtbot, screen, draws, form_code):
    waiting = choose(screen, form_code)
    assert not waiting.mark.isEnabled()
    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)
    assert [mark for _, mark in draws.drawn] == [ONLY_MARK[form_code]]


def test_what_printing_does_besides_is_said_before(screen):
    assert "「回答待ち」になります" in choose(screen, "K-19").mark_note.text()
    assert "送った日は" in choose(screen, "K-26").mark_note.text()
    assert "交付済みになります" in choose(screen, "J-02").mark_note.text()
    waiting = choose(screen, "K-04")
    assert waiting.mark.isEnabled()
    assert waiting.chosen_mark() is FormMark.ORIGINAL


@pytest.mark.parametrize(
    ("form_code", "section", "shows_one"),
    [
        ("K-04", "chronicle", True),
        ("K-05", "support_policies", False),
        ("K-19", "inquiries", True),
        ("K-26", "transfers", False),
        ("J-02", "disclosures", False),
    ],
)
def test_each_opens_where_the_file_shows_it(qtbot, screen, form_code, section, shows_one):
    waiting = choose(screen, form_code)
    with qtbot.waitSignal(screen.file_requested) as asked:
        qtbot.keyClick(waiting.ready_table, Qt.Key.Key_Return)
    (request,) = asked.args
    assert request.section == section
    assert request.entry_id == (waiting.ready.rows()[0].subject_id if shows_one else None)


def test_whoever_comes_back_sees_what_was_approved_meanwhile(screen, lists):
    screen.activate()
    before = screen.waiting.ticks
    lists.rows = (*lists.rows, make_print_row(40, form_code="K-19"))
    screen.activate()
    assert screen.tabs.tabText(0) == f"印刷待ち（{len(WAITING_FORMS) + 1}件）"
    assert screen.waiting.ticks is before


def test_what_cannot_be_read_is_listed_beside_the_pages_of_the_others(qtbot, screen, draws):
    draws.failed = (FailedDocument(number="2件目", sentence="もう進んだものがあります。"),)
    choose(screen, "K-19")
    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)
    panel = screen.papers["K-19"].preview.failed
    assert panel.isVisible()
    assert "ほかの1件は" in panel.sentence.text()
