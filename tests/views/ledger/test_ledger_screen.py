from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from typing_extensions import override

from desktop.domain.errors import UserError
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.ledger import LedgerJob
from desktop.views.ledger.ledger_screen import LedgerScreen
from tests.support.fakes_ledger import FakeImporter, make_bad_report, make_report
from tests.support.fakes_printing import FileDialogs
from tests.support.qt import HeldRunner, InlineRunner
from tests.support.screens import shown

CTRL = Qt.KeyboardModifier.ControlModifier


class Answers(FileDialogs):
    """Chooses the file given, and says yes or no."""

    def __init__(self, path, *, answer=True):
        super().__init__(path)
        self.answer = answer
        self.asked = []

    @override
    def confirm(self, parent, sentence, act, on_yes):
        self.asked.append(sentence)
        if self.answer:
            on_yes()


@pytest.fixture
def importer():
    return FakeImporter()


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台帳.csv"
    path.write_text("ケース番号\n00001\n", encoding="utf-8")
    return path


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text('name = "A社"\n', encoding="utf-8")
    return path


@pytest.fixture
def dialogs(ledger):
    return Answers(ledger)


@pytest.fixture
def changes():
    return ChangeBus()


@pytest.fixture
def make_screen(qtbot, look, importer, mapping, dialogs, changes):
    def make(runner=None):
        screen = LedgerScreen(
            LedgerJob(importer),
            lambda: (("A社の台帳", mapping),),
            runner or InlineRunner(),
            changes=changes,
            look=look,
            dialogs=dialogs,
        )
        return shown(qtbot, screen, 1100, 700)

    return make


@pytest.fixture
def screen(make_screen):
    return make_screen()


def choose(qtbot, screen):
    qtbot.keyClick(screen, Qt.Key.Key_O, CTRL)


def look_at(qtbot, screen):
    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)


def take_in(qtbot, screen):
    qtbot.keyClick(screen, Qt.Key.Key_Return, CTRL)


def test_nothing_can_be_done_before_a_file_is_chosen(qtbot, screen, importer):
    assert "すべて取り込むか何も取り込まないか" in screen.promise.words
    assert not screen.look_button.isEnabled()
    assert not screen.import_button.isEnabled()
    look_at(qtbot, screen)
    assert importer.calls == []


def test_a_clean_file_is_looked_at_and_then_taken_in(qtbot, screen, importer, changes, dialogs):
    choose(qtbot, screen)
    assert screen.choice.file_label.text() == "台帳.csv"
    assert not screen.import_button.isEnabled()
    look_at(qtbot, screen)
    assert screen.report.figures() == [
        "行（世帯員） 4,213",
        "世帯 3,000",
        "新規 12世帯",
        "変更 57世帯",
        "台帳にない 3世帯",
        "誤り・矛盾 なし",
    ]
    assert screen.import_button.isEnabled()
    with qtbot.waitSignal(changes.ledger_imported):
        take_in(qtbot, screen)
    assert importer.calls == ["preview", "run"]
    assert "台帳にない3世帯は変わらずに残ります" in dialogs.asked[0]
    assert screen.report.verdict.words == "取り込みました。"
    assert not screen.import_button.isEnabled()


def test_the_person_may_say_no(qtbot, screen, importer, dialogs):
    dialogs.answer = False
    choose(qtbot, screen)
    look_at(qtbot, screen)
    take_in(qtbot, screen)
    assert importer.calls == ["preview"]
    assert screen.import_button.isEnabled()


def test_problems_name_line_and_column_and_forbid_the_import(qtbot, screen, importer):
    importer.report = make_bad_report()
    choose(qtbot, screen)
    look_at(qtbot, screen)
    model = screen.report.problems
    assert [model.index(0, c).data() for c in range(3)] == [
        "7",
        "生年月日",
        "昭和64年2月はありません。",
    ]
    assert screen.report.tabs.currentIndex() == 0
    assert "データベースは何も変わっていません" in screen.report.verdict.words
    assert not screen.import_button.isEnabled()
    take_in(qtbot, screen)
    assert importer.calls == ["preview"]


