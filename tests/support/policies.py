"""Support policies for tests: obviously made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.records import SegmentKind
from desktop.domain.support_policies import (
    Action,
    Actor,
    Evidence,
    Goal,
    Independence,
    Issue,
    IssueDomain,
    PolicyInput,
    Term,
)
from tests.support.desk import Desk


def issue(text: str = "服薬が続いていない", **given: Any) -> Issue:
    """An issue with everything that the self-check asks for but evidence."""
    made = Issue(
        issue_id=new_id(),
        independence=Independence.DAILY,
        domain=IssueDomain.HEALTH,
        text=text,
        fact="薬が半分残っていた。",
        cause="飲み忘れ",
        wish="自宅で暮らし続けたい。",
        strength="近所づきあいがある。",
        goals=(
            Goal(goal_id=new_id(), term=Term.SHORT, text="毎朝薬をのむ", by_on=date(2026, 9, 30)),
        ),
        actions=(
            Action(
                action_id=new_id(),
                actor=Actor.CASEWORKER,
                what="訪問のたびに残薬を数える",
                by_on=date(2026, 12, 31),
                measure="残薬の数",
            ),
        ),
    )
    return replace(made, **given)


def written(desk: Desk, household_id: UUID, *issues: Issue) -> PolicyInput:
    """A policy as somebody has typed it: what is known, and these issues."""
    blank = desk.policies.blank(household_id)
    return replace(blank, situation="単身で暮らしている。", issues=issues or (issue(),))


def evidence_of(desk: Desk, household_id: UUID, quote: str) -> Evidence:
    """The first place of the record that says this."""
    for entry in desk.records.chronicle(household_id):
        for segment in entry.segments:
            start = segment.text.find(quote)
            if start >= 0:
                return Evidence(
                    entry_id=entry.entry_id,
                    entry_version=entry.version,
                    segment_id=segment.segment_id,
                    start=start,
                    end=start + len(quote),
                    quote=quote,
                )
    raise LookupError(quote)


def recorded(desk: Desk, household_id: UUID, facts: str) -> None:
    """An own entry of the file that says this."""
    blank = desk.records.blank(household_id, "telephone_in")
    segments = tuple(
        replace(s, text=facts if s.kind is SegmentKind.FACTS else s.text) for s in blank.segments
    )
    desk.records.save(replace(blank, segments=segments))
