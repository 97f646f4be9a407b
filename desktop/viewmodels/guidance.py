"""How guidance cases read on screen: where a case stands, what may be recorded next, and what is missing for it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from desktop.domain.era import DateStyle, format_date
from desktop.domain.guidance import OUTCOME, PATH, STEP, SUBJECT, StageOfPath, Step
from desktop.domain.guidance_forms import (
    DELIVERED,
    EXCEPTION_CODE,
    FURTHER_DAY,
    WORDS,
    AbolitionException,
    GuidanceCase,
    GuidanceNumbers,
    StepRecord,
)
from desktop.domain.guidance_gates import GATES, latest, missing, same_person
from desktop.domain.guidance_papers import PAPER_OF, GuidancePaper
from desktop.domain.guidance_rules import oral_lack
from desktop.domain.office import SignedInStaff
from desktop.viewmodels.columns import Column

PAPER: Mapping[GuidancePaper, str] = {
    GuidancePaper.ORAL: "口頭指導記録（S-28）",
    GuidancePaper.LETTER: "指導指示書（K-15）",
    GuidancePaper.NOTICE: "弁明の機会の通知書（K-16）",
    GuidancePaper.HEARING: "弁明聴取書（K-17）",
    GuidancePaper.SANCTION: "処分の決定通知書（S-32）",
    GuidancePaper.MATTER: "会議の付議票・会議録（K-14G）",
}


class StageState(StrEnum):
    """How a stage of the stepper is drawn."""

    DONE = "done"
    BEGUN = "begun"
    WAITING = "waiting"


_SIGN: Mapping[StageState, str] = {
    StageState.DONE: "済",
    StageState.BEGUN: "途中",
    StageState.WAITING: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMark:
    """One stage as it is drawn: number, label, a sign beside the colour, and what a screen reader says."""

    number: int
    label: str
    state: StageState

    @property
    def sign(self) -> str:
        """The word beside the colour."""
        return _SIGN[self.state]


def stages(case: GuidanceCase | None) -> tuple[StageMark, ...]:
    """The twelve stages of a case."""
    return tuple(
        StageMark(number=stage.number, label=stage.label, state=_state(stage, case))
        for stage in PATH
    )


def spoken(marks: Sequence[StageMark]) -> str:
    """The stepper in words."""
    done = [f"{m.number} {m.label}" for m in marks if m.state is StageState.DONE]
    return f"指導の段階。済んだ段階：{'、'.join(done) or 'なし'}"


def ready(case: GuidanceCase, staff: SignedInStaff) -> tuple[Step, ...]:
    """The steps that this person could record now, in the order of the path."""
    return tuple(
        step
        for step in GATES
        if staff.may(GATES[step].permission)
        and not missing(step, case.steps)
        and same_person(step, case.steps, staff.staff_id) is None
    )


def next_words(case: GuidanceCase, staff: SignedInStaff, numbers: GuidanceNumbers) -> str:
    """What comes next on the way, and what is missing before it can be recorded."""
    if case.is_closed:
        return "この指導は終わっています。"
    step = _next_step(case)
    if step is None:
        return "この指導の段階はすべて記録されています。続けないときは終了を記録します。"
    lines = [f"次の段階：{STEP[step]}", *(f"・{each}" for each in missing(step, case.steps))]
    if step is Step.REVIEW and oral_lack(case, numbers):
        lines.append(f"・{oral_lack(case, numbers)}")
    letter = case.newest(DELIVERED[step]) if step in DELIVERED else None
    if letter is not None and letter.issue is None:
        lines.append(
            "・文書をまだ発行していません。「印刷する（P）」で印刷すると、発行番号が付きます。"
        )
    earlier = same_person(step, case.steps, staff.staff_id)
    if earlier is not None:
        lines.append(f"・「{STEP[earlier]}」を記録したので、別の職員が記録します。")
    elif not staff.may(GATES[step].permission):
        lines.append("・あなたの職務では記録できません。査察指導員か所長・課長が記録します。")
    lines += [
        f"・解消していない事情：{OUTCOME[h.outcome]}（{format_date(h.happened_on)}）"
        for h in case.open_hindrances
        if h.outcome
    ]
    return "\n".join(lines)


def papers(case: GuidanceCase) -> tuple[GuidancePaper, ...]:
    """The papers for which there is a record."""
    return tuple(paper for paper, step in PAPER_OF.items() if case.newest(step) is not None)


def case_columns() -> Sequence[Column[GuidanceCase]]:
    """The list of cases."""
    return (
        Column(
            header="始まり", text=lambda c: format_date(c.steps[0].happened_on, DateStyle.SHORT)
        ),
        Column(header="対象者", text=lambda c: c.person),
        Column(header="指導の対象", text=lambda c: SUBJECT[c.subject]),
        Column(header="いまの段階", text=lambda c: STEP[c.steps[-1].kind]),
        Column(header="状態", text=lambda c: "終了" if c.is_closed else "続いている"),
    )


def step_columns() -> Sequence[Column[StepRecord]]:
    """The steps of a case."""
    return (
        Column(header="年月日", text=lambda s: format_date(s.happened_on)),
        Column(header="段階", text=lambda s: STEP[s.kind]),
        Column(header="結果", text=lambda s: OUTCOME[s.outcome] if s.outcome else ""),
        Column(header="記録した人", text=lambda s: s.noted_name),
    )


def step_words(step: StepRecord, exceptions: Sequence[AbolitionException] = ()) -> str:
    """Everything a step says; `exceptions` name the reason that a disposition chose from the office's list."""
    names = {each.code: each.label for each in exceptions}
    said = {**step.words}
    if EXCEPTION_CODE in said:
        said[EXCEPTION_CODE] = names.get(said[EXCEPTION_CODE], said[EXCEPTION_CODE])
    lines = [f"{word.label}：{said.get(word.key, '')}" for word in WORDS[step.kind]]
    if step.further_on is not None and step.kind in FURTHER_DAY:
        lines.insert(0, f"{FURTHER_DAY[step.kind]}：{format_date(step.further_on)}")
    lines += [
        f"{item.number}　{item.action}（期限 {format_date(item.due_on)}、確認：{item.measure}）"
        for item in step.items
    ]
    lines += [f"{each.number}：{OUTCOME[each.result]}" for each in step.results]
    if step.grounds:
        lines.append(f"理由になる項目：{'、'.join(map(str, step.grounds))}")
    if step.issue is not None:
        lines.append(f"発行：{format_date(step.issue.on)}　発行番号 {step.issue.label}")
    if step.second_name:
        lines.append(f"一緒に聴いた職員：{step.second_name}")
    return "\n".join(lines)


