"""The real program on a training file: real services, real threads, keys only."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.database.engine import make_engine
from desktop.database.migrate import upgrade
from desktop.domain.office import DatabaseKind
from desktop.jobs.desk_news import DeskNews
from desktop.models.office import DatabaseInfo
from desktop.services.settings import SettingsFile, Theme
from desktop.views.reading_packs.pack_window import PackWindow
from desktop.views.variants.families import FAMILY
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.pack_screens import PackDialogs
from tests.support.reading_packs import PASSPHRASE, a_pack_file
from tests.support.typing_in import commit_text


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'training.sqlite').as_posix()}"


@pytest.fixture
def office(address: str) -> SmallOffice:
    upgrade(address)
    engine = make_engine(address)
    office = small_office(engine)
    with office.work() as session:
        session.add(DatabaseInfo(kind=DatabaseKind.TRAINING, created_at=CLOCK.now()))
    engine.dispose()
    return office


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path):
    programs: list[Program] = []

    def begin(database: str, **given: Any) -> Program:
        program = Program(
            qapp,
            SettingsFile(tmp_path / "settings.toml"),
            database=database,
            clock=CLOCK,
            folder=tmp_path,
            state=QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat),
            **given,
        )
        programs.append(program)
        program.start()
        return program

    yield begin
    for program in programs:
        for window in (program.sign_in, program.window, program.pack):
            if window is not None:
                window.close()
                window.deleteLater()
        program.stop()
        program.deleteLater()


def sign_in(qtbot: QtBot, program: Program, login: str) -> None:
    window = program.sign_in
    assert window is not None
    model = window.accounts.model
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    row = next(r for r in range(model.rowCount()) if model.index(r, 3).data() == login)
    window.accounts.table.select_row(row)
    qtbot.keyClick(window.accounts.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None)


def test_from_sign_in_to_an_open_file_by_keys(qtbot, start, address, office):
    program = start(address)
    sign_in(qtbot, program, office.caseworker.login)
    window = program.window
    assert program.sign_in is None
    assert window.findChild(DeskNews) is not None  # the desk hears what others change
    window.tabs.show_screen("households")
    households = window.tabs.widget(0).currentWidget()
    qtbot.waitUntil(lambda: households.count_label.text() == "1 世帯")
    commit_text(households.filter.box, "かくう")
    qtbot.keyClick(households.filter.box, Qt.Key.Key_Down)
    qtbot.keyClick(households.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.tabs.tabText(1).endswith("架空 花子"))
    assert window.tabs.widget(1).overview.members.rowCount() == 1


def test_variants_of_names_are_drawn_once_their_fonts_are_made(qtbot, qapp, start, address, office):
    program = start(address)
    qtbot.waitUntil(lambda: FAMILY in qapp.font().families())
    name, plain = QLabel("葛\U000e0100城"), QLabel("葛城")
    for label in (name, plain):
        qtbot.addWidget(label)
    gc.collect()
    assert name.grab().toImage() != plain.grab().toImage()
    program.look.set_zoom(150)
    assert FAMILY in qapp.font().families()
    program.look.zoom_reset()


def test_signing_out_leads_back_to_the_accounts(qtbot, start, address, office):
    program = start(address)
    sign_in(qtbot, program, office.records.login)
    program.window.palette_box.ask()
    commit_text(program.window.palette_box.box, "サインアウト")
    qtbot.keyClick(program.window.palette_box.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.sign_in is not None)
    qtbot.waitUntil(program.sign_in.accounts.isVisible)
    assert program.window is None


def test_look_is_kept_for_the_next_start(qtbot, start, address, office, tmp_path):
    program = start(address)
    with qtbot.waitSignal(program.runner.idle):
        program.look.set_theme(Theme.DARK)
    assert SettingsFile(tmp_path / "settings.toml").load().theme is Theme.DARK
    program.look.set_theme(Theme.LIGHT)


def test_database_of_another_version_is_refused_in_words(qtbot, start, tmp_path):
    (tmp_path / "old.sqlite").touch()
    program = start(f"sqlite:///{(tmp_path / 'old.sqlite').as_posix()}")
    qtbot.waitUntil(lambda: "版" in program.sign_in.messages.text())


def test_server_that_does_not_answer_is_said_in_words(qtbot, start):
    program = start("postgresql://127.0.0.1:1/banso")
    window = program.sign_in
    assert window.form.isVisible()
    window.form.login.setText("worker1")
    qtbot.mouseClick(window.form.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "接続できません" in window.messages.text())
    assert window.form.isEnabled()


def test_broken_settings_do_not_stop_the_start(qtbot, start, address, office, tmp_path):
    (tmp_path / "settings.toml").write_text("zoom = ", encoding="utf-8")
    program = start(address)
    assert "設定ファイルが読めません" in program.sign_in.messages.text()
    sign_in(qtbot, program, office.supervisor.login)


def test_sign_in_window_comes_before_the_database(qtbot):
    """A fresh interpreter that imports the program has neither database nor report libraries loaded."""
    code = "import desktop.app, sys; print([m for m in ('sqlalchemy', 'psycopg', 'reportlab') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def read_pack(qtbot: QtBot, window: PackWindow) -> None:
    editor = window.asking.passphrase.editor()
    qtbot.waitUntil(editor.isVisible)
    commit_text(editor, PASSPHRASE)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reading.model.rowCount() == 2)
    assert "架空 花子" in window.reading.sheet.toPlainText()


def test_a_reading_pack_is_opened_from_the_sign_in_window_and_leads_back(
    qtbot, start, address, office, tmp_path
):
    (tmp_path / "settings.toml").write_text("reading_packs = true\n", encoding="utf-8")
    path = a_pack_file(tmp_path)
    program = start(address, dialogs=PackDialogs(tmp_path, path))
    window = program.sign_in
    qtbot.waitUntil(lambda: window.accounts.model.rowCount() > 0)
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()
    read_pack(qtbot, program.pack)
    qtbot.keyClick(program.pack, Qt.Key.Key_Escape)
    assert program.pack is None
    assert window.isVisible()


def test_a_reading_pack_that_was_given_opens_without_any_database(qtbot, start, tmp_path):
    program = start("postgresql://nobody@nowhere.example/none", pack=a_pack_file(tmp_path))
    assert program.sign_in is None
    read_pack(qtbot, program.pack)
