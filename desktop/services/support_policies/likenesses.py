"""Policies that read nearly as the one to be approved (asked at review): the one that it follows (P05), or another household's.

Another household's policy is looked at only where its sketch says that it may be alike, and only within the reader's duty: of the
same author what is similar, of other authors what is word for word the same. How alike is said as of records (`services/likeness`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.office import SignedInStaff
from desktop.domain.review import PolicyLikeness
from desktop.domain.support_policies import PolicyState, SupportPolicy
from desktop.domain.thresholds import Thresholds
from desktop.models.households import Household
from desktop.models.support_policies import SupportPolicyRecord
from desktop.services.duty import duty_households
from desktop.services.likeness import (
    MOST_OTHERS,
    MOST_TOLD,
    longest_shared,
    may_be_alike,
    office_words,
    percent_alike,
    size_of,
)
from desktop.services.support_policies.checks import words_of, words_of_issue
from desktop.services.support_policies.loading import load_policy

_DAYS_A_MONTH = 31


@dataclass(frozen=True, slots=True)
class LookAlikePolicy:
    """A policy of another household whose sketch is alike."""

    policy_id: UUID
    household_id: UUID
    case_number: str


def look_alikes(
    session: Session, staff: SignedInStaff, policy_id: UUID, limits: Thresholds
) -> tuple[LookAlikePolicy, ...]:
    """Policies of other households, made within a term of review, that look alike by their sketch; facts alone."""
    p = SupportPolicyRecord
    this = session.get_one(p, policy_id)
    if not this.body_sketch:
        return ()
    span = timedelta(days=limits.policy_review_months * _DAYS_A_MONTH)
    rows = session.execute(
        select(p.id, p.household_id, Household.case_number, p.body_sketch)
        .join(Household, Household.id == p.household_id)
        .where(
            or_(p.author_id == this.author_id, p.body_sketch == this.body_sketch),
            p.state != PolicyState.DRAFT,
            p.household_id != this.household_id,
            p.made_on.between(this.made_on - span, this.made_on + span),
            duty_households(staff),
        )
        .order_by(p.made_on.desc(), p.id.desc())
    )
    found = (
        LookAlikePolicy(row.id, row.household_id, row.case_number)
        for row in rows
        if may_be_alike(row.body_sketch, this.body_sketch, limits.p05_percent)
    )
    return tuple(one for one, _ in zip(found, range(MOST_OTHERS), strict=False))


def likenesses_of(
    session: Session,
    staff: SignedInStaff,
    policy: SupportPolicy,
    previous: SupportPolicy | None,
    limits: Thresholds,
    today: date,
) -> tuple[PolicyLikeness, ...]:
    """Those that read nearly the same, the most alike first. The files of the others are open."""
    words = office_words(session, staff.office_id, "", today)
    own = words.without(words_of(policy))
    if size_of(own) < limits.r06_characters:
        return ()
    cases = {
        o.policy_id: o.case_number for o in look_alikes(session, staff, policy.policy_id, limits)
    }
    elsewhere = (load_policy(session, staff, policy_id) for policy_id in cases)
    found = []
    for other in (previous, *elsewhere):
        theirs = words.without(words_of(other)) if other is not None else ""
        percent = percent_alike(own, theirs)
        if other is not None and percent >= limits.p05_percent:
            found.append((percent, other, theirs))
    found.sort(key=lambda one: -one[0])
    return tuple(
        PolicyLikeness(
            other=other,
            percent=percent,
            passage=(passage := longest_shared(own, theirs)),
            part=_part_of(policy, passage),
            left_out=size_of(words_of(policy)) - size_of(own),
            case_number=cases.get(other.policy_id, ""),
            is_by_another=other.author_id != policy.author_id,
        )
        for percent, other, theirs in found[:MOST_TOLD]
    )


def _part_of(policy: SupportPolicy, passage: str) -> str:
    return next((label for label, text in _parts(policy) if passage in text), "世帯の状況")


def _parts(policy: SupportPolicy) -> Iterator[tuple[str, str]]:
    yield "世帯の状況", policy.situation
    yield "評価", policy.evaluation
    for number, issue in enumerate(policy.issues, 1):
        yield f"課題{number}", words_of_issue(issue)
