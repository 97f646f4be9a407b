"""The ladder from points to the district table to a flagged fixed time, in whole numbers."""

from math import cos, dist, radians

import pytest

from desktop.planning.travel import (
    DistrictMinutes,
    Place,
    Point,
    Precision,
    TravelSettings,
    TravelTable,
    metres_between,
    travel_table,
    whole_minutes,
)

HERE = Point(latitude=35_700_000, longitude=139_700_000)
NORTH = Point(latitude=35_709_000, longitude=139_700_000)
EAST = Place(district="東地区")
WEST = Place(district="西地区")
SETTINGS = TravelSettings(
    districts=(
        DistrictMinutes(first="東地区", second="西地区", minutes=25),
        DistrictMinutes(first="東地区", second="東地区", minutes=8),
    )
)


@pytest.mark.parametrize(
    ("place", "precision"),
    [
        (Place(block=HERE, chome=NORTH, district="東地区"), Precision.BLOCK),
        (Place(chome=HERE, oaza=NORTH), Precision.CHOME),
        (Place(oaza=HERE, district="東地区"), Precision.OAZA),
        (EAST, Precision.DISTRICT),
        (Place(), Precision.UNKNOWN),
    ],
)
def test_the_finest_rung_wins(place: Place, precision: Precision):
    assert place.found()[0] is precision


@pytest.mark.parametrize("latitude", [26_200_000, 35_700_000, 43_060_000, 45_500_000])
def test_the_distance_is_that_of_the_map_to_a_few_metres(latitude: int):
    first = Point(latitude=latitude, longitude=141_000_000)
    second = Point(latitude=latitude + 21_000, longitude=141_034_000)
    north = 0.021 * 111_195
    east = 0.034 * 111_195 * cos(radians((latitude + 10_500) / 1_000_000))
    assert metres_between(first, second) == pytest.approx(dist((0, 0), (north, east)), abs=5)
    assert metres_between(first, second) == metres_between(second, first)


def test_a_kilometre_by_bicycle_takes_the_detour_and_the_stop():
    table = travel_table(Place(chome=HERE), [Place(chome=NORTH)], SETTINGS)
    # 1,000 m × 1.3 ÷ 200 m a minute + 2 minutes
    assert table.minutes(0, 1) == 9
    assert table.between(1, 1) == 0


def test_two_homes_on_one_centroid_are_not_one_house():
    one, other = Place(chome=NORTH), Place(chome=NORTH)
    table = travel_table(Place(chome=HERE), [one, other, one], SETTINGS)
    assert table.minutes(1, 2) == 3
    assert table.minutes(1, 3) == 0


def test_the_district_table_answers_where_there_is_no_point_and_unknown_is_flagged():
    table = travel_table(
        EAST, [WEST, Place(district="東地区"), Place(), Place(district="島")], SETTINGS
    )
    assert [table.minutes(0, row) for row in range(1, 5)] == [25, 8, 20, 20]
    assert table.unknown == (3, 4)


def test_a_river_adds_its_minutes_between_two_districts():
    settings = TravelSettings(
        corrections=(DistrictMinutes(first="川東", second="川西", minutes=12),)
    )
    places = [Place(chome=NORTH, district="川西"), Place(chome=NORTH, district="川東")]
    table = travel_table(Place(chome=HERE, district="川東"), places, settings)
    assert table.minutes(0, 1) == table.minutes(0, 2) + 12


@pytest.mark.parametrize(("price", "minutes"), [(0, 0), (49, 0), (50, 1), (149, 1), (150, 2)])
def test_half_a_minute_is_rounded_up(price: int, minutes: int):
    assert whole_minutes(price) == minutes


def test_a_table_that_is_no_square_is_refused():
    with pytest.raises(ValueError, match="square"):
        TravelTable(size=2, price=(0, 1, 1))
