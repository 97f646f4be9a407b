"""What each step of a guidance case holds: words, days, items of the letter, results; and the whole case as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from desktop.domain.conferences import MatterKind
from desktop.domain.guidance import GuidanceSubject, Outcome, Step
from desktop.domain.issued_forms import LetterIssue


@dataclass(frozen=True, slots=True, kw_only=True)
class WordField:
    """One text of a step: its key, what the form calls it, whether it must be there."""

    key: str
    label: str
    required: bool = True
    lines: int = 2


def _word(key: str, label: str, lines: int = 2, *, required: bool = True) -> WordField:
    return WordField(key=key, label=label, required=required, lines=lines)


_NOTE = (_word("note", "所見", required=False),)
_REASON = (_word("reason", "理由"),)
#: The key under which a disposition names the reason of the office's list by which it abolishes without a suspension.
EXCEPTION_CODE = "exception_code"
#: The texts of each step; one that is not named has none.
WORDS: Mapping[Step, tuple[WordField, ...]] = {
    Step.PROBLEM: (_word("facts", "確認した事実（いつ・どこで・何を）", 4),),
    Step.ADVICE: (
        _word("asked", "本人の求め・同意"),
        _word("content", "相談・助言の内容", 3),
    ),
    Step.ENCOURAGEMENT: (
        _word("content", "助言・勧奨の内容", 3),
        _word("answer", "本人の答え"),
    ),
    Step.ORAL: (
        _word("place", "場所", 1),
        _word("content", "指導指示の内容と、そのわけ", 3),
        _word("answer", "本人の答え（本人の言葉で）", 3),
        _word("help", "提案した支援"),
    ),
    Step.REVIEW: (
        _word("ability", "能力・健康・生活の事情からみて、できることか"),
        _word("help", "支援は足りていたか"),
        _word("reason", "続けてよい・続けない理由"),
    ),
    Step.PLAN_WRITTEN: _REASON,
    Step.LETTER: (
        _word("reason", "指導指示の理由（事実）", 3),
        _word("articles", "根拠の条文", 1),
        _word("help", "受けられる支援"),
        _word("contact", "問い合わせ先", 1),
    ),
    Step.LETTER_DECISION: _NOTE,
    Step.LETTER_DELIVERY: (
        _word("receiver", "渡した相手", 1),
        _word("proof", "受領の証拠（受領書・配達証明の番号）", 1),
    ),
    Step.HINDRANCE: (
        _word("what", "どんな事情か", 3),
        _word("source", "だれから・何で知ったか", 1),
    ),
    Step.RESOLUTION: (_word("how", "どう確かめ、どう解消したか", 3),),
    Step.CHECK: (
        _word("found", "確認した方法と事実", 3),
        _word("view", "本人の説明", required=False),
    ),
    Step.PLAN_HEARING: _REASON,
    Step.NOTICE: (
        _word("reason", "処分しようとする理由（事実と、指示書の項目）", 3),
        _word("intended", "予定している処分", 1),
        _word("time", "弁明の時刻", 1),
        _word("place", "弁明の場所", 1),
        _word("contact", "問い合わせ先", 1),
    ),
    Step.NOTICE_DECISION: _NOTE,
    Step.NOTICE_DELIVERY: (
        _word("receiver", "渡した相手", 1),
        _word("proof", "受領の証拠（受領書・配達証明の番号）", 1),
    ),
    Step.HEARING: (
        _word("present", "出席した人（本人・付き添い。来なかったときは待った状況）"),
        _word("said", "弁明の内容（来なかったときは連絡の状況）", 4),
        _word("papers", "出された資料", required=False),
        _word("read_back", "読み聞かせと本人の確認", required=False),
    ),
    Step.IMPACT: (
        _word("children", "子ども"),
        _word("illness", "病気・障害・介護"),
        _word("pregnancy", "妊娠・出産"),
        _word("elderly", "65歳以上の人"),
        _word("lifelines", "電気・ガス・水道・家賃・食事"),
    ),
    Step.IMPACT_CONFIRMED: _NOTE,
    Step.PLAN_DISPOSITION: (
        _word("proportion", "処分の重さが釣り合っている理由", 3),
        _word("reason", "決めた理由"),
    ),
    Step.LIFE_CHECK: (_word("how", "いつ・だれが会い、何を確かめたか", 3),),
    Step.DISPOSITION: (
        _word("reason", "処分の理由（事実）", 3),
        _word("not_lighter", "より軽い処分では足りない理由（停止・廃止のとき）", required=False),
        _word(EXCEPTION_CODE, "停止を経ない廃止の事由（該当するときだけ）", 1, required=False),
        _word("exception", "その事由にあたる事実（該当するときだけ）", required=False),
    ),
    Step.DISPOSITION_FIRST: _NOTE,
    Step.DISPOSITION_FINAL: _NOTE,
    Step.FOLLOW_UP: (_word("found", "会った人・暮らしの様子", 3),),
    Step.CLOSE: _REASON,
}
#: Steps that name a further day, and what the form calls it.
FURTHER_DAY: Mapping[Step, str] = {
    Step.ORAL: "次の確認日",
    Step.NOTICE: "弁明の日",
    Step.DISPOSITION: "処分の始まる日",
    Step.FOLLOW_UP: "次の確認日",
}
#: Steps that need the minutes of a conference on a matter of this kind.
PLAN_MATTER: Mapping[Step, MatterKind] = {
    Step.PLAN_WRITTEN: MatterKind.WRITTEN_INSTRUCTION,
    Step.PLAN_HEARING: MatterKind.HEARING,
    Step.PLAN_DISPOSITION: MatterKind.DISPOSITION,
}
#: Steps by which a letter is handed over, and the step that drafted it.
DELIVERED: Mapping[Step, Step] = {
    Step.LETTER_DELIVERY: Step.LETTER,
    Step.NOTICE_DELIVERY: Step.NOTICE,
}
#: Steps whose words reach the person on paper: no support group may stand in any of them.
PRINTED_FOR_THE_PERSON = (Step.LETTER, Step.NOTICE, Step.DISPOSITION)
#: From the question of a hearing to the decision nothing goes on while something that hinders the person is open.
STOPPED_BY_HINDRANCES = (
    *(Step.PLAN_HEARING, Step.NOTICE, Step.NOTICE_DECISION, Step.NOTICE_DELIVERY, Step.HEARING),
    *(Step.PLAN_DISPOSITION, Step.DISPOSITION, Step.DISPOSITION_FIRST, Step.DISPOSITION_FINAL),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionItem:
    """One numbered item of the letter: what to do, until when, and by what it is seen to be done. Complete on paper."""

    number: int
    action: str = field(repr=False)
    due_on: date
    measure: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What a check found of one item."""

    number: int
    result: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInput:
    """A step to be recorded. `of_step` is the hindrance that a resolution is about, `item` the item a hindrance is about."""

    step_id: UUID
    case_id: UUID
    household_id: UUID
    kind: Step
    happened_on: date
    words: Mapping[str, str] = field(repr=False)
    outcome: Outcome | None = None
    further_on: date | None = None
    matter_id: UUID | None = None
    of_step: UUID | None = None
    item: int | None = None
    second_id: UUID | None = None
    items: tuple[InstructionItem, ...] = ()
    results: tuple[ItemResult, ...] = ()
    grounds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInput:
    """A case that is opened with its problem and the facts of it."""

    case_id: UUID
    step_id: UUID
    household_id: UUID
    person_id: UUID
    subject: GuidanceSubject
    happened_on: date
    facts: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """A step as it stands; `issue` is that of the letter drafted by it, while it is not void."""

    step_id: UUID
    number: int
    kind: Step
    happened_on: date
    words: Mapping[str, str] = field(repr=False)
    noted_by: UUID
    noted_at: datetime
    noted_name: str = field(default="", repr=False)
    second_name: str = field(default="", repr=False)
    outcome: Outcome | None = None
    further_on: date | None = None
    matter_id: UUID | None = None
    of_step: UUID | None = None
    item: int | None = None
    second_id: UUID | None = None
    items: tuple[InstructionItem, ...] = ()
    results: tuple[ItemResult, ...] = ()
    grounds: tuple[int, ...] = ()
    issue: LetterIssue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceCase:
    """One case of a person, its steps by number."""

    case_id: UUID
    household_id: UUID
    person_id: UUID
    person: str = field(repr=False)
    subject: GuidanceSubject
    steps: tuple[StepRecord, ...]

    @property
    def is_closed(self) -> bool:
        """Whether it ended."""
        return any(each.kind is Step.CLOSE for each in self.steps)

    def newest(self, kind: Step) -> StepRecord | None:
        """The latest record of a kind."""
        return next((each for each in reversed(self.steps) if each.kind is kind), None)

    def told_apart(self, days: int) -> int:
        """How often the person was told by word of mouth, where only attempts so many days apart count."""
        count, last = 0, date.min
        for on in sorted(each.happened_on for each in self.steps if each.kind is Step.ORAL):
            if count == 0 or (on - last).days >= days:
                count, last = count + 1, on
        return count

    @property
    def open_hindrances(self) -> tuple[StepRecord, ...]:
        """What hinders the person and nobody has resolved."""
        resolved = {each.of_step for each in self.steps if each.kind is Step.RESOLUTION}
        hindrances = (each for each in self.steps if each.kind is Step.HINDRANCE)
        return tuple(each for each in hindrances if each.step_id not in resolved)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceNumbers:
    """The office's numbers: days, and how often and how far apart somebody is told before it is written."""

    oral_attempts: int
    oral_spacing_days: int
    oral_check_days: int
    assessment_days: int
    letter_days: int
    notice_days: int
    life_check_days: int
    evaluation_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AbolitionException:
    """A reason of the office's list for which protection may be abolished without a suspension before."""

    code: str
    label: str
    note: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What the gates ask about the person beside the case; only whether a group was decided, never which."""

    is_group_decided: bool
    assessed_on: date | None
    is_health_fresh: bool
    has_barrier: bool
    has_illness: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterChoice:
    """A matter of a conference with minutes, to be named by a step."""

    matter_id: UUID
    kind: MatterKind
    person_id: UUID
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidedPerson:
    """A member of the household."""

    person_id: UUID
    name: str = field(repr=False)
    facts: PersonFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody of the office who may hear a person beside the one who writes."""

    staff_id: UUID
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingChoice:
    """A conference that still takes matters."""

    conference_id: UUID
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceOfFile:
    """The guidance of a household. While safety comes first (`is_on_hold`) nothing of it is shown."""

    is_on_hold: bool
    numbers: GuidanceNumbers
    people: tuple[GuidedPerson, ...] = ()
    cases: tuple[GuidanceCase, ...] = ()
    matters: tuple[MatterChoice, ...] = ()
    meetings: tuple[MeetingChoice, ...] = ()
    colleagues: tuple[Colleague, ...] = ()
    exceptions: tuple[AbolitionException, ...] = ()
