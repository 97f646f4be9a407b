"""Acts of support (支援活動): what was done with or for a person, in one line. Nothing is concluded from them.

Rows are only added: a correction is a further row that names the one it stands for, and a row that was wrong altogether is
taken back by a void one. The result of an act is what happened that day, never a word about the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from desktop.domain.records import Place

#: Most characters of a text, most minutes of an act, how many days back acts are written as a matter of course.
MOST_WORDS = 10_000
MOST_MINUTES = 1_440


class ActivityResult(StrEnum):
    """What came of it that day, in a short code."""

    DONE = "done"
    NOT_MET = "not_met"
    CALLED_OFF = "called_off"
    WAITING = "waiting"
    PASSED = "passed"
    NOT_CHOSEN = "not_chosen"


ACTIVITY_RESULT: Mapping[ActivityResult, str] = {
    ActivityResult.DONE: "実施",
    ActivityResult.NOT_MET: "会えず",
    ActivityResult.CALLED_OFF: "中止・延期",
    ActivityResult.WAITING: "結果待ち",
    ActivityResult.PASSED: "通過・採用",
    ActivityResult.NOT_CHOSEN: "見送り",
}


class EffortWork(StrEnum):
    """The kind of work that minutes of an act count for in the table of efforts (9.1)."""

    TALK = "talk"
    ACCOMPANY = "accompany"
    JOB_SEARCH = "job_search"
    TRAINING = "training"
    DAILY_LIFE = "daily_life"
    MEDICAL = "medical"
    COORDINATION = "coordination"
    PAPERWORK = "paperwork"


EFFORT_WORK: Mapping[EffortWork, str] = {
    EffortWork.TALK: "面接・電話",
    EffortWork.ACCOMPANY: "同行",
    EffortWork.JOB_SEARCH: "求職・応募の支援",
    EffortWork.TRAINING: "訓練・準備・体験",
    EffortWork.DAILY_LIFE: "日常・社会生活の支援",
    EffortWork.MEDICAL: "医療・健康",
    EffortWork.COORDINATION: "関係機関との連絡・会議",
    EffortWork.PAPERWORK: "書類・事務",
}


class PartnerKind(StrEnum):
    """What sort of place or agency supports together with the office."""

    HELLO_WORK = "hello_work"
    VOCATIONAL_SCHOOL = "vocational_school"
    WELFARE_COUNCIL = "welfare_council"
    MEDICAL = "medical"
    OTHER = "other"


PARTNER_KIND: Mapping[PartnerKind, str] = {
    PartnerKind.HELLO_WORK: "ハローワーク",
    PartnerKind.VOCATIONAL_SCHOOL: "職業訓練校",
    PartnerKind.WELFARE_COUNCIL: "社会福祉協議会",
    PartnerKind.MEDICAL: "医療機関",
    PartnerKind.OTHER: "その他",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityKind:
    """A kind of act (活動の種類) as the office has it. `is_direct`: with the person, not about them."""

    code: str
    label: str
    is_direct: bool
    minutes: int
    work: EffortWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A place or agency that supports together with the office (連携先)."""

    code: str
    label: str
    kind: PartnerKind
    contact: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPerson:
    """Somebody of the household of whom an act can be."""

    person_id: UUID
    name: str = field(repr=False)
    is_head: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityStep:
    """A step of a person's support plan that an act can belong to."""

    step_id: UUID
    person_id: UUID
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One act. `kind` and `partner` are codes of the office; `is_old`: a later row stands for it.

    `staff` did it; `made_by` wrote the row, which is somebody else only where it was put right.
    """

    activity_id: UUID
    person_id: UUID
    person: str = field(repr=False)
    done_on: date
    starts_at: time | None
    minutes: int
    kind: str
    place: Place
    partner: str
    step_id: UUID | None
    result: ActivityResult
    memo: str = field(repr=False)
    next_step: str = field(repr=False)
    next_due_on: date | None
    staff: str = field(repr=False)
    made_by: str = field(repr=False)
    made_at: datetime
    replaces_id: UUID | None = None
    is_void: bool = False
    is_old: bool = False
    reason: str = field(default="", repr=False)

    @property
    def counts(self) -> bool:
        """Whether it is what the office holds true now."""
        return not self.is_void and not self.is_old


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadAct:
    """An act that counts, of a household somebody looks after, without its words."""

    activity_id: UUID
    household_id: UUID
    case_number: str
    person_id: UUID
    person: str = field(repr=False)
    done_on: date
    kind: str
    minutes: int
    result: ActivityResult
    next_due_on: date | None
    staff: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCounts:
    """A month of the own duty. `new_persons` had no act before; starts are O01 to O03, raises O04 and O05."""

    persons: int
    new_persons: int
    requests: int
    starts: int
    raises: int
    sheltered: int
    ended: int
    checked: int
    still_working: int
    acts: tuple[CaseloadAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadMonth:
    """The acts of a month with the office's kinds, for the screen."""

    kinds: tuple[ActivityKind, ...]
    acts: tuple[CaseloadAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityInput:
    """An act to be kept. `next_due_on` makes the next step a to-do; `replaces_id` with a reason puts another row right."""

    activity_id: UUID
    household_id: UUID
    person_id: UUID
    done_on: date
    minutes: int
    kind: str
    starts_at: time | None = None
    place: Place = Place.NONE
    partner: str = ""
    step_id: UUID | None = None
    result: ActivityResult = ActivityResult.DONE
    memo: str = field(default="", repr=False)
    next_step: str = field(default="", repr=False)
    next_due_on: date | None = None
    replaces_id: UUID | None = None
    is_void: bool = False
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileActivities:
    """What the section 支援活動 shows of a household: everything there is, the newest first, and what can be chosen."""

    people: tuple[ActivityPerson, ...]
    kinds: tuple[ActivityKind, ...]
    partners: tuple[Partner, ...]
    steps: tuple[ActivityStep, ...]
    activities: tuple[Activity, ...]
    may_write: bool


def activity_errors(
    given: ActivityInput, kinds: Sequence[str], partners: Sequence[str], today: date
) -> dict[str, str]:
    """Field → sentence for what an act may not look like; the database judges by the same rules."""
    errors: dict[str, str] = {}
    if given.done_on > today:
        errors["done_on"] = "活動日は今日までの日付にしてください。"
    if not 1 <= given.minutes <= MOST_MINUTES:
        errors["minutes"] = f"1から{MOST_MINUTES}までの分にしてください。"
    if given.kind not in kinds:
        errors["kind"] = "活動の種類を一覧から選んでください。"
    if given.partner and given.partner not in partners:
        errors["partner"] = "連携先を一覧から選んでください。"
    return errors | _next_errors(given) | _word_errors(given)


def _next_errors(given: ActivityInput) -> dict[str, str]:
    if bool(given.next_step.strip()) != (given.next_due_on is not None):
        return {"next_step": "次にすることと期限は、両方入れるか、両方空けてください。"}
    if given.next_due_on is not None and given.next_due_on < given.done_on:
        return {"next_due_on": "期限は活動日からあとの日付にしてください。"}
    return {}


def _word_errors(given: ActivityInput) -> dict[str, str]:
    texts = {"memo": given.memo, "next_step": given.next_step, "reason": given.reason}
    errors = {
        name: "文字が多すぎます。短くしてください。"
        for name, text in texts.items()
        if len(text) > MOST_WORDS
    }
    if given.replaces_id is not None and not given.reason.strip():
        errors["reason"] = "訂正・取消の理由を入力してください。"
    return errors
