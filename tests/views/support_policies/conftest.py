"""The section of support policies over real services, and the desks of the people around it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from desktop.domain.approvals import ApprovalState, Decision, Move, Shown
from desktop.jobs.change_bus import ChangeBus
from desktop.views.support_policies.policy_section import PolicySection, SectionSetting
from desktop.views.support_policies.ports import PolicyPorts
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.fakes_printing import without_paper
from tests.support.qt import InlineRunner


@dataclass(kw_only=True)
class Bench:
    """The office, the caseworker's desk, and what the section asked of the window."""

    office: SmallOffice
    desk: Desk
    asked: list[object] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    dialogs: FakeDialogs = field(default_factory=FakeDialogs)

    @property
    def policies(self):
        """The caseworker's policies of the household, newest first."""
        return self.desk.policies.lines(self.office.household_id)

    def newest(self):
        """The newest policy in its newest version."""
        line = self.policies[0]
        return self.desk.policies.policy(line.policy_id)

    def decide(self, *people: Desk, move: Move = Move.APPROVE, text: str = "") -> ApprovalState:
        """Let these people read and decide the waiting policy, one after the other."""
        for person in people:
            row = next(r for r in person.approvals.queue() if r.subject_kind == "support_policy")
            person.approvals.card(row.approval_id)
            state = person.approvals.decide(
                Decision(
                    approval_id=row.approval_id,
                    move=move,
                    root_version=row.root_version,
                    content_hash=row.content_hash,
                    shown=Shown.READ,
                    text=text,
                )
            )
        return state

    def approved(self, given):
        """Store, submit and approve a policy."""
        saved = self.desk.policies.save(given)
        self.desk.policies.submit(saved.policy_id, saved.version)
        office = self.office
        state = self.decide(office.desk(office.supervisor))
        if state is ApprovalState.WAITING:  # a first policy goes on to the head of section
            state = self.decide(office.desk(office.head))
        assert state is ApprovalState.APPROVED
        return saved.policy_id


@pytest.fixture
def bench(engine):
    office = small_office(engine)
    return Bench(office=office, desk=office.desk(office.caseworker))


@pytest.fixture
def make_section(qtbot, look, bench):
    def make(desk=None, runner=None, clock=CLOCK, paper=without_paper):
        desk = desk or bench.desk
        ports = PolicyPorts(policies=desk.policies, records=desk.records, files=desk.households)
        setting = SectionSetting(
            staff=desk.staff,
            clock=clock,
            runner=runner or InlineRunner(),
            changes=ChangeBus(),
            look=look,
            dialogs=bench.dialogs,
            make_paper=paper,
        )
        section = PolicySection(bench.office.household_id, ports, setting)
        section.file_requested.connect(bench.asked.append)
        section.announced.connect(bench.said.append)
        qtbot.addWidget(section)
        section.resize(1250, 800)
        section.show()
        section.activateWindow()
        section.activate()
        qtbot.waitUntil(section.isActiveWindow)
        return section

    return make


@pytest.fixture
def section(make_section):
    return make_section()
