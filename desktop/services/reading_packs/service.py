"""Use cases of reading packs in the office: write the file of an approved trip, and destroy it when it comes back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BufferedWriter
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import carrying
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain import reading_packs as packs
from desktop.domain.briefs import Brief, Purpose
from desktop.domain.carry_outs import (
    NO_CARRY_OUT,
    NO_MOVE,
    NOT_APPROVED,
    OWN_SHEET,
    CarryOutLine,
    CarryOutMove,
    CarryOutMoveInput,
    CarryOutState,
)
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.households import CaseFile
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose as Reading
from desktop.domain.reading_packs import PackHeader, PackInput, PackSheet, ReadingPack
from desktop.domain.roles import Permission
from desktop.models.carry_outs import CarryOutItem, CarryOutPurpose, CarryOutRecord
from desktop.models.office import Office
from desktop.services.carry_outs import loading, tables
from desktop.services.households import HouseholdService
from desktop.services.permission import needs
from desktop.services.reading_packs import pack_file
from desktop.services.reading_packs.opening import delete_known
from desktop.services.reading_packs.pack_file import USUAL, KeyCost
from desktop.services.support_policies import PolicyDutyService

_DELETED = "閲覧パックのファイルを消した。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSource:
    """What the office knows of one household of a pack: its file, its brief, and what the visit is for."""

    file: CaseFile = field(repr=False)
    brief: Brief = field(repr=False)
    wanted: tuple[Purpose, ...] = field(repr=False)
    visit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingPackService:
    """Packs of the signed-in person. What is in one is read through the door, for exactly its households."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    households: HouseholdService
    duties: PolicyDutyService
    cost: KeyCost = USUAL

    @needs(Permission.WRITE_RECORDS)
    def write(
        self, given: PackInput, folder: Path, told: Callable[[PackSource], PackSheet]
    ) -> Path:
        """Write the file of the own approved trip, once; `told` puts a household into words. Returns its place.

        The place is taken before anything is noted and the words are written after, so no readable file is without
        its line in the register. Raises UserError in one sentence.
        """
        wrong = packs.passphrase_error(given.passphrase)
        if wrong:
            raise ValidationError(passphrase=wrong)
        line = self._ready(given)
        purposes = self._households_of(given.carry_out_id)
        self.reading.open(Reading.PACK, purposes.keys())
        sheets = tuple(told(self._source(h, visit)) for h, visit in purposes.items())
        pack = ReadingPack(header=self._header(line, len(sheets)), sheets=sheets)
        data = pack_file.seal(pack, given.passphrase, self.cost)
        path = folder / packs.pack_name(line.fiscal_year, line.number)
        self._store(path, data, given)
        return path

    @needs(Permission.WRITE_RECORDS)
    def destroy(self, carry_out_id: UUID, version: int, path: Path) -> int:
        """Delete exactly the file of the own trip that is out, and record it as brought back. A second person confirms."""
        with self.work() as session:
            line = self._line(session, carry_out_id)
        if not line.is_own:
            raise NotPermittedError(OWN_SHEET)
        if line.pack is None or line.version != version or line.state is not CarryOutState.OUT:
            raise ConflictError(NO_MOVE)
        delete_known(path, line.pack.sha256)
        brought = CarryOutMoveInput(
            carry_out_id=carry_out_id,
            version=version,
            move=CarryOutMove.BRING,
            words=_DELETED,
            sheets=1,
            destroyed=True,
        )
        with self.work() as session:
            rules = tables.rules_on(session, self.staff.office_id, self.clock.today())
            return carrying.move(session, self.staff, brought, rules, self.clock.now())

    def _ready(self, given: PackInput) -> CarryOutLine:
        """The trip, where its file may be written; the database judges again."""
        with self.work() as session:
            line = self._line(session, given.carry_out_id)
        if not line.is_own:
            raise NotPermittedError(OWN_SHEET)
        if line.pack is None or line.version != given.version:
            raise ConflictError(NO_MOVE)
        if line.state is CarryOutState.MADE:
            raise ConflictError(NOT_APPROVED)
        if line.state is not CarryOutState.APPROVED:
            raise ConflictError(NO_MOVE)
        if line.pack.expires_at <= self.clock.now():
            raise ConflictError(packs.ALREADY_OVER)
        return line

    def _store(self, path: Path, data: bytes, given: PackInput) -> None:
        """Take the place with as many empty bytes, note the file, then write it."""
        with _taken(path, len(data)) as file:
            is_noted = False
            try:
                self._note(given, hashlib.sha256(data).hexdigest())
                is_noted = True
            finally:
                if not is_noted:
                    file.close()
                    path.unlink(missing_ok=True)
            try:
                _fill(file, data)
            except OSError as error:
                raise UserError(packs.WRITTEN_IN_PART) from error

    def _note(self, given: PackInput, sha256: str) -> None:
        with self.work() as session:
            office = tables.tables_on(session, self.staff.office_id, self.clock.today())
            at = self.clock.now()
            carrying.leave_with_pack(session, self.staff, given, sha256, office, at=at)

    def _source(self, household_id: UUID, visit: tuple[str, ...]) -> PackSource:
        return PackSource(
            file=self.households.open_file(household_id),
            brief=self.duties.brief(household_id),
            wanted=self.duties.purposes(household_id),
            visit=visit,
        )

    def _header(self, line: CarryOutLine, households: int) -> PackHeader:
        with self.work() as session:
            name = session.scalar(select(Office.name).where(Office.id == self.staff.office_id))
            rules = tables.pack_rules_on(session, self.staff.office_id, self.clock.today())
        if line.pack is None:
            raise ConflictError(NO_MOVE)
        return PackHeader(
            label=line.label,
            office=name or "",
            carry_out_id=line.carry_out_id,
            made_at=self.clock.now(),
            expires_at=line.pack.expires_at,
            households=households,
            idle_minutes=rules.idle_minutes,
        )

    def _households_of(self, carry_out_id: UUID) -> Mapping[UUID, tuple[str, ...]]:
        """The households of the trip in their order, with the purposes of the visit."""
        item, p = CarryOutItem, CarryOutPurpose
        with self.work() as session:
            ids = session.scalars(
                select(item.household_id)
                .where(item.carry_out_id == carry_out_id)
                .order_by(item.place)
            ).all()
            chosen = session.execute(
                select(p.household_id, p.code).where(p.carry_out_id == carry_out_id)
            ).all()
            known = tables.purposes(session, self.staff.office_id, self.clock.today())
        codes = {(household_id, code) for household_id, code in chosen}
        return {h: tuple(said for code, said in known.items() if (h, code) in codes) for h in ids}

    def _line(self, session: Session, carry_out_id: UUID) -> CarryOutLine:
        wanted = CarryOutRecord.id == carry_out_id
        found = loading.lines(session, self.staff, self.clock.now(), wanted)
        if not found:
            raise NotPermittedError(NO_CARRY_OUT)
        return found[0]


def _taken(path: Path, size: int) -> BufferedWriter:
    """A new file of so many empty bytes: the folder can be written, there is room, and nothing is overwritten."""
    try:
        file = path.open("xb")
    except FileExistsError as error:
        raise UserError(packs.FILE_EXISTS) from error
    except OSError as error:
        raise UserError(packs.NOT_WRITTEN) from error
    try:
        _fill(file, bytes(size))
    except OSError as error:
        file.close()
        path.unlink(missing_ok=True)
        raise UserError(packs.NOT_WRITTEN) from error
    return file


def _fill(file: BufferedWriter, data: bytes) -> None:
    file.seek(0)
    file.write(data)
    file.flush()
    os.fsync(file.fileno())
