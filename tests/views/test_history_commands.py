"""記録の履歴 (F7) and 閲覧履歴 (F8) from the window: by key, menu and palette."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.domain.audit import Access
from desktop.domain.briefs import Brief
from desktop.domain.roles import Role
from desktop.viewmodels.records_actions import EntryAction
from desktop.views.briefs.brief_section import BriefSection
from desktop.views.households.access_history import AccessHistory
from desktop.views.navigation import SCREENS
from desktop.views.printing.file_forms import FileForms
from desktop.views.requests import FileRequest
from tests.support.fake_desk import FakeHistories, FakeRecords
from tests.support.fakes import CLOCK, fake_id
from tests.support.fakes_records import entry

HOUSEHOLDS = tuple(screen for screen in SCREENS if screen.key == "households")


class Histories(FakeHistories):
    def accesses(self, household_id):
        self.asked.append(household_id)
        at = CLOCK.now() - timedelta(hours=1)
        return (Access(at=at, who="担当 見本子", purpose="file", reason="", outside_duty=False),)


class BriefDeskOfOne:
    """A household of which nothing is told."""

    def brief(self, household_id):
        return Brief(
            household_id=household_id,
            policy_id=None,
            approved_on=None,
            review_due_on=None,
            issues=(),
            duties=(),
            promises=(),
            papers=(),
            names={},
        )

    def purposes(self, household_id):
        return ()


@pytest.fixture
def histories():
    return Histories()


@pytest.fixture
def make_window(office_windows, histories):
    def make(*, policy_duties=None, **changes):
        records = FakeRecords(entry("one", number=1))
        return office_windows.open(
            HOUSEHOLDS,
            changes,
            histories=histories,
            records=records,
            policy_duties=policy_duties,
        )

    return make


def front(window):
    return window.tabs.currentWidget().sections.page()


def test_the_key_opens_the_accesses_of_the_line_chosen(make_window, histories, qtbot):
    window = make_window()
    window.tabs._made["households"].table.setFocus()
    row = window.tabs.household_at_hand()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert isinstance(front(window), AccessHistory)
    assert histories.asked == [row.household_id]
    assert front(window).model.rowCount() == 1


def test_the_key_opens_the_brief_of_the_line_chosen(make_window, qtbot):
    window = make_window(policy_duties=BriefDeskOfOne())
    window.tabs._made["households"].table.setFocus()
    row = window.tabs.household_at_hand()
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(front(window), BriefSection)
    assert window.tabs.household_at_hand().household_id == row.household_id


def test_opening_a_file_does_not_ask_for_its_accesses(make_window, histories, qtbot):
    window = make_window()
    window.tabs.open_file(FileRequest(household_id=fake_id("household 5")))
    sections = window.tabs.currentWidget().sections
    assert sections.titles() == [
        *("概要", "世帯員", "記録", "援助方針"),
        *("訪問格付", "訪問前のまとめ", "訪問の都合", "関係先"),
        *(
            "受領書類",
            "申告",
            "手続",
            "帳票",
            "就労支援",
            "個別支援計画",
            "支援活動",
            "支援要請",
            "就労・定着",
            "就労収入",
            "毎月の書類",
            "通院・病状",
            "試算・給付",
            "稼働能力の活用",
            "指導・指示",
            "移管",
            "照会・調査",
            "経過",
            "閲覧履歴",
            "廃棄の保留",
        ),
    ]
    assert histories.asked == []
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert isinstance(front(window), AccessHistory)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert len(histories.asked) == 2


def test_the_palette_shows_the_history_of_the_record_chosen(make_window, qtbot):
    window = make_window()
    window.tabs.open_file(FileRequest(household_id=fake_id("household 5")))
    window.palette_box.ask()
    window.palette_box.box.setText("記録の履歴")
    qtbot.keyClick(window.palette_box.box, Qt.Key.Key_Return)
    assert front(window).objectName() == "chronicle"
    assert front(window).history.isVisible()


def test_without_a_file_it_is_said_what_to_do_first(make_window, qtbot):
    window = make_window()
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert "先に世帯のファイルを開いて" in window.messages.text()


def test_who_opens_no_files_has_no_such_commands(make_window):
    window = make_window(roles=frozenset({Role.ADMINISTRATOR}))
    assert not {"記録の履歴", "閲覧履歴"} & {c.title for c in window.palette_box.commands}


def test_the_key_of_an_absence_draws_its_note(office_windows, histories, qtbot, monkeypatch):
    drawn = []
    monkeypatch.setattr(FileForms, "draw", lambda _, code: drawn.append(code))
    absence = entry("one", number=1, is_absence=True)
    window = office_windows.open(
        HOUSEHOLDS,
        {},
        histories=histories,
        records=FakeRecords(absence),
        issued_forms=NoIssues(),
    )
    household = fake_id("household 5")
    window.tabs.open_file(FileRequest(household_id=household, section="chronicle"))
    front(window).commands.act(EntryAction.ABSENCE_NOTE, absence)
    assert drawn == ["K-10"]
    assert isinstance(front(window), FileForms)


class NoIssues:
    """Nothing was issued of any file."""

    def of_household(self, household_id):
        return ()
