from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.views.support_policies.comparison import PolicyComparison
from tests.support.fakes_policies import a_policy, an_issue

OLD = an_issue()
NEW = replace(OLD, fact="薬は残っていない。")


@pytest.fixture
def comparison(qtbot, look):
    view = PolicyComparison(look)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    view.show_policies(a_policy("a", OLD), a_policy("b", NEW), {}, ("前：一つ目", "後：二つ目"))
    return view


def has_columns(view):
    return bool(view.text.document().rootFrame().childFrames())


def test_where_it_is_narrow_the_two_columns_become_one_text(comparison, qtbot):
    assert has_columns(comparison)
    comparison.resize(360, 600)
    qtbot.waitUntil(lambda: not has_columns(comparison))
    text = comparison.text.toPlainText()
    for said in ("前：一つ目", "後：二つ目", "［変更あり］", "残って"):
        assert said in text
    comparison.resize(1000, 600)
    qtbot.waitUntil(lambda: has_columns(comparison))


def test_what_did_not_change_is_shown_when_it_is_asked_for(comparison):
    assert "毎朝薬をのむ" not in comparison.text.toPlainText()
    comparison.whole.click()
    assert "毎朝薬をのむ" in comparison.text.toPlainText()
