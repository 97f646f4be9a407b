"""What people say to taking part and to partners being told: given later, declined, taken back; and what it does not do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.activity_forms import ReferralAsked
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.participations import ParticipationEnd
from desktop.domain.support_plan_forms import PlanPaperAsked
from desktop.domain.support_plans import ConsentMove
from desktop.services.printing import SupportPlanPrinting
from desktop.services.printing.activities import ActivityPrinting
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.support_acts import a_request
from tests.support.support_plans import next_version, part_consent, participation, plan

GIVEN, DECLINED, BACK = ConsentMove.GIVEN, ConsentMove.DECLINED, ConsentMove.TAKEN_BACK
TOLD = {"partner": "hw1", "shared": "職歴と希望"}


@pytest.fixture
def taking_part(office, caseworker):
    """Begun forty days ago with consent."""
    given = participation(office, starts_on=days_ago(40), consent_on=days_ago(41))
    caseworker.participations.begin(given)
    return given


def row_of(office, desk):
    (row,) = desk.support_plans.of_household(office.household_id).people[0].participations
    return row


def said(given, move=GIVEN, **changes):
    return part_consent(given, move, **changes)


def test_consent_is_taken_back_and_given_again_and_taking_part_goes_on(
    office, caseworker, taking_part
):
    note = caseworker.participations.note_consent
    back = said(taking_part, BACK, said_on=days_ago(3))
    note(back)
    note(back)  # a retry
    row = row_of(office, caseworker)
    assert row.ended_on is None
    assert (row.consent.move, row.consent.said_on) == (BACK, days_ago(3))
    assert row.consent.noted_by == office.caseworker.name
    assert len(row.consents) == 1
    (listed,) = caseworker.participations.register("employment", days_ago(10), TODAY)
    assert listed.consent.move is BACK
    note(said(taking_part, GIVEN))
    assert row_of(office, caseworker).consent.move is GIVEN


def test_a_partner_is_told_only_what_was_consented_to(office, caseworker, taking_part):
    note = caseworker.participations.note_consent
    note(said(taking_part, GIVEN, said_on=days_ago(9), **TOLD))
    note(said(taking_part, DECLINED, partner="md1", said_on=days_ago(9)))
    row = row_of(office, caseworker)
    assert {(each.partner, each.move, each.shared) for each in row.sharing} == {
        ("hw1", GIVEN, "職歴と希望"),
        ("md1", DECLINED, ""),
    }
    assert row.consent.move is GIVEN  # taking part is a matter of its own
    (listed,) = caseworker.participations.register("employment", days_ago(10), TODAY)
    assert {each.shared for each in listed.sharing} == {""}
    note(said(taking_part, BACK, partner="hw1"))
    assert {e.move for e in row_of(office, caseworker).sharing} == {BACK, DECLINED}


@pytest.mark.parametrize(
    ("field", "move", "changes"),
    [
        ("said_on", GIVEN, {"said_on": TODAY + timedelta(days=1)}),
        ("said_on", BACK, {"said_on": days_ago(42)}),
        ("move", BACK, {"partner": "hw1"}),
        ("partner", GIVEN, {"partner": "nobody", "shared": "職歴"}),
        ("shared", GIVEN, {"partner": "hw1", "shared": "　"}),
        ("shared", GIVEN, {"shared": "職歴"}),
        ("shared", DECLINED, {"partner": "hw1", "shared": "職歴"}),
        ("shared", GIVEN, {"partner": "hw1", "shared": "あ" * 10_001}),
    ],
)
def test_what_cannot_be_is_refused_by_the_field(caseworker, taking_part, field, move, changes):
    with pytest.raises(ValidationError) as refusal:
        caseworker.participations.note_consent(said(taking_part, move, **changes))
    assert set(refusal.value.fields) == {field}


def test_after_the_end_consent_can_only_be_taken_back(office, caseworker, taking_part):
    note = caseworker.participations.note_consent
    note(said(taking_part, GIVEN, said_on=days_ago(9), **TOLD))
    caseworker.participations.end(
        ParticipationEnd(
            participation_id=taking_part.participation_id,
            household_id=office.household_id,
            ended_on=days_ago(1),
            outcome="O12",
        )
    )
    for move in (GIVEN, DECLINED):
        with pytest.raises(ConflictError):
            note(said(taking_part, move))
    note(said(taking_part, BACK, partner="hw1"))
    assert [each.move for each in row_of(office, caseworker).sharing] == [BACK]


def test_who_reads_only_notes_nothing(office, supervisor, taking_part):
    with pytest.raises(NotPermittedError):
        office.desk(office.records).participations.note_consent(said(taking_part, BACK))
    unknown = replace(said(taking_part, BACK), participation_id=new_id())
    with pytest.raises(NotPermittedError):
        supervisor.participations.note_consent(unknown)


def printing(office):
    desk = office.desk(office.caseworker)
    return ActivityPrinting(desk.work, CLOCK, desk.staff, desk.referrals.reading)


def test_no_request_is_printed_once_the_partner_may_be_told_no_more(
    office, caseworker, taking_part
):
    note = caseworker.participations.note_consent
    given = a_request(office.household_id, office.person_id)
    caseworker.referrals.ask(given)
    asked = ReferralAsked(household_id=office.household_id, referral_id=given.referral_id)
    note(said(taking_part, GIVEN, said_on=given.consent_on, **TOLD))
    assert printing(office).referral_letter(asked).request
    note(said(taking_part, BACK, partner="hw1", said_on=given.consent_on))
    with pytest.raises(ConflictError, match="撤回しています") as refusal:
        printing(office).referral_letter(asked)
    assert given.words.request not in refusal.value.sentence
    note(said(taking_part, GIVEN, **TOLD))
    assert printing(office).referral_letter(asked).request


def answers_on_paper(office, given):
    desk = office.desk(office.caseworker)
    service = SupportPlanPrinting(
        desk.work, CLOCK, desk.staff, desk.support_plans.reading, desk.participations
    )
    asked = PlanPaperAsked(household_id=office.household_id, plan_id=given.plan_id)
    return [(e.partner, e.move, e.shared) for e in service.consent_sheet(asked).recorded]


def test_the_sheet_to_be_signed_says_what_was_consented_to(office, caseworker, taking_part):
    note = caseworker.participations.note_consent
    note(said(taking_part, GIVEN, said_on=days_ago(9), **TOLD))
    note(said(taking_part, BACK, partner="hw1", said_on=days_ago(8)))
    note(said(taking_part, GIVEN, partner="md1", shared="通院の曜日"))
    given = plan(office, programmes=("employment",))
    caseworker.support_plans.save(given)
    taking, hospital, hello_work = answers_on_paper(office, given)
    assert taking == ("", GIVEN, "")
    assert hospital == ("見本病院 医療相談室", GIVEN, "通院の曜日")
    assert hello_work[1:] == (BACK, "")  # what was shared is printed no more
    other = next_version(given, 1, programmes=("hw_team",))
    caseworker.support_plans.save(other)
    assert answers_on_paper(office, other) == []


def test_a_request_of_a_later_consent_is_printed(office, caseworker, taking_part):
    note = caseworker.participations.note_consent
    given = a_request(office.household_id, office.person_id)
    before = days_ago(22)  # its own consent is a day younger
    note(said(taking_part, DECLINED, partner="hw1", said_on=before))
    caseworker.referrals.ask(given)
    asked = ReferralAsked(household_id=office.household_id, referral_id=given.referral_id)
    assert printing(office).referral_letter(asked).request
    note(said(taking_part, DECLINED, partner="hw1"))
    with pytest.raises(ConflictError, match="断っています"):
        printing(office).referral_letter(asked)
