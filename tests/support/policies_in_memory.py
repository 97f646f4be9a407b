"""Support policies as dataclasses, with no service behind them: obviously made up."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.domain.approvals import QueueRow
from desktop.domain.review import Check, EvidenceSource, PolicyCard
from desktop.domain.support_policies import (
    Action,
    Actor,
    Evidence,
    Goal,
    Independence,
    Issue,
    IssueDomain,
    PolicyKind,
    PolicyState,
    Standing,
    SupportPolicy,
    Term,
)
from tests.support.factories import TODAY, at, days_ago
from tests.support.fake_reviews import row
from tests.support.fakes_records import HEAD, HOUSEHOLD, ME, an_id

QUOTE = "薬が半分残っていた。"


def line(name: str, **changes: Any) -> Issue:
    """An issue of the head, with a goal, an action and the sentence it rests on."""
    values: dict[str, Any] = {
        "issue_id": an_id(f"issue-{name}"),
        "person_id": HEAD,
        "independence": Independence.DAILY,
        "domain": IssueDomain.HEALTH,
        "text": f"{name}：服薬が続いていない。",
        "fact": "朝の薬を飲み忘れる日がある。",
        "cause": "一人では時刻を忘れる。",
        "wish": "自宅で暮らし続けたい。",
        "strength": "近所づきあいがある。",
        "standing": Standing.CONTINUED,
        "evidence": (
            Evidence(
                entry_id=an_id("source"),
                entry_version=1,
                segment_id=an_id("segment"),
                start=0,
                end=len(QUOTE),
                quote=QUOTE,
            ),
        ),
        "goals": (Goal(goal_id=an_id(f"goal-{name}"), term=Term.SHORT, text="毎朝薬をのむ。"),),
        "actions": (
            Action(
                action_id=an_id(f"action-{name}"),
                actor=Actor.CASEWORKER,
                what="訪問のたびに残薬を数える。",
                by_on=date(2024, 12, 31),
                measure="残薬の数",
            ),
        ),
    }
    return Issue(**values | changes)


def policy(name: str, *issues: Issue, **changes: Any) -> SupportPolicy:
    """A submitted yearly policy of the household."""
    values: dict[str, Any] = {
        "policy_id": an_id(name),
        "household_id": HOUSEHOLD,
        "kind": PolicyKind.YEARLY,
        "state": PolicyState.SUBMITTED,
        "version": 1,
        "approved_version": None,
        "made_on": TODAY,
        "approved_at": None,
        "review_due_on": None,
        "follows": None,
        "author_id": ME,
        "author": "試験 担当",
        "saved_at": at(TODAY),
        "situation": "単身で暮らしている。",
        "evaluation": "",
        "issues": issues or (line("一"),),
        "content_hash": f"hash-{name}",
    }
    return SupportPolicy(**values | changes)


def before(name: str, *issues: Issue, **changes: Any) -> SupportPolicy:
    """The policy in force, approved a year ago."""
    made_on = days_ago(365)
    values: dict[str, Any] = {
        "state": PolicyState.APPROVED,
        "approved_version": 1,
        "made_on": made_on,
        "approved_at": at(made_on),
    }
    return policy(name, *issues, **values | changes)


def policy_row(name: str, **changes: Any) -> QueueRow:
    """A line of the queue: never to be approved from the list."""
    values: dict[str, Any] = {
        "subject_kind": "support_policy",
        "kind_label": "援助方針（定期）",
        "in_bulk": False,
    }
    return row(name, **values | changes)


def policy_card(new: SupportPolicy, previous: SupportPolicy | None = None) -> PolicyCard:
    """The card of a policy."""
    return PolicyCard(
        policy=new,
        previous=previous,
        checks=(Check(severity=2, sentence="前の援助方針の評価が書かれていません。"),),
        people={HEAD: "試験 太郎"},
        sources={an_id("source"): EvidenceSource(number=12, event_on=TODAY)},
    )
