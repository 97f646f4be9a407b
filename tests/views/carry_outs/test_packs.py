"""Reading packs on the screen 持出 by clicks and keys. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.carry_outs import CarryOutState
from desktop.services.reading_packs.opening import PackOpening
from tests.support.carry_outs import a_trip, take_out, the_trip
from tests.support.factories import CLOCK
from tests.support.pack_screens import PackDialogs, open_with_packs
from tests.support.reading_packs import PASSPHRASE, allow_packs, an_approved_pack
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
S = CarryOutState


@pytest.fixture
def dialogs(tmp_path):
    place = tmp_path / "out"
    place.mkdir()
    return PackDialogs(place)


def shown_buttons(screen):
    return {name for name, button in screen.acts.buttons.items() if not button.isHidden()}


def begin(qtbot, screen):
    qtbot.mouseClick(screen.bar.new_button, Qt.MouseButton.LeftButton)
    form = screen.form
    commit_text(form.households.finder.editor().lineEdit(), "はなこ")
    qtbot.keyClick(form.households.finder.editor(), Key.Key_Return)
    form.area.show_value("第1地区")
    return form


def type_passphrase(qtbot, screen, first, again):
    strip = screen.acts.pack_form
    for field in (strip.passphrase, strip.again):
        field.editor().clear()
    commit_text(strip.passphrase.editor(), first)
    commit_text(strip.again.editor(), again)
    qtbot.keyClick(strip.again.editor(), Key.Key_Return)
    return strip


def test_where_the_office_has_no_packs_nothing_tells_of_them(qtbot, office, screens, dialogs):
    screen = open_with_packs(screens, office, office.caseworker, dialogs)
    form = begin(qtbot, screen)
    assert not form._expiry.isVisible()
    assert not any("閲覧パック" in label for label in form.kinds.labels())
    made = office.desk(office.caseworker).carry_outs.make(a_trip(office)).carry_out_id
    take_out(office, office.caseworker, made)
    screen.reload()
    assert not shown_buttons(screen) & {"write_pack", "destroy_pack"}


def test_made_by_one_approved_by_another_written_and_destroyed(qtbot, office, screens, dialogs):
    allow_packs(office)
    screen = open_with_packs(screens, office, office.caseworker, dialogs)
    form = begin(qtbot, screen)
    form.kinds.show_value(("reading_pack",))
    form.kinds.edited.emit()
    assert form._expiry.isVisible()
    assert form.expires_at.entered() == 19 * 60
    assert form.sheets.entered() == 1
    assert "査察指導員の承認" in form.needs.words
    form.expires_at.editor().selectAll()
    commit_text(form.expires_at.editor(), "1500")
    qtbot.keyClick(form, Key.Key_Return, CTRL)
    assert screen.messages.text() == ""
    (line,) = screen.model.rows()
    assert line.pack is not None
    assert (line.state, line.pack.expires_at.hour) == (S.MADE, 6)
    assert shown_buttons(screen) == {"withdraw"}
    chief = open_with_packs(screens, office, office.supervisor, dialogs)
    assert "閲覧パックの期限：R6.10.1 15:00" in chief.acts.more.words
    qtbot.keyClick(chief.table, Key.Key_A)
    chief.hide()
    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.reload()
    screen.table.setFocus()
    assert shown_buttons(screen) == {"write_pack", "withdraw"}
    qtbot.keyClick(screen.table, Key.Key_W)
    strip = type_passphrase(qtbot, screen, "短い", "短い")
    assert "12字以上" in strip.passphrase.error()
    type_passphrase(qtbot, screen, PASSPHRASE, PASSPHRASE + "。")
    assert "一致しません" in strip.again.error()
    assert dialogs.asked == []
    type_passphrase(qtbot, screen, PASSPHRASE, PASSPHRASE)
    assert strip.passphrase.editor().text() == ""
    (path,) = dialogs.folder.iterdir()
    assert PackOpening(CLOCK).open(path, PASSPHRASE).sheets[0].head_name == "架空 花子"
    assert screen.model.rows()[0].state is S.OUT
    assert "destroy_pack" in shown_buttons(screen)
    dialogs.file = path
    qtbot.keyClick(screen.table, Key.Key_T)
    assert not path.exists()
    assert screen.model.rows()[0].state is S.BACK
    other = open_with_packs(screens, office, office.outsider, dialogs)
    qtbot.keyClick(other.table, Key.Key_R)
    confirm = other.acts.return_form
    assert confirm.was_destroyed.text() == "ファイルを消した(&H)"
    qtbot.keyClick(confirm.sheets.editor(), Key.Key_Return)
    assert other.model.rows() == ()
    assert the_trip(office.desk(office.caseworker), line.carry_out_id).state is S.CLOSED


def test_a_file_that_cannot_be_written_leaves_the_strip_and_says_why(
    qtbot, office, screens, dialogs
):
    allow_packs(office)
    an_approved_pack(office)
    screen = open_with_packs(screens, office, office.caseworker, dialogs)
    dialogs.folder = dialogs.folder / "ない"
    qtbot.keyClick(screen.table, Key.Key_W)
    strip = type_passphrase(qtbot, screen, PASSPHRASE, PASSPHRASE)
    assert "別のフォルダー" in screen.messages.text()
    assert strip.isVisible()
    assert screen.model.rows()[0].state is S.APPROVED
    qtbot.keyClick(strip.again.editor(), Key.Key_Escape)
    assert strip.passphrase.editor().text() == ""
