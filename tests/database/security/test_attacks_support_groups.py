"""Conferences and decided groups at psql: who decides, on whose assessment, by which meeting, and that nothing stored changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from desktop.domain.assessments import Comment
from desktop.domain.conferences import ConferenceMember
from desktop.domain.ids import new_id
from desktop.domain.support_groups import SupportGroup
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.assessments import WHY, assessment, by_conference, called, held
from tests.support.factories import TODAY, days_ago

TABLES = (
    *("case_conference", "conference_member", "conference_matter", "conference_minutes"),
    *("support_group_decision", "support_group_reason"),
)
DECISION = (
    "INSERT INTO support_group_decision (id, office_id, household_id, person_id, assessment_id, matter_id, support_group, how,"
    " effective_from, expires_on, next_review_on, decided_by, decided_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(person)s, %(assessment)s, %(matter)s, %(group)s, %(how)s, %(from)s, %(expires)s,"
    " %(review)s, %(by)s, now())"
)
REASON = (
    "INSERT INTO support_group_reason (decision_id, office_id, household_id, reason, persons_view)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(reason)s, '')"
)
MINUTES = (
    "INSERT INTO conference_minutes (matter_id, office_id, household_id, papers, discussion, persons_view, dissent, written_by,"
    " written_at) VALUES (%s, %s, %s, '', '話し合った。', '', '', %s, now())"
)
MEMBER = (
    "INSERT INTO conference_member (conference_id, number, office_id, staff_id, name, role)"
    " VALUES (%s, %s, %s, NULL, '見本　太郎', '')"
)
MATTER = (
    "INSERT INTO conference_matter (id, office_id, conference_id, household_id, person_id, kind, assessment_id, added_by, added_at)"
    " VALUES (%s, %s, %s, %s, %s, 'support_group', %s, %s, now())"
)
HOLD = "UPDATE case_conference SET held_on = %s, held_by = %s WHERE id = %s"


@pytest.fixture(autouse=True)
def leave_nothing_open(place: Place) -> Iterator[None]:
    yield
    place.hang_up()


@pytest.fixture
def leader(place: Place) -> Connection:
    """The supervisor at psql, with the household's file open."""
    by = place.connect(place.office.supervisor)
    open_file(by, place.office.household_id)
    return by


@pytest.fixture
def assessed(place: Place):
    """The newest assessment, the caseworker's."""
    given = assessment(place.office)
    place.desk(place.office.caseworker).assessments.save(given)
    return given


@pytest.fixture
def matter(place: Place, assessed):
    """The same on the agenda of an open meeting, with minutes."""
    office = place.office
    return held(place.desk(office.caseworker), place.desk(office.supervisor), assessed)


def values(place: Place, given, matter_id: UUID | None, **changes):
    """A decision of the supervisor by a conference."""
    return {
        "id": new_id(),
        "office": place.office.supervisor.office_id,
        "household": given.household_id,
        "person": given.person_id,
        "assessment": given.assessment_id,
        "matter": matter_id,
        "group": "G2",
        "how": "conference",
        "from": TODAY,
        "expires": None,
        "review": TODAY + timedelta(days=90),
        "by": place.office.supervisor.staff_id,
        "reason": WHY,
    } | changes


def decided(by: Connection, given: dict[str, object]) -> str:
    """Store decision and reason in one transaction; the SQLSTATE of the refusal, or ''."""
    by.execute("BEGIN")
    found = refused(by, DECISION, given) or refused(by, REASON, given) or refused(by, "COMMIT")
    if found:
        by.execute("ROLLBACK")
    return found


def test_a_caseworker_does_not_decide(place, writer, assessed, matter):
    me = place.office.caseworker.staff_id
    forged = values(place, assessed, matter.matter_id)
    assert decided(writer, forged) in DENIED
    assert decided(writer, forged | {"by": me}) in DENIED


def test_the_decision_of_a_meeting_is_stored_once_in_the_own_name(place, leader, assessed, matter):
    other = place.office.head.staff_id
    given = values(place, assessed, matter.matter_id)
    assert decided(leader, given | {"by": other}) in DENIED
    assert decided(leader, given) == ""
    assert decided(leader, given | {"id": new_id()}) == "BS409"


def test_nobody_decides_on_the_own_assessment(place, leader):
    office, own = place.office, assessment(place.office)
    supervisor = place.desk(office.supervisor)
    supervisor.assessments.save(own)
    matter = held(place.desk(office.caseworker), supervisor, own)
    assert decided(leader, values(place, own, matter.matter_id)) in DENIED


