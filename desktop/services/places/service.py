"""Use cases of places: an administrator takes points in, caseworkers see what their addresses were found by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.places import FilePreview, PlacedHousehold, PlaceLevel, TownImport
from desktop.domain.roles import Permission
from desktop.models.households import Household
from desktop.models.office import District
from desktop.models.places import TownImportRecord, TownPointRecord
from desktop.services.households.identity import shielded_names
from desktop.services.permission import needs
from desktop.services.places import loading, town_file

_LADDER = tuple(PlaceLevel)
_STATES = (HouseholdState.RECEIVING, HouseholdState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class PlaceService:
    """Points of towns, and the places of the person's households."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.SEE_MASTERS)
    def imports(self) -> tuple[TownImport, ...]:
        """The files that were taken in, the newest first."""
        with self.work() as session:
            return loading.imports(session, self.staff.office_id)

    @needs(Permission.EDIT_MASTERS)
    def preview(self, path: Path) -> FilePreview:
        """Read and judge a file; nothing is stored. Raises UserError where it is no such file at all."""
        return town_file.read_file(path)

    @needs(Permission.EDIT_MASTERS)
    def take_in(self, preview: FilePreview) -> int:
        """Store all points of a file that was looked at, or none; return how many. From then on they are in force."""
        if not preview.is_clean:
            raise UserError(
                f"読み取れない行が{preview.error_count}行あります。ファイルを直してから取り込んでください。"
            )
        with self.work() as session:
            self._store(session, preview)
        return len(preview.points)

    @needs(Permission.OPEN_CASE_FILES)
    def of_households(self) -> tuple[PlacedHousehold, ...]:
        """The households of the person's districts with where they lie, the worst found first."""
        today = self.clock.today()
        with self.work() as session:
            rows = session.execute(self._households()).all()
            found = loading.places_of(session, self.staff.office_id, [r.id for r in rows], today)
            addresses = loading.addresses_of(session, [r.id for r in rows], today)
            shielded = {r.id: r.district_id for r in rows if r.is_shielded}
            names = shielded_names(session, self.staff, shielded, today)
        placed = [
            PlacedHousehold(
                household_id=r.id,
                case_number=r.case_number,
                head=names.get(r.id, (r.head_name, ""))[0],
                district=r.name,
                address=addresses.get(r.id, ""),
                place=found[r.id],
            )
            for r in rows
        ]
        placed.sort(key=lambda each: -_LADDER.index(each.place.level))
        return tuple(placed)

    def _households(self) -> Select[UUID, str, str, UUID, bool, str]:
        condition = (Household.office_id == self.staff.office_id) & Household.state.in_(_STATES)
        if not self.staff.is_office_wide:
            condition &= Household.district_id.in_(self.staff.own_district_ids)
        columns = (Household.id, Household.case_number, Household.head_name)
        return (
            select(*columns, Household.district_id, Household.is_shielded, District.name)
            .join(District, District.id == Household.district_id)
            .where(condition)
            .order_by(Household.sort_key, Household.id)
        )

    def _store(self, session: Session, preview: FilePreview) -> UUID:
        import_id, office_id = new_id(), self.staff.office_id
        session.add(
            TownImportRecord(
                id=import_id,
                office_id=office_id,
                file_name=preview.file_name,
                sha256=preview.sha256,
                point_count=len(preview.points),
                imported_by=self.staff.staff_id,
                imported_at=self.clock.now(),
            )
        )
        session.flush()
        session.execute(
            insert(TownPointRecord),
            [
                {
                    "id": new_id(),
                    "office_id": office_id,
                    "import_id": import_id,
                    "prefecture": point.prefecture,
                    "city_code": point.city_code,
                    "city": point.city,
                    "town_code": point.town_code,
                    "town": point.town,
                    "kind": point.kind,
                    "latitude": point.latitude,
                    "longitude": point.longitude,
                }
                for point in preview.points
            ],
        )
        return import_id
