"""What the self-check asks about the visits that a support policy plans (rule P08): questions, never verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.review import Check
from desktop.domain.support_policies import PolicyInput, SupportPolicy
from desktop.domain.visit_grades import VisitGrade
from desktop.services.households.grades import grade_of, place_of
from desktop.services.masters import lookup
from desktop.services.masters.grade_lookup import visit_floors


def visit_checks(
    session: Session, policy: SupportPolicy | PolicyInput, office_id: UUID, today: date
) -> tuple[Check, ...]:
    """The checks of grade and visits, against the household's grade of the day and the office's table."""
    present = grade_of(session, policy.household_id, today)
    known = lookup.visit_grades(session, office_id, today)
    place = place_of(session, policy.household_id, today)
    floor = visit_floors(session, office_id, today)[place].visits_per_year
    return tuple(Check(severity=2, sentence=s) for s in _asked(policy, present, known, floor))


def in_order(*checks: Check) -> tuple[Check, ...]:
    """Checks from several places, most serious first."""
    return tuple(sorted(checks, key=lambda check: -check.severity))


def _asked(
    policy: SupportPolicy | PolicyInput,
    present: str | None,
    known: Mapping[str, VisitGrade],
    floor: int,
) -> Iterator[str]:
    if policy.grade is None or policy.visits_per_year is None:
        yield "訪問格付と年間訪問回数が書かれていません。"
    if policy.grade is None:
        return
    grade = known.get(policy.grade)
    if policy.grade != present and grade is not None:
        yield _change(grade, present, floor)
    elif policy.grade != (present or policy.grade):
        yield f"訪問格付は「{policy.grade}」ですが、世帯の今の格付は「{present}」です。"
    planned = policy.visits_per_year
    if grade and grade.visits_per_year and planned not in {None, grade.visits_per_year}:
        yield (
            f"年間訪問回数は{planned}回ですが、格付「{grade.code}」の目安は{grade.visits_per_year}回です。"
            "理由が書かれていますか。"
        )


def _change(grade: VisitGrade, present: str | None, floor: int) -> str:
    """What approval of the policy does to the household's grade; one under the legal floor is not taken over."""
    now = f"世帯の今の格付は「{present}」です" if present else "世帯の格付は決まっていません"
    said = f"訪問格付は「{grade.code}」ですが、{now}。"
    if grade.visits_per_year < floor:
        return (
            f"{said}法定の下限（年{floor}回）を下回るため、決裁されても世帯の格付は変わりません。"
            "「訪問格付」から下限の例外を付けて提案してください。"
        )
    return f"{said}決裁されると、世帯の格付もこの格付に変わります。"