def test_without_minutes_or_in_a_closed_meeting_nothing_is_decided(place, leader, assessed):
    office = place.office
    caseworker, supervisor = place.desk(office.caseworker), place.desk(office.supervisor)
    without = called(caseworker, assessed)
    members = [
        ConferenceMember(staff_id=office.supervisor.staff_id, name=""),
        ConferenceMember(staff_id=None, name="見本　太郎"),
    ]
    supervisor.conferences.hold(without.conference_id, members)
    assert decided(leader, values(place, assessed, without.matter_id)) == "BS422"
    closed = held(caseworker, supervisor, assessed)
    supervisor.conferences.close(closed.conference_id)
    assert decided(leader, values(place, assessed, closed.matter_id)) == "BS422"
    assert decided(leader, values(place, assessed, None)) in ("BS422", "23514")


def test_an_older_assessment_is_not_decided_any_more(place, leader, assessed, matter):
    place.desk(place.office.caseworker).assessments.save(assessment(place.office))
    assert decided(leader, values(place, assessed, matter.matter_id)) == "BS409"


def test_the_supervisor_alone_changes_no_group(place, leader, assessed, matter):
    office = place.office
    supervisor = place.desk(office.supervisor)
    wanted = by_conference(office, assessed, SupportGroup.WITH_HELP, matter.matter_id)
    supervisor.groups.decide(wanted)
    again = assessment(office)
    place.desk(office.caseworker).assessments.save(again)
    alone = values(place, again, None, how="supervisor")
    assert decided(leader, alone | {"group": "G3"}) == "BS422"
    provisional = {"how": "provisional", "expires": TODAY + timedelta(days=10)}
    assert decided(leader, alone | provisional) == "BS422"
    assert decided(leader, alone) == ""


def test_safety_that_comes_first_stops_the_decision(place, leader):
    office, given = place.office, assessment(place.office, safety="連絡が取れない")
    caseworker = place.desk(office.caseworker)
    caseworker.assessments.save(given)
    matter = held(caseworker, place.desk(office.supervisor), given)
    assert decided(leader, values(place, given, matter.matter_id)) == "BS409"


def test_a_decision_begins_today_whatever_a_client_says(place, leader, assessed, matter):
    backdated = values(place, assessed, matter.matter_id, **{"from": days_ago(400)})
    assert decided(leader, backdated) == ""
    found = place.truth(
        "SELECT effective_from FROM support_group_decision WHERE id = %s", (backdated["id"],)
    )
    assert found == [(TODAY,)]


def test_the_next_review_is_not_over(place, leader, assessed, matter):
    given = values(place, assessed, matter.matter_id)
    assert decided(leader, given | {"review": TODAY}) == "BS422"


@pytest.mark.parametrize(
    ("group", "reason"), [("G3", "みじかい理由"), ("G2", "　"), ("G3", " " * 30)]
)
def test_a_decision_has_a_reason_long_enough(place, leader, assessed, matter, group, reason):
    given = values(place, assessed, matter.matter_id, group=group, reason=reason)
    assert decided(leader, given) == "BS422"
    leader.execute("BEGIN")
    without = values(place, assessed, matter.matter_id)
    assert refused(leader, DECISION, without) == ""
    assert refused(leader, "COMMIT") == "BS422"


def test_somebody_else_s_household_is_out_of_reach(place, leader, assessed, matter):
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    for table in ("support_group_decision", "conference_matter"):
        assert rows(outsider, f"SELECT count(*) FROM {table}") == [(0,)]
    open_file(outsider, place.office.household_id, reason="other")
    theirs = place.office.outsider.staff_id
    assert decided(outsider, values(place, assessed, matter.matter_id, by=theirs)) in DENIED
    far = values(place, assessed, matter.matter_id, household=place.far_id)
    assert decided(leader, far) in (*DENIED, "BS409")
    foreign = values(place, assessed, matter.matter_id, household=place.foreign_id)
    assert decided(leader, foreign) in (*DENIED, "BS409")


def test_an_agenda_takes_the_person_s_own_assessment_in_the_own_name(place, writer, assessed):
    office, me = place.office, place.office.caseworker.staff_id
    conference = called(place.desk(office.caseworker), assessed).conference_id
    key = (office.caseworker.office_id, conference, office.household_id)
    others = (*key, office.person_id, assessed.assessment_id, office.supervisor.staff_id)
    assert refused(writer, MATTER, (new_id(), *others)) in DENIED
    stranger = (*key, place.foreign_person_id, assessed.assessment_id, me)
    assert refused(writer, MATTER, (new_id(), *stranger)) in (*DENIED, "BS422")
    nothing = (*key, office.person_id, None, me)
    assert refused(writer, MATTER, (new_id(), *nothing)) == "BS422"


