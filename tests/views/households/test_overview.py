"""The overview says what became of a file that was disposed of."""

from __future__ import annotations

import pytest

from desktop.domain.disposal import DISPOSED_NAME
from desktop.views.households.overview import Overview
from desktop.views.selectable_label import SelectableLabel
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


def test_variants_in_names_are_listed_with_their_code_points(overview, look):
    row = make_household_row(5)
    names = make_identity(row, head_name="葛\U000e0100城　見本")
    look.use_families([], {"\U000e0100": "葛"})
    try:
        overview.show_file(make_case_file(row, CLOCK.today(), identity=names, members=()))
        assert "葛\U000e0100（U+845B U+E0100）" in said(overview)
        look.use_families([])
        overview.show_file(make_case_file(row, CLOCK.today(), identity=names, members=()))
        (shapes,) = [text for text in said(overview) if text.startswith("葛")]
        assert "基本の字で表示しています" in shapes
    finally:
        look.use_families([])
    overview.show_file(make_case_file(row, CLOCK.today()))
    assert not [text for text in said(overview) if "U+" in text]


def said(overview):
    labels = (overview._grid.itemAt(place).widget() for place in range(overview._grid.count()))
    return [label.text() for label in labels if isinstance(label, SelectableLabel)]


def test_any_other_file_can_be_held(overview):
    overview.show_file(make_case_file(make_household_row(5), CLOCK.today()))
    assert "引き継ぎました" in overview.note.text()
    assert overview.holds_button.isVisible()
