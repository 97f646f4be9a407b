"""指示を書く: two fields about the household at hand; refused words stay, and are never sent to another household."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.instructions import InstructionGiven
from desktop.jobs.change_bus import ChangeBus
from desktop.views.instructions.instruction_dialog import InstructionDialog
from desktop.views.requests import HouseholdAtHand
from tests.support.fakes import TODAY, fake_id
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
HERE = HouseholdAtHand(household_id=fake_id("household 1"), label="00001　架空　太郎")
OTHER = HouseholdAtHand(household_id=fake_id("household 2"), label="00002　架空　花子")
WORDS = "主治医に病状を確かめてください"


class Instructions:
    """Remembers what was given, or refuses."""

    def __init__(self):
        self.given = []
        self.refusal: UserError | None = None

    def give(self, given):
        """Remember it."""
        if self.refusal is not None:
            raise self.refusal
        self.given.append(given)
        return InstructionGiven(to="担当 見本1", due_on=given.due_on or TODAY)

    def ask_again(self, answer_id, text, due_on=None):
        """Not asked here."""
        raise NotImplementedError


@pytest.fixture
def instructions():
    return Instructions()


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 700)
    parent.show()
    return parent


@pytest.fixture
def dialog(look, instructions, parent):
    return InstructionDialog(instructions, InlineRunner(), ChangeBus(), lambda: TODAY, parent)


def come_up(qtbot, dialog, household=HERE):
    dialog.ask(household)
    qtbot.waitUntil(dialog.isActiveWindow)


def test_words_and_a_day_go_with_one_key(qtbot, dialog, instructions):
    come_up(qtbot, dialog)
    assert dialog.words.editor().hasFocus()
    commit_text(dialog.words.editor(), WORDS)
    commit_text(dialog.due_on.editor(), "+7")
    with qtbot.waitSignal(dialog.sent) as sent:
        qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    (given,) = instructions.given
    assert (given.household_id, given.text) == (HERE.household_id, WORDS)
    assert given.due_on == TODAY + timedelta(days=7)
    assert "担当 見本1さんの机" in sent.args[0]
    assert not dialog.isVisible()


def test_without_a_day_the_office_decides(qtbot, dialog, instructions):
    come_up(qtbot, dialog)
    commit_text(dialog.words.editor(), WORDS)
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert instructions.given[0].due_on is None


@pytest.mark.parametrize(
    "refusal",
    [UserError("担当者がいません。"), ValidationError(due_on="今日以降の日付を入力してください。")],
)
def test_what_was_typed_stays_when_it_is_refused_and_never_moves_to_another_household(
    qtbot, dialog, instructions, refusal
):
    come_up(qtbot, dialog)
    commit_text(dialog.words.editor(), WORDS)
    instructions.refusal = refusal
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert dialog.isVisible()
    assert dialog.words.editor().text() == WORDS
    dialog.close_button.click()
    come_up(qtbot, dialog, OTHER)
    assert dialog.words.editor().text() == ""


def test_nothing_goes_without_words(qtbot, dialog, instructions):
    come_up(qtbot, dialog)
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert instructions.given == []
    assert dialog.isVisible()
