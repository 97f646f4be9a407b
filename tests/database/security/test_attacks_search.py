"""The search at psql: its text and its tickets are nobody's, and what is read was asked for first, by the same person."""

from __future__ import annotations

import pytest

from tests.database.security.place import DENIED, TEXT, open_file, refused, rows

_FIND = "SELECT row_id FROM app.search_texts(%s, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)"
_ASK = "SELECT app.ask_search(%s)"
_ALL = "本人"


@pytest.fixture(scope="module")
def entry_id(place):
    """A submitted entry with text."""
    return place.submitted()


def ask(by, words=_ALL):
    return rows(by, _ASK, (words,))[0][0]


def test_the_text_of_the_search_is_read_and_written_by_nobody(place, writer, entry_id):
    for who in (writer, place.connect(place.office.head), place.connect(place.administrator)):
        for statement in (
            "SELECT folded FROM search_text",
            "SELECT count(*) FROM search_text",
            "INSERT INTO search_text (row_id, folded) SELECT id, '' FROM entry",
            "UPDATE search_text SET folded = ''",
            "DELETE FROM search_text",
            "SELECT app.index_entry('{}')",
            "SELECT app.index_missing()",
            "SELECT app.search_fold('あ')",
            "SELECT app.search_words('{}')",
        ):
            assert refused(who, statement) in DENIED, statement
    assert place.truth("SELECT count(*) FROM search_text WHERE row_id = %s", (entry_id,)) == [(1,)]


def test_without_a_ticket_nothing_is_found(place, entry_id):
    by = place.connect(place.office.caseworker)
    assert refused(by, _FIND, (None,)) == "BS403"
    assert refused(by, _FIND, (entry_id,)) == "BS403"
    # A ticket of the same transaction could be rolled back together with what it was for.
    both = _FIND.replace("%s", f"({_ASK})")
    assert refused(by, both, (_ALL,)) == "BS403"
    assert (entry_id,) in rows(by, _FIND, (ask(by),))


def test_somebody_elses_ticket_or_one_for_a_file_opens_no_search(place, entry_id):
    del entry_id
    by, other = place.connect(place.office.caseworker), place.connect(place.office.supervisor)
    assert refused(other, _FIND, (ask(by),)) == "BS403"
    open_file(by, place.office.household_id)
    (ticket,) = place.truth(
        "SELECT id FROM ticket WHERE purpose = 'file' AND staff_id = %s LIMIT 1",
        (place.office.caseworker.staff_id,),
    )
    assert refused(by, _FIND, ticket) == "BS403"


def test_a_search_ticket_opens_no_file(place, entry_id):
    del entry_id
    place.close_files_of(place.office.outsider)
    by = place.connect(place.office.outsider)
    ticket = ask(by)
    assert rows(by, _FIND, (ticket,)) == []
    assert rows(by, "SELECT text FROM segment") == []


def test_another_office_and_who_opens_no_files_find_nothing(place, entry_id):
    del entry_id
    stranger = place.connect(place.stranger)
    assert rows(stranger, _FIND, (ask(stranger),)) == []
    administrator = place.connect(place.administrator)
    assert refused(administrator, _ASK, (_ALL,)) in DENIED
    assert refused(administrator, _FIND, (None,)) in DENIED


def test_no_way_of_reading_leads_around_the_duty(place, entry_id):
    """By noun, household, author or day: what is asked for narrows, it opens nothing."""
    place.close_files_of(place.office.outsider)
    by, near = place.connect(place.office.outsider), place.connect(place.office.caseworker)
    household, author = place.office.household_id, place.office.caseworker.staff_id
    ways = (
        ("NULL", "%s", "NULL", (household,)),
        ("NULL", "NULL", "%s", (author,)),
        ("'entry'", "NULL", "NULL", ()),
        ("'person'", "NULL", "NULL", ()),
        ("'no such noun'", "NULL", "NULL", ()),
    )
    for noun, in_household, written_by, values in ways:
        for words in (_ALL, "架空", "架|本|試"):
            find = (
                f"SELECT household_id FROM app.search_texts(%s, {noun}, {in_household}, NULL, {written_by},"
                " NULL, NULL, NULL, NULL)"
            )
            found = rows(by, find, (ask(by, words), *values))
            assert (household,) not in found, (noun, words)
    own = f"SELECT row_id FROM app.search_texts(%s, NULL, '{household}', NULL, '{author}', NULL, NULL, NULL, NULL)"
    assert (entry_id,) in rows(near, own, (ask(near),))


@pytest.mark.parametrize("words", ["本人') OR true --", "|", "||本", "-|", "本人|", "{本,人}", '"'])
def test_words_are_no_part_of_a_statement(place, entry_id, words):
    del entry_id
    place.close_files_of(place.office.outsider)
    by = place.connect(place.office.outsider)
    if refused(by, _ASK, (words,)) == "BS422":
        return
    assert rows(by, _FIND, (ask(by, words),)) == []


def test_somebody_elses_draft_is_not_found(place):
    draft = place.draft().entry_id
    own, other = place.connect(place.office.caseworker), place.connect(place.office.supervisor)
    open_file(other, place.office.household_id)
    assert (draft,) in rows(own, _FIND, (ask(own),))
    assert (draft,) not in rows(other, _FIND, (ask(other),))


@pytest.mark.parametrize("words", ["", " ", "-本人", None, "あ" * 601])
def test_a_search_for_nothing_is_refused(place, words):
    assert refused(place.connect(place.office.caseworker), _ASK, (words,)) == "BS422"


@pytest.mark.parametrize(
    "words", ["'本人", "\\", "%", "_", "':*", "!本人", "本人 | x", "a' & 'b", "()"]
)
def test_signs_of_a_query_language_are_words_like_others(place, entry_id, words):
    by = place.connect(place.office.head)
    found = {row[0] for row in rows(by, _FIND, (ask(by, words),))}
    assert entry_id not in found or words in {"%", "_"}


def test_what_was_looked_for_stands_in_the_trail_and_in_no_log(place, entry_id):
    del entry_id
    by = place.connect(place.office.caseworker)
    ticket = ask(by, "架空の言葉")
    assert place.truth("SELECT purpose, reason FROM ticket WHERE id = %s", (ticket,)) == [
        ("search", "架空の言葉")
    ]
    told = place.truth("SELECT count(*) FROM audit.event WHERE tbl = 'search_text'")
    assert told == [(0,)]
    assert TEXT
