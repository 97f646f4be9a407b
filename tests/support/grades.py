"""Proposals of visit grades for tests."""

from __future__ import annotations

from desktop.domain.approvals import Decision, Move
from desktop.domain.ids import new_id
from desktop.domain.visit_grades import GradeInput, LivingPlace
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import TODAY


def proposal(office: SmallOffice, **changes) -> GradeInput:
    """A proposal that may be handed in as it is."""
    return GradeInput(
        **{
            "grade_id": new_id(),
            "household_id": office.household_id,
            "grade": "B",
            "effective_from": TODAY,
            "place": LivingPlace.HOME,
            "reason_code": "other",
            "reason": "就労指導を始めたため、2か月に1回は訪問する。",
            **changes,
        }
    )


def decided(person: Desk, move: Move = Move.APPROVE, text: str = ""):
    """Read the first thing that waits for the person and decide it; the state that it came to."""
    card = person.approvals.card(person.approvals.queue()[0].approval_id)
    return person.approvals.decide(
        Decision(
            approval_id=card.row.approval_id,
            move=move,
            root_version=card.subject.version,
            content_hash=card.subject.content_hash,
            text=text,
        )
    )