def test_a_capped_list_says_how_many_there_are(qtbot, screen, importer):
    bad = make_bad_report(2)
    importer.report = make_report(problem_total=1500, problems=bad.problems)
    choose(qtbot, screen)
    look_at(qtbot, screen)
    assert screen.report.tabs.tabText(0) == "誤り・矛盾（1,500件中2件）"


def test_samples_of_changes_are_shown(qtbot, screen):
    choose(qtbot, screen)
    look_at(qtbot, screen)
    model = screen.report.changes
    assert [model.index(1, c).data() for c in range(4)] == ["変更", "00012", "31", "住所、訪問格付"]
    assert screen.report.tabs.currentIndex() == 2


def test_a_file_changed_after_the_look_is_not_taken_in(qtbot, screen, importer, ledger):
    choose(qtbot, screen)
    look_at(qtbot, screen)
    ledger.write_text("ケース番号\n00002\n", encoding="utf-8")
    take_in(qtbot, screen)
    assert importer.calls == ["preview"]
    assert "何も取り込んでいません" in screen.messages.text()
    assert not screen.import_button.isEnabled()


def test_a_mapping_changed_after_the_look_counts_too(qtbot, screen, importer, mapping):
    choose(qtbot, screen)
    look_at(qtbot, screen)
    mapping.write_text('name = "B社"\n', encoding="utf-8")
    take_in(qtbot, screen)
    assert importer.calls == ["preview"]


def test_another_choice_needs_another_look(qtbot, screen):
    choose(qtbot, screen)
    look_at(qtbot, screen)
    choose(qtbot, screen)
    assert not screen.import_button.isEnabled()
    look_at(qtbot, screen)
    screen.choice.kind.setFocus()
    qtbot.keyClick(screen.choice.kind, Qt.Key.Key_Down)
    assert not screen.import_button.isEnabled()


def test_old_records_are_taken_in_the_same_way(qtbot, screen, importer):
    qtbot.keyClick(screen.choice.kind, Qt.Key.Key_Down)
    choose(qtbot, screen)
    look_at(qtbot, screen)
    assert screen.report.figures() == [
        "行 90",
        "新しい記録 80件",
        "取込済み 10件",
        "誤り・矛盾 なし",
    ]
    take_in(qtbot, screen)
    assert importer.calls == ["preview_records", "run_records"]


def test_a_file_that_changes_nothing_is_not_taken_in_again(qtbot, screen, importer):
    importer.report = make_report(new_rows=0, changed_rows=0)
    choose(qtbot, screen)
    look_at(qtbot, screen)
    assert "すべて取込済み" in screen.report.verdict.words
    assert not screen.import_button.isEnabled()


def test_a_file_that_is_no_ledger_is_refused_with_a_sentence(qtbot, screen, importer):
    importer.refusal = UserError("画像のファイルです。CSVの台帳を選んでください。")
    choose(qtbot, screen)
    look_at(qtbot, screen)
    assert screen.messages.text() == importer.refusal.sentence
    assert screen.look_button.isEnabled()


def test_a_file_that_went_away_is_said(qtbot, screen, ledger):
    choose(qtbot, screen)
    ledger.unlink()
    look_at(qtbot, screen)
    assert screen.messages.text().startswith("ファイルを開けません")


def test_an_import_shows_progress_and_can_be_stopped(qtbot, make_screen, importer):
    runner = HeldRunner()
    screen = make_screen(runner)
    runner.release()
    choose(qtbot, screen)
    look_at(qtbot, screen)
    assert screen.progress.isVisible()
    assert not screen.choice.isEnabled()
    qtbot.keyClick(screen.progress.stop_button, Qt.Key.Key_Escape)
    runner.release()
    assert screen.messages.text() == "中止しました。データベースは何も変わっていません。"
    assert importer.calls == []
    assert screen.choice.isEnabled()


def test_any_other_mapping_can_be_chosen(qtbot, screen, dialogs, tmp_path, importer):
    other = tmp_path / "other.toml"
    other.write_text("", encoding="utf-8")
    choose(qtbot, screen)
    dialogs.path = other
    screen.choice.mapping.setFocus()
    qtbot.keyClick(screen.choice.mapping, Qt.Key.Key_Down)
    assert screen.choice.mapping.currentText() == "other.toml"
    assert screen.choice.given()[1] == other
