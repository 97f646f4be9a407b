"""Files on their way to a paper: one after the other, refused in a sentence, stopped, tried again, dropped, pasted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from desktop.viewmodels.attachments import Way
from desktop.views.attachments.attach_panel import AttachPanel
from desktop.views.screen import ScreenView
from tests.support.fakes import fake_id
from tests.support.fakes_attachments import SAME, FakeAttaches, attach_setting
from tests.support.qt import HeldRunner, InlineRunner

PAPER = fake_id("paper")
SLIP, PHOTO = Path("/folder/slip.pdf"), Path("/folder/photo.jpg")


@pytest.fixture
def attaches():
    return FakeAttaches()


@pytest.fixture
def make_panel(qtbot, look, attaches):
    def make(runner=None, **setting):
        screen = ScreenView(runner or InlineRunner(), title="")
        qtbot.addWidget(screen)
        panel = AttachPanel(screen, attaches, attach_setting(look, SLIP, PHOTO, **setting))
        screen.body.addWidget(panel)
        screen.show()
        with qtbot.waitActive(screen):
            screen.activateWindow()
        panel.begin(PAPER, "6-0001")
        return panel

    return make


def ways(panel):
    return [each.way for each in panel.model.rows()]


def test_chosen_files_go_one_after_the_other(make_panel, attaches):
    panel = make_panel()
    panel.choose_files()
    assert [(paper, name) for paper, name, _ in attaches.taken] == [
        (PAPER, "slip.pdf"),
        (PAPER, "photo.jpg"),
    ]
    assert ways(panel) == [Way.ATTACHED, Way.ATTACHED]
    assert panel.count.text() == "2件のうち 2件を添付しました。"


def test_a_refusal_is_said_at_its_file_and_the_others_go_on(make_panel, attaches):
    attaches.refusals["slip"] = "パスワードで保護されたPDFは添付できません。"
    panel = make_panel()
    panel.choose_files()
    assert ways(panel) == [Way.REFUSED, Way.ATTACHED]
    assert panel.model.index(0, 2).data() == "パスワードで保護されたPDFは添付できません。"
    assert "添付していないもの 1件" in panel.count.text()


def test_what_failed_is_tried_again_under_the_same_id(make_panel, attaches, qtbot):
    attaches.refusals["slip"] = "いまはできません。"
    panel = make_panel()
    panel.take([SLIP])
    key = panel.model.rows()[0].attachment_id
    attaches.refusals.clear()
    panel.table.select_row(0)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert attaches.taken == [(PAPER, "slip.pdf", key)]
    assert ways(panel) == [Way.ATTACHED]


def test_the_same_file_elsewhere_is_told(make_panel, attaches):
    attaches.same = (SAME,)
    panel = make_panel()
    panel.take([SLIP])
    assert "同じファイルがあります：受領番号 6-0001（0001）" in panel.model.index(0, 2).data()


def test_escape_stops_first_and_leaves_then(make_panel, attaches, qtbot):
    runner = HeldRunner()
    panel = make_panel(runner)
    runner.held.clear()
    panel.choose_files()
    assert ways(panel) == [Way.WORKING, Way.WAITING]
    assert panel.back_button.text() == "中止（Esc）"
    qtbot.keyClick(panel.table, Qt.Key.Key_Escape)
    runner.release(-1)
    assert ways(panel) == [Way.STOPPED, Way.STOPPED]
    assert attaches.taken == []
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.table, Qt.Key.Key_Escape)


def test_a_pasted_path_is_taken_out_of_its_quotation_marks(make_panel, attaches, qtbot):
    panel = make_panel()
    panel.path.setText(' "/folder/slip.pdf" ')
    qtbot.keyClick(panel.path, Qt.Key.Key_Return)
    assert [name for _, name, _ in attaches.taken] == ["slip.pdf"]
    assert panel.path.text() == ""


def test_dropped_files_are_copied_and_addresses_are_not_loaded(make_panel, attaches):
    panel = make_panel()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/folder/slip.pdf"), QUrl("http://example.invalid/x.pdf")])
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.MoveAction | Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.dropEvent(event)
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert [name for _, name, _ in attaches.taken] == ["slip.pdf"]


def test_a_watched_folder_lists_what_is_settled_and_attaches_by_choice(
    make_panel, attaches, tmp_path, qtbot
):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-")
    (tmp_path / "notes.txt").write_bytes(b"x")
    panel = make_panel(folder=tmp_path)
    incoming = panel.incoming
    assert "フォルダーを選ぶと" in incoming.note.text()
    incoming.choose_folder()
    assert [incoming.model.index(0, c).data() for c in (0, 3)] == ["scan.pdf", "書き込み中"]
    qtbot.keyClick(incoming.table, Qt.Key.Key_Return)
    assert attaches.taken == []
    incoming.look()
    assert incoming.model.index(0, 3).data() == ""
    qtbot.keyClick(incoming.table, Qt.Key.Key_Return)
    assert [name for _, name, _ in attaches.taken] == ["scan.pdf"]
    assert incoming.model.index(0, 3).data() == "添付しました"
    assert (tmp_path / "scan.pdf").exists()


def test_a_folder_that_went_away_is_told(make_panel, tmp_path):
    panel = make_panel(folder=tmp_path / "gone")
    panel.incoming.choose_folder()
    assert "フォルダーを開けません" in panel.incoming.note.text()
