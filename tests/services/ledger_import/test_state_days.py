"""Corrected days of protection: what becomes of the periods, and of a ledger that says so, on both databases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id
from desktop.models.households import Household, Member
from desktop.models.ledger import HouseholdStatePeriod
from desktop.services.ledger_import.state_days import Said, StatePeriod, corrected
from tests.services.ledger_import.ledgers import (
    ALL,
    CLOSED,
    HEAD,
    SECOND,
    TRAINING,
    WIFE,
    contents,
    importer,
    write_ledger,
)
from tests.services.ledger_import.test_changes import (
    LATER,
    again,
    periods,
    what_changed,
    work,
)
from tests.support.factories import CLOCK, TODAY

__all__ = ["work"]

R, S, C, A = (
    HouseholdState.RECEIVING,
    HouseholdState.SUSPENDED,
    HouseholdState.CLOSED,
    HouseholdState.APPLYING,
)
LAST = date(2024, 10, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def course(*rows: tuple[HouseholdState, str, str]) -> tuple[StatePeriod, ...]:
    return tuple(
        StatePeriod(
            period_id=new_id(),
            state=state,
            valid_from=day(begin),
            valid_to=day(end) if end else None,
        )
        for state, begin, end in rows
    )


def said(state: HouseholdState, started: str, closed: str = "") -> Said:
    return Said(state=state, started_on=day(started), closed_on=day(closed) if closed else None)


def shown(found: tuple[StatePeriod, ...] | None) -> list[tuple[HouseholdState, str, str]] | None:
    if found is None:
        return None
    return [(p.state, str(p.valid_from), str(p.valid_to or "")) for p in found]


@pytest.mark.parametrize(
    ("before", "file", "after"),
    [
        (
            [(R, "2018-04-01", "")],
            said(R, "2018-04-01"),
            [(R, "2018-04-01", "")],
        ),
        (
            [(R, "2018-04-01", "")],
            said(R, "2017-04-01"),
            [(R, "2017-04-01", "")],
        ),
        (
            [(R, "2018-04-01", "2024-08-31"), (S, "2024-09-01", "")],
            said(S, "2018-05-01"),
            [(R, "2018-05-01", "2024-08-31"), (S, "2024-09-01", "")],
        ),
        (
            [
                (R, "2010-01-01", "2015-03-31"),
                (C, "2015-04-01", "2018-03-31"),
                (R, "2018-04-01", ""),
            ],
            said(R, "2018-03-01"),
            [
                (R, "2010-01-01", "2015-03-31"),
                (C, "2015-04-01", "2018-02-28"),
                (R, "2018-03-01", ""),
            ],
        ),
        (
            [(R, "2018-04-01", "2024-02-29"), (C, "2024-03-01", "")],
            said(C, "2018-04-01", "2024-03-15"),
            [(R, "2018-04-01", "2024-03-14"), (C, "2024-03-15", "")],
        ),
        (
            [(R, "2018-04-01", "2020-02-29"), (C, "2020-03-01", "")],
            said(C, "2021-04-01", "2022-03-01"),
            [(R, "2021-04-01", "2022-02-28"), (C, "2022-03-01", "")],
        ),
        (
            [(R, "2018-04-01", "2020-02-29"), (C, "2020-03-01", "")],
            said(C, "2015-04-01", "2017-03-01"),
            [(R, "2015-04-01", "2017-02-28"), (C, "2017-03-01", "")],
        ),
        (
            # Later than the last import: the case ended and began anew in between.
            [(R, "2018-04-01", "")],
            said(R, "2024-10-10"),
            [(R, "2018-04-01", "2024-10-09"), (R, "2024-10-10", "")],
        ),
        (
            # An application that the ledger still knew as one: nothing is rewritten.
            [(A, "2024-09-01", "2024-09-30"), (R, "2024-10-01", "")],
            said(R, "2024-08-15"),
            [(A, "2024-09-01", "2024-09-30"), (R, "2024-10-01", "")],
        ),
    ],
)
def test_days_are_moved_and_the_course_stays_whole(before, file, after):
    assert shown(corrected(course(*before), file, LAST)) == after


@pytest.mark.parametrize(
    ("before", "file"),
    [
        (
            [
                (R, "2010-01-01", "2015-03-31"),
                (C, "2015-04-01", "2018-03-31"),
                (R, "2018-04-01", ""),
            ],
            said(R, "2012-01-01"),
        ),
        (
            [(R, "2018-04-01", "2024-08-31"), (S, "2024-09-01", "")],
            said(S, "2024-09-15"),
        ),
        (
            [
                (R, "2018-04-01", "2018-09-30"),
                (S, "2018-10-01", "2020-02-29"),
                (C, "2020-03-01", ""),
            ],
            said(C, "2018-04-01", "2018-05-01"),
        ),
    ],
)
def test_days_that_fit_no_course_are_left_to_somebody(before, file):
    assert corrected(course(*before), file, LAST) is None


def test_what_was_corrected_once_is_not_corrected_again():
    once = corrected(course((R, "2018-04-01", "")), said(R, "2024-10-10"), LAST)
    assert once is not None
    assert corrected(once, said(R, "2024-10-10"), LAST) == once


def members(work, case_number):
    with work() as session:
        rows = session.execute(
            select(Member.valid_from, Member.valid_to)
            .join(Household, Household.id == Member.household_id)
            .where(Household.case_number == case_number)
        )
        return {tuple(row) for row in rows}


def states(work, case_number="00001"):
    return periods(work, HouseholdStatePeriod, "state", case_number)


def test_a_corrected_first_day_is_reported_and_moved_with_the_members(work, tmp_path: Path):
    other = {"保護開始日": "H290401"}
    found = again(work, tmp_path, HEAD | other, WIFE | other, *ALL[2:])
    assert what_changed(found) == ("保護開始日",)
    assert (found.changed_households, found.changed_rows, found.new_rows) == (1, 1, 0)
    assert states(work) == [(R, date(2017, 4, 1), None)]
    assert members(work, "00001") == {(date(2017, 4, 1), None)}
    assert states(work, "00002") == [(R, date(2018, 4, 1), None)]


def test_nobody_is_a_member_before_his_birth(work, tmp_path: Path):
    again(work, tmp_path, *ALL[:2], SECOND | {"保護開始日": "S630401"}, *ALL[3:])
    assert states(work, "00002") == [(R, date(1988, 4, 1), None)]
    assert members(work, "00002") == {(date(1989, 2, 3), None)}


def test_a_corrected_closing_day_is_reported_and_moved_with_the_members(work, tmp_path: Path):
    found = again(work, tmp_path, *ALL[:4], CLOSED | {"保護廃止日": "R060401"})
    assert what_changed(found, "00004") == ("保護廃止日",)
    assert states(work, "00004") == [
        (R, date(2018, 4, 1), date(2024, 3, 31)),
        (C, date(2024, 4, 1), None),
    ]
    assert members(work, "00004") == {(date(2018, 4, 1), date(2024, 3, 31))}


@pytest.mark.parametrize(
    ("started", "closed"), [("2021-04-01", "2022-03-01"), ("2010-04-01", "2011-03-01")]
)
def test_both_days_of_a_closed_case_move_together(work, tmp_path: Path, started, closed):
    both = {"保護開始日": started.replace("-", "/"), "保護廃止日": closed.replace("-", "/")}
    before = CLOSED | {"保護開始日": "H300401", "保護廃止日": "H310401"}
    again(work, tmp_path, *ALL[:4], before)
    found = again(work, tmp_path, *ALL[:4], CLOSED | both)
    assert what_changed(found, "00004") == ("保護廃止日", "保護開始日")
    last = {date(2022, 2, 28), date(2011, 2, 28)} & {states(work, "00004")[0][2]}
    assert last
    assert states(work, "00004")[0][1] == day(started)
    assert states(work, "00004")[1][1:] == (day(closed), None)
    assert members(work, "00004") == {(day(started), *last)}


def test_a_dry_run_says_the_same_and_stores_nothing(work, tmp_path: Path):
    other = {"保護開始日": "H290401"}
    path = write_ledger(tmp_path, (HEAD | other, WIFE | other, *ALL[2:]))
    before = contents(work)
    dry = importer(work, LATER).preview(path, TRAINING)
    assert what_changed(dry) == ("保護開始日",)
    assert not dry.applied
    assert contents(work) == before
    done = importer(work, LATER).run(path, TRAINING)
    assert (done.changes, done.notices) == (dry.changes, dry.notices)


def test_protection_that_began_anew_since_the_last_import_keeps_the_old_period(
    work, tmp_path: Path
):
    anew = {"保護開始日": "R061015"}
    found = again(work, tmp_path, HEAD | anew, WIFE | anew, *ALL[2:])
    assert what_changed(found) == ("保護開始日",)
    assert states(work) == [
        (R, date(2018, 4, 1), date(2024, 10, 14)),
        (R, date(2024, 10, 15), None),
    ]
    assert members(work, "00001") == {(date(2018, 4, 1), None)}


def test_a_day_that_fits_nowhere_is_a_notice_with_its_line(work, tmp_path: Path):
    runs_again = CLOSED | {"保護状態": "受給中", "保護廃止日": "", "保護開始日": "R061010"}
    again(work, tmp_path, *ALL[:4], runs_again)
    before = contents(work)
    path = write_ledger(tmp_path, (*ALL[:4], runs_again | {"保護開始日": "H300501"}))
    found = importer(work, LATER).run(path, TRAINING)
    assert found.changes_nothing
    (notice,) = found.notices
    assert notice.column == "保護開始日"
    assert notice.line == 7
    assert "経過" in notice.sentence
    assert contents(work) == before


def test_a_state_and_its_days_change_in_one_file(work, tmp_path: Path):
    closed = {"保護状態": "廃止", "保護廃止日": "R061015", "保護開始日": "H290401"}
    again(work, tmp_path, HEAD | closed, WIFE | closed, *ALL[2:])
    assert states(work) == [
        (R, date(2017, 4, 1), date(2024, 10, 14)),
        (C, date(2024, 10, 15), None),
    ]
    assert members(work, "00001") == {(date(2017, 4, 1), date(2024, 10, 14))}


def test_a_correction_on_the_day_of_the_import_is_one_too(work, tmp_path: Path):
    other = {"保護開始日": "H300501"}
    again(work, tmp_path, HEAD | other, WIFE | other, *ALL[2:], clock=CLOCK)
    assert states(work) == [(R, date(2018, 5, 1), None)]
    assert date(2024, 10, 1) == TODAY
