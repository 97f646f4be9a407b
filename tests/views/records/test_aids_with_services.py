"""Ticks, pay slips and agencies beside an entry, over the real services of both databases."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.domain.records import SegmentKind
from desktop.jobs.change_bus import ChangeBus
from desktop.services.audit import HistoryService
from desktop.services.masters.service import MastersService
from desktop.services.office import OfficeService
from desktop.services.records import AgencyContactService, TickService
from desktop.services.todos import TodoService
from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
from desktop.views.records.ports import RecordPorts
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.fakes_printing import without_paper
from tests.support.qt import InlineRunner

Key = Qt.Key


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def chronicle(qtbot, look, office, desk):
    staff, reading = desk.staff, desk.records.reading
    ports = RecordPorts(
        records=desk.records,
        files=desk.households,
        office=OfficeService(desk.work, CLOCK, staff),
        todos=TodoService(desk.work, CLOCK, staff, reading),
        reasons=MastersService(desk.work, CLOCK, staff),
        duties=desk.duties,
        histories=HistoryService(desk.work, staff, reading),
        ticks=TickService(desk.work, CLOCK, staff),
        incomes=desk.income_months,
        agencies=AgencyContactService(desk.work, CLOCK, staff, reading),
    )
    setting = ChronicleSetting(
        staff=staff,
        clock=CLOCK,
        runner=InlineRunner(),
        changes=ChangeBus(),
        look=look,
        make_paper=without_paper,
    )
    view = ChronicleView(office.household_id, ports, setting)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    view.activateWindow()
    view.activate()
    qtbot.waitUntil(view.isActiveWindow)
    return view


def stored(desk, office):
    (entry,) = desk.records.chronicle(office.household_id)
    return entry


def test_what_was_ticked_and_tabled_is_stored_and_the_income_noted(chronicle, desk, office, qtbot):
    chronicle.commands.new("home_visit")
    editor = chronicle.editor
    aids = editor.aids
    aids.ticks.open()
    labels = [row.subject.label for row in aids.ticks.panel.board.rows()]
    aids.ticks.panel.table.select_row(labels.index("食事"))
    qtbot.keyClicks(aids.ticks.panel.table, "10")
    editor.submit()
    aids.slips.open()
    aids.slips.panel.table.paste("R6.9\t見本商店\t120000\t5000\t\t\t\t\t\t115000")
    aids.slips.panel.income.show_value(True)
    editor.submit()
    editor.save()
    entry = stored(desk, office)
    assert entry.text(SegmentKind.WORDS) == "本人によると、食事は三食とれているとのこと。"
    assert entry.text(SegmentKind.NOT_CONFIRMED).endswith("は確認できなかった。")
    assert "・R6.9　見本商店　総支給額 120,000円" in entry.text(SegmentKind.FACTS)
    (month,) = desk.income_months.of_household(office.household_id).months
    assert (month.month, month.earned.gross) == (date(2024, 9, 1), 120_000)


def test_a_draft_opened_again_knows_its_ticks(chronicle, desk, office, qtbot):
    chronicle.commands.new("home_visit")
    chronicle.editor.aids.ticks.open()
    qtbot.keyClicks(chronicle.editor.aids.ticks.panel.table, "1")
    chronicle.editor.submit()
    chronicle.editor.save()
    chronicle.editor.ask_to_close()
    chronicle.commands.write(stored(desk, office))
    aids = chronicle.editor.aids
    aids.ticks.open()
    assert aids.ticks.panel.board.rows()[0].answer == "変わりなし"


def test_an_entry_to_a_partner_of_the_office_is_addressed_by_enter(chronicle, desk, office, qtbot):
    chronicle.commands.new("home_visit")
    aids = chronicle.editor.aids
    aids.agencies.open()
    name = aids.agencies.panel.chosen().name
    qtbot.keyClick(aids.agencies.panel.table, Key.Key_Return)
    chronicle.editor.save()
    entry = stored(desk, office)
    assert (entry.kind, [met.label for met in entry.met]) == ("agency", [name])
