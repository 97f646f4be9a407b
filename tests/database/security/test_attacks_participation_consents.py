"""Consents to taking part and to sharing at psql: other names, taking back what was not given, later words, changes, issued papers."""

from __future__ import annotations

import psycopg
import pytest

from desktop.domain.ids import new_id
from desktop.domain.participations import ParticipationEnd
from desktop.domain.support_plans import ConsentMove
from tests.database.security.place import DENIED, open_file, refused
from tests.support.factories import TODAY, days_ago
from tests.support.support_acts import a_request
from tests.support.support_plans import part_consent, participation

_CONSENT = (
    "INSERT INTO participation_consent (id, office_id, household_id, participation_id, partner, move, said_on, way, noted_by, noted_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(part)s, %(partner)s, %(move)s, %(day)s, 'oral', coalesce(%(by)s, app.me()), now())"
)
_TEXT = (
    "INSERT INTO participation_consent_text (consent_id, office_id, household_id, shared)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(shared)s)"
)
_HOLDS = "SELECT app.issue_holds('referral_open', %s)"


@pytest.fixture
def part(place):
    """Taking part since forty days, ended again behind the test."""
    desk = place.desk(place.office.caseworker)
    given = participation(place.office, starts_on=days_ago(40), consent_on=days_ago(41))
    desk.participations.begin(given)
    yield given
    if not place.truth(
        "SELECT 1 FROM participation WHERE id = %s AND ended_on IS NOT NULL",
        (given.participation_id,),
    ):
        end(place, given)


def end(place, given):
    place.desk(place.office.caseworker).participations.end(
        ParticipationEnd(
            participation_id=given.participation_id,
            household_id=given.household_id,
            ended_on=TODAY,
            outcome="O12",
        )
    )


def row(place, part, /, **changes):
    values = {
        "id": new_id(),
        "office": place.office.caseworker.office_id,
        "household": part.household_id,
        "part": part.participation_id,
        "partner": "",
        "move": "taken_back",
        "day": days_ago(3),
        "by": None,
        "shared": "職歴",
    }
    return values | changes


def together(writer, given):
    """The state with which an answer and its words are refused in one save; None where they are stored."""
    try:
        with writer.transaction():
            writer.execute(_CONSENT, given)
            writer.execute(_TEXT, given)
    except psycopg.Error as error:
        return error.sqlstate
    return None


def test_an_answer_is_added_in_the_own_name_and_follows_the_one_before(place, writer, part):
    def no(**changes):
        return refused(writer, _CONSENT, row(place, part, **changes))

    assert no(by=place.office.head.staff_id) in DENIED
    assert no(household=place.far_id) in DENIED
    assert no(part=new_id()) in DENIED
    assert no(day="2030-01-01") == "BS422"
    assert no(day=days_ago(42)) == "BS422"  # before the consent with which it began
    assert no(partner="hw1") == "BS422"  # to which nobody consented
    assert no(partner="nobody", move="declined") == "BS422"
    assert no(partner="hw1", move="given") == "BS422"  # without what may be told
    writer.execute(_CONSENT, row(place, part))
    assert no() == "BS422"  # taken back already
    assert no(move="given", day=days_ago(4)) == "BS422"
    for table in ("participation_consent", "participation_consent_text"):
        for change in ("UPDATE {} SET office_id = office_id", "DELETE FROM {}"):
            assert refused(writer, change.format(table)) in DENIED


def test_what_may_be_told_stands_in_the_same_save_alone(place, writer, part):
    given = row(place, part, partner="sc1", move="given")
    assert refused(writer, _TEXT, given) in DENIED
    assert together(writer, given | {"shared": "　"}) == "BS422"
    assert together(writer, given) is None
    assert refused(writer, _TEXT, given) in DENIED
    assert together(writer, row(place, part, partner="md1", move="declined")) in DENIED
    assert together(writer, row(place, part)) in DENIED


def test_taking_part_that_ended_takes_only_a_taking_back(place, writer, part):
    end(place, part)
    for move in ("given", "declined"):
        assert refused(writer, _CONSENT, row(place, part, move=move, day=TODAY)) == "BS409"
    writer.execute(_CONSENT, row(place, part))


@pytest.mark.parametrize("who", ["records", "outsider"])
def test_who_may_not_write_or_has_not_opened_the_file_notes_nothing(place, part, who):
    connection = place.connect(getattr(place.office, who))
    if who == "records":
        open_file(connection, place.office.household_id)
    assert refused(connection, _CONSENT, row(place, part)) in DENIED


def test_no_request_is_issued_of_which_the_partner_may_be_told_no_more(place, part):
    desk = place.desk(place.office.caseworker)
    request = a_request(place.office.household_id, place.office.person_id)
    desk.referrals.ask(request)
    told = {"partner": "hw1", "shared": "職歴"}
    note = desk.participations.note_consent
    before = request.consent_on
    note(part_consent(part, ConsentMove.GIVEN, said_on=before, **told))
    assert place.truth(_HOLDS, (request.referral_id,)) == [(True,)]
    note(part_consent(part, ConsentMove.TAKEN_BACK, partner="hw1", said_on=before))
    assert place.truth(_HOLDS, (request.referral_id,)) == [(False,)]
    note(part_consent(part, ConsentMove.GIVEN, **told))
    assert place.truth(_HOLDS, (request.referral_id,)) == [(True,)]
