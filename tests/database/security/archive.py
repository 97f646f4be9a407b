"""An office with old files under attack: its people at psql."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from desktop.database.audit_trail.verify import verify
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Role
from desktop.domain.seals import Fault
from desktop.models.office import Office
from tests.database.security.place import Connection, Place
from tests.support import factories
from tests.support.disposal import OldOffice, old_office

HOLD = "SELECT app.set_hold(%s, %s, %s, DATE '2024-10-01', NULL, '78条返還金（架空）')"
DECIDE = "SELECT app.decide_disposal(%s, %s, %s, '架空の理由')"
CARRY_OUT = "SELECT app.carry_out_disposal(%s, %s)"


class Archive:
    """The old office, its people at raw connections."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.old: OldOffice = old_office(engine)
        office = self.old.office
        self.place = Place(
            engine=engine,
            office=office,
            administrator=self.make(Role.ADMINISTRATOR),
            stranger=office.outsider,
            far_id=office.household_id,
            foreign_id=office.household_id,
            foreign_district_id=office.household_id,
            foreign_person_id=office.person_id,
        )
        self.people = {
            "records": office.records,
            "supervisor": office.supervisor,
            "head": office.head,
            "director": self.old.director,
            "caseworker": office.caseworker,
            "outsider": office.outsider,
            "administrator": self.place.administrator,
        }
        self._at: dict[str, Connection] = {}

    def make(self, *roles: Role, **changes: Any) -> SignedInStaff:
        """One more person of the office."""
        with self.old.work() as session:
            home = session.get_one(Office, self.old.office.caseworker.office_id)
            made = factories.make_staff(session, *roles, office=home, **changes)
            return factories.signed_in(session, made)

    def at(self, name: str) -> Connection:
        """The person's psql."""
        if name not in self._at:
            self._at[name] = self.place.connect(self.people[name])
        return self._at[name]

    def draw_up(self, *households: UUID) -> tuple[UUID, str]:
        """A list as the records person makes it at psql: id and hash."""
        list_id = new_id()
        wanted = list(households or self.old.old[:1])
        self.at("records").execute("SELECT app.draw_up_disposal(%s, %s)", (list_id, wanted))
        return list_id, self.hash_of(list_id)

    def hash_of(self, list_id: UUID) -> str:
        """The hash that the database gave the list."""
        found = "SELECT content_hash FROM disposal_list WHERE id = %s"
        return str(self.place.truth(found, (list_id,))[0][0])

    def approved(self, *households: UUID) -> tuple[UUID, str]:
        """A list that supervisor and head approved."""
        list_id, content_hash = self.draw_up(*households)
        for name in ("supervisor", "head"):
            self.at(name).execute(DECIDE, (list_id, "approved", content_hash))
        return list_id, content_hash

    def still_there(self, household_id: UUID) -> bool:
        """Whether the file's texts stand."""
        found = "SELECT count(*) FROM segment WHERE household_id = %s"
        return bool(self.place.truth(found, (household_id,))[0][0])

    def faults(self) -> list[Fault]:
        """What a verification of the whole trail finds."""
        return [fault.fault for fault in verify(self.engine).faults]
