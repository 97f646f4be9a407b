"""A second ledger, a month later: changes become dated rows and nothing of the past is overwritten."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.domain.clock import FixedClock
from desktop.domain.errors import UserError
from desktop.domain.households import HouseholdState
from desktop.domain.ledger import LedgerChangeKind
from desktop.models.households import Household, HouseholdKey, Member, Person, SafetyMark
from desktop.models.ledger import (
    AddressPeriod,
    DistrictPeriod,
    HouseholdStatePeriod,
    ResidencePeriod,
    TakeOver,
    VisitGradePeriod,
    WorkPeriod,
)
from desktop.models.office import District
from tests.services.ledger_import.ledgers import (
    ALL,
    CLOSED,
    HEAD,
    SECOND,
    SHIELDED,
    TRAINING,
    WIFE,
    contents,
    empty_office,
    importer,
    write_ledger,
)
from tests.support.factories import CLOCK, TODAY

LATER = FixedClock(CLOCK.instant + timedelta(days=31))
THEN = LATER.today()
DAY_BEFORE = THEN - timedelta(days=1)


@pytest.fixture
def work(engine, tmp_path: Path):
    work = empty_office(engine)
    importer(work).run(write_ledger(tmp_path), TRAINING)
    return work


def again(work, folder: Path, *rows, clock=LATER):
    """Take in a second ledger, and the same once more: that must change nothing."""
    path = write_ledger(folder, rows)
    found = importer(work, clock).run(path, TRAINING)
    assert found.problems == ()
    before = contents(work)
    repeated = importer(work, clock).run(path, TRAINING)
    assert repeated.changes_nothing, repeated.changes
    assert contents(work) == before
    return found


def what_changed(found, case_number="00001"):
    return next(
        c.what
        for c in found.changes
        if c.case_number == case_number and c.kind is LedgerChangeKind.CHANGED
    )


def periods(work, table, column, case_number="00001"):
    """(value, from, to) of a household's periods, oldest first."""
    with work() as session:
        rows = session.execute(
            select(getattr(table, column), table.valid_from, table.valid_to)
            .join(Household, Household.id == table.household_id)
            .where(Household.case_number == case_number)
            .order_by(table.valid_from)
        )
        return [tuple(row) for row in rows]


def person_periods(work, table, column, person_number):
    with work() as session:
        rows = session.execute(
            select(getattr(table, column), table.valid_from, table.valid_to)
            .join(Person, Person.id == table.person_id)
            .where(Person.person_number == person_number)
            .order_by(table.valid_from)
        )
        return [tuple(row) for row in rows]


def test_a_move_closes_the_old_address_the_day_before(work, tmp_path: Path):
    found = again(work, tmp_path, HEAD | {"住所": "架空県架空市青葉9-8-7"}, *ALL[1:])
    assert what_changed(found) == ("住所",)
    assert (found.changed_households, found.changed_rows, found.new_rows) == (1, 1, 0)
    assert periods(work, AddressPeriod, "address") == [
        ("架空県架空市緑町1-2-3", TODAY, DAY_BEFORE),
        ("架空県架空市青葉9-8-7", THEN, None),
    ]


def test_a_correction_on_the_same_day_is_made_in_place(work, tmp_path: Path):
    again(work, tmp_path, HEAD | {"住所": "架空県架空市青葉9-8-7"}, *ALL[1:], clock=CLOCK)
    assert periods(work, AddressPeriod, "address") == [("架空県架空市青葉9-8-7", TODAY, None)]


def test_a_closed_case_ends_on_its_closing_day(work, tmp_path: Path):
    closed = {"保護状態": "廃止", "保護廃止日": "R061015"}
    again(work, tmp_path, HEAD | closed, WIFE | closed, *ALL[2:])
    assert periods(work, HouseholdStatePeriod, "state") == [
        (HouseholdState.RECEIVING, date(2018, 4, 1), date(2024, 10, 14)),
        (HouseholdState.CLOSED, date(2024, 10, 15), None),
    ]
    assert {row[2] for row in periods(work, Member, "relation")} == {date(2024, 10, 14)}


def test_a_closed_case_that_runs_again_keeps_its_history(work, tmp_path: Path):
    runs_again = CLOSED | {"保護状態": "受給中", "保護廃止日": "", "保護開始日": "R061010"}
    again(work, tmp_path, *ALL[:4], runs_again)
    assert [row[0] for row in periods(work, HouseholdStatePeriod, "state", "00004")] == [
        HouseholdState.RECEIVING,
        HouseholdState.CLOSED,
        HouseholdState.RECEIVING,
    ]
    assert periods(work, Member, "relation", "00004")[1][1:] == (date(2024, 10, 10), None)


def test_a_suspension_begins_on_the_day_of_the_import(work, tmp_path: Path):
    again(work, tmp_path, *ALL[:2], SECOND | {"保護状態": "停止中"}, *ALL[3:])
    assert periods(work, HouseholdStatePeriod, "state", "00002")[1] == (
        HouseholdState.SUSPENDED,
        THEN,
        None,
    )


def test_a_new_district_is_made_and_the_household_moves_there(work, tmp_path: Path):
    moved = {"地区コード": "03", "地区名": "新町"}
    found = again(work, tmp_path, HEAD | moved, WIFE | moved, *ALL[2:])
    assert found.new_districts == 1
    assert len(periods(work, DistrictPeriod, "district_id")) == 2
    with work() as session:
        household = session.scalars(select(Household).where(Household.case_number == "00001")).one()
        assert session.get_one(District, household.district_id).name == "新町"
        assert household.version == 2


