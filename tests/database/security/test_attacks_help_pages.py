"""The office's own help at psql: other names, other offices, gaps in versions, changes, older packages, untrusted keys."""

from __future__ import annotations

from itertools import count
from uuid import uuid4

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, refused
from tests.support.help_packages import fingerprint, trust

_PAGE = (
    "INSERT INTO help_page (id, office_id, key, number, title, places, words, body, why, is_withdrawn, written_by, written_at)"
    " VALUES (%(id)s, %(office)s, %(key)s, %(number)s, '題', %(places)s, '', %(body)s, %(why)s, false,"
    " coalesce(%(by)s, app.me()), now())"
)
_PACKAGE = (
    "INSERT INTO help_package (id, office_id, number, title, issuer, issued_on, fingerprint, data, imported_by, imported_at)"
    " VALUES (%(id)s, %(office)s, %(number)s, '題', '発行者', '2024-04-01', %(key)s, '\\x00', coalesce(%(by)s, app.me()), now())"
)
_RETURN = (
    "INSERT INTO help_package_return (package_id, office_id, why, returned_by, returned_at)"
    " VALUES (%(id)s, %(office)s, %(why)s, coalesce(%(by)s, app.me()), now())"
)
#: The office is that of the whole module: each test has numbers of its own.
_NUMBERS = count(10, 10)


def row(place, /, **changes):
    given = {
        "id": new_id(),
        "office": place.office.caseworker.office_id,
        "key": f"page-{uuid4().hex}",
        "number": 1,
    }
    texts = {"places": "section:papers", "body": "本文", "why": "理由", "by": None}
    return {**given, **texts, **changes}


def package(place, /, **changes):
    return row(place, **{"key": fingerprint(), "number": next(_NUMBERS), **changes})


@pytest.fixture(scope="module")
def trusted(place):
    trust(place.office.work, place.office.caseworker.office_id)


def test_caseworkers_and_administrators_write_none_of_it(place, trusted):
    for staff in (place.office.caseworker, place.office.records, place.administrator):
        connection = place.connect(staff)
        assert refused(connection, _PAGE, row(place)) in DENIED
        assert refused(connection, _PACKAGE, package(place)) in DENIED
        assert refused(connection, _RETURN, row(place)) in DENIED


def test_a_supervisor_writes_in_the_own_name_and_office_only(place, trusted):
    connection = place.connect(place.office.supervisor)
    for changes in ({"by": place.office.head.staff_id}, {"office": new_id()}):
        assert refused(connection, _PAGE, row(place, **changes)) in DENIED
        assert refused(connection, _PACKAGE, package(place, **changes)) in DENIED
    stranger = place.connect(place.stranger)
    assert refused(stranger, _PAGE, row(place)) in DENIED
    assert refused(stranger, _PACKAGE, package(place)) in DENIED


def test_versions_follow_each_other_and_cards_of_the_law_are_not_replaced(place):
    connection = place.connect(place.office.supervisor)
    assert refused(connection, _PAGE, row(place, number=2)) == "BS409"
    first = row(place)
    connection.execute(_PAGE, first)
    again = {**first, "id": new_id()}
    assert refused(connection, _PAGE, again) == "BS409"
    assert refused(connection, _PAGE, {**again, "number": 3}) == "BS409"
    assert refused(connection, _PAGE, row(place, key="article-027")) == "BS422"
    assert refused(connection, _PAGE, row(place, places="anywhere")) == "BS422"
    assert refused(connection, _PAGE, row(place, why="　")) == "BS422"
    assert refused(connection, _PAGE, row(place, body=" ")) == "BS422"
    connection.execute(_PAGE, {**again, "number": 2, "places": "section:papers\nscreen:papers"})


def test_packages_are_of_a_trusted_key_and_newer_each_time(place, trusted):
    connection = place.connect(place.office.supervisor)
    assert refused(connection, _PACKAGE, package(place, key="0000-0000")) == "BS422"
    five = package(place)
    number = five["number"]
    connection.execute(_PACKAGE, five)
    assert refused(connection, _PACKAGE, package(place, number=number)) == "BS409"
    assert refused(connection, _PACKAGE, package(place, number=number - 1)) == "BS409"
    other = place.office.head.staff_id
    assert refused(connection, _RETURN, row(place, id=five["id"], by=other)) in DENIED
    assert refused(connection, _RETURN, row(place, id=five["id"], why=" ")) == "BS422"
    connection.execute(_RETURN, row(place, id=five["id"]))
    assert refused(connection, _PACKAGE, package(place, number=number - 1)) == "BS409"
    connection.execute(_PACKAGE, package(place, number=number))


@pytest.mark.parametrize("table", ["help_page", "help_package", "help_package_return"])
@pytest.mark.parametrize("change", ["UPDATE {} SET office_id = office_id", "DELETE FROM {}"])
def test_what_was_added_stays(place, trusted, table, change):
    connection = place.connect(place.office.supervisor)
    five = package(place)
    connection.execute(_PAGE, row(place))
    connection.execute(_PACKAGE, five)
    connection.execute(_RETURN, row(place, id=five["id"]))
    for staff in (place.office.supervisor, place.office.head):
        assert refused(place.connect(staff), change.format(table)) in DENIED


def test_the_trail_tells_of_each_and_of_a_package_by_its_hash(place, trusted):
    connection = place.connect(place.office.supervisor)
    page, taken = row(place), package(place)
    connection.execute(_PAGE, page)
    connection.execute(_PACKAGE, taken)
    told = place.truth(
        "SELECT tbl, detail -> 'new' ? 'data', detail -> 'new' ? 'sha256' FROM audit.event"
        " WHERE row_key = ANY (%s) ORDER BY seq",
        ([str(page["id"]), str(taken["id"])],),
    )
    assert told == [("help_page", False, False), ("help_package", False, True)]
