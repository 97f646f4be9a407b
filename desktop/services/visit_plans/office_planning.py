"""Plans for a whole office at once: district by district, then double bookings are repaired until there is none."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.visit_plan_proposals import PlanProposal
from desktop.planning.joint import in_threads, plan_office
from desktop.services.visit_plans.planning import Question, answer_of

_CORES = 2


def answers(
    questions: Sequence[Question], *, iterations: int | None = None
) -> tuple[PlanProposal, ...]:
    """The plans of all districts, in the order of the questions; none of them asks for somebody whom another one has."""
    found = plan_office(
        [question.asked.problem for question in questions],
        sketch_all=in_threads(workers=_CORES, iterations=iterations),
        repair_iterations=iterations,
    )
    clashes = tuple(
        f"{clash.booking.at.words}：同じ同行者を{'・'.join(clash.caseworkers)}が予約しています。"
        for clash in found.clashes
    )
    return tuple(
        answer_of(question, problem, period, clashes)
        for question, problem, period in zip(questions, found.problems, found.plans, strict=True)
    )
