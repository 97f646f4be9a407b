"""What the rows of a ledger say against each other, or against what is stored."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from desktop.database.staging import PERSONS, ROWS
from desktop.domain.ledger import MOST_SHOWN
from desktop.domain.ledger_columns import LedgerColumn
from desktop.services.ledger_import.identify import DISTRICT
from desktop.services.ledger_import.run_context import CLOSED, PERSON, Run

_OTHER = ROWS.alias("other")


def find_contradictions(run: Run) -> None:
    """Add what contradicts to the findings, each with the line where it shows and the line it speaks against."""
    for column, query, sentence in (
        (
            LedgerColumn.PERSON_NUMBER,
            _doubled_rows(),
            "同じ人が同じケースに2回あります（{}行目にもあります）。",
        ),
        (
            LedgerColumn.RELATION,
            _doubled_heads(),
            "同じケース番号に世帯主が2人います（{}行目にもいます）。",
        ),
        (
            LedgerColumn.RELATION,
            _no_head(),
            "このケースには世帯主の行がありません（{}行あります）。",
        ),
        (
            LedgerColumn.PERSON_NUMBER,
            _two_running_cases(),
            "同じ人が廃止されていない2つのケースにいます（{}行目にもいます）。",
        ),
        (LedgerColumn.BIRTH_DATE, _two_births(), "同じ宛名番号の{}行目と生年月日が違います。"),
        (
            LedgerColumn.PERSON_NUMBER,
            _somebody_else(run),
            "この宛名番号は、氏名も生年月日も違う別の人で登録されています。",
        ),
        (
            LedgerColumn.DISTRICT_CODE,
            _unknown_districts(run),
            "登録のない地区コードです。地区名の列を加えるか、地区を先に登録してください。",
        ),
        *(
            (c, _differs_from_head(c), "同じケースの{}行目（世帯主の行）と違います。")
            for c in _OF_THE_CASE
        ),
    ):
        _report(run, column, query, sentence)
    run.steps.next("矛盾を調べています")


def _report(run: Run, column: LedgerColumn, query: Select[Any, Any], sentence: str) -> None:
    found = query.subquery()
    total = run.session.scalar(select(func.count()).select_from(found)) or 0
    rows = run.session.execute(select(found).order_by(found.c[0]).limit(MOST_SHOWN)).all()
    for line, other in rows:
        run.findings.problem(line, column, sentence.format(other))
    run.findings.problem_total += total - len(rows)


def _doubled_rows() -> Select[Any, Any]:
    return (
        select(func.max(ROWS.c.line).label("line"), func.min(ROWS.c.line).label("other"))
        .group_by(ROWS.c.case_number, ROWS.c.person_number)
        .having(func.count() > 1)
    )


def _doubled_heads() -> Select[Any, Any]:
    return (
        select(func.max(ROWS.c.line).label("line"), func.min(ROWS.c.line).label("other"))
        .where(ROWS.c.is_head)
        .group_by(ROWS.c.case_number)
        .having(func.count() > 1)
    )


def _no_head() -> Select[Any, Any]:
    return (
        select(func.min(ROWS.c.line).label("line"), func.count().label("other"))
        .group_by(ROWS.c.case_number)
        .having(func.count(case((ROWS.c.is_head, 1))) == 0)
    )


def _two_running_cases() -> Select[Any, Any]:
    return (
        select(func.max(ROWS.c.line).label("line"), func.min(ROWS.c.line).label("other"))
        .where(ROWS.c.state != CLOSED)
        .group_by(ROWS.c.person_number)
        .having(func.count(ROWS.c.case_number.distinct()) > 1)
    )


def _two_births() -> Select[Any, Any]:
    return (
        select(func.max(ROWS.c.line).label("line"), func.min(ROWS.c.line).label("other"))
        .group_by(ROWS.c.person_number)
        .having(func.min(ROWS.c.birth_date) != func.max(ROWS.c.birth_date))
    )


def _somebody_else(run: Run) -> Select[Any, Any]:
    known = and_(
        PERSON.c.person_number == PERSONS.c.person_number, PERSON.c.office_id == run.office_id
    )
    return (
        select(ROWS.c.line.label("line"), ROWS.c.line.label("other"))
        .select_from(PERSONS.join(ROWS, ROWS.c.line == PERSONS.c.line).join(PERSON, known))
        .where(
            PERSON.c.name != ROWS.c.name,
            PERSON.c.kana != ROWS.c.kana,
            PERSON.c.birth_date != ROWS.c.birth_date,
        )
    )


def _unknown_districts(run: Run) -> Select[Any, Any]:
    known = select(DISTRICT.c.code).where(DISTRICT.c.office_id == run.office_id)
    return (
        select(func.min(ROWS.c.line).label("line"), func.count().label("other"))
        .where(ROWS.c.district_code.not_in(known), ROWS.c.district_code != "")
        .group_by(ROWS.c.district_code)
        .having(func.max(ROWS.c.district_name) == "")
    )


_OF_THE_CASE = {
    LedgerColumn.DISTRICT_CODE: ("district_code",),
    LedgerColumn.STATE: ("state",),
    LedgerColumn.STARTED_ON: ("started_on",),
    LedgerColumn.CLOSED_ON: ("closed_on",),
    LedgerColumn.HOUSEHOLD_TYPE: ("household_type",),
}


def _differs_from_head(column: LedgerColumn) -> Select[Any, Any]:
    """A member's row that says something else about the case than its head's row does."""
    (name,) = _OF_THE_CASE[column]
    mine, heads = ROWS.c[name], _OTHER.c[name]
    either = or_(mine.is_not(None), heads.is_not(None))
    if column is LedgerColumn.HOUSEHOLD_TYPE:
        either = and_(mine.is_not(None), heads.is_not(None))
    return (
        select(ROWS.c.line.label("line"), _OTHER.c.line.label("other"))
        .select_from(
            ROWS.join(_OTHER, and_(_OTHER.c.case_number == ROWS.c.case_number, _OTHER.c.is_head))
        )
        .where(~ROWS.c.is_head, either, mine.is_distinct_from(heads))
    )
