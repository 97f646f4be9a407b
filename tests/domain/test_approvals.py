"""Every cell of the move table: state × move × person."""

from __future__ import annotations

from itertools import product

import pytest

from desktop.domain.approvals import (
    MOVES,
    ApprovalState,
    Move,
    Party,
    Step,
    StepKind,
    StepState,
    Submission,
    refusal,
)
from desktop.domain.ids import new_id
from desktop.domain.roles import Role

AUTHOR, SUPERVISOR, HEAD, STRANGER = (new_id() for _ in range(4))
PEOPLE = {
    "author": (AUTHOR, frozenset[Role]()),
    "author who is also supervisor": (AUTHOR, frozenset({Role.SUPERVISOR})),
    "supervisor": (SUPERVISOR, frozenset({Role.SUPERVISOR})),
    "head": (HEAD, frozenset({Role.SECTION_HEAD})),
    "stranger": (STRANGER, frozenset[Role]()),
}
OPEN = {ApprovalState.WAITING, ApprovalState.HELD}
#: Who may make which move on a fresh submission whose route is the supervisor alone.
ALLOWED = {
    *(("author", Move.WITHDRAW, state) for state in OPEN),
    *(("author who is also supervisor", Move.WITHDRAW, state) for state in OPEN),
    *(
        ("supervisor", move, state)
        for move in (
            Move.APPROVE,
            Move.APPROVE_WITH_INSTRUCTION,
            Move.RETURN,
            Move.SEND_HIGHER,
            Move.CIRCULATE,
        )
        for state in OPEN
    ),
    ("supervisor", Move.HOLD, ApprovalState.WAITING),
    *(("head", Move.APPROVE_FOR, state) for state in OPEN),
}
CELLS = list(product(PEOPLE, [m for m in Move if m is not Move.SUBMIT], ApprovalState))


def submission(state: ApprovalState, *steps: Step) -> Submission:
    route = steps or (Step(number=1, position=Role.SUPERVISOR),)
    return Submission(state=state, author_id=AUTHOR, submitter_id=AUTHOR, steps=route)


@pytest.mark.parametrize(("who", "move", "state"), CELLS)
def test_a_fresh_submission_allows_exactly_this(who: str, move: Move, state: ApprovalState):
    staff_id, positions = PEOPLE[who]
    sentence = refusal(submission(state), move, staff_id=staff_id, positions=positions)
    assert (sentence is None) is ((who, move, state) in ALLOWED), sentence


@pytest.mark.parametrize("move", [m for m in Move if MOVES[m].party is Party.APPROVER])
def test_nobody_decides_what_somebody_else_wrote_and_he_submitted(move: Move):
    both = Submission(
        state=ApprovalState.WAITING,
        author_id=AUTHOR,
        submitter_id=SUPERVISOR,
        steps=(Step(number=1, position=Role.SUPERVISOR),),
    )
    sentence = refusal(both, move, staff_id=SUPERVISOR, positions=frozenset({Role.SUPERVISOR}))
    assert sentence is not None


def test_after_the_first_stamp_the_author_cannot_take_it_back_and_the_next_position_decides():
    stamped = submission(
        ApprovalState.WAITING,
        Step(number=1, position=Role.SUPERVISOR, state=StepState.APPROVED, decided_by=SUPERVISOR),
        Step(number=2, position=Role.SECTION_HEAD),
    )
    assert refusal(stamped, Move.WITHDRAW, staff_id=AUTHOR, positions=frozenset())
    assert refusal(
        stamped, Move.APPROVE, staff_id=SUPERVISOR, positions=frozenset({Role.SUPERVISOR})
    )
    assert (
        refusal(stamped, Move.APPROVE, staff_id=HEAD, positions=frozenset({Role.SECTION_HEAD}))
        is None
    )


def test_what_was_approved_for_somebody_is_inspected_by_that_position_only():
    deputised = submission(
        ApprovalState.APPROVED,
        Step(number=1, position=Role.SUPERVISOR, state=StepState.APPROVED_FOR, decided_by=HEAD),
    )
    inspect = Move.INSPECT_LATER
    assert refusal(deputised, inspect, staff_id=HEAD, positions=frozenset({Role.SECTION_HEAD}))
    assert refusal(deputised, inspect, staff_id=HEAD, positions=frozenset({Role.SUPERVISOR}))
    assert (
        refusal(deputised, inspect, staff_id=SUPERVISOR, positions=frozenset({Role.SUPERVISOR}))
        is None
    )


def test_circulation_is_ticked_off_once_by_its_reader():
    reading = Step(number=2, position=Role.SECTION_HEAD, kind=StepKind.CIRCULATE)
    done = Step(number=1, position=Role.SUPERVISOR, state=StepState.APPROVED, decided_by=SUPERVISOR)
    circulated = submission(ApprovalState.APPROVED, done, reading)
    head = frozenset({Role.SECTION_HEAD})
    assert refusal(circulated, Move.MARK_READ, staff_id=HEAD, positions=head) is None
    assert refusal(
        circulated, Move.MARK_READ, staff_id=SUPERVISOR, positions=frozenset({Role.SUPERVISOR})
    )
    assert (
        refusal(
            circulated, Move.CIRCULATE, staff_id=SUPERVISOR, positions=frozenset({Role.SUPERVISOR})
        )
        is None
    )
