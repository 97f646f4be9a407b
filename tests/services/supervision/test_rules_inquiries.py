"""I01 to I04: inquiries that nobody answered, read, sent, or that ask the same again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.ids import new_id
from desktop.domain.inquiries import Consent, InquiryState
from desktop.models.households import Member
from desktop.models.inquiries import Inquiry, InquiryStepRecord
from desktop.models.records import PrintBatch
from tests.support.factories import CLOCK, add, days_ago, make_district

S = InquiryState
NUMBERS = iter(range(1, 1000))


def asked(watched, household, state, days, **changes):
    """An inquiry whose last step was so many days ago; due in thirty days of it."""
    at = CLOCK.now() - timedelta(days=days)
    with watched.session.no_autoflush:
        person = watched.session.query(Member).filter_by(household_id=household.id).first()
        office_id, by = watched.office.id, watched.caseworker.id
        values = {
            "id": new_id(),
            "office_id": office_id,
            "household_id": household.id,
            "fiscal_year": 2024,
            "number": next(NUMBERS),
            "person_id": person.person_id,
            "agency": "bank_sample",
            "basis": "生活保護法第29条",
            "consent": Consent.ON_FILE,
            "state": state,
            "step": 1,
            "asked_by": by,
            "asked_at": at,
            "due_on": days_ago(days - 30),
            **changes,
        }
        is_out = state in {S.SENT, S.ANSWERED, S.CHECKED}
        if state is S.APPROVED or is_out:
            values |= {"approved_by": watched.supervisor.id, "approved_at": at}
        if is_out:
            batch = PrintBatch(
                office_id=office_id,
                printed_by=by,
                printed_at=at,
                mark="plain",
                pages=1,
                sha256="ab" * 32,
            )
            add(watched.session, batch)
            values |= {"sent_at": at, "batch_id": batch.id}
        if state in {S.ANSWERED, S.CHECKED}:
            values |= {"answered_on": days_ago(days), "answered_at": at}
    inquiry = add(watched.session, Inquiry(**values))
    add(
        watched.session,
        InquiryStepRecord(
            inquiry_id=inquiry.id,
            number=1,
            office_id=office_id,
            household_id=household.id,
            state=state,
            by_id=by,
            at=at,
        ),
    )
    return inquiry


@pytest.mark.parametrize(("days", "count"), [(30, 0), (31, 1)])
def test_i01_asks_the_day_after_the_due_day(watched, days, count):
    asked(watched, watched.household(), S.SENT, days)
    assert len(watched.found("I01")) == count


def test_i01_names_agency_number_day_and_reminders(watched):
    inquiry = asked(watched, watched.household(), S.SENT, 40, reminders=1)
    (found,) = watched.found("I01")
    assert found.reason == (
        f"見本銀行 事務集中部への照会（照6-{inquiry.number:04d}）の回答の期限（令和6年9月21日）を過ぎています。"
        "督促は1回です。督促しますか。"
    )
    assert (found.since, found.days, found.staff_id) == (days_ago(10), 10, watched.caseworker.id)


@pytest.mark.parametrize(("days", "count"), [(14, 0), (15, 1)])
def test_i02_asks_about_answers_that_nobody_checked(watched, days, count):
    asked(watched, watched.household(), S.ANSWERED, days)
    assert [f.days for f in watched.found("I02")] == [15] * count


@pytest.mark.parametrize("state", [S.DRAFTED, S.RETURNED, S.APPROVED])
@pytest.mark.parametrize(("days", "count"), [(7, 0), (8, 1)])
def test_i03_asks_about_what_does_not_leave(watched, state, days, count):
    asked(watched, watched.household(), state, days)
    assert len(watched.found("I03")) == count


@pytest.mark.parametrize("state", [S.CHECKED, S.WITHDRAWN])
def test_what_is_done_is_not_asked_about(watched, state):
    asked(watched, watched.household(), state, 200)
    assert [watched.found(rule) for rule in ("I01", "I02", "I03", "I04")] == [[]] * 4


@pytest.mark.parametrize(("apart", "count"), [(90, 1), (91, 0)])
def test_i04_points_out_the_same_question_within_the_offices_days(watched, apart, count):
    household = watched.household()
    earlier = asked(watched, household, S.CHECKED, apart + 2)
    asked(watched, household, S.SENT, 2)
    found = watched.found("I04")
    assert len(found) == count
    assert all(f"照6-{earlier.number:04d}" in f.reason for f in found)


@pytest.mark.parametrize(
    ("before", "now", "agency"),
    [
        (S.CHECKED, S.SENT, "pension_sample"),
        (S.WITHDRAWN, S.SENT, "bank_sample"),
        (S.CHECKED, S.CHECKED, "bank_sample"),
    ],
)
def test_i04_asks_only_about_the_same_and_the_open(watched, before, now, agency):
    household = watched.household()
    asked(watched, household, before, 20, agency=agency)
    asked(watched, household, now, 2)
    assert watched.found("I04") == []


def test_other_districts_are_not_asked_about(watched):
    elsewhere = make_district(watched.session, watched.office)
    asked(watched, watched.household(district=elsewhere), S.SENT, 60)
    assert watched.found("I01") == []
