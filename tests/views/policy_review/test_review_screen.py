from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.policy_review import LineDecision, ReviewStage
from desktop.domain.support_policies import PolicyKind, PolicyState, Standing
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(make_screen):
    return make_screen()


def press(screen, qtbot, *keys, ctrl=False):
    for key in keys:
        qtbot.keyClick(screen.focusWidget(), key, CTRL if ctrl else Qt.KeyboardModifier.NoModifier)


def write(screen, text):
    commit_text(screen.focusWidget(), text)


def decisions(screen):
    return [line.decision for line in screen.session.work.review.lines]


def test_an_unchanged_policy_is_decided_line_by_line_and_handed_in_by_keys(screen, bench, qtbot):
    assert screen.panel.table.hasFocus()
    press(screen, qtbot, Key.Key_Return)
    assert screen.session.work.page.lines.hasFocus()
    assert decisions(screen) == [None, None]
    press(screen, qtbot, Key.Key_1, Key.Key_1)
    assert decisions(screen) == [LineDecision.CONTINUE, LineDecision.CONTINUE]
    assert screen.session.work.page.evaluation.editor().hasFocus()
    write(screen, "通院は続いたが、飲み忘れは残る。")
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    stored = bench.newest()
    assert (stored.state, stored.kind) == (PolicyState.SUBMITTED, PolicyKind.YEARLY)
    assert stored.evaluation == "通院は続いたが、飲み忘れは残る。"
    assert [issue.standing for issue in stored.issues] == [Standing.CONTINUED] * 2
    assert bench.said == ["援助方針を提出しました。"]
    assert screen.panel.count.text() == "見直す 0件　決裁待ち 1件"
