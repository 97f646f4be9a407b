"""Requests to Hello Work on both databases: consents, the reply, the order of what comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.activity_forms import ReferralAsked
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.referrals import ReferralMove, ReferralResult, ReferralWords
from desktop.services.printing import ActivityPrinting
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.support_acts import a_reply, a_request

TOMORROW = TODAY + timedelta(days=1)
M = ReferralMove


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def asked(office, desk, **changes):
    given = a_request(office.household_id, office.person_id, **changes)
    desk.referrals.ask(given)
    return given


def kept(office, desk):
    (found,) = desk.referrals.of_household(office.household_id).referrals
    return found


def test_a_request_waits_for_its_answer(office, caseworker):
    given = asked(office, caseworker)
    caseworker.referrals.ask(given)
    found = kept(office, caseworker)
    assert found.words == given.words
    assert (found.state, found.is_unanswered(TODAY)) == (None, True)
    assert not found.is_unanswered(given.reply_by)
    assert found.next_moves == (M.ACCEPTED, M.DECLINED, M.WITHDRAWN)
    assert caseworker.referrals.of_household(office.household_id).reply_days == 14


def test_what_comes_back_has_its_order(office, caseworker):
    given = asked(office, caseworker)
    reply = a_reply(given)
    caseworker.referrals.note_step(reply)
    caseworker.referrals.note_step(reply)
    found = kept(office, caseworker)
    assert (found.state, found.is_unanswered(TODAY)) == (M.ACCEPTED, False)
    assert found.steps[0].navigator == "架空 ナビ"
    with pytest.raises(ValidationError) as refused:
        caseworker.referrals.note_step(a_reply(given))
    assert set(refused.value.fields) == {"move"}
    end = a_reply(given, move=M.ENDED, on_day=TODAY, until=None, result=ReferralResult.JOB)
    caseworker.referrals.note_step(end)
    assert kept(office, caseworker).next_moves == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"asked_on": TOMORROW, "reply_by": TOMORROW}, "asked_on"),
        ({"reply_by": days_ago(21)}, "reply_by"),
        ({"partner": "md1"}, "partner"),
        ({"number": "1" * 41}, "number"),
        ({"consent_on": None}, "consent_on"),
        ({"consent_on": days_ago(19)}, "consent_on"),
        ({"health_consent_on": days_ago(19)}, "health_consent_on"),
        ({"words": ReferralWords()}, "request"),
        ({"person_id": new_id()}, "person_id"),
    ],
    ids=range(9),
)
def test_what_cannot_be_asked_is_named_by_field(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.referrals.ask(a_request(office.household_id, office.person_id, **changes))
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on_day": days_ago(21)}, "on_day"),
        ({"on_day": TOMORROW}, "on_day"),
        ({"until": None}, "until"),
        ({"until": days_ago(6)}, "until"),
        ({"move": M.DECLINED}, "until"),
        ({"result": ReferralResult.JOB}, "result"),
    ],
    ids=range(6),
)
def test_what_cannot_come_back_is_named_by_field(office, caseworker, changes, field):
    given = asked(office, caseworker)
    with pytest.raises(ValidationError) as refused:
        caseworker.referrals.note_step(a_reply(given, **changes))
    assert set(refused.value.fields) == {field}


def test_a_request_of_another_household_is_not_found(office, caseworker):
    given = asked(office, caseworker)
    with pytest.raises(NotPermittedError):
        caseworker.referrals.note_step(a_reply(given, referral_id=new_id()))
    with pytest.raises(NotPermittedError):
        asked(office, office.desk(office.records))


def test_what_was_taken_back_goes_onto_paper_no_more(office, caseworker):
    given = asked(office, caseworker)
    caseworker.referrals.note_step(a_reply(given, move=M.WITHDRAWN, until=None, navigator=""))
    service = ActivityPrinting(
        caseworker.work, CLOCK, caseworker.staff, caseworker.referrals.reading
    )
    which = ReferralAsked(household_id=office.household_id, referral_id=given.referral_id)
    with pytest.raises(ConflictError, match="取り下げた要請"):
        service.referral_letter(which)
