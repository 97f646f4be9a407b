"""Papers of trips: the carry sheet (K-09), the register (K-11), the report of an incident (K-29), and the log of them.

The sheet comes out once: with it the papers leave the office. It opens no file, for it tells facts only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.database import carrying
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.carry_out_forms import (
    CarryOutRegister,
    CarrySheet,
    IncidentReport,
    SheetItem,
    initials,
)
from desktop.domain.carry_outs import (
    NO_CARRY_OUT,
    NO_MOVE,
    NOT_APPROVED,
    OWN_SHEET,
    PRINTABLE,
    CarryOutApproval,
    CarryOutLine,
    CarryOutState,
)
from desktop.domain.clock import Clock, japan_day
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.leaks import NO_INCIDENT
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import ROLE_LABELS, Permission, Role
from desktop.models.carry_outs import CarryOutItem, CarryOutPurpose, CarryOutRecord
from desktop.models.households import Household, Member
from desktop.models.ledger import ResidencePeriod
from desktop.models.records import PromiseRow
from desktop.services.carry_outs import loading, tables
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.periods import holds_on
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch

#: Who signs the report of an incident.
_STAMPS = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.DIRECTOR)
_COMMON, _AWAY = "common", "hospital"


@dataclass(frozen=True, slots=True)
class CarryOutPrinting:
    """Printing for the signed-in person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.PRINT_DRAFTS)
    def prepare_sheet(self, carry_out_id: UUID, version: int) -> CarrySheet:
        """The sheet of the own trip as it was shown. Raises ConflictError where it is not to be printed."""
        with self.work() as session:
            line = self._line(session, carry_out_id)
            if line.version != version or line.state not in PRINTABLE:
                raise ConflictError(NO_MOVE)
            if not line.is_own:
                raise NotPermittedError(OWN_SHEET)
            needs_word = line.approval is not CarryOutApproval.NONE
            if needs_word and line.state is CarryOutState.MADE:
                raise ConflictError(NOT_APPROVED)
            return CarrySheet(
                imprint=imprint_of(session, self.staff, self.clock),
                fiscal_year=line.fiscal_year,
                number=line.number,
                on=japan_day(line.leaving_at),
                caseworker=line.staff,
                sheets=line.sheets,
                items=self._items(session, carry_out_id),
                results=self._results(session),
            )

    @needs(Permission.PRINT_DRAFTS)
    def record_sheet(
        self, batch_id: UUID, carry_out_id: UUID, version: int, *, pages: int, sha256: str
    ) -> None:
        """Note that the sheet went to paper: the papers leave the office with it. Repeating it changes nothing."""
        with self.work() as session:
            if not self._note(session, batch_id, pages, sha256, form="K-09"):
                return
            rules = tables.rules_on(session, self.staff.office_id, self.clock.today())
            shown = (carry_out_id, version, batch_id)
            carrying.leave(session, self.staff, *shown, rules, at=self.clock.now())

    @needs(Permission.PRINT_DRAFTS)
    def prepare_register(self, since: date, until: date) -> CarryOutRegister:
        """The register of a period, both days inclusive."""
        with self.work() as session:
            return CarryOutRegister(
                imprint=imprint_of(session, self.staff, self.clock),
                since=since,
                until=until,
                lines=loading.lines_between(session, self.staff, self.clock.now(), since, until),
            )

    @needs(Permission.PRINT_DRAFTS)
    def record_register(self, batch_id: UUID, *, pages: int, sha256: str) -> None:
        """Note that the register went to paper."""
        with self.work() as session:
            self._note(session, batch_id, pages, sha256, form="K-11")

    @needs(Permission.PRINT_DRAFTS)
    def prepare_incident(self, incident_id: UUID) -> IncidentReport:
        """The report of an incident that the person sees."""
        with self.work() as session:
            found = loading.incidents(session, self.staff)
            chosen = [i for i in found if i.given.incident_id == incident_id]
            if not chosen:
                raise NotPermittedError(NO_INCIDENT)
            return IncidentReport(
                imprint=imprint_of(session, self.staff, self.clock),
                incident=chosen[0],
                stamps=tuple(ROLE_LABELS[role] for role in _STAMPS),
            )

    @needs(Permission.PRINT_DRAFTS)
    def record_incident(self, batch_id: UUID, *, pages: int, sha256: str) -> None:
        """Note that the report of an incident went to paper."""
        with self.work() as session:
            self._note(session, batch_id, pages, sha256, form="K-29")

    def _note(
        self, session: Session, batch_id: UUID, pages: int, sha256: str, *, form: str
    ) -> bool:
        return note_batch(
            session,
            batch_id,
            FormMark.PLAIN,
            staff=self.staff,
            at=self.clock.now(),
            pages=pages,
            sha256=sha256,
            form=form,
        )

    def _line(self, session: Session, carry_out_id: UUID) -> CarryOutLine:
        wanted = CarryOutRecord.id == carry_out_id
        found = loading.lines(session, self.staff, self.clock.now(), wanted)
        if not found:
            raise NotPermittedError(NO_CARRY_OUT)
        return found[0]

    def _results(self, session: Session) -> tuple[str, ...]:
        codes = lookup.result_codes(session, self.staff.office_id, self.clock.today())
        return tuple(codes)

    def _items(self, session: Session, carry_out_id: UUID) -> tuple[SheetItem, ...]:
        """The households in their order; of a shielded one the case number alone."""
        today, office_id = self.clock.today(), self.staff.office_id
        item = CarryOutItem
        rows = session.execute(
            select(item, Household)
            .join(Household, Household.id == item.household_id)
            .where(item.carry_out_id == carry_out_id)
            .order_by(item.place)
        ).all()
        ids = {household.id for _, household in rows}
        wanted = {h.id for i, h in rows if i.with_place and not h.is_shielded}
        places = loading.places_of(session, wanted, today)
        chosen = _purposes(session, carry_out_id)
        known = tables.purposes(session, office_id, today)
        checks = tables.checks(session, office_id, today)
        promises, away = _promises(session, ids), _away(session, ids, today)
        return tuple(
            SheetItem(
                case_number=household.case_number,
                initials="" if household.is_shielded else initials(household.head_kana),
                place=places.get(household.id, ""),
                purposes=tuple(
                    (label, code in chosen[household.id]) for code, label in known.items()
                ),
                checks=_checks(checks, household, is_away=household.id in away),
                promises=promises.get(household.id, 0),
            )
            for _, household in rows
        )


