"""Points of towns on both databases: all or nothing, the newest of a municipality, and where addresses lie."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.master_tables import Master
from desktop.domain.places import PlaceLevel
from desktop.domain.roles import Role
from desktop.models.ledger import AddressPeriod
from desktop.models.masters import MasterValue
from desktop.models.office import District, Office
from desktop.models.places import TownPointRecord
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, LONG_AGO, add, make_staff, signed_in
from tests.support.visits import HEADER, LINES, town_file


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def administrator(office):
    with office.work() as session:
        own = session.get_one(Office, office.caseworker.office_id)
        return signed_in(session, make_staff(session, Role.ADMINISTRATOR, office=own))


@pytest.fixture
def admin(office, administrator):
    return office.desk(administrator)


def live_at(office, address: str) -> None:
    with office.work() as session:
        period = AddressPeriod(
            office_id=office.caseworker.office_id,
            household_id=office.household_id,
            address=address,
            valid_from=LONG_AGO,
        )
        add(session, period)


def place(office):
    caseworker = office.desk(office.caseworker)
    return caseworker.preferences.of_household(office.household_id).place


def points(office) -> int:
    with office.work() as session:
        return session.scalar(select(func.count()).select_from(TownPointRecord)) or 0


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_a_file_is_looked_at_and_taken_in(office, admin, administrator, tmp_path, encoding):
    preview = admin.places.preview(town_file(tmp_path, encoding=encoding))
    assert (len(preview.points), preview.error_count) == (3, 0)
    assert preview.cities == (("見本県架空市", 3),)
    assert points(office) == 0
    assert admin.places.take_in(preview) == 3
    (found,) = admin.places.imports()
    assert (found.points, found.cities, found.imported_by) == (
        3,
        ("見本県架空市",),
        administrator.name,
    )
    assert found.file_name == "98_2024.csv"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("98,見本県,98001,架空市,1,本町,x,139.1,1,3", "「緯度」が数ではありません"),
        ("98,見本県,98001,架空市,1,本町,139.1,35.1,1,3", "日本の範囲ではありません"),
        ("98,見本県,98001,架空市,1,,35.1,139.1,1,3", "「大字町丁目名」が空です"),
        ("98,見本県,98001,架空市,1,本町,35.1,139.1,1,9", "0・1・2・3のどれか"),
        ("98,見本県,98001,架空市", "「大字町丁目コード」が空です"),
        (LINES[0], "2回あります"),
    ],
)
def test_one_bad_line_and_nothing_is_taken_in(office, admin, tmp_path, line, words):
    preview = admin.places.preview(town_file(tmp_path, *LINES, line))
    assert preview.error_count == 1
    assert preview.errors[0].startswith("5行目：")
    assert words in preview.errors[0]
    with pytest.raises(UserError, match="1行あります"):
        admin.places.take_in(preview)
    assert points(office) == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空です"),
        (b"PK\x03\x04....", "ZIP"),
        ("名前,住所\r\na,b\r\n".encode("cp932"), "必要な列がありません"),
        (HEADER.encode("cp932"), "行がありません"),
        (b"\xff\xfe\x00\x81", "Shift_JISでもUTF-8でもない"),
        ((HEADER + '\r\n"98,見本県').encode("cp932"), "読み取れません"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(admin, tmp_path, content, words):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=words):
        admin.places.preview(path)


def test_a_missing_file_is_refused(admin, tmp_path):
    with pytest.raises(UserError, match="見つかりません"):
        admin.places.preview(tmp_path / "none.csv")


def test_only_an_administrator_takes_points_in(office, admin, tmp_path):
    preview = admin.places.preview(town_file(tmp_path))
    for who in (office.caseworker, office.head, office.records):
        with pytest.raises(NotPermittedError):
            office.desk(who).places.take_in(preview)


@pytest.mark.parametrize(
    ("address", "level", "name"),
    [
        ("見本県架空市本町1-9012", PlaceLevel.CHOME, "架空市本町一丁目"),
        ("見本県架空市岩根9012番地", PlaceLevel.TOWN, "架空市大字岩根"),
        ("よその県知らない市1", PlaceLevel.UNKNOWN, ""),
    ],
)
def test_an_address_is_found_by_the_points(office, admin, tmp_path, address, level, name):
    live_at(office, address)
    assert place(office).level is PlaceLevel.UNKNOWN
    admin.places.take_in(admin.places.preview(town_file(tmp_path)))
    assert (place(office).level, place(office).name) == (level, name)


def test_of_a_municipality_the_newest_import_counts(office, admin, administrator, tmp_path):
    live_at(office, "見本県架空市本町1-9012")
    admin.places.take_in(admin.places.preview(town_file(tmp_path)))
    moved = LINES[0].replace("35.1", "36.1")
    other = "98,見本県,98002,例市,980020001001,例台,35.4,139.4,1,1"
    newer = office.desk(administrator, later(CLOCK, days=1))
    newer.places.take_in(newer.places.preview(town_file(tmp_path, moved, other)))
    assert place(office).latitude == 36_100_000
    assert [each.points for each in newer.places.imports()] == [2, 3]


def test_where_no_point_fits_the_office_s_table_of_districts_counts(office):
    live_at(office, "よその県知らない市1")
    with office.work() as session:
        code = session.get_one(District, next(iter(office.caseworker.district_ids))).code
        value = MasterValue(
            office_id=office.caseworker.office_id,
            table_name=Master.DISTRICT_MINUTES.value,
            key=f"{code}・office",
            valid_from=LONG_AGO,
            value={"minutes": 25, "note": ""},
            source="見本",
            entered_at=CLOCK.now(),
            approved_at=CLOCK.now(),
        )
        add(session, value)
    assert place(office).level is PlaceLevel.DISTRICT


def test_the_list_begins_with_what_was_not_found(office, admin, tmp_path):
    live_at(office, "よその県知らない市1")
    (found,) = office.desk(office.caseworker).places.of_households()
    assert (found.place.level, found.address) == (PlaceLevel.UNKNOWN, "よその県知らない市1")
    assert found.head
    assert office.desk(office.outsider).places.of_households() == ()
