"""The order to be examined (検診命令, 法28条1項): every step needs the one before it, and nothing follows by itself.

It is given only where ability or illness is really in doubt and cannot be made clear otherwise, by two people, and never
while a question of safety is open. Not obeying leads to a meeting and to nothing else (28条5項; employment-support 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.issued_forms import LetterIssue
from desktop.domain.medical_opinions import long_texts

#: Fewest characters of the reason, and of why it cannot be made clear otherwise.
FEWEST_REASON = 20


class Doubt(StrEnum):
    """What is in doubt."""

    ABILITY = "ability"
    ILLNESS = "illness"
    CARE = "care"
    DISABILITY = "disability"


DOUBT: Mapping[Doubt, str] = {
    Doubt.ABILITY: "稼働能力",
    Doubt.ILLNESS: "病状・医療の要否",
    Doubt.CARE: "介護の要否",
    Doubt.DISABILITY: "障害の程度",
}


class OrderStep(StrEnum):
    """The dated steps of an order. The result is an opinion (`medical_opinions`) that names the order."""

    APPROVED = "approved"
    RETURNED = "returned"
    DELIVERED = "delivered"
    NOT_OBEYED = "not_obeyed"
    WITHDRAWN = "withdrawn"


ORDER_STEP: Mapping[OrderStep, str] = {
    OrderStep.APPROVED: "承認",
    OrderStep.RETURNED: "承認しない",
    OrderStep.DELIVERED: "交付",
    OrderStep.NOT_OBEYED: "受診しなかった",
    OrderStep.WITHDRAWN: "取りやめ",
}
#: What the words of a step must say.
STEP_WORDS: Mapping[OrderStep, str] = {
    OrderStep.APPROVED: "確かめたこと（本当に要るか、ほかの方法はないか）を入力してください。",
    OrderStep.RETURNED: "承認しない理由を入力してください。",
    OrderStep.DELIVERED: "だれに・どのように渡したかを入力してください。",
    OrderStep.NOT_OBEYED: "本人に聞いた理由（聞けないときは、どう確かめたか）を入力してください。",
    OrderStep.WITHDRAWN: "取りやめる理由を入力してください。",
}
#: Steps that a person who decides takes; the others are the writer's.
DECIDING = frozenset({OrderStep.APPROVED, OrderStep.RETURNED})
#: Nothing comes after these.
_LAST = frozenset({OrderStep.RETURNED, OrderStep.NOT_OBEYED, OrderStep.WITHDRAWN})
TO_THE_MEETING = "受診しなかったことだけでは何も変わりません。理由を確かめ、会議で扱うかどうかを話し合ってください。"
ON_HOLD = "安全の確認が先です。支援の保留が解けるまで、検診命令は進められません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInput:
    """An order as it is written. `elsewhere` says what was tried and why it cannot be made clear otherwise."""

    order_id: UUID
    household_id: UUID
    person_id: UUID
    doubt: Doubt
    due_on: date
    reason: str = field(repr=False)
    elsewhere: str = field(repr=False)
    institution: str = field(repr=False)
    address: str = field(default="", repr=False)
    department: str = field(default="", repr=False)
    items: str = field(default="", repr=False)
    bring: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStepInput:
    """One step of an order, with its words."""

    step_id: UUID
    order_id: UUID
    household_id: UUID
    step: OrderStep
    done_on: date
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step that was taken."""

    step: OrderStep
    done_on: date
    done_by: str = field(repr=False)
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationOrder:
    """A stored order with its steps, the first one first. `result_on` is the day of the doctor's paper (検診書), `issue` that of K-18."""

    given: OrderInput = field(repr=False)
    author: str = field(repr=False)
    is_own: bool
    made_at: datetime
    steps: tuple[StepTaken, ...] = ()
    result_on: date | None = None
    issue: LetterIssue | None = None

    def day_of(self, step: OrderStep) -> date | None:
        """The day of a step, None while it was not taken."""
        return next((each.done_on for each in self.steps if each.step is step), None)

    @property
    def is_open(self) -> bool:
        """Whether something may still come."""
        return self.result_on is None and not any(each.step in _LAST for each in self.steps)

    def next_steps(self, today: date) -> tuple[OrderStep, ...]:
        """What may follow now, whoever does it."""
        taken = frozenset(each.step for each in self.steps)
        return steps_after(taken, self.given.due_on, today, has_result=self.result_on is not None)


def steps_after(
    taken: frozenset[OrderStep], due_on: date, today: date, *, has_result: bool
) -> tuple[OrderStep, ...]:
    """The steps that may follow those taken; the database has the same table.

    Delivered comes after approved, not obeyed after delivered and only when the day has passed without a result.
    """
    if has_result or taken & _LAST:
        return ()
    if OrderStep.APPROVED not in taken:
        return (OrderStep.APPROVED, OrderStep.RETURNED, OrderStep.WITHDRAWN)
    if OrderStep.DELIVERED not in taken:
        return (OrderStep.DELIVERED, OrderStep.WITHDRAWN)
    if today > due_on:
        return (OrderStep.NOT_OBEYED, OrderStep.WITHDRAWN)
    return (OrderStep.WITHDRAWN,)


def order_errors(given: OrderInput, today: date) -> dict[str, str]:
    """Field → sentence for what an order may not look like; the database judges by the same rules."""
    texts = {name: getattr(given, name) for name in ("reason", "elsewhere", "institution")}
    others = {name: getattr(given, name) for name in ("address", "department", "items", "bring")}
    errors = long_texts(texts | others)
    if len(given.reason.strip()) < FEWEST_REASON:
        errors["reason"] = f"何が疑わしいのか、理由を{FEWEST_REASON}文字以上で書いてください。"
    if len(given.elsewhere.strip()) < FEWEST_REASON:
        errors["elsewhere"] = (
            f"ほかの方法では確かめられない理由を{FEWEST_REASON}文字以上で書いてください。"
        )
    if not given.institution.strip():
        errors["institution"] = "検診を受ける医療機関を入力してください。"
    if given.due_on <= today:
        errors["due_on"] = "受診の期限は明日以降の日にしてください。"
    return errors
