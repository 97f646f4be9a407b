"""A run of several documents on the screen: one PDF or one file each, what failed is listed, the rest is noted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from typing_extensions import override

from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.printers import PrinterSetup
from desktop.jobs.printing import FailedDocument, PrintRun
from desktop.reports.preview import page_count
from desktop.views.printing.paper import PrinterChoice
from tests.support.documents import make_run
from tests.support.fakes_desk import FakePrintQueue, make_print_row
from tests.support.fakes_printing import FakeDraws, FileDialogs, print_screen
from tests.support.screens import shown

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FAILED = FailedDocument(number="0004", sentence="承認が取り消されています。")


class FolderDialogs(FileDialogs):
    """Chooses the folder that the test says."""

    @override
    def choose_folder(self, parent, title, on_chosen) -> None:
        on_chosen(self.path)


class DrawsRun(FakeDraws):
    """Answers with the run given."""

    def __init__(self, run: PrintRun) -> None:
        super().__init__(run.rendered)
        self.run = run

    @override
    def draw(self, subject_ids, mark, progress=None, cancelled=None) -> PrintRun:
        return self.run


class JammedPaper:
    """Every second job fails."""

    def __init__(self) -> None:
        self.setup = PrinterSetup(printer="見本", is_each=True)
        self.jobs = 0

    def send(self, title, data, pages, report, cancelled) -> None:
        self.jobs += 1
        if self.jobs % 2 == 0:
            raise UnavailableError("紙がありません。")


class JammedPrinter(PrinterChoice):
    """Opens that printer without a question."""

    @override
    def ask(self, screen, form, on_chosen, *, has_parts=False, sentence="") -> None:
        assert has_parts
        on_chosen(JammedPaper())


@pytest.fixture
def run():
    return make_run(1, 2, 3, failed=(FAILED,))


@pytest.fixture
def draws(run):
    return DrawsRun(run)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "保存先"
    folder.mkdir()
    return folder


@pytest.fixture
def dialogs(folder):
    return FolderDialogs(folder)


@pytest.fixture
def screen(qtbot, look, draws, dialogs):
    screen = print_screen(
        look,
        draws,
        lists=FakePrintQueue((make_print_row(1),), ()),
        dialogs=dialogs,
        printers=JammedPrinter(),
    )
    shown(qtbot, screen, 1200, 800)
    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)
    return screen


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_failed_is_listed_beside_what_can_be_printed(screen):
    model = screen.papers["K-04"].preview.failed.model
    assert [model.index(0, c).data() for c in range(2)] == ["0004", "承認が取り消されています。"]
    assert (
        "1件はPDFにできませんでした。ほかの3件"
        in screen.papers["K-04"].preview.failed.sentence.words
    )
    assert screen.papers["K-04"].preview.about.text() == "正本　3件　6枚"
    assert screen.papers["K-04"].preview.print_button.isEnabled()


def test_one_file_each_by_key_under_names_that_tell_nobody(qtbot, screen, folder, draws, run):
    with qtbot.waitSignal(screen.announced) as said:
        qtbot.keyClick(screen.papers["K-04"].preview, Qt.Key.Key_S, CTRL | SHIFT)
    assert said.args == ["3件を1件ずつPDFで保存しました。"]
    assert names(folder) == [f"確認票_正本_20241001_000{number}.pdf" for number in (1, 2, 3)]
    assert draws.noted == [run]


def test_one_pdf_of_all(qtbot, screen, dialogs, folder, draws, run):
    dialogs.path = folder / "全部.pdf"
    qtbot.keyClick(screen.papers["K-04"].preview, Qt.Key.Key_S, CTRL)
    assert page_count((folder / "全部.pdf").read_bytes()) == 6
    assert (folder / "全部.pdf").read_bytes() == run.rendered.data
    assert names(folder) == ["全部.pdf"]
    assert draws.noted == [run]


def test_a_job_that_fails_is_said_and_only_the_others_are_noted(qtbot, screen, draws, run):
    qtbot.keyClick(screen.papers["K-04"].preview, Qt.Key.Key_P, CTRL)
    assert screen.messages.text() == "1件は印刷できませんでした（0002）。紙がありません。"
    (noted,) = draws.noted
    assert noted.subject_ids == (run.subject_ids[0], run.subject_ids[2])
    assert noted.rendered.pages == 4


def test_what_could_not_be_noted_is_noted_as_it_arrived(qtbot, screen, draws, run):
    draws.note_refusal = UserError("接続が切れています。")
    qtbot.keyClick(screen.papers["K-04"].preview, Qt.Key.Key_P, CTRL)
    assert screen.has_unsaved()
    draws.note_refusal = None
    qtbot.mouseClick(screen.papers["K-04"].preview.record_button, Qt.MouseButton.LeftButton)
    assert [noted.subject_ids for noted in draws.noted] == [
        (run.subject_ids[0], run.subject_ids[2])
    ]


def test_a_run_of_one_document_offers_no_file_each(qtbot, screen, draws):
    qtbot.keyClick(screen.papers["K-04"].preview, Qt.Key.Key_Escape)
    draws.run = make_run(2)
    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)
    assert not screen.papers["K-04"].preview.each_button.isVisible()
    assert not screen.papers["K-04"].preview.failed.isVisible()
