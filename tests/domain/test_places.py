"""Addresses find the point of their 町丁目 or 大字, whichever way they are written, and nothing is guessed."""

from __future__ import annotations

import pytest

from desktop.domain.places import PlaceLevel, TownIndex, TownKind, TownPoint

CHOME, TOWN = PlaceLevel.CHOME, PlaceLevel.TOWN


def point(
    town: str, kind: str, at: int, city: str = "架空市", prefecture: str = "見本県"
) -> TownPoint:
    return TownPoint(
        prefecture=prefecture,
        city_code=city,
        city=city,
        town_code=f"{prefecture}{city}{town}",
        town=town,
        kind=TownKind(kind),
        latitude=at,
        longitude=at,
    )


INDEX = TownIndex(
    [
        point("本町一丁目", "3", 10),
        point("本町二丁目", "3", 20),
        point("本町十一丁目", "3", 30),
        point("大字岩根", "1", 5),
        point("字沢", "2", 7),
        point("桜ヶ丘", "1", 1),
        point("港町", "1", 40),
        point("港町一丁目", "3", 49),
        point("見本台", "1", 50, city="例郡見本町"),
        point("中央", "1", 60, city="同名市"),
        point("中央", "1", 61, city="同名市", prefecture="別県"),
        point("一番町", "1", 70),
    ]
)


@pytest.mark.parametrize(
    ("address", "level", "at"),
    [
        ("見本県架空市本町一丁目2番3号", CHOME, 10),
        ("架空市本町２丁目３番地", CHOME, 20),
        ("架空市本町1-2-3", CHOME, 10),
        ("架空市　本町　１－２－３", CHOME, 10),
        ("架空市本町11-2", CHOME, 30),
        ("架空市本町十一丁目２", CHOME, 30),
        ("架空市本町三丁目1", TOWN, 20),
        ("架空市本町", TOWN, 20),
        ("架空市岩根126", TOWN, 5),
        ("架空市大字岩根126番地", TOWN, 5),
        ("架空市沢4", TOWN, 7),
        ("架空市桜ケ丘3-1", TOWN, 1),
        ("架空市櫻ヶ丘3-1", TOWN, 1),
        ("例郡見本町見本台9", TOWN, 50),
        ("見本県見本町見本台9", TOWN, 50),
        ("別県同名市中央1", TOWN, 61),
        ("架空市一番町4", TOWN, 70),
    ],
)
def test_the_place_of_an_address(address, level, at):
    found = INDEX.find(address)
    assert (found.level, found.latitude, found.longitude) == (level, at, at)
    assert found.name


@pytest.mark.parametrize(
    "address",
    ["", "よその市本町1-1", "架空市知らない町1", "同名市中央1", "本町1-1", "架空市", "〒000-0000"],
)
def test_what_does_not_fit_is_unknown(address):
    found = INDEX.find(address)
    assert (found.level, found.latitude, found.name) == (PlaceLevel.UNKNOWN, None, "")


@pytest.mark.parametrize("address", ["架空市港町1番地5", "架空市港町1-5"])
def test_a_house_number_is_not_taken_for_a_chome(address):
    """港町 exists by itself and has a 一丁目: the number alone does not say which, so the middle of 港町 it is."""
    found = INDEX.find(address)
    assert (found.level, found.latitude) == (TOWN, 40)


def test_written_out_it_is():
    assert INDEX.find("架空市港町1丁目5").level is CHOME


def test_without_any_file_everything_is_unknown():
    empty = TownIndex([])
    assert empty.is_empty
    assert empty.find("見本県架空市本町1-1").level is PlaceLevel.UNKNOWN
