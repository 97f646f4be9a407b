"""What waits for paper: approved records and policies that were never printed, policies that were not explained yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from desktop.domain.forms import FormMark
from desktop.domain.office import SignedInStaff
from desktop.domain.printing import ReadyToPrint
from desktop.domain.records import EntryOrigin
from desktop.domain.support_policies import POLICY_KIND, PolicyState
from desktop.models.households import Household
from desktop.models.issued_forms import IssuedFormRecord, IssuedSubject
from desktop.models.ledger import AddressPeriod
from desktop.models.office import District, Staff
from desktop.models.records import EntryRecord, PrintBatch, PrintedEntry
from desktop.models.support_policies import (
    PolicyExplanation,
    PrintedPolicy,
    SupportPolicyRecord,
)
from desktop.services.households.identity import identities
from desktop.services.masters import lookup
from desktop.services.periods import holds_on

#: A row, and whether its household is shielded: its name and address are no directory then.
_Found = tuple[ReadyToPrint, bool]
#: A row of one kind: what is printed, its household, the district's code, the author's name.
_Rows = Select[Any, Household, str, str | None]


def ready(
    session: Session, staff: SignedInStaff, today: date, district_ids: Collection[UUID] = ()
) -> tuple[ReadyToPrint, ...]:
    """Everything that waits, form by form, by district and case number."""
    waiting = _Waiting(session, staff, today, district_ids)
    found = [*waiting.entries(), *waiting.policies(), *waiting.explanations()]
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


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What waits in these districts, or in all."""

    session: Session
    staff: SignedInStaff
    today: date
    district_ids: Collection[UUID]

    def entries(self) -> Iterator[_Found]:
        e = EntryRecord
        kinds = lookup.entry_kinds(self.session, self.staff.office_id, self.today)
        query = (
            self._of_districts(_with_household(e, e.author_id, e.household_id))
            .where(
                e.office_id == self.staff.office_id,
                e.approved_at.is_not(None),
                e.origin == EntryOrigin.OFFICE,
                ~_printed_entry(),
                ~_issued("K-04", e.id, e.approved_version),
            )
            .order_by(District.code, Household.case_number, e.event_on, e.id)
        )
        for entry, household, code, author in self.session.execute(query):
            label = kinds[entry.kind].label if entry.kind in kinds else entry.kind
            row = _row("K-04", entry, household, district_code=code, author=author)
            yield replace(row, label=label, on=entry.event_on), household.is_shielded

    def policies(self) -> Iterator[_Found]:
        p = SupportPolicyRecord
        yield from self._of_policies(
            "K-05", ~_printed_policy(FormMark.ORIGINAL), ~_issued("K-05", p.id, p.approved_version)
        )

    def explanations(self) -> Iterator[_Found]:
        p = SupportPolicyRecord
        explained = select(PolicyExplanation.id).where(PolicyExplanation.policy_id == p.id)
        yield from self._of_policies(
            "K-06",
            ~explained.exists(),
            ~_printed_policy(FormMark.PLAIN),
            ~_issued("K-06", p.id, p.approved_version),
        )

    def _of_policies(self, form_code: str, *where: ColumnElement[bool]) -> Iterator[_Found]:
        """Policies in force: of each household the one that was approved last."""
        p, later = SupportPolicyRecord, aliased(SupportPolicyRecord)
        newer = select(later.id).where(
            later.household_id == p.household_id,
            later.state == PolicyState.APPROVED,
            later.approved_at > p.approved_at,
        )
        query = (
            self._of_districts(_with_household(p, p.author_id, p.household_id))
            .where(
                p.office_id == self.staff.office_id,
                p.state == PolicyState.APPROVED,
                ~newer.exists(),
                *where,
            )
            .order_by(District.code, Household.case_number, p.id)
        )
        for policy, household, code, author in self.session.execute(query):
            row = _row(form_code, policy, household, district_code=code, author=author)
            found = replace(row, label=POLICY_KIND[policy.kind], on=policy.made_on)
            yield found, household.is_shielded

    def _of_districts(self, rows: _Rows) -> _Rows:
        if not self.district_ids:
            return rows
        return rows.where(Household.district_id.in_(self.district_ids))


def _row(
    form_code: str,
    what: EntryRecord | SupportPolicyRecord,
    household: Household,
    *,
    district_code: str,
    author: str | None,
) -> ReadyToPrint:
    """A row whose label and day are still to come."""
    since = what.approved_at
    if since is None:
        raise LookupError(what.id)
    return ReadyToPrint(
        form_code=form_code,
        subject_id=what.id,
        version=what.approved_version or what.version,
        household_id=household.id,
        case_number=household.case_number,
        head_name=household.head_name,
        district_code=district_code,
        label="",
        on=since.date(),
        author=author or "",
        since=since,
    )


def _with_household(
    table: Any,  # noqa: ANN401 - entries or policies
    author: InstrumentedAttribute[Any],
    household: InstrumentedAttribute[UUID],
) -> _Rows:
    return (
        select(table, Household, District.code, Staff.name)
        .join(Household, Household.id == household)
        .join(District, District.id == Household.district_id)
        .outerjoin(Staff, Staff.id == author)
    )


def _printed_entry() -> ColumnElement[bool]:
    return (
        select(PrintedEntry.entry_id)
        .join(
            PrintBatch,
            and_(
                PrintBatch.id == PrintedEntry.batch_id,
                PrintBatch.mark == FormMark.ORIGINAL.name.lower(),
            ),
        )
        .where(
            PrintedEntry.entry_id == EntryRecord.id,
            PrintedEntry.version == EntryRecord.approved_version,
        )
        .exists()
    )


def _printed_policy(mark: FormMark) -> ColumnElement[bool]:
    return (
        select(PrintedPolicy.policy_id)
        .join(
            PrintBatch,
            and_(PrintBatch.id == PrintedPolicy.batch_id, PrintBatch.mark == mark.name.lower()),
        )
        .where(
            PrintedPolicy.policy_id == SupportPolicyRecord.id,
            PrintedPolicy.version == SupportPolicyRecord.approved_version,
        )
        .exists()
    )


def _issued(
    form_code: str,
    subject: InstrumentedAttribute[UUID],
    version: InstrumentedAttribute[int | None],
) -> ColumnElement[bool]:
    """Whether this version was issued as that form, and the issue is not void."""
    return (
        select(IssuedSubject.issued_id)
        .join(IssuedFormRecord, IssuedFormRecord.id == IssuedSubject.issued_id)
        .where(
            IssuedSubject.subject_id == subject,
            IssuedSubject.version == version,
            IssuedFormRecord.form_code == form_code,
            IssuedFormRecord.voided_at.is_(None),
        )
        .exists()
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
