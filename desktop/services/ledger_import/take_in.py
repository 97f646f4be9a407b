"""Stores what the file changes, with a few set-based statements in one transaction."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Date,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)

from desktop.database.staging import CASES, CHANGES, PERSONS, ROWS, new_key
from desktop.domain.households import Sex
from desktop.services.ledger_import.compare import TAKE_OVER_DAYS, fills_in
from desktop.services.ledger_import.identify import DISTRICT
from desktop.services.ledger_import.ledger_facts import FACTS, add_earlier_states
from desktop.services.ledger_import.membership import take_in_members
from desktop.services.ledger_import.run_context import (
    HOUSEHOLD,
    PERSON,
    TAKE_OVER,
    Run,
    differs,
    heads,
)
from desktop.services.ledger_import.state_corrections import take_in_corrected_days
from desktop.services.ledger_import.training_staff import staff_training_office
from desktop.services.ledger_import.words import parts_of, take_in_words

_WHAT = "保存しています"
_STEPS = len(FACTS) + 6


def take_in(run: Run, households: int) -> None:
    """Store everything for so many new and changed households; the caller found no problem."""
    run.steps.store(_STEPS + parts_of(households))
    _add_districts(run)
    _add_persons(run)
    _change_persons(run)
    run.steps.next(_WHAT)
    _add_households(run)
    run.steps.next(_WHAT)
    take_in_members(run)
    run.steps.next(_WHAT)
    add_earlier_states(run)
    for fact in FACTS:
        fact.take_in(run)
        run.steps.next(_WHAT)
    take_in_corrected_days(run)
    run.steps.next(_WHAT)
    _change_households(run)
    _keep_take_over(run)
    run.steps.next(_WHAT)
    staff_training_office(run)
    run.steps.next(_WHAT)
    take_in_words(run)


def is_changed() -> ColumnElement[bool]:
    """Something of the case changes."""
    return exists().where(CHANGES.c.household_id == CASES.c.household_id)


def _add_districts(run: Run) -> None:
    known = select(DISTRICT.c.code).where(DISTRICT.c.office_id == run.office_id)
    found = (
        select(ROWS.c.district_code, func.max(ROWS.c.district_name).label("name"))
        .where(ROWS.c.district_code.not_in(known))
        .group_by(ROWS.c.district_code)
        .subquery()
    )
    columns = ("id", "office_id", "code", "name", "is_special", "version")
    rows = select(
        new_key(), literal(run.office_id), found.c.district_code, found.c.name, ~true(), literal(1)
    )
    run.session.execute(insert(DISTRICT).from_select(columns, rows))
    run.session.execute(
        update(CASES)
        .where(
            CASES.c.district_id.is_(None),
            ROWS.c.line == CASES.c.line,
            DISTRICT.c.code == ROWS.c.district_code,
            DISTRICT.c.office_id == run.office_id,
        )
        .values(district_id=DISTRICT.c.id)
    )


def _add_persons(run: Run) -> None:
    columns = (
        "id",
        "office_id",
        "person_number",
        "name",
        "kana",
        "birth_date",
        "sex",
        "died_on",
        "version",
    )
    found = (
        select(
            PERSONS.c.person_id,
            literal(run.office_id),
            PERSONS.c.person_number,
            ROWS.c.name,
            ROWS.c.kana,
            ROWS.c.birth_date,
            func.coalesce(ROWS.c.sex, Sex.UNKNOWN.value),
            ROWS.c.died_on,
            literal(1),
        )
        .select_from(PERSONS.join(ROWS, ROWS.c.line == PERSONS.c.line))
        .where(PERSONS.c.is_new)
    )
    run.session.execute(insert(PERSON).from_select(columns, found))


def _change_persons(run: Run) -> None:
    names = ("name", "kana", "birth_date", "sex", "died_on")
    new = {name: func.coalesce(ROWS.c[name], PERSON.c[name]) for name in names}
    run.session.execute(
        update(PERSON)
        .where(
            PERSON.c.id == PERSONS.c.person_id,
            ROWS.c.line == PERSONS.c.line,
            ~PERSONS.c.is_new,
            or_(*(differs(PERSON.c[name], value) for name, value in new.items())),
        )
        .values({**new, "version": PERSON.c.version + 1})
    )


def _add_households(run: Run) -> None:
    values = {
        "case_number": CASES.c.case_number,
        "district_id": CASES.c.district_id,
        "state": ROWS.c.state,
        "household_type": ROWS.c.household_type,
        "is_shielded": CASES.c.is_shielded,
        "member_count": CASES.c.member_count,
        **_heading(),
    }
    found = (
        select(CASES.c.household_id, literal(run.office_id), literal(1), *values.values())
        .select_from(heads())
        .where(CASES.c.is_new)
    )
    run.session.execute(
        insert(HOUSEHOLD).from_select(("id", "office_id", "version", *values), found)
    )


def _change_households(run: Run) -> None:
    run.session.execute(
        update(HOUSEHOLD)
        .where(
            HOUSEHOLD.c.id == CASES.c.household_id,
            ROWS.c.line == CASES.c.line,
            ~CASES.c.is_new,
            is_changed(),
        )
        .values(
            {
                **_heading(),
                "district_id": CASES.c.district_id,
                "state": ROWS.c.state,
                "household_type": func.coalesce(ROWS.c.household_type, HOUSEHOLD.c.household_type),
                "is_shielded": CASES.c.is_shielded,
                "member_count": CASES.c.member_count,
                "version": HOUSEHOLD.c.version + 1,
            }
        )
    )


def _heading() -> dict[str, ColumnElement[str]]:
    """What the directory shows of the head: nothing under 支援措置, where the case number sorts."""
    return {
        "head_name": case((CASES.c.is_shielded, ""), else_=ROWS.c.name),
        "head_kana": case((CASES.c.is_shielded, ""), else_=ROWS.c.kana),
        "sort_key": case((CASES.c.is_shielded, CASES.c.case_number), else_=ROWS.c.sort_key),
    }


def _keep_take_over(run: Run) -> None:
    columns = ("id", "office_id", "household_id", "taken_over_on", *TAKE_OVER_DAYS)
    found = (
        select(
            new_key(),
            literal(run.office_id),
            CASES.c.household_id,
            literal(run.today, Date()),
            *(ROWS.c[name] for name in TAKE_OVER_DAYS),
        )
        .select_from(heads())
        .where(CASES.c.is_new)
    )
    run.session.execute(insert(TAKE_OVER).from_select(columns, found))
    for name in TAKE_OVER_DAYS:
        run.session.execute(
            update(TAKE_OVER)
            .where(
                and_(TAKE_OVER.c.household_id == CASES.c.household_id, ~CASES.c.is_new),
                ROWS.c.line == CASES.c.line,
                fills_in(name),
            )
            .values({name: ROWS.c[name]})
        )
