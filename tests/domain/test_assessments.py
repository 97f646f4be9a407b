"""Barriers taken together, the self-drive check list, scope by age and the age of medical evidence."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.database.shipped import shipped_rows
from desktop.domain.assessments import (
    AssessmentNumbers,
    Barriers,
    DriveItem,
    Health,
    Said,
    Scope,
    SelfDrive,
    drive_of,
    evidence_is_old,
    help_named,
    usual_scope,
    worst_of,
)
from desktop.domain.master_tables import Master

NUMBERS = AssessmentNumbers(
    **{row.key: int(str(row.value["number"])) for row in shipped_rows(Master.ASSESSMENT_NUMBERS)}
)
ITEMS = tuple(
    DriveItem(code=f"E{n}", label=f"項目{n}", is_essential=n <= 4, help=f"支援{n}")
    for n in range(1, 9)
)
TODAY = date(2026, 6, 1)


def said(**changes: Said) -> dict[str, Said]:
    return {item.code: Said.YES for item in ITEMS} | changes


@pytest.mark.parametrize(
    ("states", "worst"),
    [
        ((), Barriers.UNKNOWN),
        ((Barriers.NONE,), Barriers.NONE),
        ((Barriers.NONE, Barriers.MINOR), Barriers.MINOR),
        ((Barriers.PASSING, Barriers.MINOR), Barriers.PASSING),
        ((Barriers.PASSING, Barriers.UNKNOWN), Barriers.UNKNOWN),
        ((Barriers.LASTING, Barriers.UNKNOWN), Barriers.LASTING),
    ],
)
def test_the_worst_barrier_counts(states, worst):
    assert worst_of(states) is worst


@pytest.mark.parametrize(
    ("answers", "drive"),
    [
        (said(), SelfDrive.ALONE),
        (said(E5=Said.NO, E6=Said.NO), SelfDrive.ALONE),
        (said(E5=Said.NO, E6=Said.NO, E7=Said.UNKNOWN), SelfDrive.UNKNOWN),
        (said(E3=Said.NO), SelfDrive.WITH_HELP),
        (said(E3=Said.UNKNOWN), SelfDrive.UNKNOWN),
        (said(E3=Said.UNKNOWN, E4=Said.NO), SelfDrive.WITH_HELP),
        ({}, SelfDrive.UNKNOWN),
    ],
)
def test_the_check_list(answers, drive):
    assert drive_of(ITEMS, answers, NUMBERS.drive_others) is drive


def test_every_no_names_the_help_to_give():
    assert help_named(ITEMS, said(E3=Said.NO, E7=Said.UNKNOWN)) == ("支援3", "支援7")


@pytest.mark.parametrize(
    ("birth", "scope"),
    [
        (date(2008, 6, 1), Scope.IN),
        (date(2008, 6, 2), Scope.OUT),
        (date(1961, 6, 2), Scope.IN),
        (date(1961, 6, 1), Scope.OUT),
        (None, Scope.IN),
    ],
)
def test_the_scope_by_age(birth, scope):
    assert usual_scope(birth, TODAY, NUMBERS) is scope


@pytest.mark.parametrize(
    ("health", "seen", "is_old"),
    [
        (Health.ABLE, date(2025, 12, 1), False),
        (Health.ABLE, date(2025, 11, 30), True),
        (Health.UNLIKELY, date(2025, 11, 30), False),
        (Health.UNLIKELY, date(2025, 5, 31), True),
        (Health.ABLE, None, True),
        (Health.UNKNOWN, None, False),
    ],
)
def test_old_evidence_is_seen(health, seen, is_old):
    assert evidence_is_old(health, seen, TODAY, NUMBERS) is is_old
