from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import UnavailableError
from desktop.domain.forms import FormMark
from desktop.reports.preview import page_count, page_image
from desktop.reports.rendered import MissingCharacter
from tests.reports.reading import darkness
from tests.support.fakes import fake_id
from tests.support.fakes_desk import make_print_row
from tests.support.fakes_printing import (
    make_log_row,
)
from tests.support.qt import HeldRunner

ROWS = tuple(make_print_row(number) for number in range(1, 13))
MISSING = MissingCharacter(place="0123 世帯主", character="葛󠄁", drawn="葛")


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def draw(qtbot, screen):
    qtbot.keyClick(screen, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def test_everything_that_waits_is_ticked_by_district(screen):
    waiting = screen.waiting
    assert [g.district_code for g in waiting.groups.rows()] == ["01", "02", "03"]
    assert waiting.count.text().startswith("ケース記録票　12件（7世帯）を選択中")
    assert screen.tabs.tabText(0) == "印刷待ち（12件）"


def test_space_takes_a_district_out_and_half_of_one_shows_as_such(qtbot, screen):
    waiting = screen.waiting
    qtbot.keyClick(waiting.group_table, Qt.Key.Key_Space)
    assert waiting.count.text().startswith("ケース記録票　8件")
    qtbot.keyClick(waiting.ready_table, Qt.Key.Key_Space)
    first = waiting.groups.index(0, 0)
    role = Qt.ItemDataRole.CheckStateRole
    assert waiting.groups.data(first, role) is Qt.CheckState.PartiallyChecked


def test_a_click_on_the_box_takes_one_entry_out(qtbot, screen):
    waiting = screen.waiting
    table = waiting.ready_table
    box = table.visualRect(waiting.ready.index(1, 0))
    place = box.topLeft()
    place.setX(place.x() + box.height() // 2)
    place.setY(box.center().y())
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert waiting.count.text().startswith("ケース記録票　11件")


def test_all_and_none_by_keys(qtbot, screen):
    waiting = screen.waiting
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(waiting.group_table, Qt.Key.Key_A, ctrl | shift)
    assert waiting.count.text().startswith("ケース記録票　0件")
    assert not waiting.draw_button.isEnabled()
    qtbot.keyClick(waiting.ready_table, Qt.Key.Key_A, ctrl)
    assert waiting.count.text().startswith("ケース記録票　12件")


def test_originals_are_drawn_looked_at_printed_and_noted(qtbot, screen, draws, lists, tmp_path):
    draw(qtbot, screen)
    by_case = sorted(ROWS, key=lambda row: (row.case_number, row.on))
    assert draws.drawn == [(tuple(row.subject_id for row in by_case), FormMark.ORIGINAL)]
    assert screen.papers["K-04"].preview.about.text() == "正本　12件　2枚"
    assert screen.papers["K-04"].preview.place.text() == "1／2頁　100％"
    assert draws.noted == []
    lists.rows = ()
    with qtbot.waitSignal(screen.announced) as said:
        click(qtbot, screen.papers["K-04"].preview.print_button)
    assert said.args == ["2枚を印刷しました。"]
    assert [run.batch_id for run in draws.noted] == [fake_id("batch")]
    paper = (tmp_path / "paper.pdf").read_bytes()
    assert page_count(paper) == 2
    assert 0.005 < darkness(page_image(paper, 0, 60), 0, 0, 210, 297) < 0.5
    assert "印刷を待っている帳票はありません" in screen.waiting.empty_sentence()


def test_pages_turn_and_grow_by_keys(qtbot, screen):
    draw(qtbot, screen)
    pages = screen.papers["K-04"].preview.pages
    width = pages.picture.pixmap().width()
    qtbot.keyClick(pages, Qt.Key.Key_PageDown)
    qtbot.keyClick(pages, Qt.Key.Key_PageDown)
    assert screen.papers["K-04"].preview.place.text() == "2／2頁　100％"
    qtbot.keyClick(pages, Qt.Key.Key_Plus)
    assert screen.papers["K-04"].preview.place.text() == "2／2頁　125％"
    assert pages.picture.pixmap().width() == pytest.approx(width * 1.25, abs=2)
    qtbot.keyClick(pages, Qt.Key.Key_Home)
    assert pages.page == 0


def test_escape_leaves_without_noting_anything(qtbot, screen, draws):
    draw(qtbot, screen)
    qtbot.keyClick(screen.papers["K-04"].preview, Qt.Key.Key_Escape)
    assert draws.noted == []
    assert screen.waiting.isVisible()
    assert screen.waiting.count.text().startswith("ケース記録票　12件")


def test_missing_characters_are_listed_and_need_the_users_word(qtbot, screen, draws):
    draws.rendered = replace(draws.rendered, missing=(MISSING,))
    draw(qtbot, screen)
    preview = screen.papers["K-04"].preview
    model = preview.missing.model
    assert [model.index(0, c).data() for c in range(4)] == [
        "葛󠄁",
        "U+845B U+E0101",
        "葛",
        "0123 世帯主",
    ]
    assert not preview.print_button.isEnabled()
    assert not preview.save_button.isEnabled()
    qtbot.keyClick(preview.missing.word, Qt.Key.Key_Space)
    assert preview.print_button.isEnabled()


def test_the_word_is_asked_anew_for_the_next_batch(qtbot, screen, draws):
    draws.rendered = replace(draws.rendered, missing=(MISSING,))
    draw(qtbot, screen)
    preview = screen.papers["K-04"].preview
    qtbot.keyClick(preview.missing.word, Qt.Key.Key_Space)
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    draw(qtbot, screen)
    assert not preview.print_button.isEnabled()


def test_saved_file_is_the_pdf_and_its_proposed_name_has_no_case(qtbot, screen, draws, dialogs):
    draw(qtbot, screen)
    click(qtbot, screen.papers["K-04"].preview.save_button)
    assert dialogs.path.read_bytes() == draws.rendered.data
    assert dialogs.proposed == ["ケース記録票_正本_20241001.pdf"]
    assert len(draws.noted) == 1


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_noted(
    qtbot, screen, draws, dialogs, tmp_path
):
    dialogs.path = tmp_path / "ない場所" / "a.pdf"
    draw(qtbot, screen)
    click(qtbot, screen.papers["K-04"].preview.save_button)
    assert "PDFを保存できませんでした" in screen.messages.text()
    assert draws.noted == []
    assert screen.papers["K-04"].preview.print_button.isEnabled()


def test_an_ending_added_to_the_name_overwrites_nothing(qtbot, screen, draws, dialogs, tmp_path):
    (tmp_path / "帳票.pdf").write_bytes(b"other")
    dialogs.path = tmp_path / "帳票"
    draw(qtbot, screen)
    click(qtbot, screen.papers["K-04"].preview.save_button)
    assert (tmp_path / "帳票.pdf").read_bytes() == b"other"
    assert "別の名前" in screen.messages.text()


def test_print_run_that_could_not_be_noted_is_noted_again(qtbot, screen, draws):
    draw(qtbot, screen)
    draws.note_refusal = UnavailableError("接続が切れています。")
    click(qtbot, screen.papers["K-04"].preview.print_button)
    assert "印刷の記録を残せませんでした" in screen.messages.text()
    assert screen.has_unsaved()
    qtbot.keyClick(screen.papers["K-04"].preview, Qt.Key.Key_Escape)
    assert screen.papers["K-04"].preview.isVisible()
    draws.note_refusal = None
    click(qtbot, screen.papers["K-04"].preview.record_button)
    assert len(draws.noted) == 1
    assert not screen.has_unsaved()


def test_drawing_shows_progress_and_can_be_stopped(qtbot, make_screen, draws):
    runner = HeldRunner()
    screen = make_screen(runner)
    while runner.held:
        runner.release()
    draw(qtbot, screen)
    assert screen.papers["K-04"].progress.isVisible()
    qtbot.keyClick(screen.papers["K-04"].progress.stop_button, Qt.Key.Key_Escape)
    runner.release()
    assert screen.messages.text().startswith("印刷を中止しました")
    assert screen.waiting.isVisible()
    assert draws.noted == []


def test_log_says_who_printed_and_enter_makes_a_copy(qtbot, screen, draws):
    screen.tabs.setCurrentIndex(2)
    model = screen.log.model
    assert [model.index(0, c).data() for c in range(7)] == [
        "R6.10.1 10:00",
        "庶務 見本子",
        "写",
        "K-04",
        "24件",
        "14",
        "30枚",
    ]
    qtbot.keyClick(screen.log.table, Qt.Key.Key_Return)
    assert draws.drawn == [((fake_id("entry 1"), fake_id("entry 2")), FormMark.COPY)]


def test_each_mark_says_what_it_means_before_and_after_drawing(qtbot, screen, draws):
    waiting = screen.waiting
    assert "正本" in waiting.mark_note.text()
    assert "印は入りません" in waiting.mark_note.text()
    for mark, words in ((FormMark.COPY, "「写」の印"), (FormMark.DRAFT, "「案」の印")):
        waiting.mark.setCurrentText(mark.value)
        assert words in waiting.mark_note.text()
        draw(qtbot, screen)
        assert draws.drawn[-1][1] is mark
        assert screen.papers["K-04"].preview.about.text().startswith(mark.value)
        assert words in screen.papers["K-04"].preview.mark_note.text()
        qtbot.keyClick(screen.papers["K-04"].preview, Qt.Key.Key_Escape)
    assert "「記録」で P" in waiting.mark_note.text()


def test_of_a_draft_in_the_log_another_draft_is_made(qtbot, screen, lists, draws):
    lists.log = (make_log_row(2, mark="案"), make_log_row(1))
    screen.reload()
    screen.tabs.setCurrentIndex(2)
    assert screen.log.again_button.text() == "案をもう一度作成（Enter）"
    qtbot.keyClick(screen.log.table, Qt.Key.Key_Down)
    assert screen.log.again_button.text() == "写しを作成（Enter）"
    qtbot.keyClick(screen.log.table, Qt.Key.Key_Up)
    qtbot.keyClick(screen.log.table, Qt.Key.Key_Return)
    assert draws.drawn == [((fake_id("entry 1"), fake_id("entry 2")), FormMark.DRAFT)]


def test_a_refresh_keeps_the_choice_and_ticks_what_is_new(qtbot, screen, lists, changes):
    waiting = screen.waiting
    waiting.group_table.select_row(1)
    qtbot.keyClick(waiting.ready_table, Qt.Key.Key_Space)
    lists.rows = (*ROWS, make_print_row(13))
    changes.approval_moved.emit(fake_id("household 1"), None)
    assert waiting.count.text().startswith("ケース記録票　12件（")
    assert waiting.count.text().endswith("全13件")
    assert waiting.group_table.current_row() == 1


def test_an_entry_opens_in_its_file(qtbot, screen):
    with qtbot.waitSignal(screen.file_requested) as asked:
        qtbot.keyClick(screen.waiting.ready_table, Qt.Key.Key_Return)
    assert asked.args[0].entry_id == screen.waiting.ready.rows()[0].subject_id


def test_the_pieces_come_out_in_the_order_of_the_way(qtbot, screen, draws, lists):
    lists.rows = (
        make_print_row(1, case_number="1", district_code="02", address="い"),
        make_print_row(2, case_number="2", district_code="01", address="ろ"),
        make_print_row(3, case_number="3", district_code="01", address="い"),
    )
    screen.reload()
    screen.waiting.order.setCurrentText("地区・住所の順")
    draw(qtbot, screen)
    assert list(draws.drawn[0][0]) == [fake_id(f"entry {n}") for n in (3, 2, 1)]


def test_each_form_is_a_run_of_its_own_and_a_sheet_for_the_person_has_no_mark(
    qtbot, screen, draws, lists
):
    lists.rows = (*ROWS, make_print_row(20, form_code="K-06", district_code="01"))
    screen.reload()
    waiting = screen.waiting
    assert [g.form_code for g in waiting.groups.rows()] == ["K-04", "K-04", "K-04", "K-06"]
    waiting.group_table.select_row(3)
    assert waiting.count.text().startswith("援助方針説明書　1件（1世帯）を選択中　全1件")
    assert not waiting.mark.isEnabled()
    draw(qtbot, screen)
    assert draws.drawn == [((fake_id("entry 20"),), FormMark.PLAIN)]
