"""Support policies as the screens get them, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.support_policies import (
    Evidence,
    Goal,
    Independence,
    Issue,
    IssueDomain,
    PolicyKind,
    PolicyLine,
    PolicyState,
    SupportPolicy,
    Term,
)
from tests.support.factories import TODAY, at
from tests.support.fakes_records import HOUSEHOLD, ME, an_id


def an_issue(name: str = "medicine", **changes: Any) -> Issue:
    """An issue of the whole household; its id follows from its name."""
    made = Issue(
        issue_id=an_id(name),
        independence=Independence.DAILY,
        domain=IssueDomain.HEALTH,
        text="服薬が続いていない",
        fact="薬が半分残っていた。",
        goals=(Goal(goal_id=an_id("goal"), term=Term.SHORT, text="毎朝薬をのむ"),),
    )
    return replace(made, **changes)


def a_quote(quote: str = "薬が半分残っていた。") -> Evidence:
    """A quotation from the first version of an entry."""
    return Evidence(
        entry_id=an_id("entry"),
        entry_version=1,
        segment_id=an_id("segment"),
        start=0,
        end=len(quote),
        quote=quote,
    )


def a_policy(name: str = "policy", *issues: Issue, **changes: Any) -> SupportPolicy:
    """A policy of the day of the tests, written by `ME` and approved at once."""
    values: dict[str, Any] = {
        "policy_id": an_id(name),
        "household_id": HOUSEHOLD,
        "kind": PolicyKind.NEW,
        "state": PolicyState.APPROVED,
        "version": 1,
        "approved_version": 1,
        "made_on": TODAY,
        "approved_at": at(TODAY, 17),
        "review_due_on": date(2025, 10, 1),
        "follows": None,
        "author_id": ME,
        "author": "試験 担当",
        "saved_at": at(TODAY, 10),
        "situation": "単身で暮らしている。",
        "evaluation": "",
        "issues": issues or (an_issue(),),
        "content_hash": f"hash-{name}",
    }
    return SupportPolicy(**values | changes)


def a_line(name: str = "policy", **changes: Any) -> PolicyLine:
    """The line of that policy in the file's list."""
    values: dict[str, Any] = {
        "policy_id": an_id(name),
        "kind": PolicyKind.NEW,
        "state": PolicyState.APPROVED,
        "made_on": TODAY,
        "approved_at": at(TODAY, 17),
        "review_due_on": date(2025, 10, 1),
        "author": "試験 担当",
        "version": 1,
    }
    return PolicyLine(**values | changes)


def not_approved(name: str, state: PolicyState = PolicyState.DRAFT) -> PolicyLine:
    """A line that nobody has approved yet."""
    return a_line(name, state=state, approved_at=None, review_due_on=None)
