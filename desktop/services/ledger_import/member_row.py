"""One row of the ledger, a member of a household, as it goes into the staging table."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.domain.era import age_on, format_date
from desktop.domain.households import HouseholdState, Relation, ResidenceKind
from desktop.domain.kana import sort_key
from desktop.domain.ledger_columns import LedgerColumn as C
from desktop.services.ledger_import.cells import CellReader

_OLDEST = 120
_PAST_DAYS = {
    C.LAST_MET_ON: "last_met_on",
    C.POLICY_APPROVED_ON: "policy_approved_on",
    C.INCOME_DECLARED_ON: "income_declared_on",
    C.ASSETS_DECLARED_ON: "assets_declared_on",
    C.DIED_ON: "died_on",
}
Values = dict[str, object]


def read_member(cells: CellReader[C], today: date) -> Values:
    """The current row as values of the staging table's columns. Problems go to the reader's findings."""
    row: Values = {"line": cells.line}
    _identify(cells, row)
    _describe_person(cells, row, today)
    _describe_household(cells, row, today)
    _describe_past(cells, row, today)
    _describe_residence(cells, row)
    return row


def _identify(cells: CellReader[C], row: Values) -> None:
    row["case_number"] = cells.number(C.CASE_NUMBER)
    row["person_number"] = cells.number(C.PERSON_NUMBER)
    relation = cells.code(C.RELATION)
    marked = cells.code(C.IS_HEAD)
    says_head = relation == Relation.HEAD
    is_head = bool(marked) if marked is not None else says_head
    if marked is not None and relation is not None and bool(marked) != says_head:
        cells.problem(C.RELATION, "世帯主区分と続柄が食い違っています。")
    if marked is None and relation is None:
        cells.problem(C.RELATION, "続柄も世帯主区分もありません。")
    row["is_head"] = is_head
    row["relation"] = relation or (Relation.HEAD if is_head else Relation.OTHER)


def _describe_person(cells: CellReader[C], row: Values, today: date) -> None:
    row["name"] = cells.needed(C.NAME, cells.text(C.NAME))
    kana = cells.needed(C.KANA, cells.kana(C.KANA))
    row["kana"] = kana
    row["sort_key"] = sort_key(kana)
    birth = cells.day(C.BIRTH_DATE)
    if birth is None:
        if not cells.raw(C.BIRTH_DATE):
            cells.problem(C.BIRTH_DATE, "空欄です。")
    elif birth > today:
        cells.problem(C.BIRTH_DATE, "取込日より後の生年月日です。")
    elif age_on(birth, today) > _OLDEST and not cells.raw(C.DIED_ON):
        cells.problem(C.BIRTH_DATE, f"{format_date(birth)}生まれは{_OLDEST}歳を超えています。")
    row |= {"birth_date": birth, "sex": cells.code(C.SEX)}


def _describe_household(cells: CellReader[C], row: Values, today: date) -> None:
    row["postal_code"] = cells.postal_code(C.POSTAL_CODE) if cells.has(C.POSTAL_CODE) else None
    row["address"] = cells.needed(C.ADDRESS, cells.text(C.ADDRESS))
    row["district_code"] = cells.number(C.DISTRICT_CODE)
    row["district_name"] = cells.text(C.DISTRICT_NAME)
    row["caseworker"] = cells.text(C.CASEWORKER)
    row["household_type"] = cells.code(C.HOUSEHOLD_TYPE)
    row["visit_grade"] = cells.text(C.VISIT_GRADE) or None
    shielded = cells.code(C.SHIELDED)
    row["is_shielded"] = None if shielded is None and not cells.has(C.SHIELDED) else bool(shielded)
    _describe_state(cells, row, today)


def _describe_state(cells: CellReader[C], row: Values, today: date) -> None:
    state = cells.code(C.STATE)
    if state is None and not cells.raw(C.STATE):
        cells.problem(C.STATE, "空欄です。")
    started, closed = cells.day(C.STARTED_ON), cells.day(C.CLOSED_ON)
    if started is None and state != HouseholdState.APPLYING and not cells.raw(C.STARTED_ON):
        cells.problem(C.STARTED_ON, "空欄です。")
    if started is not None and started > today:
        cells.problem(C.STARTED_ON, "取込日より後の日付です。")
    closed = _closed_on(cells, state, started, closed, today)
    begun = started or today
    changed = closed or begun
    row |= {
        "state": state or HouseholdState.RECEIVING,
        "started_on": begun,
        "closed_on": closed,
        "changed_on": changed,
        "changed_before": changed - timedelta(days=1),
        "known_from": closed or today,
    }


def _closed_on(
    cells: CellReader[C], state: str | None, started: date | None, closed: date | None, today: date
) -> date | None:
    """The closing day of a closed case. A case that runs again may still carry its former one."""
    if state != HouseholdState.CLOSED:
        if closed is not None and started is not None and closed >= started:
            cells.problem(C.CLOSED_ON, "保護状態が廃止ではないのに、開始日以後の廃止日があります。")
        return None
    if closed is None:
        if not cells.raw(C.CLOSED_ON):
            cells.problem(C.CLOSED_ON, "保護状態が廃止なのに、廃止日がありません。")
    elif closed > today:
        cells.problem(C.CLOSED_ON, "取込日より後の日付です。")
    elif started is not None and closed < started:
        cells.problem(C.CLOSED_ON, "保護開始日より前の廃止日です。")
    return closed


def _describe_past(cells: CellReader[C], row: Values, today: date) -> None:
    for column, name in _PAST_DAYS.items():
        day = cells.day(column)
        row[name] = day
        if day is not None and day > today:
            cells.problem(column, "取込日より後の日付です。")
    row["policy_due_on"] = cells.day(C.POLICY_DUE_ON)
    birth, died = row["birth_date"], row["died_on"]
    if isinstance(birth, date) and isinstance(died, date) and died < birth:
        cells.problem(C.DIED_ON, "生年月日より前の死亡日です。")


def _describe_residence(cells: CellReader[C], row: Values) -> None:
    """None means that the file does not say; "" that the person is at home, or has no work."""
    if cells.has(C.RESIDENCE):
        kind = cells.code(C.RESIDENCE) or ResidenceKind.HOME
        at_home = kind == ResidenceKind.HOME
        row["residence"] = "" if at_home else kind
        row["residence_place"] = "" if at_home else cells.text(C.RESIDENCE_PLACE)
    else:
        row["residence"], row["residence_place"] = None, ""
    row["employer"] = cells.text(C.EMPLOYER) if cells.has(C.EMPLOYER) else None
