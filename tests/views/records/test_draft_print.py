"""A record that is not approved yet goes to paper from its file, with the mark 案 and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from desktop.domain.errors import NotPermittedError, UnavailableError
from desktop.domain.forms import FormMark
from desktop.domain.records import ChangeKind, EntryState, SegmentKind
from desktop.domain.roles import Role
from desktop.jobs.change_bus import ChangeBus
from desktop.reports.fonts import FontSet
from desktop.reports.preview import page_count
from desktop.reports.records.case_record import CASE_RECORD
from desktop.resources import resource_path
from desktop.views.printing.run_view import PrintRunView
from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
from tests.reports.samples import make_form
from tests.support.factories import CLOCK, days_ago
from tests.support.fake_desk import FakeRecords, make_ports
from tests.support.fakes_printing import FakeDraws, FileDialogs, PrinterToFile
from tests.support.fakes_records import HOUSEHOLD, SOMEBODY, STAFF, an_id, draft, entry
from tests.support.qt import InlineRunner

Key = Qt.Key
RECORDS_STAFF = replace(STAFF, staff_id=SOMEBODY, roles=frozenset({Role.RECORDS_STAFF}))


@pytest.fixture(scope="module")
def rendered():
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    return CASE_RECORD.batch_pdf([make_form(mark=FormMark.DRAFT)], fonts)


@pytest.fixture
def draws(rendered):
    return FakeDraws(rendered)


@pytest.fixture
def records():
    approved = entry("approved", event_on=days_ago(30))
    waiting = entry(
        "waiting", event_on=days_ago(9), state=EntryState.SUBMITTED, approved_version=None
    )
    return FakeRecords(approved, waiting, draft("mine"))


@pytest.fixture
def make_view(qtbot, look, records, draws, tmp_path):
    def make(staff=STAFF):
        setting = ChronicleSetting(
            staff=staff,
            clock=CLOCK,
            runner=InlineRunner(),
            changes=ChangeBus(),
            look=look,
            make_paper=lambda screen: PrintRunView(
                screen,
                draws,
                CLOCK,
                dialogs=FileDialogs(tmp_path / "案.pdf"),
                printers=PrinterToFile(tmp_path / "paper.pdf"),
            ),
        )
        view = ChronicleView(HOUSEHOLD, make_ports(records), setting)
        qtbot.addWidget(view)
        view.resize(1200, 700)
        view.show()
        view.activateWindow()
        view.activate()
        qtbot.waitUntil(lambda: view.isActiveWindow() and view.focusWidget() is not None)
        return view

    return make


def go_to(view, name):
    view.list.go_to(view.chronicle.row_of(an_id(name)))


def button(view):
    return view.actions_bar.findChild(QToolButton, "action_print_draft")


def test_one_key_draws_a_draft_and_shows_it_before_it_goes_to_paper(make_view, qtbot, draws):
    view = make_view()
    go_to(view, "mine")
    assert button(view).text() == "案を印刷（P）"
    assert button(view).isVisible()
    qtbot.keyClick(view.list, Key.Key_P)
    assert draws.drawn == [((an_id("mine"),), FormMark.DRAFT)]
    preview = view.side.paper.preview
    assert preview.isVisible()
    assert preview.about.text().startswith("案　1件")
    assert "「案」の印が入ります" in preview.mark_note.text()
    assert draws.noted == []


def test_it_is_printed_noted_and_said_and_the_list_comes_back(make_view, qtbot, draws, tmp_path):
    view = make_view()
    qtbot.keyClick(view.list, Key.Key_P)
    with qtbot.waitSignal(view.announced) as said:
        qtbot.keyClick(view.side.paper.preview, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert said.args == ["1枚を印刷しました。"]
    assert [run.mark for run in draws.noted] == [FormMark.DRAFT]
    assert page_count((tmp_path / "paper.pdf").read_bytes()) == 1
    assert view.side.isHidden()
    assert view.list.hasFocus()


def test_escape_prints_nothing(make_view, qtbot, draws):
    view = make_view()
    qtbot.keyClick(view.list, Key.Key_P)
    qtbot.keyClick(view.side.paper.preview, Key.Key_Escape)
    assert draws.noted == []
    assert view.list.hasFocus()


def test_what_is_approved_has_no_draft(make_view, qtbot, draws):
    view = make_view()
    go_to(view, "approved")
    assert button(view).isHidden()
    qtbot.keyClick(view.list, Key.Key_P)
    assert draws.drawn == []


def test_records_staff_print_the_draft_of_what_was_handed_in(make_view, qtbot, draws):
    view = make_view(RECORDS_STAFF)
    go_to(view, "waiting")
    qtbot.keyClick(view.list, Key.Key_P)
    assert draws.drawn == [((an_id("waiting"),), FormMark.DRAFT)]


def test_a_correction_under_way_has_a_draft(make_view, qtbot, draws, records):
    changed = entry("fix", state=EntryState.DRAFT, version=2, change=ChangeKind.CORRECTION)
    records.entries = {changed.entry_id: changed}
    view = make_view()
    qtbot.keyClick(view.list, Key.Key_P)
    assert draws.drawn == [((an_id("fix"),), FormMark.DRAFT)]


def test_words_not_stored_yet_are_not_left_off_the_paper_unseen(make_view, qtbot, draws):
    view = make_view()
    go_to(view, "mine")
    qtbot.keyClick(view.list, Key.Key_Return)
    view.editor.form.segments.texts[SegmentKind.FACTS].insert("書きかけ")
    button(view).click()
    assert draws.drawn == []
    assert "保存するか" in view.messages.text()


def test_a_refusal_gives_the_list_back_and_says_why(make_view, qtbot, draws):
    view = make_view()
    draws.refusal = NotPermittedError("この記録は別の世帯のものです。")
    qtbot.keyClick(view.list, Key.Key_P)
    assert view.messages.text() == "この記録は別の世帯のものです。"
    assert view.side.isHidden()


def test_paper_that_the_log_does_not_know_keeps_the_file_open(make_view, qtbot, draws):
    view = make_view()
    qtbot.keyClick(view.list, Key.Key_P)
    draws.note_refusal = UnavailableError("接続が切れています。")
    view.side.paper.preview.print_button.click()
    assert view.has_unsaved()
    assert not view.stores_unsaved()
    draws.note_refusal = None
    view.side.paper.preview.record_button.click()
    assert not view.has_unsaved()
