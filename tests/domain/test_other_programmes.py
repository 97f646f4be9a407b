"""What is to be checked for a person of an age."""

from __future__ import annotations

import pytest

from desktop.domain.other_programmes import Chance, OtherProgramme, to_check

OLD_AGE = OtherProgramme(code="old", label="老齢年金", from_age=65)
EARLY = OtherProgramme(code="early", label="繰上げ", from_age=60, to_age=64)
CHILD = OtherProgramme(code="child", label="児童手当", to_age=18)
ANY = OtherProgramme(code="any", label="手帳")


@pytest.mark.parametrize(
    ("programme", "age", "chance"),
    [
        (OLD_AGE, 63, None),
        (OLD_AGE, 64, Chance.SOON),
        (OLD_AGE, 65, Chance.NOW),
        (OLD_AGE, 100, Chance.NOW),
        (EARLY, 58, None),
        (EARLY, 59, Chance.SOON),
        (EARLY, 64, Chance.NOW),
        (EARLY, 65, None),
        (CHILD, 0, Chance.NOW),
        (CHILD, 18, Chance.NOW),
        (CHILD, 19, None),
        (OLD_AGE, None, Chance.AGE_UNKNOWN),
        (ANY, 40, Chance.ANY_AGE),
        (ANY, None, Chance.ANY_AGE),
    ],
)
def test_what_an_age_says(programme: OtherProgramme, age: int | None, chance: Chance | None):
    assert programme.chance(age) is chance


def test_the_list_keeps_the_order_of_the_table_and_leaves_out_what_does_not_fit():
    found = to_check((OLD_AGE, CHILD, ANY), 70)
    assert [item.programme.code for item in found] == ["old", "any"]
