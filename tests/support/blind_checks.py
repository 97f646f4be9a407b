"""Blind double checks for tests: a decided case drawn, asked about and answered."""

from __future__ import annotations

from uuid import UUID

from desktop.domain.assessments import Barriers, Health, Motivation, SelfDrive
from desktop.domain.blind_checks import BlindInput, CheckRow, DrawInput, quarter_of
from desktop.domain.ids import new_id
from tests.support.desk import SmallOffice
from tests.support.effort import decided
from tests.support.factories import TODAY

QUARTER = quarter_of(TODAY)


def a_draw(**changes: object) -> DrawInput:
    """Three cases of the quarter of the tests."""
    values: dict[str, object] = {"draw_id": new_id(), "quarter_on": QUARTER, "wanted": 3}
    return DrawInput(**(values | changes))  # type: ignore[arg-type]


def drawn(office: SmallOffice) -> CheckRow:
    """The office's person was decided on and drawn by the supervisor."""
    decided(office)
    supervisor = office.desk(office.supervisor)
    supervisor.blind_checks.draw(a_draw())
    (row,) = supervisor.blind_checks.board(QUARTER).rows
    return row


def asked(office: SmallOffice) -> UUID:
    """The same with the outsider asked for second answers; gives the id of the request."""
    assignment_id = new_id()
    supervisor = office.desk(office.supervisor)
    supervisor.blind_checks.ask(assignment_id, drawn(office).check_id, office.outsider.staff_id)
    return assignment_id


def answers(office: SmallOffice, assignment_id: UUID, **changes: object) -> BlindInput:
    """As the first assessment of the tests has it, but for the self-drive."""
    values: dict[str, object] = {
        "assignment_id": assignment_id,
        "household_id": office.household_id,
        "health": Health.ABLE,
        "motivation": Motivation.WISHES,
        "barriers": Barriers.NONE,
        "drive": SelfDrive.UNKNOWN,
        "words": "記録からは、一人で応募したかが分からない。",
    }
    return BlindInput(**(values | changes))  # type: ignore[arg-type]
