"""Points in force and the places of households; nothing of it is stored with a household."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.places import (
    UNKNOWN_PLACE,
    Place,
    PlaceLevel,
    TownImport,
    TownIndex,
    TownPoint,
)
from desktop.models.households import Household
from desktop.models.ledger import AddressPeriod
from desktop.models.office import District, Staff
from desktop.models.places import TownImportRecord, TownPointRecord
from desktop.services.masters import lookup_visits
from desktop.services.periods import holds_on

_BY_PROGRAM = "初期値"


def places_of(
    session: Session, office_id: UUID, household_ids: Collection[UUID], on: date
) -> dict[UUID, Place]:
    """Household → where it lies on a day, for every one that is asked for.

    Households under 支援措置 are no exception: the address is read here and now, so only who may see it gets a place.
    """
    addresses = addresses_of(session, household_ids, on)
    districts = _districts_of(session, household_ids)
    known = lookup_visits.travel_settings(session, office_id, on).district_minutes
    typed = {code for codes in known for code in codes}
    index = town_index(session, office_id)
    return {
        household_id: place_of(
            index, addresses.get(household_id, ""), districts.get(household_id, ("", "")), typed
        )
        for household_id in household_ids
    }


def place_of(
    index: TownIndex, address: str, district: tuple[str, str], typed: Collection[str]
) -> Place:
    """The ladder: 町丁目, 大字, the office's table of districts (code and name of the household's), unknown."""
    found = index.find(address)
    code, name = district
    if found.level is PlaceLevel.UNKNOWN and code in typed:
        return Place(level=PlaceLevel.DISTRICT, name=name)
    return found if found.level is not PlaceLevel.UNKNOWN else UNKNOWN_PLACE


def town_index(session: Session, office_id: UUID) -> TownIndex:
    """All points in force, read once in a unit of work: of every municipality those of its newest import."""
    known: dict[UUID, TownIndex] = session.info.setdefault("town_index", {})
    if office_id not in known:
        known[office_id] = TownIndex(_points(session, office_id))
    return known[office_id]


def addresses_of(session: Session, household_ids: Collection[UUID], on: date) -> dict[UUID, str]:
    """Household → its address on a day, where the person may see it."""
    rows = session.execute(
        select(AddressPeriod.household_id, AddressPeriod.address)
        .where(AddressPeriod.household_id.in_(household_ids), holds_on(AddressPeriod, on))
        .order_by(AddressPeriod.valid_from)
    )
    return {household_id: address for household_id, address in rows}  # noqa: C416 - rows are not pairs


def imports(session: Session, office_id: UUID) -> tuple[TownImport, ...]:
    """The files that were taken in, the newest first."""
    i, p = TownImportRecord, TownPointRecord
    cities: dict[UUID, list[str]] = {}
    for import_id, prefecture, city in session.execute(
        select(p.import_id, p.prefecture, p.city)
        .where(p.office_id == office_id)
        .group_by(p.import_id, p.city_code, p.prefecture, p.city)
        .order_by(p.city_code)
    ):
        cities.setdefault(import_id, []).append(f"{prefecture}{city}")
    rows = session.execute(
        select(i, Staff.name)
        .outerjoin(Staff, Staff.id == i.imported_by)
        .where(i.office_id == office_id)
        .order_by(i.imported_at.desc(), i.id.desc())
    )
    return tuple(
        TownImport(
            import_id=row.id,
            file_name=row.file_name,
            sha256=row.sha256,
            points=row.point_count,
            cities=tuple(cities.get(row.id, ())),
            imported_by=name or _BY_PROGRAM,
            imported_at=row.imported_at,
        )
        for row, name in rows
    )


def _points(session: Session, office_id: UUID) -> list[TownPoint]:
    p, i = TownPointRecord, TownImportRecord
    newest = (
        select(p.city_code, func.max(i.imported_at).label("at"))
        .join(i, i.id == p.import_id)
        .where(p.office_id == office_id)
        .group_by(p.city_code)
        .subquery("newest")
    )
    rows = session.execute(
        select(
            *(p.prefecture, p.city_code, p.city, p.town_code, p.town),
            *(p.kind, p.latitude, p.longitude),
        )
        .join(i, i.id == p.import_id)
        .join(newest, (newest.c.city_code == p.city_code) & (newest.c.at == i.imported_at))
        .where(p.office_id == office_id)
        .order_by(p.town_code)
    )
    return [
        TownPoint(
            prefecture=row.prefecture,
            city_code=row.city_code,
            city=row.city,
            town_code=row.town_code,
            town=row.town,
            kind=row.kind,
            latitude=row.latitude,
            longitude=row.longitude,
        )
        for row in rows
    ]


def _districts_of(session: Session, household_ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = session.execute(
        select(Household.id, District.code, District.name)
        .join(District, District.id == Household.district_id)
        .where(Household.id.in_(household_ids))
    )
    return {household_id: (code, name) for household_id, code, name in rows}
