"""A household moves away: its letter from the draft to the receipt, by the keys of everybody concerned."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from desktop.domain.transfers import TransferState
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.transfer_printing import TransferJob
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import IssuedForms, TransferPrinting
from desktop.views.look import Look
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.transfers.file_transfers import FileTransfers
from desktop.views.transfers.transfers_screen import TransfersScreen
from tests.reports.reading import page_texts
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.fakes import FakeDialogs
from tests.support.fakes_printing import FileDialogs
from tests.support.qt import InlineRunner
from tests.support.transfers import a_transfer, know_other_offices, shield, the_transfer
from tests.support.typing_in import commit_text

Key, S = Qt.Key, TransferState
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(engine):
    made = small_office(engine)
    know_other_offices(made.work, made.caseworker)
    return made


@pytest.fixture(scope="module")
def fonts():
    return FontSet.of_office(resource_path("fonts"), search=())


@pytest.fixture
def dialogs():
    return FakeDialogs()


def shown(qtbot, view: Any) -> Any:
    """The view at the front, with the keyboard."""
    qtbot.addWidget(view)
    view.resize(1200, 760)
    view.show()
    with qtbot.waitActive(view):
        view.activateWindow()
    view.activate()
    return view


@pytest.fixture
def saved(tmp_path):
    return tmp_path / "連絡.pdf"


@pytest.fixture
def file_of(qtbot, qapp, office, fonts, dialogs, saved):
    look = Look(qapp)

    def opened(staff):
        desk = office.desk(staff)
        printing = TransferPrinting(desk.work, CLOCK, staff, desk.transfers.reading)
        issued = IssuedForms(desk.work, CLOCK, staff, desk.transfers.reading)
        job = TransferJob(printing, issued, lambda: fonts)
        view = FileTransfers(
            office.household_id,
            desk.transfers,
            staff,
            InlineRunner(),
            today=CLOCK.today,
            changes=ChangeBus(),
            look=look,
            dialogs=dialogs,
            make_paper=lambda screen: PrintRunView(
                screen, job, CLOCK, dialogs=FileDialogs(saved), printers=PrinterChoice()
            ),
        )
        return desk, shown(qtbot, view)

    return opened


@pytest.fixture
def list_of(qtbot, qapp, office):
    look = Look(qapp)

    def opened(staff):
        view = TransfersScreen(
            office.desk(staff).transfers,
            InlineRunner(),
            today=CLOCK.today,
            changes=ChangeBus(),
            look=look,
        )
        return shown(qtbot, view)

    return opened


def bring(qtbot, view):
    """Bring a window to the front."""
    if not view.isActiveWindow():
        with qtbot.waitActive(view):
            view.activateWindow()


def press(qtbot, view, key):
    """A key in the list of the file."""
    bring(qtbot, view)
    view.focus_first()
    qtbot.waitUntil(view.table.hasFocus)
    qtbot.keyClick(view.table, key)


def write(field, text):
    """Type into a field that has the keyboard."""
    editor = field.editor()
    line = editor.lineEdit() if hasattr(editor, "lineEdit") else editor
    line.selectAll()
    commit_text(line, text)


def box(view, label):
    """The check box of an enclosure."""
    boxes = view.draft.enclosures.findChildren(QCheckBox)
    return next(found for found in boxes if found.text() == label)


def draft(qtbot, view):
    """N, the fields one after the other, Ctrl+Enter."""
    press(qtbot, view, Key.Key_N)
    form = view.draft
    qtbot.waitUntil(form.destination.editor().hasFocus)
    write(form.destination, "見本市")
    for field, text in (
        (form.moved_on, "R6.9.28"),
        (form.consent, "同意を得た"),
        (form.consent_on, "R6.9.30"),
        (form.needs, "通院先が決まっていない。"),
    ):
        field.setFocus()
        write(field, text)
    box(view, "保護台帳の写し").click()
    qtbot.keyClick(form.needs.editor(), Key.Key_Return, CONTROL)


def acts(view):
    """The keys that work now."""
    return "".join(key for key, b in view.buttons_by_key.items() if b.isEnabled())


def test_a_letter_goes_from_the_draft_to_the_receipt(
    qtbot, office, file_of, list_of, dialogs, saved
):
    desk, mine = file_of(office.caseworker)
    assert "まだありません" in mine.words.words
    assert acts(mine) == "N"
    draft(qtbot, mine)
    found = the_transfer(desk, office)
    assert (found.line.state, found.enclosures, found.line.destination) == (
        *(S.DRAFTED, ("face_sheet",), "見本市福祉事務所"),
    )
    assert acts(mine) == "EW"

    _, theirs = file_of(office.supervisor)
    assert "支援の必要：通院先が決まっていない。" in theirs.words.words
    assert acts(theirs) == "EABW"
    press(qtbot, theirs, Key.Key_A)
    assert "番号が付き" in dialogs.asked[-1]

    mine.reload()
    assert acts(mine) == "PSW"
    press(qtbot, mine, Key.Key_P)
    qtbot.waitUntil(mine.paper.preview.isVisible)
    qtbot.keyClick(mine.paper.preview, Key.Key_S, CONTROL)
    qtbot.waitUntil(saved.exists)
    assert "第6-0001号" in page_texts(saved.read_bytes())[0]
    assert the_transfer(desk, office).printed_on == TODAY
    press_send(qtbot, mine)
    assert the_transfer(desk, office).line.sent_on == TODAY

    (waiting,) = list_of(office.caseworker).model.rows()
    assert waiting.label == "6-0001"
    press(qtbot, mine, Key.Key_R)
    write(mine.receipt.words, "見本市福祉事務所　主査　例示")
    qtbot.keyClick(mine.receipt.words.editor(), Key.Key_Return)
    assert the_transfer(desk, office).line.state is S.ACKNOWLEDGED
    assert "見本市福祉事務所　主査　例示" in mine.words.words
    assert acts(mine) == "NP"


def press_send(qtbot, view):
    """S, today is proposed, Enter."""
    view._back()
    press(qtbot, view, Key.Key_S)
    qtbot.waitUntil(view.sending.on.editor().hasFocus)
    qtbot.keyClick(view.sending.on.editor(), Key.Key_Return)


def test_what_cannot_be_saved_says_so_at_its_field(qtbot, office, file_of):
    desk, view = file_of(office.caseworker)
    press(qtbot, view, Key.Key_N)
    qtbot.keyClick(view.draft, Key.Key_Return, CONTROL)
    assert view.draft.destination.error()
    assert view.draft.moved_on.error()
    write(view.draft.destination, "見本市")
    write(view.draft.moved_on, "R8.9.28")
    qtbot.keyClick(view.draft, Key.Key_Return, CONTROL)
    assert "1年先まで" in view.draft.moved_on.error()
    assert view.has_unsaved()
    qtbot.keyClick(view.draft, Key.Key_Escape)
    assert not view.has_unsaved()
    assert desk.transfers.lines() == ()


def test_a_returned_letter_says_why_and_is_written_again(qtbot, office, file_of):
    desk, mine = file_of(office.caseworker)
    draft(qtbot, mine)
    _, theirs = file_of(office.supervisor)
    press(qtbot, theirs, Key.Key_B)
    qtbot.waitUntil(theirs.returning.words.editor().hasFocus)
    qtbot.keyClick(theirs.returning.words.editor(), Key.Key_Return)
    assert theirs.returning.words.error()
    write(theirs.returning.words, "決定調書も同封してください。")
    qtbot.keyClick(theirs.returning.words.editor(), Key.Key_Return)
    mine.reload()
    assert "決定調書も同封してください。" in mine.words.words
    press(qtbot, mine, Key.Key_E)
    box(mine, "保護決定調書の写し").click()
    qtbot.keyClick(mine.draft.needs.editor(), Key.Key_Return, CONTROL)
    found = the_transfer(desk, office)
    assert (found.line.state, found.enclosures) == (S.DRAFTED, ("decision", "face_sheet"))


def test_a_shielded_household_asks_once_more(qtbot, office, file_of, dialogs):
    desk, mine = file_of(office.caseworker)
    desk.transfers.save(a_transfer(office))
    _, theirs = file_of(office.supervisor)
    press(qtbot, theirs, Key.Key_A)
    shield(office)
    mine.reload()
    assert acts(mine) == "CW"
    press(qtbot, mine, Key.Key_C)
    assert "封筒を確かめ" in dialogs.asked[-1]
    assert acts(mine) == "PSW"


def test_whoever_is_too_late_is_told_and_sees_what_stands(qtbot, office, file_of):
    _, mine = file_of(office.caseworker)
    draft(qtbot, mine)
    _, theirs = file_of(office.supervisor)
    press(qtbot, mine, Key.Key_W)
    write(mine.withdrawing.words, "転出をやめた。")
    qtbot.keyClick(mine.withdrawing.words.editor(), Key.Key_Return)
    press(qtbot, theirs, Key.Key_A)
    assert "先に進めました" in theirs.messages.text()
    assert acts(theirs) == "N"


def test_the_list_filters_scans_and_opens(qtbot, office, file_of, list_of):
    _, mine = file_of(office.caseworker)
    assert "受領を待っている移管連絡はありません" in list_of(office.caseworker).empty_sentence()
    draft(qtbot, mine)
    _, theirs = file_of(office.supervisor)
    press(qtbot, theirs, Key.Key_A)
    screen = list_of(office.records)
    assert screen.table.hasFocus()
    assert "進行中 1件" in screen.count.text()
    qtbot.keyClicks(screen.table, "x")
    assert "合う移管連絡はありません" in screen.empty_sentence()
    qtbot.keyClick(screen.filter, Key.Key_Escape)
    assert screen.model.rowCount() == 1
    screen.filter.setFocus()
    qtbot.keyClicks(screen.filter, "262024000001")
    with qtbot.waitSignal(screen.file_requested) as asked:
        qtbot.keyClick(screen.filter, Key.Key_Return)
    assert (asked.args[0].household_id, asked.args[0].section) == (
        office.household_id,
        "transfers",
    )
    mine.reload()
    press(qtbot, mine, Key.Key_W)
    write(mine.withdrawing.words, "書き間違い")
    qtbot.keyClick(mine.withdrawing.words.editor(), Key.Key_Return)
    screen.filter.clear()
    screen.reload()
    assert screen.model.rowCount() == 0
    bring(qtbot, screen)
    qtbot.keyClick(screen.filter, Key.Key_E, CONTROL)
    assert screen.model.rowCount() == 1
