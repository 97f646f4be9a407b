"""The cells of a list that leaves the office: facts of the people and households behind a figure. No file is opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.fairness import age_band
from desktop.domain.group_spans import GroupSpan, Spans, span_on
from desktop.domain.households import HouseholdType, Sex
from desktop.domain.kpis import CaseRow
from desktop.domain.labels import HOUSEHOLD_TYPE, SEX
from desktop.domain.list_exports import ExportColumn
from desktop.models.households import Household, Member, Person

Cells = Mapping[ExportColumn, str]
_About = tuple[Sex | None, date | None]


def cells_of(
    session: Session,
    rows: Iterable[CaseRow],
    where: ColumnElement[bool],
    spans: Spans,
    today: date,
) -> tuple[Cells, ...]:
    """Every cell of the catalogue for each row, in their order. `where`: the households of the figure."""
    types: dict[UUID, HouseholdType | None] = {
        row[0]: row[1]
        for row in session.execute(select(Household.id, Household.household_type).where(where))
    }
    people: dict[UUID, _About] = {
        row[0]: (row[1], row[2])
        for row in session.execute(
            select(Person.id, Person.sex, Person.birth_date)
            .join(Member, Member.person_id == Person.id)
            .join(Household, Household.id == Member.household_id)
            .where(where)
        )
    }
    return tuple(_cells(row, types, people, spans, today) for row in rows)


def _cells(
    row: CaseRow,
    types: Mapping[UUID, HouseholdType | None],
    people: Mapping[UUID, _About],
    spans: Spans,
    today: date,
) -> Cells:
    kind = types.get(row.household_id)
    sex, birth = people.get(row.person_id, (None, None)) if row.person_id else (None, None)
    held: Sequence[GroupSpan] = spans.get(row.person_id, ()) if row.person_id else ()
    span = span_on(held, today)
    decision = span.decision if span is not None else None
    return {
        ExportColumn.CASE_NUMBER: row.case_number,
        ExportColumn.NAME: row.name,
        ExportColumn.DISTRICT: row.district,
        ExportColumn.HOUSEHOLD_TYPE: HOUSEHOLD_TYPE[kind] if kind else "",
        ExportColumn.SEX: SEX[sex] if sex else "",
        ExportColumn.AGE_BAND: age_band(birth, today) if row.person_id else "",
        ExportColumn.GROUP: decision.group.value if decision else "",
        ExportColumn.DECIDED_ON: decision.effective_from.isoformat() if decision else "",
        ExportColumn.REVIEW_ON: decision.next_review_on.isoformat() if decision else "",
        ExportColumn.COUNTS: "1" if row.counts else "0",
        ExportColumn.WORDS: row.words,
    }
