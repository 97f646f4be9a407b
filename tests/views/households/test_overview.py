"""The overview says what became of a file that was disposed of."""

from __future__ import annotations

import pytest

from desktop.domain.disposal import DISPOSED_NAME
from desktop.views.households.overview import Overview
from tests.support.fakes import CLOCK, make_case_file, make_household_row, make_identity


@pytest.fixture
def overview(qtbot, look):
    view = Overview(look, CLOCK.today())
    qtbot.addWidget(view)
    view.show()
    return view


def test_a_file_that_is_gone_says_so_and_offers_no_hold(overview):
    row = make_household_row(5)
    gone = make_identity(row, head_name=DISPOSED_NAME)
    overview.show_file(make_case_file(row, CLOCK.today(), identity=gone, members=(), facts=()))
    assert "廃棄しました" in overview.note.text()
    assert not overview.holds_button.isVisible()


def test_any_other_file_can_be_held(overview):
    overview.show_file(make_case_file(make_household_row(5), CLOCK.today()))
    assert "引き継ぎました" in overview.note.text()
    assert overview.holds_button.isVisible()
