"""Estimates of money linked to work against the tables of employment-support 3.1 and 11.4, and every refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.work_estimates import Band, EstimateKind
from desktop.domain.work_estimates_aid import (
    JobSearchAid,
    LivelihoodAid,
    LivelihoodItem,
    TravelAid,
    job_search_aid,
    livelihood_aid,
    travel_aid,
)
from desktop.domain.work_estimates_grants import (
    IndependenceGrant,
    StudyOrWorkGrant,
    independence_grant,
    study_or_work_grant,
)
from desktop.domain.work_estimates_income import EarnedIncome, earned_income
from desktop.domain.work_estimates_kept import as_json, from_json
from tests.support.work_money import entered, shipped_tables

DAY = date(2024, 10, 1)
TABLES = shipped_tables(DAY)
SECOND = date(2019, 3, 31)
SECOND_TABLES = shipped_tables(SECOND)
REVISED = date(2024, 10, 1)


def line(found, label):
    return next(each.amount for each in found.lines if each.label == label)


def income(gross, **changes):
    return earned_income(EarnedIncome(on=DAY, gross=gross, **changes), TABLES)


#: 3.1: gross → deduction of the first earner.
@pytest.mark.parametrize(
    ("gross", "deduction"),
    [
        (0, 0),
        (1, 1),
        (15_199, 15_199),
        (15_200, 15_200),
        (18_999, 15_200),
        (19_000, 15_600),
        (22_999, 15_600),
        (23_000, 16_000),
        (27_000, 16_400),
        (31_000, 16_800),
        (35_000, 17_200),
        (38_999, 17_200),
        (39_000, 17_600),
        (50_000, 18_400),
        (80_000, 21_600),
        (100_000, 23_600),
        (150_000, 28_400),
        (200_000, 33_600),
    ],
)
def test_the_basic_deduction_goes_by_bands(gross, deduction):
    assert line(income(gross), "基礎控除") == deduction


def test_the_bands_are_the_formula_of_3_1():
    for gross in range(0, 300_000, 37):
        said = (
            gross
            if gross < 15_200
            else 15_200
            if gross < 19_000
            else 15_600 + 400 * ((gross - 19_000) // 4_000)
        )
        assert line(income(gross), "基礎控除") == said


#: Incomes and deductions of first earners that OpenFisca-Japan publishes for 2023-07.
@pytest.mark.parametrize(
    ("gross", "theirs"),
    [
        (0, 0),
        (10_000, 10_000),
        (15_000, 15_000),
        (25_000, 16_000),
        (45_000, 18_000),
        (65_000, 20_000),
    ],
)
def test_an_independent_implementation_says_the_same(gross, theirs):
    assert line(income(gross), "基礎控除") == theirs


def test_the_smooth_form_differs_by_no_more_than_half_a_step():
    for gross in range(19_000, 300_000, 53):
        smooth = 15_000 + (gross - 15_000) / 10
        assert abs(line(income(gross), "基礎控除") - smooth) <= 200


def test_money_of_11_4():
    assert line(income(100_000), "収入認定額") == 76_400
    assert line(income(15_199), "収入認定額") == 0


def test_costs_and_other_deductions_leave_more_in_hand():
    found = income(
        100_000,
        new_work_month=6,
        is_minor=True,
        birth_date=date(2007, 5, 1),
        insurance=12_000,
        commuting=4_000,
    )
    assert line(found, "収入認定額") == 100_000 - 23_600 - 11_700 - 11_600 - 16_000
    assert found.amount == 62_900
    assert line(found, "うち実費に出ていく額") == 16_000
    assert found.is_unconfirmed


def test_new_work_ends_after_its_months_and_minority_with_its_age():
    assert line(income(100_000, new_work_month=7), "新規就労控除") == 0
    grown = income(100_000, is_minor=True, birth_date=date(2006, 10, 1))
    assert line(grown, "未成年者控除") == 0


def test_seen_bands_are_confirmed_and_those_beyond_are_not():
    assert not income(38_999).is_unconfirmed
    assert income(39_000).is_unconfirmed


def test_the_second_earner_is_refused_until_the_table_was_entered():
    given = EarnedIncome(on=DAY, gross=60_000, is_first=False)
    found = earned_income(given, TABLES)
    assert found.amount is None
    assert found.lines == ()
    assert "kiso.table.2" in found.refusals[0]
    bands = (
        replace(TABLES.bands[0], table=2),
        replace(TABLES.bands[1], table=2, lowest=15_000, deduction=15_000),
    )
    with_table = replace(TABLES, bands=(*TABLES.bands, *bands))
    assert line(earned_income(given, with_table), "基礎控除") == 15_000


def test_without_a_birth_date_the_deduction_of_minors_is_refused():
    assert "生年月日" in income(50_000, is_minor=True).refusals[0]


def test_every_value_that_was_used_is_named_with_its_source():
    found = income(100_000, new_work_month=1)
    keys = {each.key for each in found.used}
    assert keys == {"kiso.table.1.39000", "shinki.amount", "shinki.months"}
    assert all(each.source for each in found.used)


def grant(on=SECOND, **changes):
    values = {
        "job_began": date(2018, 11, 1),
        "is_single": True,
        "recognised": (50_000, 60_000, 70_000, 80_000, 90_000),
        "lasts": True,
        **changes,
    }
    return IndependenceGrant(on=on, **values)


def test_from_the_revision_on_nothing_is_reckoned_by_the_old_rule():
    found = independence_grant(grant(REVISED), shipped_tables(REVISED))
    assert found.amount is None
    assert "jiritsu.version" in found.refusals[0]
    assert len(found.refusals) == 1


def test_a_new_version_alone_does_not_take_over_the_old_values():
    tables = entered(shipped_tables(REVISED), "jiritsu.version", REVISED, number=3)
    found = independence_grant(grant(REVISED), tables)
    said = "".join(found.refusals)
    for key in (
        "jiritsu.window_months",
        "jiritsu.rate_table",
        "jiritsu.floor_mode",
        "jiritsu.cap.single",
    ):
        assert key in said


def test_the_day_before_the_revision_still_goes_by_the_second_version():
    day = date(2024, 9, 30)
    found = independence_grant(grant(day), shipped_tables(day))
    assert "jiritsu.floor_mode" in found.refusals[0]


def test_how_the_floor_counts_has_to_be_entered_and_confirmed():
    unknown = independence_grant(grant(), SECOND_TABLES)
    assert unknown.amount is None
    assert "jiritsu.floor_mode" in unknown.refusals[0]
    guessed = entered(
        SECOND_TABLES, "jiritsu.floor_mode", date(2018, 10, 1), word="add", confirmed=False
    )
    found = independence_grant(grant(), guessed)
    assert found.amount is None
    assert "未確認" in found.refusals[0]


@pytest.mark.parametrize(
    ("mode", "recognised", "single", "amount"),
    [
        ("add", (100_000,), True, 30_000),
        ("max", (100_000,), True, 20_000),
        ("max", (100_000,) * 5, True, 50_000),
        ("add", (100_000,) * 5, True, 70_000),
        ("add", (300_000,) * 5, True, 100_000),
        ("add", (300_000,) * 5, False, 150_000),
        ("add", (), False, 30_000),
        ("none", (100_000,) * 5, True, 50_000),
    ],
)
def test_the_second_version_by_how_the_floor_counts(mode, recognised, single, amount):
    tables = entered(SECOND_TABLES, "jiritsu.floor_mode", date(2018, 10, 1), word=mode)
    found = independence_grant(grant(recognised=recognised, is_single=single), tables)
    assert found.amount == amount


def test_months_before_the_job_and_before_the_window_do_not_count():
    tables = entered(SECOND_TABLES, "jiritsu.floor_mode", date(2018, 10, 1), word="none")
    long = grant(recognised=(900_000, 100_000, *(0,) * 5), job_began=date(2018, 1, 1))
    assert independence_grant(long, tables).amount == 10_000
    early = grant(recognised=(100_000, 100_000), job_began=date(2019, 3, 1))
    assert independence_grant(early, tables).amount == 10_000


def test_the_first_version_falls_with_the_months_worked():
    day = date(2015, 5, 31)
    given = grant(day, job_began=date(2014, 12, 1), recognised=(10_000,) * 6)
    found = independence_grant(given, shipped_tables(day))
    assert found.amount == 3 * 3_000 + 3 * 2_700


def test_somebody_has_to_confirm_that_it_lasts():
    tables = entered(SECOND_TABLES, "jiritsu.floor_mode", date(2018, 10, 1), word="none")
    found = independence_grant(grant(lasts=False), tables)
    assert found.amount is None
    assert "6か月" in found.refusals[0]


@pytest.mark.parametrize(("moves_out", "amount"), [(False, 100_000), (True, 300_000)])
def test_going_on_to_school_or_work(moves_out, amount):
    given = StudyOrWorkGrant(
        on=date(2025, 3, 31), is_work=True, moves_out=moves_out, birth_date=date(2007, 4, 1)
    )
    found = study_or_work_grant(given, shipped_tables(given.on))
    assert found.amount == amount
    assert not found.is_unconfirmed


@pytest.mark.parametrize(
    ("birth", "on", "is_late"),
    [
        (date(2006, 4, 1), date(2024, 5, 1), True),
        (date(2006, 4, 2), date(2025, 3, 31), False),
        (date(2006, 4, 2), date(2025, 4, 1), True),
        (date(2007, 3, 31), date(2025, 3, 31), False),
    ],
)
def test_after_the_last_day_other_categories_are_asked_for(birth, on, is_late):
    given = StudyOrWorkGrant(on=on, is_work=False, moves_out=False, birth_date=birth)
    found = study_or_work_grant(given, shipped_tables(on))
    assert any("18条の7" in said for said in found.cautions) is is_late


def test_before_the_amendment_nothing_was_entered():
    given = StudyOrWorkGrant(on=date(2024, 4, 23), is_work=True, moves_out=False)
    assert "shinro.home" in study_or_work_grant(given, shipped_tables(given.on)).refusals[0]


@pytest.mark.parametrize(
    ("months", "spans"),
    [(1, [5_000]), (6, [30_000]), (8, [30_000, 10_000]), (12, [30_000, 15_000, 15_000])],
)
def test_months_of_looking_for_work_are_six_and_three_and_three(months, spans):
    found = job_search_aid(JobSearchAid(on=DAY, months=months), TABLES)
    assert [each.amount for each in found.lines] == spans
    assert found.amount == 5_000 * months


def test_there_is_no_thirteenth_month():
    found = job_search_aid(JobSearchAid(on=DAY, months=13), TABLES)
    assert found.amount is None
    assert "12か月まで" in found.refusals[0]


def test_activities_are_counted_and_never_judged():
    given = JobSearchAid(on=DAY, months=1, interviews=1, applications=2)
    said = "".join(job_search_aid(given, TABLES).cautions)
    assert "sokushin.min_interviews" in said
    tables = entered(TABLES, "sokushin.min_applications", DAY, number=3)
    found = job_search_aid(given, tables)
    assert found.amount == 5_000
    assert "下限の3回に足りません" in "".join(found.cautions)


@pytest.mark.parametrize("item", [i for i in LivelihoodItem if i is not LivelihoodItem.SKILL_HIGH])
def test_limits_that_were_not_entered_are_named(item):
    found = livelihood_aid(LivelihoodAid(on=DAY, item=item, cost=50_000), TABLES)
    assert found.amount is None
    assert found.refusals[0].startswith("設定値 ")


def test_a_cost_is_met_up_to_its_limit():
    given = LivelihoodAid(on=DAY, item=LivelihoodItem.SKILL_HIGH, cost=400_000)
    found = livelihood_aid(given, TABLES)
    assert found.amount == 380_000
    assert "20,000円超えて" in found.cautions[0]
    assert found.is_unconfirmed
    less = replace(given, cost=120_000)
    assert livelihood_aid(less, TABLES).amount == 120_000


def test_trips_are_added_up():
    assert travel_aid(TravelAid(on=DAY, fare=640, trips=3), TABLES).amount == 1_920


def test_an_estimate_is_kept_as_it_was_shown():
    for found in (
        income(100_000, new_work_month=1),
        independence_grant(grant(REVISED), shipped_tables(REVISED)),
    ):
        assert from_json(as_json(found)) == found


def test_a_band_never_deducts_more_than_the_income():
    odd = Band(
        table=1,
        lowest=0,
        is_whole=False,
        deduction=15_000,
        step=0,
        step_deduction=0,
        valid_from=DAY,
        source="見本",
        confirmed=True,
    )
    given = EarnedIncome(on=DAY, gross=9_000)
    found = earned_income(given, replace(TABLES, bands=(odd,)))
    assert found.kind is EstimateKind.EARNED_INCOME
    assert line(found, "基礎控除") == 9_000
