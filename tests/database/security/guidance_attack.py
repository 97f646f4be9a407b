"""Storing a step of guidance at psql, as the right person or as another."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import psycopg

from desktop.domain.guidance_forms import StepInput
from desktop.domain.office import SignedInStaff
from tests.database.security.guidance_rows import statements
from tests.database.security.place import Connection, Place, open_file
from tests.support.factories import CLOCK
from tests.support.guidance import BY, Walk, day


def psql(place: Place, walk: Walk, staff: SignedInStaff, days: int) -> Connection:
    """The person at psql so many days later, with the file open."""
    by = place.connect(staff, CLOCK.now() + timedelta(days=days))
    open_file(by, walk.office.household_id)
    return by


def attack(place: Place, walk: Walk, given: StepInput, who: str = "", **changes: object) -> str:
    """Store the step at psql as the right person (or `who`); the SQLSTATE of the refusal, or ""."""
    staff = getattr(walk.office, who or BY.get(given.kind, "caseworker"))
    by = psql(place, walk, staff, (given.happened_on - day(0)).days)
    made = list(statements(walk, given, staff, **changes))
    by.execute("BEGIN")
    try:
        for statement, values in made:
            by.execute(statement, values)
        by.execute("COMMIT")
    except psycopg.Error as error:
        with suppress(psycopg.Error):
            by.rollback()
        return error.sqlstate or "connection"
    finally:
        by.close()
    return ""
