"""What key figures may know of the answers behind decided groups: whether they are alike, and whether a medical opinion was new enough.

The answers stand in content, behind a ticket. PostgreSQL answers by a function of its own (`security/sql/59_programme_reviews.sql`), to
those who supervise, with keys that mean nothing; the training office looks itself.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Uuid, cast, func, select
from sqlalchemy.orm import Session

from desktop.database.papering import on_server
from desktop.domain.assessments import Health, HealthSource
from desktop.domain.dates import months_later
from desktop.models.assessments import AssessmentAnswers
from desktop.models.support_groups import SupportGroupDecision


class JudgedFacts(NamedTuple):
    """`key` is the same for the same answers; `evidence`: the opinion was new enough on the day of the decision, or too old, or None."""

    key: str
    evidence: bool | None


_EVIDENCE = {"fresh": True, "old": False, "none": None}


def judged_facts(
    session: Session, office_id: UUID, months: int, unlikely_months: int
) -> dict[UUID, JudgedFacts]:
    """Decision → its facts, of the decisions in reach. `months`: how old an opinion may be, the other where no work is to be expected."""
    if on_server(session):
        found = func.app.judged_facts(
            cast(office_id, Uuid), cast(months, Integer), cast(unlikely_months, Integer)
        ).table_valued("decision_id", "facts_key", "evidence")
        rows = session.execute(
            select(cast(found.c.decision_id, Uuid), found.c.facts_key, found.c.evidence)
        )
        return {row[0]: JudgedFacts(row[1], _EVIDENCE[row[2]]) for row in rows}
    d, a = SupportGroupDecision, AssessmentAnswers
    asked = (a.scope, a.asks_anyway, a.work, a.health, a.barriers, a.motivation, a.drive)
    here = session.execute(
        select(d.id, d.effective_from, a.health_source, a.health_on, *asked)
        .join(a, a.assessment_id == d.assessment_id)
        .where(d.office_id == office_id)
    )
    found_here = {}
    for decision_id, effective_from, source, on, *answers in here:
        evidence = None
        if on is not None and source not in (None, HealthSource.PERSON):
            limit = unlikely_months if answers[3] is Health.UNLIKELY else months
            evidence = on >= months_later(effective_from, -limit)
        found_here[decision_id] = JudgedFacts("|".join(map(str, answers)), evidence)
    return found_here
