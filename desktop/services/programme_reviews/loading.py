"""What programmes did in a fiscal year, and the newest sheets about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.dates import months_later
from desktop.domain.group_spans import group_on
from desktop.domain.kpis import Period
from desktop.domain.programme_reviews import (
    ProgrammeReview,
    ProgrammeYear,
    PromotionInput,
    PromotionItem,
    ReviewInput,
)
from desktop.models.activities import ActivityRecord
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.participations import Participation
from desktop.models.programme_reviews import (
    ProgrammeReviewApproval,
    ProgrammeReviewRecord,
    PromotionPlanLine,
)
from desktop.services.effort.spans import closings, group_spans
from desktop.services.masters.lookup_plans import outcomes, programmes

_APRIL = 4


def year_of(fiscal_year: int) -> Period:
    """The days of a fiscal year."""
    first = date(fiscal_year, _APRIL, 1)
    return Period(first=first, last=months_later(first, 12) - timedelta(days=1))


def programme_years(
    session: Session, office_id: UUID, where: ColumnElement[bool], fiscal_year: int, today: date
) -> tuple[ProgrammeYear, ...]:
    """Every programme of the office's list with its year: persons, minutes of acts for them (推計), how it ended by group."""
    period = year_of(fiscal_year)
    known, ways = programmes(session, office_id, today), outcomes(session, office_id, today)
    spans = group_spans(session, where, closings(session, where))
    p = Participation
    rows = session.execute(
        select(p.programme, p.person_id, p.starts_on, p.ended_on, p.outcome)
        .join(Household, Household.id == p.household_id)
        .where(where, p.starts_on <= period.last)
    )
    taking: dict[str, list[tuple[UUID, date, date | None, str | None]]] = defaultdict(list)
    for name, person_id, begins, ends, outcome in rows:
        if period.meets(begins, ends):
            taking[name].append((person_id, begins, ends, outcome))
    acts = _acts(session, where, period)
    found = []
    for code, programme in known.items():
        of_programme = taking.get(code, [])
        ended: Counter[tuple[str, str]] = Counter()
        for person_id, _, ends, outcome in of_programme:
            if ends is not None and period.has(ends):
                label = ways[outcome].label if outcome in ways else "結果なし"
                group = group_on(spans, person_id, ends)
                ended[group.main if group else "", label] += 1
        found.append(
            ProgrammeYear(
                programme=code,
                label=programme.label,
                persons=len({person_id for person_id, *_ in of_programme}),
                began=sum(1 for _, begins, *_ in of_programme if period.has(begins)),
                ended=sum(1 for *_, ends, _ in of_programme if period.has(ends)),
                minutes=_minutes(of_programme, acts, period),
                outcomes=tuple((*key, count) for key, count in sorted(ended.items())),
            )
        )
    return tuple(found)


def _acts(
    session: Session, where: ColumnElement[bool], period: Period
) -> dict[UUID, list[tuple[date, int]]]:
    a, later = ActivityRecord, aliased(ActivityRecord)
    rows = session.execute(
        select(a.person_id, a.done_on, a.minutes)
        .join(Household, Household.id == a.household_id)
        .outerjoin(later, later.replaces_id == a.id)
        .where(
            where,
            a.done_on.between(period.first, period.last),
            later.id.is_(None),
            a.is_void.is_(False),
        )
    )
    found: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    for person_id, day, minutes in rows:
        found[person_id].append((day, minutes))
    return found


def _minutes(
    taking: list[tuple[UUID, date, date | None, str | None]],
    acts: dict[UUID, list[tuple[date, int]]],
    period: Period,
) -> int:
    """Minutes of acts for people while they took part; somebody in it twice at once counts once."""
    days: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    for person_id, begins, ends, _ in taking:
        days[person_id].append((begins, ends or period.last))
    return sum(
        minutes
        for person_id, spans in days.items()
        for day, minutes in acts.get(person_id, ())
        if any(begins <= day <= ends for begins, ends in spans)
    )


def newest_reviews(
    session: Session, office_id: UUID, fiscal_year: int
) -> dict[str, ProgrammeReview]:
    """Programme → its newest sheet of the year."""
    r, a, writes, approves = ProgrammeReviewRecord, ProgrammeReviewApproval, Staff, aliased(Staff)
    rows = session.execute(
        select(r, writes.name, approves.name, a.approved_at)
        .join(writes, writes.id == r.made_by)
        .outerjoin(a, a.review_id == r.id)
        .outerjoin(approves, approves.id == a.approved_by)
        .where(r.office_id == office_id, r.fiscal_year == fiscal_year)
        .order_by(r.made_at, r.id)
    )
    return {row[0].programme: _review(*row) for row in rows}


def _review(
    row: ProgrammeReviewRecord, author: str, approved_by: str | None, approved_at: datetime | None
) -> ProgrammeReview:
    return ProgrammeReview(
        given=ReviewInput(
            review_id=row.id,
            programme=row.programme,
            fiscal_year=row.fiscal_year,
            verdict=row.verdict,
            cost=row.cost,
            reason=row.reason,
            remarks=row.remarks,
        ),
        persons=row.persons,
        minutes=row.minutes,
        outcomes=row.outcomes,
        author=author,
        author_id=row.made_by,
        made_at=row.made_at,
        approved_by=approved_by or "",
        approved_at=approved_at,
    )


def newest_plan(
    session: Session, office_id: UUID, fiscal_year: int
) -> dict[PromotionItem, tuple[PromotionInput, datetime]]:
    """Item → its newest line of the promotion plan, and when it was written."""
    p = PromotionPlanLine
    rows = session.scalars(
        select(p)
        .where(p.office_id == office_id, p.fiscal_year == fiscal_year)
        .order_by(p.made_at, p.id)
    )
    return {
        row.item: (
            PromotionInput(
                line_id=row.id,
                fiscal_year=row.fiscal_year,
                item=row.item,
                target=row.target,
                result=row.result,
                remarks=row.remarks,
            ),
            row.made_at,
        )
        for row in rows
    }
