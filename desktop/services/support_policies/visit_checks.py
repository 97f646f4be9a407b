"""What the self-check asks about the visits that a support policy plans (rule P08): questions, never verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.review import Check
from desktop.domain.support_policies import PolicyInput, SupportPolicy
from desktop.domain.visit_grades import VisitGrade
from desktop.services.households.grades import grade_of
from desktop.services.masters import lookup


def visit_checks(
    session: Session, policy: SupportPolicy | PolicyInput, office_id: UUID, today: date
) -> tuple[Check, ...]:
    """The checks of grade and visits, against the household's grade of the day and the office's table."""
    present = grade_of(session, policy.household_id, today)
    known = lookup.visit_grades(session, office_id, today)
    return tuple(Check(severity=2, sentence=s) for s in _asked(policy, present, known))


def in_order(*checks: Check) -> tuple[Check, ...]:
    """Checks from several places, most serious first."""
    return tuple(sorted(checks, key=lambda check: -check.severity))


def _asked(
    policy: SupportPolicy | PolicyInput, present: str | None, known: Mapping[str, VisitGrade]
) -> Iterator[str]:
    if policy.grade is None or policy.visits_per_year is None:
        yield "訪問格付と年間訪問回数が書かれていません。"
    if policy.grade is None:
        return
    if present is not None and policy.grade != present:
        yield (
            f"訪問格付は「{policy.grade}」ですが、世帯の今の格付は「{present}」です。"
            "格付の見直しはされていますか。"
        )
    grade = known.get(policy.grade)
    planned = policy.visits_per_year
    if grade and grade.visits_per_year and planned not in {None, grade.visits_per_year}:
        yield (
            f"年間訪問回数は{planned}回ですが、格付「{grade.code}」の目安は{grade.visits_per_year}回です。"
            "理由が書かれていますか。"
        )
