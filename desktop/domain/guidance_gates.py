"""Which dated records a step of a guidance case asks for, who may record it, and who may not be the same person.

The one table of gates: the program judges by it here, PostgreSQL by the same rows (`security/seeds.py`, `59_work_guidance.sql`).
"Latest" means the record of a kind with the highest number within the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from desktop.domain.guidance import OUTCOME, STEP, VIOLATIONS, Outcome, Step
from desktop.domain.roles import Permission


class Recorded(Protocol):
    """A step that was recorded, as the gates look at it."""

    @property
    def kind(self) -> Step:
        """Which."""

    @property
    def number(self) -> int:
        """Its number within the case, from 1."""

    @property
    def outcome(self) -> Outcome | None:
        """What came of it."""

    @property
    def noted_by(self) -> UUID:
        """Who recorded it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """The latest record of `kind` is there, has one of the outcomes (any where empty) and is newer than the latest `after`.

    With `where` it is asked for only in a case that has a record of that kind.
    """

    kind: Step
    outcomes: tuple[Outcome, ...] = ()
    after: Step | None = None
    where: Step | None = None

    @property
    def sentence(self) -> str:
        """What is missing where it does not hold."""
        wanted = "・".join(OUTCOME[each] for each in self.outcomes)
        what = f"{STEP[self.kind]}（{wanted}）" if wanted else STEP[self.kind]
        later = f"「{STEP[self.after]}」のあとの" if self.after else ""
        return f"{later}「{what}」の記録が要ります。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What a step asks for.

    `once_since`: not twice after the latest record of that kind, unless one of `again` holds. `others`: kinds whose latest
    record must be somebody else's.
    """

    step: Step
    permission: Permission = Permission.GUIDE
    needs: tuple[Need, ...] = ()
    once_since: Step | None = None
    again: tuple[Need, ...] = ()
    others: tuple[Step, ...] = ()

    @property
    def once_sentence(self) -> str:
        """What is said where the step was recorded already."""
        return f"「{STEP[self.step]}」はすでに記録されています。"


def _need(kind: Step, *outcomes: Outcome, after: Step | None = None) -> Need:
    return Need(kind=kind, outcomes=outcomes, after=after)


_STILL_NOT_FOLLOWED = Need(
    kind=Step.FOLLOW_UP,
    outcomes=(Outcome.NOT_FOLLOWED,),
    after=Step.DISPOSITION_FINAL,
    where=Step.DISPOSITION_FINAL,
)
_VIOLATED = _need(Step.CHECK, *VIOLATIONS, after=Step.LETTER_DELIVERY)
_NOT_YET_PUNISHED = _need(Step.LETTER_DELIVERY, after=Step.DISPOSITION_FINAL)
_HEARD = _need(Step.HEARING, after=Step.NOTICE_DELIVERY)
_HEARD_OF_IT = _need(Step.HEARING, after=Step.CHECK)
_DECIDES, _HEADS = Permission.DECIDE_APPROVALS, Permission.DECIDE_GUIDANCE

#: The gates. Further conditions (days, items, hindrances, severity) stand in `guidance_rules`.
GATES: Mapping[Step, Gate] = {
    gate.step: gate
    for gate in (
        Gate(step=Step.PROBLEM, once_since=Step.PROBLEM),
        Gate(step=Step.ADVICE, needs=(_need(Step.PROBLEM),)),
        Gate(step=Step.ENCOURAGEMENT, needs=(_need(Step.PROBLEM),)),
        Gate(step=Step.ORAL, needs=(_need(Step.PROBLEM),)),
        Gate(
            step=Step.REVIEW,
            permission=_DECIDES,
            needs=(_need(Step.ORAL),),
            others=(Step.ORAL,),
        ),
        Gate(
            step=Step.PLAN_WRITTEN,
            permission=_DECIDES,
            needs=(
                _need(Step.REVIEW, Outcome.CONTINUE, after=Step.ORAL),
                _need(Step.REVIEW, Outcome.CONTINUE, after=Step.LETTER),
                _need(Step.REVIEW, Outcome.CONTINUE, after=Step.FOLLOW_UP),
                _STILL_NOT_FOLLOWED,
            ),
            once_since=Step.REVIEW,
        ),
        Gate(
            step=Step.LETTER,
            needs=(_need(Step.PLAN_WRITTEN, Outcome.AGREED, after=Step.REVIEW),),
            once_since=Step.PLAN_WRITTEN,
            again=(_need(Step.LETTER_DECISION, Outcome.RETURNED, after=Step.LETTER),),
        ),
        Gate(
            step=Step.LETTER_DECISION,
            permission=_HEADS,
            needs=(_need(Step.LETTER, after=Step.LETTER_DECISION),),
            others=(Step.LETTER,),
        ),
        Gate(
            step=Step.LETTER_DELIVERY,
            needs=(_need(Step.LETTER_DECISION, Outcome.APPROVED, after=Step.LETTER),),
            once_since=Step.LETTER_DECISION,
        ),
        Gate(step=Step.HINDRANCE, needs=(_need(Step.PROBLEM),)),
        Gate(step=Step.RESOLUTION, permission=_DECIDES, needs=(_need(Step.HINDRANCE),)),
        Gate(
            step=Step.CHECK,
            needs=(_need(Step.LETTER_DELIVERY, after=Step.LETTER), _NOT_YET_PUNISHED),
        ),
        Gate(
            step=Step.PLAN_HEARING,
            permission=_DECIDES,
            needs=(_VIOLATED, _NOT_YET_PUNISHED),
            once_since=Step.CHECK,
        ),
        Gate(
            step=Step.NOTICE,
            needs=(_VIOLATED, _need(Step.PLAN_HEARING, Outcome.AGREED, after=Step.CHECK)),
            once_since=Step.PLAN_HEARING,
            again=(_need(Step.NOTICE_DECISION, Outcome.RETURNED, after=Step.NOTICE),),
        ),
        Gate(
            step=Step.NOTICE_DECISION,
            permission=_HEADS,
            needs=(_VIOLATED, _need(Step.NOTICE, after=Step.NOTICE_DECISION)),
            others=(Step.NOTICE,),
        ),
        Gate(
            step=Step.NOTICE_DELIVERY,
            needs=(
                _VIOLATED,
                _need(Step.NOTICE, after=Step.CHECK),
                _need(Step.NOTICE_DECISION, Outcome.APPROVED, after=Step.NOTICE),
            ),
            once_since=Step.NOTICE_DECISION,
        ),
        Gate(
            step=Step.HEARING,
            needs=(
                _VIOLATED,
                _need(Step.NOTICE_DELIVERY, after=Step.NOTICE),
                _need(Step.NOTICE_DELIVERY, after=Step.CHECK),
            ),
            once_since=Step.NOTICE_DELIVERY,
        ),
        Gate(step=Step.IMPACT, needs=(_VIOLATED, _HEARD, _HEARD_OF_IT)),
        Gate(
            step=Step.IMPACT_CONFIRMED,
            permission=_DECIDES,
            needs=(_HEARD_OF_IT, _need(Step.IMPACT, after=Step.IMPACT_CONFIRMED)),
            others=(Step.IMPACT,),
        ),
        Gate(
            step=Step.PLAN_DISPOSITION,
            permission=_DECIDES,
            needs=(
                _VIOLATED,
                _HEARD,
                _HEARD_OF_IT,
                _need(Step.IMPACT, after=Step.HEARING),
                _need(Step.IMPACT_CONFIRMED, after=Step.IMPACT),
            ),
            once_since=Step.HEARING,
        ),
        Gate(step=Step.LIFE_CHECK, needs=(_HEARD, _HEARD_OF_IT)),
        Gate(
            step=Step.DISPOSITION,
            needs=(
                _VIOLATED,
                _HEARD_OF_IT,
                _need(Step.PLAN_DISPOSITION, Outcome.AGREED, after=Step.HEARING),
                _need(Step.PLAN_DISPOSITION, Outcome.AGREED, after=Step.IMPACT_CONFIRMED),
                _need(Step.IMPACT_CONFIRMED, after=Step.IMPACT),
            ),
            once_since=Step.PLAN_DISPOSITION,
            again=(
                _need(Step.DISPOSITION_FIRST, Outcome.RETURNED, after=Step.DISPOSITION),
                _need(Step.DISPOSITION_FINAL, Outcome.RETURNED, after=Step.DISPOSITION),
            ),
        ),
        Gate(
            step=Step.DISPOSITION_FIRST,
            permission=_DECIDES,
            needs=(
                _VIOLATED,
                _need(Step.DISPOSITION, after=Step.PLAN_DISPOSITION),
                _need(Step.DISPOSITION, after=Step.CHECK),
                _need(Step.DISPOSITION, after=Step.DISPOSITION_FIRST),
            ),
            others=(Step.DISPOSITION,),
        ),
        Gate(
            step=Step.DISPOSITION_FINAL,
            permission=_HEADS,
            needs=(
                _VIOLATED,
                _need(Step.DISPOSITION, after=Step.CHECK),
                _need(Step.DISPOSITION_FIRST, Outcome.APPROVED, after=Step.DISPOSITION),
            ),
            once_since=Step.DISPOSITION_FIRST,
            others=(Step.DISPOSITION, Step.DISPOSITION_FIRST),
        ),
        Gate(
            step=Step.FOLLOW_UP,
            needs=(_need(Step.DISPOSITION_FINAL, Outcome.APPROVED, after=Step.DISPOSITION),),
        ),
        Gate(step=Step.CLOSE, permission=_DECIDES, needs=(_need(Step.PROBLEM),)),
    )
}


def latest(steps: Sequence[Recorded], kind: Step | None) -> Recorded | None:
    """The record of a kind with the highest number."""
    found = [each for each in steps if each.kind is kind]
    return max(found, key=lambda each: each.number, default=None)


def holds(need: Need, steps: Sequence[Recorded]) -> bool:
    """Whether what is needed is there."""
    if need.where is not None and latest(steps, need.where) is None:
        return True
    found, before = latest(steps, need.kind), latest(steps, need.after)
    if found is None or (need.outcomes and found.outcome not in need.outcomes):
        return False
    return before is None or found.number > before.number


def missing(step: Step, steps: Sequence[Recorded]) -> tuple[str, ...]:
    """What is missing before the step can be recorded, in words; empty where nothing is."""
    return tuple(_missing(GATES[step], steps))


def same_person(step: Step, steps: Sequence[Recorded], staff_id: UUID) -> Step | None:
    """The earlier step that the person recorded, so that somebody else has to record this one."""
    for kind in GATES[step].others:
        found = latest(steps, kind)
        if found is not None and found.noted_by == staff_id:
            return kind
    return None


def _missing(gate: Gate, steps: Sequence[Recorded]) -> Iterator[str]:
    if latest(steps, Step.CLOSE) is not None:
        yield "この指導は終わっています。新しい課題は、新しい指導として始めてください。"
        return
    for need in gate.needs:
        if not holds(need, steps):
            yield need.sentence
    done, since = latest(steps, gate.step), latest(steps, gate.once_since)
    repeats = done is not None and since is not None and done.number >= since.number
    if repeats and not any(holds(need, steps) for need in gate.again):
        yield gate.once_sentence
