"""Which printer: the one used last by one key, the dialog by another; a printer that is gone is said and asked anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt

from desktop.domain.errors import UserError
from desktop.domain.printers import PrinterAbilities, PrinterSetup, Sides, Tray, fitted
from desktop.jobs.printing import PrintRun
from desktop.reports.rendered import RenderedPdf
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.print_screen import PrintScreen
from desktop.views.printing.printer_dialog import PrinterDialog
from desktop.views.printing.printer_memory import PrinterMemory
from tests.support.documents import make_run, small_pdf
from tests.support.fakes_desk import FakePrintQueue, make_print_row
from tests.support.fakes_printing import FakeDraws, FileDialogs, print_screen
from tests.support.screens import shown

FORM = "ケース記録票"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TRAYS = (Tray(key="Tray1", label="トレイ1"), Tray(key="Tray2", label="トレイ2"))
SETUP = PrinterSetup(
    printer="複合機", tray="Tray2", tray_label="トレイ2", sides=Sides.LONG_EDGE, is_colour=True
)


class FakePaper:
    def __init__(self, printers: FakePrinters, setup: PrinterSetup, copies: int) -> None:
        self.setup, self._printers, self._copies = setup, printers, copies

    def send(self, title, data, pages, report, cancelled) -> None:
        self._printers.sent.append((title, pages, self.setup, self._copies))


class FakePrinters:
    """Two printers: one can do everything, one nothing."""

    def __init__(self) -> None:
        self.known = {
            "複合機": PrinterAbilities(
                name="複合機", trays=TRAYS, sides=tuple(Sides), has_colour=True
            ),
            "窓口": PrinterAbilities(name="窓口"),
        }
        self.sent: list[tuple[str, int, PrinterSetup, int]] = []

    def names(self) -> tuple[str, ...]:
        return tuple(self.known)

    def abilities(self, name: str) -> PrinterAbilities:
        if name not in self.known:
            raise UserError(f"プリンター「{name}」が見つかりません。")
        return self.known[name]

    def open(self, setup: PrinterSetup, copies: int = 1) -> FakePaper:
        return FakePaper(self, fitted(setup, self.abilities(setup.printer)), copies)


@pytest.fixture
def printers():
    return FakePrinters()


@pytest.fixture
def memory():
    return PrinterMemory()


@pytest.fixture
def draws():
    return FakeDraws(RenderedPdf(data=small_pdf(2), pages=2))


@pytest.fixture
def screen(qtbot, look, printers, memory, draws, tmp_path):
    screen = print_screen(
        look,
        draws,
        lists=FakePrintQueue((make_print_row(1),), ()),
        dialogs=FileDialogs(tmp_path / "保存.pdf"),
        printers=PrinterChoice(memory, printers),
    )
    shown(qtbot, screen, 1200, 800)
    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)
    assert screen.papers["K-04"].preview.isVisible()
    return screen


def press(qtbot, screen, modifiers=CTRL):
    qtbot.keyClick(screen.papers["K-04"].preview, Qt.Key.Key_P, modifiers)


def dialog_of(screen: PrintScreen) -> PrinterDialog:
    found = [box for box in screen.findChildren(PrinterDialog) if box.isVisible()]
    assert len(found) == 1
    return found[0]


def no_dialog(screen) -> bool:
    return not any(box.isVisible() for box in screen.findChildren(PrinterDialog))


def test_the_first_time_the_key_asks_and_the_next_time_it_prints_there(
    qtbot, screen, printers, draws
):
    assert screen.papers["K-04"].preview.print_button.text() == "印刷…（Ctrl+P）"
    assert not screen.papers["K-04"].preview.printer_button.isVisible()
    press(qtbot, screen)
    dialog = dialog_of(screen)
    assert dialog.printer.currentText() == "複合機"
    dialog.tray.setCurrentText("トレイ2")
    dialog.sides.setCurrentText("両面（長辺とじ）")
    dialog.colour.setCurrentText("カラー")
    dialog.copies.set_value(3)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert printers.sent == [(FORM, 2, SETUP, 3)]
    assert len(draws.noted) == 1

    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)
    assert (
        screen.papers["K-04"].preview.print_button.words == "印刷（Ctrl+P 前回：複合機・トレイ2）"
    )
    press(qtbot, screen)
    assert no_dialog(screen)
    assert printers.sent[1:] == [(FORM, 2, SETUP, 1)]
    assert len(draws.noted) == 2


def test_the_other_key_asks_and_offers_what_was_chosen_last(qtbot, screen, printers, memory):
    memory.keep(FORM, SETUP)
    press(qtbot, screen, CTRL | SHIFT)
    dialog = dialog_of(screen)
    assert (dialog.tray.currentText(), dialog.sides.currentText()) == (
        "トレイ2",
        "両面（長辺とじ）",
    )
    assert dialog.setup() == SETUP
    assert dialog.copies.value() == 1
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert printers.sent == []
    assert screen.papers["K-04"].preview.isVisible()


def test_what_a_printer_cannot_do_is_not_asked(qtbot, screen, printers):
    press(qtbot, screen)
    dialog = dialog_of(screen)
    asked = (dialog.tray, dialog.sides, dialog.colour)
    assert all(field.isVisible() for field in asked)
    dialog.printer.setCurrentText("窓口")
    assert not any(field.isVisible() for field in asked)
    assert not dialog.each.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert printers.sent == [(FORM, 2, PrinterSetup(printer="窓口"), 1)]


def test_a_printer_that_is_gone_is_said_and_another_can_be_chosen(qtbot, screen, printers, memory):
    memory.keep(FORM, SETUP)
    del printers.known["複合機"]
    press(qtbot, screen)
    dialog = dialog_of(screen)
    assert dialog.messages.text() == "プリンター「複合機」が見つかりません。"
    assert dialog.printer.currentText() == "窓口"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert [setup.printer for _, _, setup, _ in printers.sent] == ["窓口"]
    assert memory.last(FORM) == PrinterSetup(printer="窓口")


def test_a_tray_that_is_gone_is_never_replaced_silently(qtbot, screen, printers, memory):
    memory.keep(FORM, SETUP)
    printers.known["複合機"] = PrinterAbilities(name="複合機", trays=TRAYS[:1], sides=tuple(Sides))
    press(qtbot, screen)
    assert "給紙「トレイ2」が見つかりません" in dialog_of(screen).messages.text()
    assert printers.sent == []
    qtbot.keyClick(dialog_of(screen), Qt.Key.Key_Escape)


def test_without_any_printer_the_dialog_says_what_to_do(qtbot, screen, printers):
    printers.known.clear()
    press(qtbot, screen)
    dialog = dialog_of(screen)
    assert "使えるプリンターがありません" in dialog.messages.text()
    assert not dialog.print_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert printers.sent == []
    assert screen.papers["K-04"].preview.isVisible()


def test_the_key_pressed_twice_prints_once(qtbot, screen, memory, printers):
    memory.keep(FORM, SETUP)
    run = screen.papers["K-04"].preview.run
    press(qtbot, screen)
    screen.papers["K-04"]._print(run, FakePaper(printers, SETUP, 1))
    assert len(printers.sent) == 1


def test_the_choice_is_kept_on_the_workstation_by_form(tmp_path):
    path = str(tmp_path / "state.ini")
    PrinterMemory(QSettings(path, QSettings.Format.IniFormat)).keep(FORM, SETUP)
    fresh = PrinterMemory(QSettings(path, QSettings.Format.IniFormat))
    assert fresh.last(FORM) == SETUP
    assert fresh.last("受付票／受領証") is None


@pytest.mark.parametrize("kept", ["", "nonsense", "[]", '{"printer": "A"}', "null"])
def test_a_kept_choice_that_cannot_be_read_is_none(tmp_path, kept):
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    PrinterMemory(state).keep(FORM, SETUP)
    (key,) = [key for key in state.allKeys() if key.startswith("printers/")]
    state.setValue(key, kept)
    assert PrinterMemory(state).last(FORM) is None


def run_of_three(draws) -> PrintRun:
    run = make_run(1, 1, 1)
    draws.draw = lambda *_, **__: run
    return run


def test_a_run_of_several_can_go_as_one_job_each(qtbot, screen, printers, draws):
    qtbot.keyClick(screen.papers["K-04"].preview, Qt.Key.Key_Escape)
    run = run_of_three(draws)
    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)
    press(qtbot, screen)
    dialog = dialog_of(screen)
    dialog.each.setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert [(title, pages) for title, pages, _, _ in printers.sent] == [(run.title, 1)] * 3
    assert draws.noted == [run]
