"""A record names the papers that it tells of: chosen in the editor, shown in the chronicle; over real services."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import UserError
from desktop.domain.policy_events import Impact
from desktop.domain.records import SegmentKind
from desktop.jobs.change_bus import ChangeBus
from desktop.services.audit import HistoryService
from desktop.services.masters.service import MastersService
from desktop.services.office import OfficeService
from desktop.services.todos import TodoService
from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
from desktop.views.records.ports import RecordPorts
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.fakes_printing import without_paper
from tests.support.papers import a_paper
from tests.support.qt import InlineRunner

Key = Qt.Key


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def make_chronicle(qtbot, look, office):
    def make(desk, papers=None):
        staff = desk.staff
        ports = RecordPorts(
            records=desk.records,
            files=desk.households,
            office=OfficeService(desk.work, CLOCK, staff),
            todos=TodoService(desk.work, CLOCK, staff, desk.records.reading),
            reasons=MastersService(desk.work, CLOCK, staff),
            duties=desk.duties,
            histories=HistoryService(desk.work, staff, desk.records.reading),
            papers=papers or desk.papers,
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
        view.activate()
        return view

    return make


def receive(office, desk, count=2):
    return [desk.papers.receive(a_paper(office.household_id)).paper_id for _ in range(count)]


def write(chronicle):
    chronicle.commands.new("telephone_in")
    chronicle.editor.form.segments.texts[SegmentKind.FACTS].insert("受領書類を確認した。")


def test_a_record_names_the_paper_and_says_so_in_the_chronicle(office, desk, make_chronicle, qtbot):
    first, _ = receive(office, desk)
    chronicle = make_chronicle(desk)
    write(chronicle)
    button = chronicle.editor.paper_button
    assert button.isVisible()
    assert [action.text() for action in button.menu().actions()] == [
        "&1　6-0001　給与明細（受領）",
        "&2　6-0002　給与明細（受領）",
    ]
    button.choose(first)
    assert button.text() == "受領書類 1件(&U)"
    chronicle.editor.save()
    assert not chronicle.editor.has_unsaved()
    (entry,) = chronicle.chronicle.entries
    assert entry.papers == ("6-0001　給与明細（受領）",)
    assert "受領書類　6-0001　給与明細（受領）" in list(chronicle.chronicle.text(0).lines())


def test_r_opens_the_papers_that_the_record_names(office, desk, make_chronicle, qtbot):
    paper_id, _ = receive(office, desk)
    entry_id = desk.records.save(desk.records.blank(office.household_id, "telephone_in")).entry_id
    chronicle = make_chronicle(desk)
    assert chronicle.actions_bar.by_key("R") is None
    desk.papers.link_entry(entry_id, [paper_id])
    chronicle.reload()
    with qtbot.waitSignal(chronicle.file_requested) as asked:
        chronicle._act_by_key("R")
    assert (asked.args[0].section, asked.args[0].entry_id) == ("papers", entry_id)


def test_without_unsettled_papers_nothing_is_offered(make_chronicle, desk):
    chronicle = make_chronicle(desk)
    write(chronicle)
    assert not chronicle.editor.paper_button.isVisible()


def test_submitting_names_the_papers_too(office, desk, make_chronicle):
    first, second = receive(office, desk)
    chronicle = make_chronicle(desk)
    write(chronicle)
    chronicle.editor.paper_button.choose(first)
    chronicle.editor.paper_button.choose(second)
    chronicle.editor.hand_in(Impact.NONE)
    assert chronicle.editor is None
    (named,) = desk.papers.of_entries(office.household_id).values()
    assert [paper.paper_id for paper in named] == [first, second]


def test_a_refused_link_leaves_the_record_stored_and_not_submitted(office, desk, make_chronicle):
    class Refusing:
        def of_entries(self, household_id):
            return {}

        def unsettled(self, household_id):
            return desk.papers.unsettled(household_id)

        def link_entry(self, entry_id, paper_ids):
            raise UserError("いまは結べません。")

    (paper_id,) = receive(office, desk, 1)
    chronicle = make_chronicle(desk, Refusing())
    write(chronicle)
    chronicle.editor.paper_button.choose(paper_id)
    chronicle.editor.hand_in(Impact.NONE)
    assert "いまは結べません。" in chronicle.editor.messages.text()
    assert len(desk.records.chronicle(office.household_id)) == 1
    assert not chronicle.editor.has_unsaved()
