"""手引の整備: pages written and packages imported on the screen, over real services on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.override import override
from desktop.views.help_cards.care_making import help_places
from desktop.views.help_cards.help_care_screen import HelpCareScreen
from tests.support.desk import small_office
from tests.support.fakes import FakeDialogs
from tests.support.help_packages import fingerprint, package, repacked, trust
from tests.support.qt import InlineRunner
from tests.support.screens import shown
from tests.support.typing_in import commit_text


class ChoosesFile(FakeDialogs):
    """Chooses the file that the test says, and says yes."""

    file = Path("nowhere.zip")

    @override
    def choose_file(self, parent, title, kinds, on_chosen):
        on_chosen(self.file)

    @override
    def confirm(self, parent, sentence, act, on_yes):
        self.asked.append(sentence)
        on_yes()


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def dialogs():
    return ChoosesFile()


@pytest.fixture
def screen(qtbot, look, office, dialogs):
    desk = office.desk(office.supervisor)
    return shown(
        qtbot,
        HelpCareScreen(
            desk.help_pages,
            desk.help_packages,
            InlineRunner(),
            look=look,
            dialogs=dialogs,
            places=help_places(),
        ),
    )


def typed(form, **texts):
    for name, text in texts.items():
        editor = getattr(form, name).editor()
        if name == "body":
            editor.selectAll()
            getattr(form, name).insert(text)
        else:
            commit_text(editor, text)


def check(form, name):
    (item,) = form.places_box.findItems(name, Qt.MatchFlag.MatchEndsWith)
    item.setCheckState(Qt.CheckState.Checked)


def test_a_page_is_written_by_keys_and_stands_in_the_help(qtbot, screen, office):
    form = screen.pages.form
    qtbot.keyClick(screen.pages, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert form.title.editor().hasFocus()
    typed(form, title="窓口払いの日", words="現金　支給日", body="毎月**5日**です。", why="新しい")
    check(form, "画面　受領書類")
    assert form.places_said.words == "画面　受領書類"
    assert screen.has_unsaved()
    qtbot.keyClick(form.why.editor(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not screen.has_unsaved()
    card = office.desk(office.caseworker).help_cards.cards()[0]
    assert (card.title, card.where, card.words, card.text) == (
        "窓口払いの日",
        ("screen:papers",),
        ("現金", "支給日"),
        "毎月**5日**です。",
    )
    assert screen.pages.list.row().title == "窓口払いの日"
    screen.pages.tabs.setCurrentIndex(1)
    assert "第1版" in screen.pages.preview.toPlainText()
    assert "毎月5日です。" in screen.pages.preview.toPlainText()


def test_what_cannot_be_stands_beside_its_field_and_nothing_is_lost(qtbot, screen):
    form = screen.pages.form
    screen.pages.new_button.click()
    typed(form, title="題", body="<b>太字</b>", why="新しい")
    form.save_button.click()
    assert "HTML" in form.body.error()
    assert screen.has_unsaved()
    screen.pages.list.view.select_row(1)
    assert "書きかけ" in screen.messages.text()
    assert form.body.editor().toPlainText() == "<b>太字</b>"


def test_versions_are_read_with_what_they_changed(qtbot, screen):
    form = screen.pages.form
    screen.pages.new_button.click()
    typed(form, title="題", body="毎月5日です。", why="はじめ")
    form.save_button.click()
    typed(form, body="毎月6日です。", why="日が変わった")
    form.save_button.click()
    screen.pages.tabs.setCurrentIndex(2)
    assert [v.number for v in screen.pages.versions.model.rows()] == [2, 1]
    assert "毎月5日です。" in screen.pages.difference.left.toPlainText()
    assert "毎月6日です。" in screen.pages.difference.right.toPlainText()
    form.withdraw_button.click()
    assert form.why.error(), "a withdrawal has its reason too"
    typed(form, why="いらなくなった")
    form.withdraw_button.click()
    assert screen.pages.list.row().state == "取り下げ"


def test_an_older_version_is_gone_back_to_as_the_next_one(qtbot, screen, office):
    form, pages = screen.pages.form, screen.pages
    pages.new_button.click()
    typed(form, title="題", words="現金", body="毎月5日です。", why="はじめ")
    check(form, "画面　受領書類")
    form.save_button.click()
    typed(form, body="毎月6日です。", why="日が変わった")
    form.save_button.click()
    pages.tabs.setCurrentIndex(2)
    assert not pages.restore_button.isVisible(), "the newest is there already"
    pages.versions.view.select_row(1)
    qtbot.keyClick(pages.versions.view, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert form.why.editor().hasFocus()
    assert screen.has_unsaved()
    qtbot.keyClick(form.why.editor(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [(v.number, v.why) for v in pages.versions.model.rows()] == [
        (3, "第1版の内容に戻す"),
        (2, "日が変わった"),
        (1, "はじめ"),
    ]
    card = office.desk(office.caseworker).help_cards.cards()[0]
    assert (card.words, card.where, card.text) == (("現金",), ("screen:papers",), "毎月5日です。")


def test_what_is_being_written_is_not_replaced_by_an_older_version(screen):
    form, pages = screen.pages.form, screen.pages
    pages.new_button.click()
    for body in ("一つめ。", "二つめ。"):
        typed(form, title="題", body=body, why="直す")
        form.save_button.click()
    typed(form, body="書きかけ。")
    pages.tabs.setCurrentIndex(2)
    pages.versions.view.select_row(1)
    pages.restore_button.click()
    assert "書きかけ" in screen.messages.text()
    assert form.body.editor().toPlainText() == "書きかけ。"


def test_whom_to_ask_begins_with_what_was_shipped(screen, office):
    rows = screen.pages.list.model.rows()
    place = next(at for at, row in enumerate(rows) if row.key == "who-to-ask")
    screen.pages.list.view.select_row(place)
    form = screen.pages.form
    assert "査察指導員" in form.body.editor().toPlainText()
    assert not form.withdraw_button.isEnabled()
    typed(form, body="病気は保健師（内線12）。", why="町の窓口")
    form.save_button.click()
    cards = office.desk(office.caseworker).help_cards.cards()
    own = next(card for card in cards if card.key == "who-to-ask")
    assert own.text == "病気は保健師（内線12）。"


def test_larger_type_changes_nothing_of_a_page(screen, look):
    look.set_zoom(200)
    assert not screen.has_unsaved()
    screen.pages.new_button.click()
    assert screen.pages.form.title.editor().text() == ""


def test_a_link_is_chosen_from_titles(screen):
    form = screen.pages.form
    screen.pages.new_button.click()
    form.link.show_value("article-027")
    form.link_button.click()
    assert form.body.editor().toPlainText() == "[指導・指示](card:article-027)"


def test_without_a_key_it_is_said_how_one_is_entered(screen):
    screen.tabs.setCurrentIndex(1)
    assert "設定値「手引の更新の鍵」" in screen.packages.keys.words
    assert not screen.packages.choose_button.isEnabled()


def test_a_package_is_looked_at_taken_in_and_taken_back(qtbot, screen, office, dialogs, tmp_path):
    trust(office.work, office.supervisor.office_id)
    screen.tabs.setCurrentIndex(1)
    panel = screen.packages
    assert fingerprint() in panel.keys.words
    dialogs.file = tmp_path / "new.zip"
    dialogs.file.write_bytes(repacked(package(tmp_path), lambda files: files.pop("manifest.sig")))
    panel.choose_button.click()
    assert "署名がありません" in screen.messages.text()
    assert not panel.import_button.isEnabled()
    dialogs.file.write_bytes(package(tmp_path))
    qtbot.keyClick(panel, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert "新しい手引 1件：新しい手引" in panel.preview.words
    assert "変わる手引 1件：届出の義務（改）" in panel.preview.words
    qtbot.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "第1号" in panel.state.words
    assert not screen.has_unsaved()
    panel.back_button.click()
    assert panel.why.error()
    commit_text(panel.why.editor(), "誤りがあったため")
    panel.back_button.click()
    assert "取り消されています" in panel.state.words
    assert "誤りがあったため" in panel.list.model.index(0, 5).data()
