"""The help at the edge of the window: by key, by search, by link."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QTextBrowser

from desktop.domain.errors import UserError
from desktop.domain.help_forms import lines_of
from desktop.views.desk.findings_panel import FindingsPanel
from desktop.views.help_cards.card_paper import CardPaper
from desktop.views.navigation import SCREENS
from desktop.views.requests import FileRequest, HelpPlace
from tests.reports.test_help_card import sheet
from tests.support.fakes import fake_id
from tests.support.help_packages import ShippedHelp
from tests.support.leftovers import finish_deletions
from tests.support.typing_in import commit_text

HOUSEHOLDS = tuple(screen for screen in SCREENS if screen.key == "households")
GUIDANCE = HelpPlace(key="section:guidance", title="指導・指示")


@pytest.fixture
def window(qtbot, office_windows):
    window = office_windows.open(HOUSEHOLDS, {}, help_cards=ShippedHelp())
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


@pytest.fixture
def panel(window):
    return window.help_panel


def lines(panel):
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def test_f1_shows_the_cards_of_the_screen_at_the_front(qtbot, window, panel):
    assert not panel.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert panel.isVisible()
    assert panel.box.hasFocus()
    assert panel.found.text().startswith("「世帯一覧」の手引")
    assert "相談先　担当のいない電話を受ける" in lines(panel)
    assert "支援措置" in panel.text.toPlainText() or panel.card().key != "telephone"


def test_f1_again_or_esc_gives_the_keyboard_back(qtbot, window, panel):
    before = window.focusWidget()
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
        qtbot.keyClick(window, Qt.Key.Key_F1)
        qtbot.keyClick(window.focusWidget(), key)
        assert not panel.isVisible()
        assert window.focusWidget() is before


def test_the_file_it_was_asked_from_may_be_closed_meanwhile(qtbot, window, panel):
    window.tabs.open_file(FileRequest(household_id=fake_id("household 1"), section="members"))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    window.tabs.close_current()
    finish_deletions()
    qtbot.keyClick(panel.box, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_the_cards_follow_to_the_section_at_the_front(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    window.tabs.open_file(FileRequest(household_id=fake_id("household 1"), section="members"))
    assert panel.found.text().startswith("「世帯員」の手引")
    assert any("世帯単位の原則" in line for line in lines(panel))
    window.tabs.currentWidget().sections.show_key("history")
    assert panel.found.text().startswith("「経過」の手引")
    window.tabs.show_screen("households")
    assert panel.found.text().startswith("「世帯一覧」の手引")


def test_what_is_searched_for_stays_when_the_place_changes(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    commit_text(panel.box, "弁明")
    found = lines(panel)
    window.tabs.open_file(FileRequest(household_id=fake_id("household 1")))
    assert lines(panel) == found
    assert "指示に従う義務と弁明" in found[0]


def test_keys_in_the_box_choose_a_card_and_turn_its_text(qtbot, panel, window):
    window.resize(1280, 600)
    panel.ask(GUIDANCE)
    first = panel.card()
    qtbot.keyClick(panel.box, Qt.Key.Key_Down)
    assert panel.card() != first
    assert panel.card().title in panel.text.toPlainText()
    qtbot.keyClick(panel.box, Qt.Key.Key_Up)
    assert panel.card() == first
    bar = panel.text.verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(panel.box, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(panel.box, Qt.Key.Key_Down)
    assert bar.value() == 0


def test_nothing_found_says_what_else_to_try(panel):
    panel.ask(GUIDANCE)
    commit_text(panel.box, "どこにもないことば")
    assert panel.found.text().startswith("見つかりません")
    assert panel.card() is None
    assert panel.text.isHidden()
    assert panel.list.isHidden()
    panel.box.clear()
    assert not panel.list.isHidden()


def test_a_place_without_cards_shows_all_of_them(panel):
    panel.ask(HelpPlace(key="screen:nowhere", title="どこか"))
    assert panel.found.text().startswith("「どこか」の手引はまだありません")
    assert panel.list.count() > 50


def test_a_link_leads_to_its_card_wherever_it_is_listed(panel):
    panel.ask(GUIDANCE)
    panel.text.anchorClicked.emit(QUrl("card:article-078"))
    assert panel.card().key == "article-078"
    panel.text.anchorClicked.emit(QUrl("card:nowhere"))
    panel.text.anchorClicked.emit(QUrl("https://example.invalid/"))
    assert panel.card().key == "article-078"


def test_a_card_fetches_nothing_and_draws_no_html(panel, tmp_path):
    picture = tmp_path / "x.png"
    picture.write_bytes(b"x")
    address = QUrl.fromLocalFile(str(picture))
    kind = 2  # QTextDocument.ResourceType.ImageResource
    assert QTextBrowser().loadResource(kind, address) is not None
    assert panel.text.loadResource(kind, address) is None
    panel.text.show_markdown(f"前<b>太字</b>\n\n![絵]({address.toString()})\n\n後")
    assert "<b>太字</b>" in panel.text.toPlainText()
    assert "後" in panel.text.toPlainText()


def test_beside_the_work_where_there_is_room_and_over_it_where_there_is_not(window, panel, look):
    window.resize(1280, 860)
    work = window.tabs.width()
    panel.ask(GUIDANCE)
    window.centralWidget().layout().activate()
    content = panel.parentWidget()
    content.layout().activate()
    assert panel.geometry().right() == content.rect().right()
    assert window.tabs.width() == work - panel.width()
    look.set_zoom(200)
    window.resize(900, 800)
    content.layout().activate()
    assert panel.geometry().right() == content.rect().right()
    assert panel.width() <= content.width() / 2
    assert window.tabs.geometry().right() > panel.geometry().left()
    panel.leave()
    content.layout().activate()
    assert window.tabs.geometry().right() == content.rect().right()


def test_on_a_finding_f1_explains_the_rule_and_the_help_stays_closed(qtbot, window, panel, look):
    findings = FindingsPanel(look)
    window.tabs.addTab(findings, "見落とし")
    window.tabs.setCurrentWidget(findings)
    findings.table.setFocus()
    qtbot.keyClick(findings.table, Qt.Key.Key_F1)
    assert not panel.isVisible()
    assert findings._explains


def test_where_a_visit_is_written_what_to_ask_this_household_comes_first(qtbot, window, panel):
    window.tabs.open_file(FileRequest(household_id=fake_id("household 1")))
    file = window.tabs.currentWidget()
    first = file.help_first("chronicle")
    assert first[-1] == "visit-common"
    assert file.help_first("members") == ()
    panel.ask(HelpPlace(key="section:chronicle", title="記録", first=first))
    assert panel.card().key == first[0]
    panel.leave()
    file.help_requested.emit()
    assert panel.isVisible()


def test_what_others_changed_is_there_when_it_is_asked_again(window, panel):
    class Changing:
        title = "前の題"

        def cards(self):
            return (replace(ShippedHelp().cards()[0], title=self.title, where=("section:x",)),)

    panel._source = Changing()
    place = HelpPlace(key="section:x", title="どこか")
    panel.ask(place)
    assert "前の題" in lines(panel)[0]
    panel.leave()
    panel._source.title = "後の題"
    panel.ask(place)
    assert "後の題" in lines(panel)[0]


class Drawn:
    """Cards that were put on paper: prepared from the shipped help, drawn with the fonts of the tests."""

    def __init__(self):
        self.keys = []

    def prepare(self, key):
        self.keys.append(key)
        card = next(card for card in ShippedHelp().cards() if card.key == key)
        return sheet(title=card.title, lines=lines_of(card.text))


@pytest.fixture
def drawn():
    return Drawn()


@pytest.fixture
def printing(qtbot, office_windows, drawn):
    window = office_windows.open(HOUSEHOLDS, {}, help_cards=ShippedHelp(), help_printing=drawn)
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def test_the_card_at_hand_is_printed_by_a_key_from_wherever_the_keyboard_is(qtbot, printing, drawn):
    panel = printing.help_panel
    qtbot.keyClick(printing, Qt.Key.Key_F1)
    first = panel.card().key
    qtbot.keyClick(panel.box, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert drawn.keys == [first]
    paper = printing.findChild(CardPaper)
    assert paper.isVisible()
    assert paper.run_view.preview.run.rendered.pages >= 1
    assert panel.card().title in paper.windowTitle()
    qtbot.keyClick(paper.run_view.preview, Qt.Key.Key_Escape)
    assert not paper.isVisible()
    printing.activateWindow()
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    qtbot.keyClick(panel.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert drawn.keys == [first, panel.card().key]
    assert first != panel.card().key


def test_a_card_that_was_withdrawn_meanwhile_is_said_in_its_window(qtbot, printing, drawn):
    def gone(_key):
        raise UserError("この手引は、いまはありません。")

    drawn.prepare = gone
    qtbot.keyClick(printing, Qt.Key.Key_F1)
    printing.help_panel.print_button.click()
    paper = printing.findChild(CardPaper)
    assert "いまはありません" in paper.screen_view.messages.text()
    assert paper.isVisible()
    paper.close()
