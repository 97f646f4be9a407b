"""Telephone memos at psql: other names, closed files, answers of strangers, a second answer, calls of nobody known."""

from __future__ import annotations

import pytest

from desktop.domain.ids import new_id
from desktop.domain.telephone_memos import READING_REASON, MemoInput
from tests.database.security.place import DENIED, open_file, refused

_ROW = (
    "INSERT INTO telephone_memo (id, office_id, household_id, entry_id, call_back, due_on, taken_by, taken_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(entry)s, %(call_back)s, app.today() + %(days)s::int,"
    " coalesce(%(by)s, app.me()), now())"
)
_TEXT = (
    "INSERT INTO telephone_memo_text (memo_id, office_id, household_id, who, what, answer)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(who)s, %(what)s, %(answer)s)"
)
_ANSWER, _IDENTIFY = "SELECT app.answer_memo(%s, %s, %s)", "SELECT app.identify_memo(%s, %s, %s)"


def row(place, /, **changes):
    return {
        "id": new_id(),
        "office": place.office.caseworker.office_id,
        "household": place.office.household_id,
        "entry": None,
        "call_back": "next_day",
        "days": 1,
        "by": None,
        "who": "架空 花子",
        "what": "薬の袋",
        "answer": "",
        **changes,
    }


def tried(connection, given):
    """A memo with its words: "" where it is kept."""
    connection.execute("BEGIN")
    found = refused(connection, _ROW, given)
    if not found:
        found = refused(connection, _TEXT, given) or refused(
            connection, "SET CONSTRAINTS ALL IMMEDIATE"
        )
    connection.execute("ROLLBACK")
    return found


def kept(place, household_id, by=None):
    memo_id = new_id()
    given = MemoInput(memo_id=memo_id, household_id=household_id, who="架空 花子", what="薬の袋")
    place.desk(by or place.office.outsider).memos.take(given)
    return memo_id


def test_a_memo_is_of_who_took_it_about_a_file_opened_with_a_reason(place, writer):
    assert tried(writer, row(place)) == ""
    assert tried(writer, row(place, household=None)) == ""
    assert tried(writer, row(place, by=place.office.supervisor.staff_id)) in DENIED
    assert tried(writer, row(place, household=place.far_id)) in DENIED
    assert tried(writer, row(place, household=place.foreign_id)) in DENIED
    assert tried(writer, row(place, household=None, office=place.stranger.office_id)) in DENIED
    assert tried(writer, row(place, who="　")) == "BS422"
    assert tried(writer, row(place, what="")) == "BS422"
    assert tried(writer, row(place, answer="済み")) in DENIED
    assert refused(writer, _ROW, row(place)) == "BS422"  # without words
    for days, call_back in ((1, "today"), (90, "next_day"), (-1, "next_day")):
        assert tried(writer, row(place, days=days, call_back=call_back)) == "BS422"
    assert tried(writer, row(place, days=None)) == "23514"
    outsider = place.connect(place.office.outsider)
    assert tried(outsider, row(place)) in DENIED  # the file is not open
    open_file(outsider, place.office.household_id, reason=READING_REASON)
    assert tried(outsider, row(place)) == ""
    assert tried(place.connect(place.administrator), row(place, household=None)) in DENIED


def test_the_entry_of_a_memo_is_an_own_one_of_that_household(place, writer):
    mine = place.draft().entry_id
    theirs = place.draft(place.office.supervisor).entry_id
    assert tried(writer, row(place, entry=mine)) == ""
    assert tried(writer, row(place, entry=theirs)) in DENIED
    assert tried(writer, row(place, entry=new_id())) in DENIED
    assert tried(writer, row(place, household=None, entry=mine)) in (*DENIED, "23514")


def test_it_is_answered_once_by_whose_duty_it_is(place, writer):
    memo_id = kept(place, place.office.household_id)
    taker = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    assert refused(taker, _ANSWER, (memo_id, "済み", None)) in DENIED
    assert refused(place.connect(place.stranger), _ANSWER, (memo_id, "済み", None)) in DENIED
    assert refused(writer, _ANSWER, (memo_id, "　", None)) == "BS422"
    theirs = place.draft(place.office.supervisor).entry_id
    assert refused(writer, _ANSWER, (memo_id, "済み", theirs)) in DENIED
    (first,) = place.truth("SELECT entry_id FROM telephone_memo WHERE id = %s", (memo_id,))
    assert refused(writer, _ANSWER, (memo_id, "済み", first[0])) in DENIED
    assert refused(writer, _ANSWER, (memo_id, "電話した", None)) == ""
    boss = place.connect(place.office.supervisor)
    assert refused(boss, _ANSWER, (memo_id, "わたしも", None)) == "BS409"
    kept_words = "SELECT answer FROM telephone_memo_text WHERE memo_id = %s"
    assert place.truth(kept_words, (memo_id,)) == [("電話した",)]


def test_a_call_of_nobody_known_is_before_the_office_until_it_has_a_household(place, writer):
    memo_id = kept(place, None, place.office.records)
    read = "SELECT what FROM telephone_memo_text WHERE memo_id = %s"
    outsider = place.connect(place.office.outsider)
    assert outsider.execute(read, (memo_id,)).fetchall() == [("薬の袋",)]
    assert place.connect(place.stranger).execute(read, (memo_id,)).fetchall() == []
    assert refused(place.connect(place.administrator), read, (memo_id,)) in DENIED
    household = place.office.household_id
    assert refused(outsider, _IDENTIFY, (memo_id, household, None)) in DENIED
    assert refused(writer, _IDENTIFY, (memo_id, place.foreign_id, None)) in DENIED
    assert refused(writer, _IDENTIFY, (memo_id, household, None)) == ""
    assert refused(writer, _IDENTIFY, (memo_id, household, None)) == "BS409"
    assert outsider.execute(read, (memo_id,)).fetchall() == []
    assert writer.execute(read, (memo_id,)).fetchall() == [("薬の袋",)]


@pytest.mark.parametrize("table", ["telephone_memo", "telephone_memo_text"])
def test_nothing_is_changed_or_removed_by_hand(place, writer, table):
    kept(place, place.office.household_id)
    for change in ("UPDATE {} SET office_id = office_id", "DELETE FROM {}"):
        assert refused(writer, change.format(table)) in DENIED
