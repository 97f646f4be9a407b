"""Explanations and papers about policies at psql: silence in place of a person's words, prints that never were."""

from __future__ import annotations

import pytest

from desktop.domain.approvals import ApprovalState
from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused
from tests.services.support_policies.test_support_policies import approve
from tests.support.factories import TODAY
from tests.support.policies import written


@pytest.fixture
def writer(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


@pytest.fixture
def approved(place: Place):
    """An approved policy of the household."""
    found = place.truth("SELECT id FROM support_policy WHERE state = 'approved' LIMIT 1")
    if found:
        return found[0][0]
    office = place.office
    desk = place.desk(office.caseworker)
    saved = desk.policies.save(written(desk, office.household_id))
    desk.policies.submit(saved.policy_id, saved.version)
    if approve(place.desk(office.supervisor)) is ApprovalState.WAITING:
        approve(place.desk(office.head))
    return saved.policy_id


def explained(by: Connection, place: Place, policy_id, understanding: str, said: str) -> str:
    """Record an explanation; the SQLSTATE where it is refused."""
    explanation = new_id()
    owner = (place.office.caseworker.office_id, place.office.household_id)
    by.execute("BEGIN")
    by.execute(
        "INSERT INTO policy_explanation (id, office_id, household_id, policy_id, explained_on, explained_by, recorded_at, understanding)"
        " VALUES (%s, %s, %s, %s, %s, app.me(), now(), %s)",
        (explanation, *owner, policy_id, TODAY, understanding),
    )
    state = refused(
        by,
        "INSERT INTO policy_explanation_text (explanation_id, office_id, household_id, to_whom, place, said)"
        " VALUES (%s, %s, %s, '世帯主', '', %s)",
        (explanation, *owner, said),
    )
    if not state:
        by.execute("COMMIT")
    return state


@pytest.mark.parametrize("understanding", ["disagreed", "not_possible"])
def test_who_disagrees_is_not_left_without_words(place, writer, approved, understanding):
    for silent in ("  ", "\n", "\u3000", "x" * 10_001):
        assert explained(writer, place, approved, understanding, silent) == "BS422"
    assert explained(writer, place, approved, understanding, "納得できないと話す。") == ""


def test_an_explanation_is_not_rewritten(place, writer, approved):
    assert explained(writer, place, approved, "disagreed", "納得できないと話す。") == ""
    for change in ("said = 'よく分かった。'", "place = '自宅'", "to_whom = '別の人'"):
        assert refused(writer, f"UPDATE policy_explanation_text SET {change}") in DENIED
    assert refused(writer, "UPDATE policy_explanation SET understanding = 'understood'") in DENIED
    assert refused(writer, "DELETE FROM policy_explanation_text") in DENIED


def printed(
    by: Connection, place: Place, mark: str, table: str, subject, form: str, *, version: int = 1
) -> str:
    """Note a print in one run; the SQLSTATE where it is refused."""
    batch, owner = new_id(), (place.office.caseworker.office_id, place.office.household_id)
    by.execute("BEGIN")
    by.execute(
        "INSERT INTO print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256)"
        " VALUES (%s, %s, app.me(), now(), %s, 1, '')",
        (batch, owner[0], mark),
    )
    if table == "printed_policy":
        insert = (
            "INSERT INTO printed_policy (batch_id, office_id, household_id, policy_id, version, form)"
            " VALUES (%s, %s, %s, %s, %s, %s)"
        )
        state = refused(by, insert, (batch, *owner, subject, version, form))
    else:
        insert = (
            "INSERT INTO printed_file (batch_id, office_id, household_id, form)"
            " VALUES (%s, %s, %s, %s)"
        )
        state = refused(by, insert, (batch, owner[0], subject, form))
    if not state:
        by.execute("COMMIT")
    return state


def test_the_sheet_for_the_person_is_of_what_was_approved(place, writer, approved):
    desk = place.desk(place.office.caseworker)
    draft = desk.policies.save(written(desk, place.office.household_id)).policy_id
    assert printed(writer, place, "plain", "printed_policy", draft, "K-06") in DENIED
    assert printed(writer, place, "plain", "printed_policy", approved, "K-06", version=2) in DENIED
    assert printed(writer, place, "plain", "printed_policy", approved, "K-06") == ""


def test_a_plain_sheet_is_never_the_policy_itself(place, writer, approved):
    assert printed(writer, place, "plain", "printed_policy", approved, "K-05") in DENIED
    assert printed(writer, place, "draft", "printed_policy", approved, "K-06") in DENIED


def test_a_plain_run_holds_no_entry_of_the_record(place, writer):
    entry_id = place.submitted()
    batch, owner = new_id(), (place.office.caseworker.office_id, place.office.household_id)
    writer.execute("BEGIN")
    writer.execute(
        "INSERT INTO print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256)"
        " VALUES (%s, %s, app.me(), now(), 'plain', 1, '')",
        (batch, owner[0]),
    )
    insert = "INSERT INTO printed_entry (batch_id, entry_id, version, office_id, household_id) VALUES (%s, %s, 1, %s, %s)"
    assert refused(writer, insert, (batch, entry_id, *owner)) in DENIED


def test_a_household_form_is_noted_in_its_own_run_and_office(place, writer):
    own = place.office.household_id
    assert printed(writer, place, "plain", "printed_file", own, "K-24") == ""
    assert printed(writer, place, "draft", "printed_file", own, "K-24") in DENIED
    assert printed(writer, place, "plain", "printed_file", place.foreign_id, "K-24")
    ((batch,),) = place.truth("SELECT batch_id FROM printed_file")
    later = "INSERT INTO printed_file (batch_id, office_id, household_id, form) VALUES (%s, %s, %s, 'K-24')"
    assert refused(writer, later, (batch, place.office.caseworker.office_id, place.far_id))
    assert refused(writer, "UPDATE printed_file SET form = 'K-25'") in DENIED
    assert refused(writer, "DELETE FROM printed_file") in DENIED


def test_an_explanation_or_answer_without_any_words_is_not_stored(place, writer, approved):
    owner = (new_id(), place.office.caseworker.office_id, place.office.household_id)
    explanation = (
        "INSERT INTO policy_explanation (id, office_id, household_id, policy_id, explained_on, explained_by, recorded_at, understanding)"
        " VALUES (%s, %s, %s, %s, %s, app.me(), now(), 'disagreed')"
    )
    assert refused(writer, explanation, (*owner, approved, TODAY)) == "BS422"
    answer = (
        "INSERT INTO policy_no_review (id, office_id, household_id, happened_on, answered_by, answered_at)"
        " VALUES (%s, %s, %s, %s, app.me(), now())"
    )
    assert refused(writer, answer, (*owner, TODAY)) == "BS422"


@pytest.mark.parametrize(
    ("event", "reason"), [("", "理由"), ("入院", "\u3000\n"), ("入院", "x" * 10_001)], ids=range(3)
)
def test_an_answer_says_what_happened_and_why(place, writer, event, reason):
    owner = (new_id(), place.office.caseworker.office_id, place.office.household_id)
    writer.execute("BEGIN")
    writer.execute(
        "INSERT INTO policy_no_review (id, office_id, household_id, happened_on, answered_by, answered_at)"
        " VALUES (%s, %s, %s, %s, app.me(), now())",
        (*owner, TODAY),
    )
    words = (
        "INSERT INTO policy_no_review_text (no_review_id, office_id, household_id, event, reason)"
        " VALUES (%s, %s, %s, %s, %s)"
    )
    assert refused(writer, words, (*owner, event, reason)) == "BS422"
