"""Pay slips as a table beside an entry: pasted, asked about, put in as text, and noted as earned income where wished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.errors import ValidationError
from desktop.domain.income_months import KNOWN_ALREADY, IncomeSource
from desktop.domain.records import SegmentKind
from desktop.views.records.editor_task import EditorTask
from desktop.views.records.entry_editor import EditorSetting, EntryEditor
from desktop.views.records.ports import load_material
from tests.support.factories import CLOCK
from tests.support.fake_desk import make_ports
from tests.support.fakes_records import HOUSEHOLD, ME
from tests.support.qt import InlineRunner

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
FACTS = SegmentKind.FACTS
PASTED = (
    "支給年月\t会社名\t総支給額\t健康保険\t雇用保険\t差引支給額\n"
    "2024/8\t見本商店\t110,000\t5,000\t550\t104,450\n"
    "2024/9\t見本商店\t120,000\t5,000\t600\t114,000\n"
)


class Incomes:
    """Earned incomes that were noted; August is known already."""

    def __init__(self):
        self.noted = []

    def add(self, given):
        if given.month == date(2024, 8, 1):
            raise ValidationError(month=KNOWN_ALREADY)
        self.noted.append(given)


@pytest.fixture
def incomes():
    return Incomes()


@pytest.fixture
def make(qtbot, look, records, incomes):
    def make(*, notes=True):
        ports = replace(make_ports(records), incomes=incomes if notes else None)
        task = EditorTask(
            given=records.blank(HOUSEHOLD, "home_visit"),
            material=load_material(ports, HOUSEHOLD, ME),
        )
        setting = EditorSetting(
            records=records, runner=InlineRunner(), look=look, today=CLOCK.today
        )
        editor = EntryEditor(task, setting)
        qtbot.addWidget(editor)
        editor.resize(760, 800)
        editor.show()
        editor.activateWindow()
        qtbot.waitUntil(editor.isActiveWindow)
        editor.aids.slips.open()
        return editor

    return make


@pytest.fixture
def editor(make):
    return make()


def paste(qtbot, editor):
    QApplication.clipboard().setText(PASTED)
    qtbot.keyClick(editor.aids.slips.panel.table, Key.Key_V, CTRL)


def facts(editor):
    return editor.form.segments.texts[FACTS].editor().toPlainText()


def submit(qtbot, editor):
    qtbot.keyClick(editor.window().focusWidget(), Key.Key_Return, CTRL)


def test_pasted_rows_are_asked_about_and_go_in_as_text(editor, qtbot):
    editor.form.segments.texts[FACTS].editor().setPlainText("給与明細を預かった。")
    paste(qtbot, editor)
    panel = editor.aids.slips.panel
    assert "差引支給額は114,000円です（400円の違い）" in panel.told.words
    submit(qtbot, editor)
    assert facts(editor).splitlines() == [
        "給与明細を預かった。",
        "給与明細（書類で確認）",
        (
            "・R6.8　見本商店　総支給額 110,000円　控除 5,550円（健康保険 5,000円、雇用保険 550円）"
            "　差引支給額 104,450円"
        ),
        (
            "・R6.9　見本商店　総支給額 120,000円　控除 5,600円（健康保険 5,000円、雇用保険 600円）"
            "　差引支給額 114,000円"
        ),
    ]
    assert editor.form.read().segments[-1].source in {"", "書類を見た"}
    assert not editor.aids.slips.is_open
    assert panel.table.rows()[0] == [""] * 10


def test_incomes_are_noted_only_where_wished(editor, qtbot, incomes):
    paste(qtbot, editor)
    submit(qtbot, editor)
    assert incomes.noted == []


def test_months_that_are_not_known_yet_are_noted_as_earned_income(editor, qtbot, incomes):
    paste(qtbot, editor)
    editor.aids.slips.panel.income.show_value(True)
    submit(qtbot, editor)
    (one,) = incomes.noted
    head = editor.task.material.members[0]
    assert (one.month, one.earned.gross, one.earned.recognised) == (date(2024, 9, 1), 120_000, None)
    assert (one.person_id, one.read_from) == (head.person_id, IncomeSource.PAY_SLIP)
    assert "2024年9月分を就労収入に残しました" in editor.messages.text()


def test_a_row_that_cannot_be_read_is_gone_to_and_nothing_is_put_in(editor, qtbot):
    panel = editor.aids.slips.panel
    panel.table.paste("R6.9\t見本商店\t十万")
    submit(qtbot, editor)
    assert editor.aids.slips.is_open
    assert panel.told.words.startswith("1行目の総支給額：")
    assert (panel.table.currentRow(), panel.table.currentColumn()) == (0, 2)
    assert facts(editor) == ""


def test_what_was_typed_is_still_there_after_escape(editor, qtbot):
    paste(qtbot, editor)
    qtbot.keyClick(editor.aids.slips.panel.table, Key.Key_Escape)
    assert not editor.aids.slips.is_open
    assert not editor.has_unsaved()
    editor.aids.slips.open()
    assert editor.aids.slips.panel.table.rows()[0][1] == "見本商店"


def test_without_the_use_case_no_income_is_offered(make):
    panel = make(notes=False).aids.slips.panel
    assert panel.income.isHidden()
    assert panel.income_person() is None
