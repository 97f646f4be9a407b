"""The preview's small pages, page number and fit: by keys, drawn only where somebody looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.reports.preview import PageImage, page_image
from desktop.viewmodels.thumbnails import MOST_KEPT, ThumbnailModel
from desktop.views.printing.elided_button import ElidedButton
from desktop.views.printing.page_printing import to_qimage
from desktop.views.printing.page_view import Fit
from desktop.views.printing.pages_pane import PagesPane
from tests.support.documents import small_pdf

PAGES = 1000
THOUSAND = small_pdf(PAGES)


class Renders:
    """Draws at once, or holds the drawings back."""

    def __init__(self) -> None:
        self.drawn = 0
        self.held: list[tuple[Callable[[], PageImage], Callable[[PageImage], object]]] = []
        self.holds = False

    def __call__(self, call, on_success) -> None:
        if self.holds:
            self.held.append((call, on_success))
            return
        self.drawn += 1
        on_success(call())


@pytest.fixture
def small():
    return Renders()


@pytest.fixture
def pane(qtbot, look, small):
    pane = PagesPane(Renders(), small)
    qtbot.addWidget(pane)
    pane.resize(1000, 700)
    pane.show()
    with qtbot.waitActive(pane):
        pane.activateWindow()
    pane.show_pdf(THOUSAND, PAGES)
    pane.view.setFocus()
    qtbot.waitUntil(lambda: small.drawn > 0)
    return pane


def seen(pane) -> list[int]:
    model = pane.strip.pages
    return [page for page in range(PAGES) if model.has_picture(page)]


def test_only_small_pages_in_sight_are_drawn(pane, small):
    drawn = seen(pane)
    assert drawn == list(range(len(drawn)))
    assert 3 <= len(drawn) <= 8
    assert small.drawn == len(drawn)


def test_small_pages_follow_the_page_and_only_the_new_ones_are_drawn(qtbot, pane, small):
    before = small.drawn
    qtbot.keyClick(pane.view, Qt.Key.Key_End)
    assert pane.strip.currentIndex().row() == PAGES - 1
    qtbot.waitUntil(lambda: pane.strip.pages.has_picture(PAGES - 1))
    assert small.drawn - before <= 8
    assert not pane.strip.pages.has_picture(500)
    qtbot.keyClick(pane.view, Qt.Key.Key_PageUp)
    assert pane.strip.currentIndex().row() == PAGES - 2


def test_walking_through_the_small_pages_turns_the_large_one(qtbot, pane):
    pane.strip.setFocus()
    qtbot.keyClick(pane.strip, Qt.Key.Key_Down)
    qtbot.keyClick(pane.strip, Qt.Key.Key_Down)
    assert pane.view.page == 2
    assert pane.place.text() == "3／1000頁　100％"
    qtbot.keyClick(pane.strip, Qt.Key.Key_W)
    assert pane.view.fit is Fit.WIDTH


def test_a_click_on_a_small_page_shows_it(qtbot, pane):
    place = pane.strip.visualRect(pane.strip.pages.index(1)).center()
    qtbot.mouseClick(pane.strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert pane.view.page == 1


def test_the_page_number_is_typed_in_any_width_and_enter_goes_there(qtbot, pane):
    qtbot.keyClick(pane.view, Qt.Key.Key_G)
    assert pane.entry.hasFocus()
    pane.entry.setText("７５０")
    qtbot.keyClick(pane.entry, Qt.Key.Key_Return)
    assert (pane.view.page, pane.view.hasFocus()) == (749, True)
    qtbot.keyClick(pane.view, Qt.Key.Key_G)
    qtbot.keyClicks(pane.entry, "5000")
    qtbot.keyClick(pane.entry, Qt.Key.Key_Return)
    assert (pane.view.page, pane.entry.text()) == (999, "1000")
    qtbot.keyClick(pane.view, Qt.Key.Key_G)
    qtbot.keyClicks(pane.entry, "x")
    qtbot.keyClick(pane.entry, Qt.Key.Key_Return)
    assert (pane.view.page, pane.entry.text()) == (999, "1000")


def test_one_key_hides_the_small_pages_and_nothing_is_drawn_then(qtbot, pane, small):
    qtbot.keyClick(pane.view, Qt.Key.Key_T)
    assert not pane.strip.isVisible()
    assert not pane.strip_button.isChecked()
    before = small.drawn
    qtbot.keyClick(pane.view, Qt.Key.Key_End)
    qtbot.wait(80)
    assert small.drawn == before
    qtbot.keyClick(pane.view, Qt.Key.Key_T)
    assert pane.strip.isVisible()
    qtbot.waitUntil(lambda: pane.strip.pages.has_picture(PAGES - 1))


def test_a_narrow_window_has_no_small_pages(qtbot, pane):
    pane.resize(420, 700)
    assert not pane.strip.isVisible()
    assert not pane.strip_button.isEnabled()
    pane.resize(1000, 700)
    assert pane.strip.isVisible()


def test_a_single_page_has_no_small_pages(pane):
    pane.show_pdf(small_pdf(1), 1)
    assert not pane.strip.isVisible()
    assert not pane.entry.isEnabled()


def test_a_page_fits_the_width_or_the_window_and_grows_with_it(qtbot, pane):
    def size():
        return pane.view.picture.size()

    qtbot.keyClick(pane.view, Qt.Key.Key_F)
    room = pane.view.maximumViewportSize()
    assert size().height() <= room.height()
    assert size().height() > 0.97 * room.height()
    assert pane.page_button.isChecked()
    qtbot.keyClick(pane.view, Qt.Key.Key_W)
    assert 0.95 * room.width() < size().width() <= room.width()
    assert (pane.width_button.isChecked(), pane.page_button.isChecked()) == (True, False)
    wide = size().width()
    pane.resize(1300, 700)
    qtbot.waitUntil(lambda: size().width() > wide + 200)
    percent = pane.view.percent()
    assert pane.place.text() == f"1／1000頁　{percent}％"
    qtbot.keyClick(pane.view, Qt.Key.Key_Minus)
    assert pane.view.fit is Fit.ZOOM
    assert pane.view.zoom < percent
    qtbot.keyClick(pane.view, Qt.Key.Key_W)
    qtbot.keyClick(pane.view, Qt.Key.Key_W)
    assert pane.view.fit is Fit.ZOOM


def test_a_late_small_page_of_another_document_is_dropped(qtbot, pane, small):
    small.holds = True
    pane.show_pdf(small_pdf(3), 3)
    qtbot.waitUntil(lambda: len(small.held) == 1)
    late = small.held.pop()
    pane.clear()
    late[1](late[0]())
    assert pane.strip.pages.rowCount() == 0
    assert not pane.strip.pages.has_picture(0)


def test_left_documents_are_let_go(pane):
    pane.clear()
    assert pane.strip.pages.rowCount() == 0
    assert pane.view.picture.pixmap().isNull()


def test_thumbnails_keep_what_was_drawn_last():
    model = ThumbnailModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_pages(MOST_KEPT + 5)
    picture = to_qimage(page_image(THOUSAND, 0, 8)).copy()
    for page in range(MOST_KEPT + 1):
        model.set_picture(page, picture)
    assert not model.has_picture(0)
    assert model.has_picture(MOST_KEPT)
    index = model.index(1)
    assert index.data() == "2"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "2頁"
    assert index.data(Qt.ItemDataRole.DecorationRole) == picture
    model.drop_pictures()
    assert not model.has_picture(1)


def test_a_button_gives_way_in_the_middle_and_says_all_of_it_elsewhere(qtbot, look):
    button = ElidedButton("印刷…")
    qtbot.addWidget(button)
    words = "印刷（Ctrl+P 前回：総務課の複合機・トレイ2）"
    button.say(words)
    whole = button.sizeHint().width()
    button.resize(whole, 30)
    button.show()
    assert button.text() == words
    button.resize(whole * 4 // 5, 30)
    assert "…" in button.text()
    assert button.text().startswith("印刷（Ctrl+P")
    assert button.text().endswith("トレイ2）")
    assert (button.toolTip(), button.accessibleName()) == (words, words)
    assert button.sizeHint().width() == pytest.approx(whole, abs=4)
    assert button.minimumSizeHint().width() < whole
    button.resize(whole, 30)
    assert button.text() == words