def _checks(
    checks: Mapping[str, tuple[str, ...]], household: Household, *, is_away: bool
) -> tuple[str, ...]:
    """The questions for all and those of its kind; whoever is away in a hospital or facility is asked other ones."""
    kind = household.household_type
    own = _AWAY if is_away else kind.value if kind is not None else ""
    return (*checks.get(_COMMON, ()), *checks.get(own, ()))


def _purposes(session: Session, carry_out_id: UUID) -> dict[UUID, set[str]]:
    p = CarryOutPurpose
    found = defaultdict[UUID, set[str]](set)
    for household_id, code in session.execute(
        select(p.household_id, p.code).where(p.carry_out_id == carry_out_id)
    ):
        found[household_id].add(code)
    return found


def _promises(session: Session, household_ids: set[UUID]) -> dict[UUID, int]:
    """How many promises of each household are open."""
    p = PromiseRow
    rows = session.execute(
        select(p.household_id, func.count())
        .where(p.household_id.in_(household_ids), p.kept_on.is_(None), p.to_version.is_(None))
        .group_by(p.household_id)
    )
    return {household_id: count for household_id, count in rows}  # noqa: C416 - rows are not pairs to the type checker


def _away(session: Session, household_ids: set[UUID], today: date) -> set[UUID]:
    """Households whose head is in a hospital or facility."""
    rows = session.scalars(
        select(Member.household_id)
        .join(ResidencePeriod, ResidencePeriod.person_id == Member.person_id)
        .where(
            Member.household_id.in_(household_ids),
            Member.is_head,
            holds_on(Member, today),
            ResidencePeriod.valid_from <= today,
            or_(ResidencePeriod.valid_to.is_(None), ResidencePeriod.valid_to >= today),
        )
    )
    return set(rows)