def test_minutes_are_written_while_the_meeting_is_open_and_in_the_own_name(place, writer, assessed):
    office = place.office
    caseworker, supervisor = place.desk(office.caseworker), place.desk(office.supervisor)
    planned = called(caseworker, assessed)
    key = (office.caseworker.office_id, office.household_id)
    me = office.caseworker.staff_id
    assert refused(writer, MINUTES, (planned.matter_id, *key, me)) in DENIED
    closed = held(caseworker, supervisor, assessed)
    supervisor.conferences.close(closed.conference_id)
    after = called(caseworker, assessed)
    for matter_id, by in (
        (closed.matter_id, me),
        (after.matter_id, office.supervisor.staff_id),
    ):
        assert refused(writer, MINUTES, (matter_id, *key, by)) in DENIED


def test_a_meeting_of_one_is_none_and_opens_today(place, leader, assessed):
    office, me = place.office, place.office.supervisor.staff_id
    conference = called(place.desk(office.caseworker), assessed).conference_id
    assert refused(leader, HOLD, (TODAY, me, conference)) == "BS422"
    assert refused(leader, MEMBER, (conference, 1, office.supervisor.office_id)) == ""
    assert refused(leader, HOLD, (TODAY, me, conference)) == "BS422"
    assert refused(leader, MEMBER, (conference, 2, office.supervisor.office_id)) == ""
    assert refused(leader, HOLD, (days_ago(1), me, conference)) == "BS422"
    assert refused(leader, HOLD, (TODAY, me, conference)) == ""
    late = (conference, 3, office.supervisor.office_id)
    assert refused(leader, MEMBER, late) in DENIED


def test_a_caseworker_neither_opens_nor_closes_a_meeting(place, writer, assessed, matter):
    me = place.office.caseworker.staff_id
    close = "UPDATE case_conference SET closed_at = now() WHERE id = %s"
    assert refused(writer, close, (matter.conference_id,)) in DENIED
    planned = called(place.desk(place.office.caseworker), assessed)
    assert refused(writer, HOLD, (TODAY, me, planned.conference_id)) in DENIED
    member = (planned.conference_id, 1, place.office.caseworker.office_id)
    assert refused(writer, MEMBER, member) in DENIED


def test_a_closed_meeting_is_not_opened_again(place, leader, matter):
    place.desk(place.office.supervisor).conferences.close(matter.conference_id)
    again = "UPDATE case_conference SET closed_at = NULL WHERE id = %s"
    assert refused(leader, again, (matter.conference_id,)) in DENIED


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("conference_member", "role = 'x'"),
        ("conference_matter", "assessment_id = NULL"),
        ("conference_minutes", "discussion = 'x'"),
        ("support_group_decision", "support_group = 'G4'"),
        ("support_group_decision", "effective_from = '2020-01-01'"),
        ("support_group_reason", "reason = 'x'"),
        ("case_conference", "place = 'x'"),
    ],
)
def test_nothing_that_is_stored_changes(leader, table, change):
    assert refused(leader, f"UPDATE {table} SET {change}") in DENIED


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_removed_and_another_office_sees_none(place, leader, table):
    assert refused(leader, f"DELETE FROM {table}") == "42501"
    assert refused(leader, f"TRUNCATE {table}") == "42501"
    assert rows(place.connect(place.stranger), f"SELECT count(*) FROM {table}") == [(0,)]


def test_minutes_and_reasons_are_read_with_a_ticket_only(place, matter):
    place.close_files_of(place.office.head)
    by = place.connect(place.office.head)
    for table in ("conference_minutes", "support_group_reason"):
        assert rows(by, f"SELECT count(*) FROM {table}") == [(0,)]
    open_file(by, place.office.household_id)
    assert rows(by, "SELECT count(*) > 0 FROM conference_minutes") == [(True,)]


def test_everything_is_told(place):
    told = place.truth("SELECT DISTINCT tbl FROM audit.event WHERE tbl = ANY (%s)", (list(TABLES),))
    assert {name for (name,) in told} == set(TABLES)


def test_what_the_person_disputes_is_not_settled_by_the_supervisor_alone(
    place, leader, assessed, matter
):
    office = place.office
    wanted = by_conference(office, assessed, SupportGroup.WITH_HELP, matter.matter_id)
    place.desk(office.supervisor).groups.decide(wanted)
    again = assessment(office, comment=Comment.DISAGREED, comment_on=TODAY, comment_words="違う")
    place.desk(office.caseworker).assessments.save(again)
    assert decided(leader, values(place, again, None, how="supervisor")) == "BS422"
    brought = held(place.desk(office.caseworker), place.desk(office.supervisor), again)
    assert decided(leader, values(place, again, brought.matter_id)) == ""
