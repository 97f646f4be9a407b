"""方針への影響 at psql: no submission without the answer, and no answer in another's name or for another version."""

from __future__ import annotations

import pytest

from desktop.domain.policy_events import Impact
from tests.database.security.place import (
    Place,
    answer_impact,
    open_file,
    refused,
    rows,
)

SUBMIT = "SELECT app.submit('entry', %s, %s)"
ANSWER = (
    "INSERT INTO policy_impact (id, office_id, entry_id, version, household_id, answer, answered_by,"
    " answered_at) VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s, now() - interval '1 year')"
)


def an_answer(place: Place, entry_id, version, **forged) -> tuple[object, ...]:
    values = {
        "office_id": place.office.caseworker.office_id,
        "entry_id": entry_id,
        "version": version,
        "household_id": place.office.household_id,
        "answer": "none",
        "answered_by": place.office.caseworker.staff_id,
    }
    return tuple((values | forged).values())


def test_nothing_is_handed_in_without_an_answer(place, writer):
    draft = place.draft()
    assert refused(writer, SUBMIT, (draft.entry_id, draft.shown_version)) == "BS422"
    answer_impact(writer, draft.entry_id, draft.shown_version)
    assert refused(writer, SUBMIT, (draft.entry_id, draft.shown_version)) == ""


def test_the_answer_of_an_earlier_version_is_none_for_this_one(place, writer):
    draft = place.draft()
    answer_impact(writer, draft.entry_id, draft.shown_version)
    later = place.draft(
        entry_id=draft.entry_id, shown_version=draft.shown_version, result_code="12"
    )
    assert later.shown_version == draft.shown_version + 1
    assert refused(writer, SUBMIT, (draft.entry_id, later.shown_version)) == "BS422"


@pytest.mark.parametrize("version", [0, 2, 9])
def test_an_answer_is_for_the_version_that_is_written_now(place, writer, version):
    draft = place.draft()
    assert refused(writer, ANSWER, an_answer(place, draft.entry_id, version)) == "BS403"


def test_nobody_answers_in_anothers_name(place, writer):
    draft = place.draft()
    forged = an_answer(
        place, draft.entry_id, draft.shown_version, answered_by=place.office.supervisor.staff_id
    )
    assert refused(writer, ANSWER, forged) == "BS403"


def test_nobody_answers_for_anothers_record(place):
    draft = place.draft()
    other = place.connect(place.office.supervisor)
    open_file(other, place.office.household_id)
    mine = an_answer(
        place, draft.entry_id, draft.shown_version, answered_by=place.office.supervisor.staff_id
    )
    assert refused(other, ANSWER, mine) in {"BS403", "42501"}


def test_an_answer_cannot_be_filed_elsewhere(place, writer):
    draft = place.draft()
    forged = an_answer(place, draft.entry_id, draft.shown_version, household_id=place.far_id)
    assert refused(writer, ANSWER, forged) in {"BS403", "42501"}


def test_once_handed_in_no_answer_is_added_and_none_is_changed(place, writer):
    entry_id = place.submitted()
    assert refused(writer, ANSWER, an_answer(place, entry_id, 1, answer="none")) == "BS403"
    for statement in (
        "UPDATE policy_impact SET answer = 'none' WHERE entry_id = %s",
        "DELETE FROM policy_impact WHERE entry_id = %s",
    ):
        assert refused(writer, statement, (entry_id,)) == "42501"


def test_the_server_sets_when_it_was_answered(place, writer):
    draft = place.draft()
    writer.execute(ANSWER, an_answer(place, draft.entry_id, draft.shown_version))
    ((is_now,),) = place.truth(
        "SELECT answered_at = %s FROM policy_impact WHERE entry_id = %s",
        (
            place.truth("SELECT saved_at FROM entry WHERE id = %s", (draft.entry_id,))[0][0],
            draft.entry_id,
        ),
    )
    assert is_now


def test_an_outsider_sees_no_answers(place):
    place.submitted()
    with place.connect(place.office.outsider) as outsider:
        assert rows(outsider, "SELECT 1 FROM policy_impact") == []


def test_the_audit_tells_of_it(place):
    entry_id = place.submitted()
    told = place.truth(
        "SELECT e.login FROM audit.event e JOIN policy_impact i ON e.row_key = i.id::text"
        " WHERE e.tbl = 'policy_impact' AND i.entry_id = %s",
        (entry_id,),
    )
    assert told == [(place.office.caseworker.login,)]


def test_an_annulment_needs_none(place):
    desk = place.desk(place.office.caseworker)
    entry_id = place.submitted()
    with place.connect(place.office.supervisor) as boss:
        place.approve(entry_id, boss)
    desk.records.request_annulment(entry_id, "別の世帯の記録", None)
    found = place.truth("SELECT answer FROM policy_impact WHERE entry_id = %s", (entry_id,))
    assert found == [(Impact.NONE.value,)]
