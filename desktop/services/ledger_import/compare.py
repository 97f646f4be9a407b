"""What the file changes: one row per line and kind of fact in the scratch table of changes. Nothing is stored yet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    case,
    exists,
    false,
    insert,
    literal,
    or_,
    select,
)

from desktop.database.staging import CASES, CHANGES, PERSONS, ROWS, count_staged
from desktop.services.ledger_import.ledger_facts import FACTS
from desktop.services.ledger_import.run_context import (
    CLOSED,
    HOUSEHOLD,
    MEMBER,
    PERSON,
    TAKE_OVER,
    Run,
    all_members,
    described_persons,
    differs,
    heads,
)
from desktop.services.ledger_import.state_corrections import note_corrected_days

NEW, JOINED, LEFT, RELATION = "新規", "世帯員の追加", "世帯員の転出", "続柄"
_COLUMNS = ("household_id", "line", "what")
#: Days of the take-over that a later file may still fill in.
TAKE_OVER_DAYS = (
    "last_met_on",
    "policy_approved_on",
    "policy_due_on",
    "income_declared_on",
    "assets_declared_on",
)
_PERSON_COLUMNS = {
    "氏名": ("name",),
    "氏名カナ": ("kana",),
    "生年月日": ("birth_date",),
    "性別": ("sex",),
    "死亡日": ("died_on",),
}


def compare(run: Run) -> None:
    """Fill the scratch table of changes."""
    _note(run, NEW, all_members(), CASES.c.is_new)
    _note(run, JOINED, all_members(), and_(~CASES.c.is_new, joins()))
    _note(run, RELATION, all_members(), and_(~CASES.c.is_new, is_otherwise_related()))
    _left(run)
    run.steps.next("比べています")
    _note(
        run,
        "世帯主",
        heads().join(HOUSEHOLD, HOUSEHOLD.c.id == CASES.c.household_id),
        _head_differs(),
    )
    persons = described_persons().join(PERSON, PERSON.c.id == PERSONS.c.person_id)
    for what, (name,) in _PERSON_COLUMNS.items():
        said = ROWS.c[name].is_not(None)
        _note(run, what, persons, and_(said, differs(PERSON.c[name], ROWS.c[name])))
    for fact in FACTS:
        _note(run, fact.what, fact.source, and_(~fact.owner_is_new, fact.is_changed))
        run.steps.next("比べています")
    note_corrected_days(run)
    taken_over = heads().join(TAKE_OVER, TAKE_OVER.c.household_id == CASES.c.household_id)
    _note(run, "引継事項", taken_over, or_(*(fills_in(name) for name in TAKE_OVER_DAYS)))
    count_staged(run.session.connection(), CHANGES)


def is_running() -> ColumnElement[bool]:
    """The row's case is not closed."""
    return ROWS.c.state != CLOSED


def open_membership() -> Any:  # noqa: ANN401 - a SELECT of SQLAlchemy's overloads
    """The row's person's running place in the row's household."""
    return (
        select(1)
        .select_from(MEMBER)
        .where(
            MEMBER.c.household_id == CASES.c.household_id,
            MEMBER.c.person_id == PERSONS.c.person_id,
            MEMBER.c.valid_to.is_(None),
        )
        .correlate(CASES, PERSONS, ROWS)
    )


def joins() -> ColumnElement[bool]:
    """The person has no running place there; in a closed case: never had one."""
    ever = (
        select(1)
        .select_from(MEMBER)
        .where(
            MEMBER.c.household_id == CASES.c.household_id,
            MEMBER.c.person_id == PERSONS.c.person_id,
        )
        .correlate(CASES, PERSONS, ROWS)
    )
    return case((is_running(), ~open_membership().exists()), else_=~ever.exists())


def is_otherwise_related() -> ColumnElement[bool]:
    """The running place says another relation, or another head."""
    other = or_(MEMBER.c.relation != ROWS.c.relation, MEMBER.c.is_head != ROWS.c.is_head)
    return and_(is_running(), open_membership().where(other).exists())


def leaves() -> ColumnElement[bool]:
    """A running place that the file no longer has, in a household that is in the file or left for another one."""
    listed = exists().where(
        ROWS.c.case_number == HOUSEHOLD.c.case_number,
        ROWS.c.person_number == PERSON.c.person_number,
    )
    elsewhere = exists().where(
        ROWS.c.person_number == PERSON.c.person_number,
        ROWS.c.case_number != HOUSEHOLD.c.case_number,
        ROWS.c.state != CLOSED,
    )
    in_file = exists().where(CASES.c.household_id == HOUSEHOLD.c.id)
    running = HOUSEHOLD.c.state != CLOSED
    return and_(MEMBER.c.valid_to.is_(None), ~listed, or_(in_file, and_(running, elsewhere)))


def fills_in(name: str) -> ColumnElement[bool]:
    """The file knows a day of the take-over that was missing."""
    stored, said = TAKE_OVER.c[name], ROWS.c[name]
    lies_before = said <= TAKE_OVER.c.taken_over_on if name != "policy_due_on" else ~false()
    return and_(stored.is_(None), said.is_not(None), lies_before)


def stored_members(run: Run) -> tuple[FromClause, ColumnElement[bool]]:
    """All stored places of this office with household and person."""
    return (
        MEMBER.join(HOUSEHOLD, HOUSEHOLD.c.id == MEMBER.c.household_id).join(
            PERSON, PERSON.c.id == MEMBER.c.person_id
        ),
        MEMBER.c.office_id == run.office_id,
    )


def _left(run: Run) -> None:
    source, mine = stored_members(run)
    found = (
        select(MEMBER.c.household_id, literal(0), literal(LEFT))
        .select_from(source)
        .where(mine, leaves())
    )
    run.session.execute(insert(CHANGES).from_select(_COLUMNS, found))


def _head_differs() -> ColumnElement[bool]:
    named = or_(HOUSEHOLD.c.head_name != ROWS.c.name, HOUSEHOLD.c.head_kana != ROWS.c.kana)
    hidden = HOUSEHOLD.c.head_name != ""
    return or_(
        HOUSEHOLD.c.is_shielded != CASES.c.is_shielded,
        case((CASES.c.is_shielded, hidden), else_=named),
    )


def _note(run: Run, what: str, source: FromClause, where: ColumnElement[bool]) -> None:
    found = (
        select(CASES.c.household_id, ROWS.c.line, literal(what)).select_from(source).where(where)
    )
    run.session.execute(insert(CHANGES).from_select(_COLUMNS, found))