def test_leaving_hospital_and_beginning_work(work, tmp_path: Path):
    home = WIFE | {"居所区分": "居宅", "施設名": "", "就労先": "架空食堂"}
    again(work, tmp_path, HEAD, home, *ALL[2:])
    assert person_periods(work, ResidencePeriod, "place", "1002") == [
        ("架空病院", TODAY, DAY_BEFORE)
    ]
    assert person_periods(work, WorkPeriod, "employer", "1002") == [("架空食堂", THEN, None)]


def test_another_grade(work, tmp_path: Path):
    again(work, tmp_path, HEAD | {"訪問格付": "B"}, *ALL[1:])
    assert periods(work, VisitGradePeriod, "grade") == [
        ("C", TODAY, DAY_BEFORE),
        ("B", THEN, None),
    ]


def test_members_come_and_go(work, tmp_path: Path):
    child = WIFE | {"宛名番号": "1003", "続柄": "子", "氏名": "試験　三郎", "居所区分": "居宅"}
    found = again(work, tmp_path, HEAD, child | {"施設名": ""}, *ALL[2:])
    assert (found.new_rows, found.left_members) == (1, 1)
    assert sorted(periods(work, Member, "relation"), key=repr) == [
        ("child", THEN, None),
        ("head", date(2018, 4, 1), None),
        ("spouse", date(2018, 4, 1), DAY_BEFORE),
    ]


def test_the_wife_becomes_the_head(work, tmp_path: Path):
    head = WIFE | {"世帯主区分": "1", "続柄": "世帯主"}
    found = again(work, tmp_path, head, *ALL[2:])
    assert found.left_members == 1
    with work() as session:
        household = session.scalars(select(Household).where(Household.case_number == "00001")).one()
        assert household.head_name == "試験　花子"
        words = set(
            session.scalars(
                select(HouseholdKey.word).where(HouseholdKey.household_id == household.id)
            )
        )
    assert "しけんはなこ" in words
    assert "しけんたろう" not in words


def test_a_person_moves_to_another_case(work, tmp_path: Path):
    alone = WIFE | {"ケース番号": "00009", "世帯主区分": "1", "続柄": "世帯主"}
    found = again(work, tmp_path, HEAD, alone, *ALL[2:])
    assert (found.new_households, found.left_members) == (1, 1)
    with work() as session:
        assert len(session.scalars(select(Person)).all()) == 5


def test_protection_of_the_address_hides_the_names(work, tmp_path: Path):
    again(work, tmp_path, *(row | {"支援措置": "1"} for row in (HEAD, WIFE)), *ALL[2:])
    with work() as session:
        household = session.scalars(select(Household).where(Household.case_number == "00001")).one()
        assert (household.is_shielded, household.head_name, household.sort_key) == (
            True,
            "",
            "00001",
        )
        words = session.scalars(
            select(HouseholdKey.word).where(HouseholdKey.household_id == household.id)
        )
        assert set(words) == {"00001", "1"}


def test_protection_of_the_address_ends(work, tmp_path: Path):
    again(work, tmp_path, *ALL[:3], SHIELDED | {"支援措置": "0"}, CLOSED)
    with work() as session:
        mark = session.scalars(select(SafetyMark)).one()
        assert mark.valid_to == DAY_BEFORE
        names = session.scalars(select(Household.head_name).where(Household.case_number == "00003"))
        assert names.one() == "秘匿　三子"


def test_a_vanished_household_is_named_and_left_alone(work, tmp_path: Path):
    before = periods(work, HouseholdStatePeriod, "state", "00002")
    found = again(work, tmp_path, HEAD, WIFE, SHIELDED, CLOSED)
    assert found.vanished_households == 1
    assert [c.case_number for c in found.changes] == ["00002"]
    assert periods(work, HouseholdStatePeriod, "state", "00002") == before


def test_a_changed_name_is_found_and_the_old_one_is_not(work, tmp_path: Path):
    named = SECOND | {"氏名": "𠮷野　次郎", "氏名カナ": "ヨシノ　ジロウ"}
    rows = (*ALL[:2], named, *ALL[3:])
    path = write_ledger(tmp_path, rows, encoding="utf-8-sig")
    found = importer(work, LATER).run(path, TRAINING)
    assert found.problems == ()
    assert what_changed(found, "00002") == ("世帯主", "氏名", "氏名カナ")
    with work() as session:
        words = set(
            session.scalars(
                select(HouseholdKey.word)
                .join(Household, Household.id == HouseholdKey.household_id)
                .where(Household.case_number == "00002")
            )
        )
    assert "よしのじろう" in words
    assert "たかさきじろう" not in words


def test_what_the_former_system_knew_is_kept_once(work, tmp_path: Path):
    again(work, tmp_path, HEAD | {"最終面接日": "R061020", "最終資産申告日": "R060701"}, *ALL[1:])
    with work() as session:
        row = session.scalars(
            select(TakeOver)
            .join(Household, Household.id == TakeOver.household_id)
            .where(Household.case_number == "00001")
        ).one()
        assert row.taken_over_on == TODAY
        assert row.last_met_on == date(2024, 8, 1)
        assert row.assets_declared_on == date(2024, 7, 1)


def test_columns_that_are_missing_change_nothing(work, tmp_path: Path):
    needed = (*list(HEAD)[:7], "住所", "地区コード", "保護状態", "保護開始日", "保護廃止日")
    rows = ({name: row[name] for name in needed} for row in ALL)
    found = importer(work, LATER).run(write_ledger(tmp_path, rows), TRAINING)
    assert found.problems == ()
    assert found.changes_nothing


def test_an_older_day_than_the_last_import_is_refused(work, tmp_path: Path):
    again(work, tmp_path, HEAD | {"訪問格付": "B"}, *ALL[1:])
    with pytest.raises(UserError, match="この日付より後の台帳"):
        importer(work, CLOCK).run(write_ledger(tmp_path), TRAINING)
