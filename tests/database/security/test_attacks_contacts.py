"""Forged contacts: visits that were none, of another household, with people of another office or added later."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import (
    DENIED,
    Connection,
    Place,
    answer_impact,
    open_file,
    refused,
)
from tests.support.factories import TODAY


def contact(office: Place, by: Connection, household_id: UUID, **changes: object) -> UUID:
    """A contact row that claims to be a home visit."""
    row: dict[str, object] = {
        "id": new_id(),
        "office_id": office.office.caseworker.office_id,
        "household_id": household_id,
        "happened_on": TODAY,
        "method": "visit",
        "place": "home",
        "result_code": "11",
        "is_home_visit": True,
        "is_absence": False,
        **changes,
    }
    marks = ", ".join("%s" for _ in row)
    by.execute(f"INSERT INTO contact ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    return row["id"]  # type: ignore[return-value]  # the UUID above


def test_a_telephone_call_is_no_home_visit(place, writer):
    for forged in ({"method": "telephone_out"}, {"place": "office"}, {"place": "none"}):
        with pytest.raises(psycopg.Error) as error:
            contact(place, writer, place.office.household_id, **forged)
        assert error.value.sqlstate == "BS422"


def test_signs_of_danger_stand_beside_an_absence_alone(place, writer):
    household = place.office.household_id
    for code in ("11", "25", ""):
        with pytest.raises(psycopg.Error) as error:
            contact(place, writer, household, result_code=code, has_danger_signs=True)
        assert error.value.sqlstate == "BS422"
    for code in ("21", "22"):
        absent = {"result_code": code, "is_home_visit": False, "has_danger_signs": True}
        contact(place, writer, household, **absent)


def test_signs_of_danger_are_neither_added_nor_taken_away_later(place, writer):
    household = place.office.household_id
    made = contact(place, writer, household, result_code="21", is_home_visit=False)
    change = "UPDATE contact SET has_danger_signs = true WHERE id = %s"
    assert refused(writer, change, (made,)) in DENIED


def test_a_forged_visit_behind_the_version(place, writer):
    """The entry points at a made-up visit while the version that is read has a plain contact."""
    draft = place.draft(method="office", place="office", result_code="")
    forged = contact(place, writer, place.office.household_id)
    writer.execute("UPDATE entry SET contact_id = %s WHERE id = %s", (forged, draft.entry_id))
    answer_impact(writer, draft.entry_id, draft.shown_version)
    writer.execute("SELECT app.submit('entry', %s, %s)", (draft.entry_id, draft.shown_version))
    found = place.truth(
        "SELECT 1 FROM entry WHERE id = %s AND contact_id = %s", (draft.entry_id, forged)
    )
    assert found == []


def test_a_visit_of_another_household(place, writer):
    """An entry of one file points at a contact of another."""
    open_file(writer, place.far_id, reason="電話当番")
    draft = place.draft()
    far = contact(place, writer, place.far_id)
    point = "UPDATE entry SET contact_id = %s WHERE id = %s"
    assert refused(writer, point, (far, draft.entry_id)) in DENIED
    version = (
        "INSERT INTO entry_version (entry_id, version, office_id, household_id, change, kind, contact_id, saved_at, content_hash)"
        " VALUES (%s, %s, %s, %s, 'writing', 'home_visit', %s, now(), 'x')"
    )
    writer.execute("UPDATE entry SET version = version + 1 WHERE id = %s", (draft.entry_id,))
    key = (place.office.caseworker.office_id, place.office.household_id)
    assert refused(writer, version, (draft.entry_id, draft.shown_version + 1, *key, far)) in DENIED


def test_somebody_met_who_was_added_later(place, writer):
    made = contact(place, writer, place.office.household_id)
    met = "INSERT INTO contact_met (id, office_id, household_id, contact_id, person_id, label) VALUES (gen_random_uuid(), %s, %s, %s, %s, 'x')"
    key = (place.office.caseworker.office_id, place.office.household_id)
    assert refused(writer, met, (*key, made, place.office.person_id)) in DENIED


def test_a_visit_with_staff_or_persons_of_another_office(place, writer):
    key = (place.office.caseworker.office_id, place.office.household_id)
    met = "INSERT INTO contact_met (id, office_id, household_id, contact_id, person_id, label) VALUES (gen_random_uuid(), %s, %s, %s, %s, 'x')"
    went = "INSERT INTO contact_staff (office_id, household_id, contact_id, staff_id) VALUES (%s, %s, %s, %s)"
    for statement, whom in ((met, place.foreign_person_id), (went, place.stranger.staff_id)):
        writer.execute("BEGIN")
        made = contact(place, writer, place.office.household_id)
        assert refused(writer, statement, (*key, made, whom)) in DENIED
        writer.execute("ROLLBACK")
