"""The scenes of the judgement story: people of every group, with the answers that lead there and what was decided of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desktop.domain.assessment_forms import NO_BARRIER, AssessmentInput
from desktop.domain.assessments import (
    AssessmentKind,
    Barrier,
    Barriers,
    Comment,
    Health,
    HealthSource,
    Motivation,
    Said,
    Scope,
    Work,
)
from desktop.domain.dates import months_later
from desktop.domain.support_groups import SupportGroup
from desktop.resources import resource_path

#: How many days before today somebody was first assessed, where the scene does not say.
FIRST_DAYS = 160
_EVIDENCE_DAYS, _HEARD_DAYS = 12, 3
_TEXTS = (
    *("job", "health_words", "motivation_words", "resources", "wishes", "market", "life"),
    *("safety", "view", "comment_words"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One assessment of a scene and what became of it; `told` are its answers and words."""

    rule: str
    days: int
    told: Mapping[str, Any] = field(repr=False)
    on_agenda: bool = False
    supervisor_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Somebody of an age, assessed once or twice; `decided` by the first conference, as `group` where it did not follow."""

    title: str
    ages: tuple[int, int]
    steps: tuple[Step, ...]
    is_decided: bool
    provisional_days: int | None
    group: SupportGroup | None
    reason: str = field(repr=False)
    dissent: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenes:
    """Every scene, and what the papers of the conferences say."""

    words: Mapping[str, str] = field(repr=False)
    people: Sequence[Scene]


def scenes() -> Scenes:
    """The scenes as they are shipped."""
    with resource_path("training", "judgement.toml").open("rb") as file:
        found = tomllib.load(file)
    words = {name: text for name, text in found.items() if isinstance(text, str)}
    return Scenes(words=words, people=tuple(_scene(one, words) for one in found["person"]))


def input_of(
    step: Step, assessment_id: UUID, household_id: UUID, person_id: UUID, made_on: date
) -> AssessmentInput:
    """The assessment of a step as it was filled in on a day."""
    told = step.told
    health = Health(told.get("health", Health.ABLE))
    motivation = Motivation(told.get("motivation", Motivation.NOT_ASKED))
    comment = Comment(told.get("comment", Comment.NOT_SHOWN))
    is_known = health is not Health.UNKNOWN
    months = told.get("rejudge_months")
    barriers = tuple(_barriers(told.get("barriers", ()), made_on))
    return AssessmentInput(
        assessment_id=assessment_id,
        household_id=household_id,
        person_id=person_id,
        kind=AssessmentKind.START if step.days >= FIRST_DAYS else AssessmentKind.PERIODIC,
        made_on=made_on,
        scope=Scope(told.get("scope", Scope.IN)),
        work=Work(told.get("work", Work.NONE)),
        health=health,
        health_source=HealthSource.TREATING if is_known else None,
        health_on=made_on - timedelta(days=_EVIDENCE_DAYS) if is_known else None,
        rejudge_on=months_later(made_on.replace(day=1), months) if months else None,
        barriers=barriers or (Barrier(code=NO_BARRIER, state=Barriers.NONE, as_of=made_on),),
        motivation=motivation,
        motivation_on=made_on - timedelta(days=_HEARD_DAYS)
        if motivation is not Motivation.NOT_ASKED
        else None,
        drive_said={
            code: said
            for said, name in ((Said.YES, "yes"), (Said.NO, "no"))
            for code in told.get(name, ())
        },
        comment=comment,
        comment_on=made_on if comment is not Comment.NOT_SHOWN else None,
        **{name: told.get(name, "") for name in _TEXTS},
    )


def _barriers(rows: Sequence[Sequence[str]], made_on: date) -> list[Barrier]:
    return [
        Barrier(
            code=code,
            state=Barriers(state),
            as_of=made_on,
            expected_on=months_later(made_on.replace(day=1), 2)
            if state == Barriers.PASSING
            else None,
            evidence=evidence,
            action=action,
        )
        for code, state, evidence, action in rows
    ]


def _scene(told: Mapping[str, Any], words: Mapping[str, str]) -> Scene:
    again: Mapping[str, Any] = told.get("again", {})
    first = Step(
        rule=told["rule"],
        days=told.get("made_days", FIRST_DAYS),
        told=told,
        on_agenda=told.get("agenda", False),
    )
    steps = [first]
    if again:
        steps.append(
            Step(
                rule=again["rule"],
                days=again["days"],
                told={**told, **again},
                on_agenda=again.get("agenda", False),
                supervisor_days=again.get("supervisor_days"),
            )
        )
    youngest, oldest = told["ages"]
    return Scene(
        title=told["scene"],
        ages=(youngest, oldest),
        steps=tuple(steps),
        is_decided=told.get("decided") == "conference",
        provisional_days=told.get("provisional_days"),
        group=SupportGroup(told["group"]) if "group" in told else None,
        reason=told.get("reason", words["reason"]),
        dissent=told.get("dissent", ""),
    )
