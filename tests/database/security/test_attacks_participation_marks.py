"""Marks of who can take part at psql: other names, no reason, later words, changes."""

from __future__ import annotations

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, open_file, refused

_MARK = (
    "INSERT INTO participation_mark (id, office_id, household_id, person_id, can_join, since, noted_by, noted_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(person)s, true, %(since)s, coalesce(%(by)s, app.me()), now())"
)
_TEXT = (
    "INSERT INTO participation_mark_text (mark_id, office_id, household_id, reason)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(reason)s)"
)


def row(place, /, **changes):
    office = place.office
    given = {"id": new_id(), "office": office.caseworker.office_id, "by": None, "reason": "理由"}
    of_whom = {"household": office.household_id, "person": office.person_id, "since": "2024-09-01"}
    return {**given, **of_whom, **changes}


def test_a_mark_is_added_in_the_own_name_with_a_reason_of_the_same_save(place, writer):
    assert refused(writer, _MARK, row(place, by=place.office.head.staff_id)) in DENIED
    assert refused(writer, _MARK, row(place, since="2030-01-01")) == "BS422"
    assert refused(writer, _MARK, row(place, person=place.foreign_person_id)) in (*DENIED, "BS422")
    assert refused(writer, _MARK, row(place)) == "BS422"  # without a reason
    given = row(place)
    with writer.transaction():
        writer.execute(_MARK, given)
        writer.execute(_TEXT, given)
    assert refused(writer, _TEXT, given) in DENIED
    for table in ("participation_mark", "participation_mark_text"):
        for change in ("UPDATE {} SET office_id = office_id", "DELETE FROM {}"):
            assert refused(writer, change.format(table)) in DENIED


@pytest.mark.parametrize("who", ["records", "outsider"])
def test_who_may_not_assess_or_has_not_opened_the_file_marks_nobody(place, who):
    connection = place.connect(getattr(place.office, who))
    if who == "records":
        open_file(connection, place.office.household_id)
    assert refused(connection, _MARK, row(place)) in DENIED
