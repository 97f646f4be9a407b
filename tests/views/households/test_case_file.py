from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.domain.households import SafetyMarkKind
from desktop.views.households.case_file import CaseFileView
from desktop.views.households.identity_bar import IdentityBar
from desktop.views.households.mark_badge import MarkBadge
from desktop.views.households.section_groups import Section, SectionGroup
from desktop.views.requests import FileRequest
from desktop.views.tokens import identity_colour
from tests.support.fakes import (
    CLOCK,
    FakeHouseholds,
    FakeMasters,
    fake_id,
    make_household_row,
    make_identity,
)
from tests.support.qt import InlineRunner

HOUSEHOLD = fake_id("household 5")


class Chronicle(QLabel):
    def __init__(self):
        super().__init__("記録")
        self.shown = []

    def show_entry(self, entry_id):
        self.shown.append(entry_id)


class Policies(QLabel):
    def __init__(self):
        super().__init__("援助方針")
        self.reviewed = []

    def review_for(self, entry_id):
        self.reviewed.append(entry_id)


@pytest.fixture
def households():
    return FakeHouseholds()


@pytest.fixture
def make_view(qtbot, look, households):
    def make(**request):
        view = CaseFileView(
            households,
            FakeMasters(),
            InlineRunner(),
            look=look,
            clock=CLOCK,
            request=FileRequest(household_id=HOUSEHOLD, **request),
            sections=(
                Section(key="chronicle", title="記録", group=SectionGroup.RECORDS, make=Chronicle),
                Section(
                    key="support_policies",
                    title="援助方針",
                    group=SectionGroup.RECORDS,
                    make=Policies,
                ),
            ),
        )
        qtbot.addWidget(view)
        view.resize(1000, 700)
        view.show()
        view.activate()
        return view

    return make


def test_opens_with_identity_members_and_facts(make_view):
    view = make_view()
    assert view.identity.number.text() == "00005"
    assert view.identity.head.text() == "架空　花子　世帯"
    assert view.overview.members.rowCount() == 2
    assert view.members.former.rowCount() == 1
    assert view.history.facts.rowCount() == 4
    assert view.overview.facts.rowCount() == 3


def test_day_typed_reads_the_file_as_of_that_day(qtbot, make_view, households):
    view = make_view()
    editor = view.as_of.field.editor()
    editor.setFocus()
    editor.clear()
    qtbot.keyClicks(editor, "R5.4.1")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert households.opened[-1][1] == date(2023, 4, 1)
    assert "令和5年4月1日時点" in view.as_of.note.text()
    assert view.overview.members.index(0, 5).data() == "68歳"
    qtbot.mouseClick(view.as_of.back, Qt.MouseButton.LeftButton)
    assert households.opened[-1][1] is None
    assert not view.as_of.note.isVisible()


def test_file_outside_the_duty_asks_for_a_reason_and_one_key_gives_it(qtbot, make_view, households):
    households.outside = {HOUSEHOLD}
    view = make_view()
    assert not view.identity.isVisible()
    assert "担当地区の外" in view.reason_panel.sentence.text()
    qtbot.keyClick(view.reason_panel, Qt.Key.Key_2)
    assert households.opened[-1][2] == "窓口での相談"
    assert view.identity.isVisible()
    assert not view.reason_panel.isVisible()


def test_reason_may_be_typed(qtbot, make_view, households):
    households.outside = {HOUSEHOLD}
    view = make_view()
    qtbot.keyClick(view.reason_panel.other, Qt.Key.Key_Return)
    assert len(households.opened) == 1
    view.reason_panel.other.setText("大家からの連絡")
    qtbot.keyClick(view.reason_panel.other, Qt.Key.Key_Return)
    assert households.opened[-1][2] == "大家からの連絡"


def test_reason_is_asked_once_a_file(qtbot, make_view, households):
    households.outside = {HOUSEHOLD}
    view = make_view()
    qtbot.keyClick(view.reason_panel, Qt.Key.Key_1)
    view.reload()
    assert households.opened[-1][2] == "電話当番"


def test_opens_at_the_entry_asked_for(make_view):
    view = make_view(section="chronicle", entry_id=fake_id("entry"))
    chronicle = view.sections.page()
    assert isinstance(chronicle, Chronicle)
    assert chronicle.shown == [fake_id("entry")]


def test_tab_gets_number_and_name(qtbot, make_view, households):
    view = make_view()
    with qtbot.waitSignal(view.tab_named) as named:
        view.reload()
    assert named.args[0] == "00005 架空　花子"


def test_identity_bar_shows_marks_in_words_and_shapes(qtbot, look):
    bar = IdentityBar()
    qtbot.addWidget(bar)
    row = make_household_row(3)
    bar.show_identity(make_identity(row, marks=tuple(SafetyMarkKind)))
    badges = bar.findChildren(MarkBadge)
    assert [badge.text for badge in badges] == [
        "支援措置",
        "二人訪問",
        "暴言・暴力注意",
        "犬注意",
        "感染症注意",
        "電話不可",
    ]
    assert len({badge.shape for badge in badges}) == len(badges)
    assert identity_colour(row.case_number) in bar.styleSheet()


def test_vacant_post_is_said(qtbot, look):
    bar = IdentityBar()
    qtbot.addWidget(bar)
    bar.show_identity(make_identity(make_household_row(7, caseworker="")))
    assert bar.duty.text().endswith("担当 欠員")


def test_a_record_that_touches_the_policy_leads_to_its_section(make_view):
    entry_id = fake_id("entry 1")
    view = make_view(section="support_policies", impact_of=entry_id)
    section = view.sections.page()
    assert isinstance(section, Policies)
    assert section.reviewed == [entry_id]
