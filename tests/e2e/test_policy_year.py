"""A policy written from the record, approved, and reviewed a year later, by the keys of everybody concerned."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt

from desktop.domain.clock import FixedClock
from desktop.domain.dates import months_later
from desktop.domain.support_policies import PolicyKind, PolicyState, Standing
from desktop.jobs.change_bus import ChangeBus
from desktop.services.policy_review import PolicyReviewService
from desktop.views.approvals.review_pane import ReviewPane
from desktop.views.look import Look
from desktop.views.policy_review.ports import ReviewPorts
from desktop.views.policy_review.review_screen import PolicyReviewScreen
from desktop.views.policy_review.review_session import ReviewSetting
from desktop.views.screen import ScreenView
from desktop.views.support_policies.policy_section import PolicySection, SectionSetting
from desktop.views.support_policies.ports import PolicyPorts
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.fakes import FakeDialogs
from tests.support.fakes_printing import without_paper
from tests.support.policies import recorded
from tests.support.policy_review import A_YEAR_LATER
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


Screen = TypeVar("Screen", bound=ScreenView)


class Walk:
    """Opens the screens of one office after another and types into whatever has the keyboard."""

    def __init__(self, qtbot, qapp, office) -> None:
        self._bot, self.office = qtbot, office
        self._look = Look(qapp)
        self._screen: ScreenView | None = None

    def press(self, *keys, modifier=PLAIN):
        for key in keys:
            self._bot.keyClick(self._at(), key, modifier)

    def write(self, text):
        commit_text(self._at(), text)

    def _at(self):
        assert self._screen is not None
        return self._screen.focusWidget()

    def file(self, clock: FixedClock) -> PolicySection:
        """The caseworker's file of the household, at its policies."""
        desk = self.office.desk(self.office.caseworker, clock)
        setting = SectionSetting(
            staff=desk.staff,
            clock=clock,
            runner=InlineRunner(),
            changes=ChangeBus(),
            look=self._look,
            dialogs=FakeDialogs(),
            make_paper=without_paper,
        )
        return self._opened(PolicySection(self.office.household_id, ports_of(desk), setting))

    def queue(self, staff, clock: FixedClock) -> ReviewPane:
        """Somebody's queue."""
        return self._opened(
            ReviewPane(
                self.office.desk(staff, clock).approvals,
                InlineRunner(),
                changes=ChangeBus(),
                look=self._look,
                today=clock.today,
            )
        )

    def workbench(self, clock: FixedClock) -> PolicyReviewScreen:
        """The caseworker's due policies."""
        desk = self.office.desk(self.office.caseworker, clock)
        reviews = PolicyReviewService(desk.work, clock, desk.staff, desk.records.reading)
        setting = ReviewSetting(
            staff=desk.staff,
            clock=clock,
            changes=ChangeBus(),
            look=self._look,
            dialogs=FakeDialogs(),
        )
        ports = ReviewPorts(reviews=reviews, policies=ports_of(desk))
        return self._opened(PolicyReviewScreen(ports, InlineRunner(), setting))

    def _opened(self, screen: Screen) -> Screen:
        self._bot.addWidget(screen)
        self._screen = screen
        screen.resize(1300, 850)
        screen.show()
        screen.activateWindow()
        self._bot.waitUntil(screen.isActiveWindow)
        screen.activate()
        return screen


def ports_of(desk) -> PolicyPorts:
    return PolicyPorts(policies=desk.policies, records=desk.records, files=desk.households)


@pytest.fixture
def walk(qtbot, qapp, engine):
    return Walk(qtbot, qapp, small_office(engine))


def test_a_policy_from_the_record_to_its_review_a_year_later(walk):
    office = walk.office
    household_id = office.household_id
    desk = office.desk(office.caseworker)
    recorded(desk, household_id, "薬が半分残っていた。")
    write_first(walk)
    for staff in (office.supervisor, office.head):
        approve(walk, staff, CLOCK)
    first = desk.policies.in_force(household_id)
    assert first is not None
    assert first.issues[0].evidence[0].quote == "薬が半分残っていた。"
    assert first.review_due_on == months_later(TODAY, 12)

    later_desk = office.desk(office.caseworker, A_YEAR_LATER)
    recorded(later_desk, household_id, "薬は毎朝のめている。")
    review(walk)
    approve(walk, office.supervisor, A_YEAR_LATER)
    second = later_desk.policies.in_force(household_id)
    assert second is not None
    assert (second.kind, second.state) == (PolicyKind.YEARLY, PolicyState.APPROVED)
    assert second.follows == first.policy_id
    [issue] = second.issues
    assert (issue.standing, issue.result) == (Standing.CONTINUED, "のみ忘れは週一回になった。")
    assert [e.quote for e in issue.evidence] == ["薬が半分残っていた。", "薬は毎朝のめている。"]
    assert second.evaluation == "通院と服薬が続いた。"
    assert second.review_due_on == months_later(A_YEAR_LATER.today(), 12)


def write_first(walk):
    """The first policy: the household's part, and one issue with its evidence and one action."""
    section = walk.file(CLOCK)
    walk.press(Key.Key_N, modifier=CTRL)
    walk.write("単身で暮らしている。")
    walk.press(Key.Key_I, modifier=CTRL)
    walk.write("服薬が続いていない")
    walk.press(Key.Key_R, modifier=CTRL)
    walk.press(Key.Key_Return)
    form = section.editor.form.issue
    assert form.texts["fact"].editor().toPlainText() == "薬が半分残っていた。"
    form.action_lines.add_button.setFocus()
    walk.press(Key.Key_Space)
    walk.write("訪問のたびに残薬を数える")
    walk.press(Key.Key_Return, modifier=CTRL)
    assert section.editor is None


def review(walk):
    """A year later: the sentence of the year is quoted, the line goes on with its evaluation, and all is handed in."""
    screen = walk.workbench(A_YEAR_LATER)
    walk.press(Key.Key_Return, Key.Key_K)
    assert screen.session.work.year.model.rows()[0].words == "薬は毎朝のめている。"
    walk.press(Key.Key_Q, Key.Key_Escape, Key.Key_R)
    walk.write("のみ忘れは週一回になった。")
    walk.press(Key.Key_Return)
    walk.write("通院と服薬が続いた。")
    walk.press(Key.Key_Return, modifier=CTRL)
    assert screen.panel.count.text() == "見直す 0件　決裁待ち 1件"


def approve(walk, staff, clock):
    """Read the card and approve it by its key."""
    pane = walk.queue(staff, clock)
    assert pane.model.rowCount() == 1
    walk.press(Key.Key_A)
    assert pane.model.rowCount() == 0