def key_of(case: GuidanceCase) -> UUID:
    """What a case is known by in the list."""
    return case.case_id


#: The way a case goes where nothing is optional; what hinders, helps or ends it stands beside.
_WAY = (
    *(Step.ORAL, Step.REVIEW, Step.PLAN_WRITTEN, Step.LETTER, Step.LETTER_DECISION),
    *(Step.LETTER_DELIVERY, Step.CHECK, Step.PLAN_HEARING, Step.NOTICE, Step.NOTICE_DECISION),
    *(Step.NOTICE_DELIVERY, Step.HEARING, Step.IMPACT, Step.IMPACT_CONFIRMED),
    *(Step.PLAN_DISPOSITION, Step.LIFE_CHECK, Step.DISPOSITION, Step.DISPOSITION_FIRST),
    *(Step.DISPOSITION_FINAL, Step.FOLLOW_UP),
)


def _next_step(case: GuidanceCase) -> Step | None:
    """The step after the last one of the way that was recorded."""
    recorded = [step.kind for step in case.steps if step.kind in _WAY]
    if not recorded:
        return _WAY[0]
    place = _WAY.index(recorded[-1]) + 1
    return _WAY[place] if place < len(_WAY) else None


def _state(stage: StageOfPath, case: GuidanceCase | None) -> StageState:
    if case is None:
        return StageState.WAITING
    if latest(case.steps, stage.done_by) is not None:
        return StageState.DONE
    begun = any(latest(case.steps, kind) is not None for kind in stage.steps)
    return StageState.BEGUN if begun else StageState.WAITING
