"""Whose file it is: the identity bar, and the names of shielded households for those on duty."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import NotPermittedError
from desktop.domain.households import Identity, SafetyMarkKind
from desktop.domain.office import SignedInStaff
from desktop.models.households import Household, Member, Person, SafetyMark
from desktop.models.office import District
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on


def identities(
    session: Session,
    staff: SignedInStaff,
    household_ids: Collection[UUID],
    today: date,
    *,
    opened: bool = False,
) -> dict[UUID, Identity]:
    """Identity bars of these households.

    `opened` says that a ticket for them is held, so that a shielded name may show even without duty.
    Raises NotPermittedError when one is not of the person's office.
    """
    rows = session.execute(
        select(Household, District.code, District.name)
        .join(District, District.id == Household.district_id)
        .where(Household.id.in_(household_ids), Household.office_id == staff.office_id)
    ).all()
    if len(rows) < len(set(household_ids)):
        raise NotPermittedError("この世帯は見つからないか、ほかの福祉事務所の世帯です。")
    shielded = {h.id: h.district_id for h, _, _ in rows if h.is_shielded}
    names = (
        head_names(session, shielded, today)
        if opened
        else shielded_names(session, staff, shielded, today)
    )
    marks = _marks(session, household_ids, today)
    caseworkers = main_caseworkers(session, today, {h.district_id for h, _, _ in rows})
    return {
        h.id: Identity(
            household_id=h.id,
            case_number=h.case_number,
            head_name=names.get(h.id, (h.head_name, h.head_kana))[0],
            head_kana=names.get(h.id, (h.head_name, h.head_kana))[1],
            district_code=code,
            district_name=name,
            caseworker=caseworkers.get(h.district_id, ("", None))[0],
            state=h.state,
            marks=marks.get(h.id, ()),
        )
        for h, code, name in rows
    }


def shielded_names(
    session: Session, staff: SignedInStaff, shielded: Mapping[UUID, UUID], today: date
) -> dict[UUID, tuple[str, str]]:
    """Name and kana of the heads of shielded households (household → district) that are the person's own duty."""
    near = {h for h, district in shielded.items() if staff.has_duty_for(h, district)}
    return head_names(session, near, today)


def head_names(
    session: Session, household_ids: Collection[UUID], today: date
) -> dict[UUID, tuple[str, str]]:
    """Name and kana of the heads, from the persons; a closed case's last head counts."""
    if not household_ids:
        return {}
    rows = session.execute(
        select(Member.household_id, Person.name, Person.kana)
        .join(Person, Person.id == Member.person_id)
        .where(Member.household_id.in_(household_ids), Member.is_head, Member.valid_from <= today)
        .order_by(Member.valid_from)
    )
    return {household_id: (name, kana) for household_id, name, kana in rows}


def _marks(
    session: Session, household_ids: Collection[UUID], today: date
) -> dict[UUID, tuple[SafetyMarkKind, ...]]:
    found: dict[UUID, list[SafetyMarkKind]] = {}
    rows = session.execute(
        select(SafetyMark.household_id, SafetyMark.kind).where(
            SafetyMark.household_id.in_(household_ids), holds_on(SafetyMark, today)
        )
    )
    for household_id, kind in rows:
        found.setdefault(household_id, []).append(kind)
    return {
        h: tuple(sorted(set(kinds), key=list(SafetyMarkKind).index)) for h, kinds in found.items()
    }
