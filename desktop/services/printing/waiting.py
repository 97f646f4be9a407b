"""What waits for paper, form by form: what was approved and never printed, and the letters that shall leave the office."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.office import SignedInStaff
from desktop.domain.printing import ReadyToPrint
from desktop.models.ledger import AddressPeriod
from desktop.services.households.identity import identities
from desktop.services.periods import holds_on
from desktop.services.printing import (
    waiting_letters,
    waiting_records,
    waiting_visits,
    waiting_work,
)
from desktop.services.printing.waiting_rows import Found, Waiting

#: In the order of the print centre.
_KINDS: tuple[Callable[[Waiting], Iterator[Found]], ...] = (
    waiting_records.entries,
    waiting_records.policies,
    waiting_records.explanations,
    waiting_letters.inquiries,
    waiting_letters.transfers,
    waiting_visits.calls,
    waiting_visits.notices,
    waiting_work.letters_of_guidance,
    waiting_work.orders,
    waiting_work.referrals,
    waiting_work.notices,
    waiting_letters.disclosures,
)


def ready(
    session: Session, staff: SignedInStaff, today: date, district_ids: Collection[UUID] = ()
) -> tuple[ReadyToPrint, ...]:
    """Everything that waits, form by form, by district and case number."""
    waiting = Waiting(session, staff, today, district_ids)
    found = tuple(chain.from_iterable(kind(waiting) for kind in _KINDS))
    shielded = {row.household_id for row, is_shielded in found if is_shielded}
    names = identities(session, staff, shielded, today) if shielded else {}
    others = {row.household_id for row, is_shielded in found if not is_shielded}
    addresses = _addresses(session, sorted(others), today)
    return tuple(
        replace(
            row,
            head_name=names[row.household_id].head_name if is_shielded else row.head_name,
            address=addresses.get(row.household_id, ""),
        )
        for row, is_shielded in found
    )


def _addresses(session: Session, household_ids: Sequence[UUID], today: date) -> dict[UUID, str]:
    a = AddressPeriod
    found: dict[UUID, str] = {}
    for start in range(0, len(household_ids), 500):
        rows = session.execute(
            select(a.household_id, a.address)
            .where(a.household_id.in_(household_ids[start : start + 500]), holds_on(a, today))
            .order_by(a.valid_from)
        )
        found |= {household_id: address for household_id, address in rows}  # noqa: C416 - rows are not pairs to the type checker
    return found
