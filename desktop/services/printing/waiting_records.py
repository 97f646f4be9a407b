"""Records and policies that wait for paper: approved and never printed, and policies that were not explained yet."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from desktop.domain.forms import FormMark
from desktop.domain.records import EntryOrigin
from desktop.domain.support_policies import POLICY_KIND, PolicyState
from desktop.models.records import EntryRecord, PrintBatch, PrintedEntry
from desktop.models.support_policies import (
    PolicyExplanation,
    PrintedPolicy,
    SupportPolicyRecord,
)
from desktop.services.masters import lookup
from desktop.services.printing.waiting_rows import Found, Waiting, issued, ready_row


def entries(waiting: Waiting) -> Iterator[Found]:
    """Approved entries of which no original of their valid version went to paper (K-04)."""
    e = EntryRecord
    kinds = lookup.entry_kinds(waiting.session, waiting.staff.office_id, waiting.today)
    query = waiting.rows(
        e,
        e.author_id,
        e.event_on,
        e.approved_at.is_not(None),
        e.origin == EntryOrigin.OFFICE,
        ~_printed_entry(),
        ~issued("K-04", e.id, e.approved_version),
    )
    for entry, household, code, author in waiting.session.execute(query):
        yield ready_row(
            "K-04",
            entry.id,
            household,
            district_code=code,
            author=author,
            label=kinds[entry.kind].label if entry.kind in kinds else entry.kind,
            on=entry.event_on,
            since=entry.approved_at,
        )


def policies(waiting: Waiting) -> Iterator[Found]:
    """Policies in force whose original never went to paper (K-05)."""
    p = SupportPolicyRecord
    return _of_policies(
        waiting,
        "K-05",
        ~_printed_policy(FormMark.ORIGINAL),
        ~issued("K-05", p.id, p.approved_version),
    )


def explanations(waiting: Waiting) -> Iterator[Found]:
    """Policies in force that nobody explained yet, and whose sheet never went to paper (K-06)."""
    p = SupportPolicyRecord
    explained = select(PolicyExplanation.id).where(PolicyExplanation.policy_id == p.id)
    return _of_policies(
        waiting,
        "K-06",
        ~explained.exists(),
        ~_printed_policy(FormMark.PLAIN),
        ~issued("K-06", p.id, p.approved_version),
    )


def _of_policies(waiting: Waiting, form_code: str, *where: ColumnElement[bool]) -> Iterator[Found]:
    """Policies in force: of each household the one that was approved last."""
    p, later = SupportPolicyRecord, aliased(SupportPolicyRecord)
    newer = select(later.id).where(
        later.household_id == p.household_id,
        later.state == PolicyState.APPROVED,
        later.approved_at > p.approved_at,
    )
    is_last = (p.state == PolicyState.APPROVED, ~newer.exists())
    query = waiting.rows(p, p.author_id, p.made_on, *is_last, *where)
    for policy, household, code, author in waiting.session.execute(query):
        yield ready_row(
            form_code,
            policy.id,
            household,
            district_code=code,
            author=author,
            label=POLICY_KIND[policy.kind],
            on=policy.made_on,
            since=policy.approved_at,
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
