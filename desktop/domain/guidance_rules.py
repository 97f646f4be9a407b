"""What a step asks for beyond its gate: days, words, items, hindrances, severity. By field, in sentences; {} where all is well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from desktop.domain.guidance import (
    OUTCOMES,
    RESULTS,
    VIOLATIONS,
    GuidanceSubject,
    Outcome,
    Step,
)
from desktop.domain.guidance_forms import (
    DELIVERED,
    EXCEPTION_CODE,
    FURTHER_DAY,
    PLAN_MATTER,
    PRINTED_FOR_THE_PERSON,
    STOPPED_BY_HINDRANCES,
    WORDS,
    GuidanceCase,
    GuidanceNumbers,
    MatterChoice,
    PersonFacts,
    StepInput,
    StepRecord,
)
from desktop.domain.guidance_gates import GATES
from desktop.domain.guidance_letters import group_refusal, letter_refusal
from desktop.domain.issued_forms import NOT_ISSUED

Errors = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a step is judged by."""

    case: GuidanceCase
    facts: PersonFacts
    numbers: GuidanceNumbers
    matters: tuple[MatterChoice, ...]
    staff_id: UUID
    today: date
    exceptions: frozenset[str] = frozenset()


def step_errors(given: StepInput, by: Setting) -> dict[str, str]:
    """Why the step cannot be recorded as it was filled in, by field."""
    found = dict[str, str]()
    for rule in (_days, _texts, _person, _plan, _letter, _deliveries, _check, _hearing, _decision):
        for name, sentence in rule(given, by):
            found.setdefault(name, sentence)
    return found


def _days(given: StepInput, by: Setting) -> Errors:
    if given.happened_on > by.today:
        yield "happened_on", "今日までの日付にしてください。"
    needed = (by.case.newest(need.kind) for need in GATES[given.kind].needs)
    if any(each and each.happened_on > given.happened_on for each in needed):
        yield "happened_on", "前の段階の日付よりあとにしてください。"
    if given.kind in FURTHER_DAY:
        needs_day = given.kind is not Step.FOLLOW_UP or given.outcome is Outcome.NOT_FOLLOWED
        if given.further_on is None and needs_day:
            yield "further_on", f"{FURTHER_DAY[given.kind]}を入力してください。"
        elif given.further_on is not None and given.further_on <= given.happened_on:
            yield "further_on", "この記録の日よりあとの日付にしてください。"


def _texts(given: StepInput, by: Setting) -> Errors:
    for word in WORDS.get(given.kind, ()):
        if word.required and not given.words.get(word.key, "").strip():
            yield word.key, f"「{word.label}」を入力してください。"
    if given.kind in PRINTED_FOR_THE_PERSON:
        for key, text in given.words.items():
            if group_refusal(text):
                yield key, group_refusal(text)
    allowed = OUTCOMES.get(given.kind, ())
    if (given.outcome in allowed) != bool(allowed):
        yield "outcome", "結果を選んでください。"
    if given.kind is Step.RESOLUTION and given.of_step not in {
        each.step_id for each in by.case.open_hindrances
    }:
        yield "of_step", "まだ解消していない事情を選んでください。"


def _person(given: StepInput, by: Setting) -> Errors:
    is_work = by.case.subject is GuidanceSubject.WORK
    if given.kind is Step.ORAL and is_work:
        if not by.facts.is_group_decided:
            yield (
                "happened_on",
                "どんな支援をするかが決まってから指導してください。先に会議で決めます。",
            )
        if not by.facts.is_health_fresh:
            yield (
                "happened_on",
                "健康についての新しい医学的意見がありません。先にアセスメントをしてください。",
            )
    if given.kind is Step.REVIEW and oral_lack(by.case, by.numbers):
        yield "happened_on", oral_lack(by.case, by.numbers)
    if given.kind in STOPPED_BY_HINDRANCES and by.case.open_hindrances:
        yield "outcome", "解消していない事情があります。人が確かめて解消してから進んでください。"


def oral_lack(case: GuidanceCase, numbers: GuidanceNumbers) -> str:
    """What is missing of oral guidance before the review, in a sentence; "" where it is enough."""
    wanted, days = numbers.oral_attempts, numbers.oral_spacing_days
    told = case.told_apart(days)
    if told >= wanted:
        return ""
    apart = f"{days}日以上の間をおいて" if wanted > 1 else ""
    return f"口頭による指導が{apart}{wanted}回要ります（数えられるのは、今は{told}回）。"


def _plan(given: StepInput, by: Setting) -> Errors:
    kind = PLAN_MATTER.get(given.kind)
    if kind is None:
        return
    used = {each.matter_id for each in by.case.steps}
    fitting = (m for m in by.matters if m.kind is kind and m.person_id == by.case.person_id)
    chosen = next((m for m in fitting if m.matter_id == given.matter_id), None)
    if chosen is None or chosen.matter_id in used:
        yield "matter_id", "会議録のある、この人のこの議題を選んでください。"
    elif chosen.held_on > given.happened_on:
        yield "happened_on", "会議の日よりあとの日付にしてください。"
    if given.kind is not Step.PLAN_WRITTEN:
        return
    oldest = by.today - timedelta(days=by.numbers.assessment_days)
    review = by.case.newest(Step.REVIEW)
    if review is not None and review.happened_on < oldest:
        yield "happened_on", f"合理性の見直しが{by.numbers.assessment_days}日より古くなっています。"
    assessed = by.facts.assessed_on
    if by.case.subject is GuidanceSubject.WORK and (assessed is None or assessed < oldest):
        yield (
            "happened_on",
            f"文書で指導する前に、{by.numbers.assessment_days}日以内の新しいアセスメントが要ります。",
        )


def _letter(given: StepInput, by: Setting) -> Errors:
    if given.kind is not Step.LETTER:
        return
    if not given.items or [each.number for each in given.items] != [
        *range(1, len(given.items) + 1)
    ]:
        yield "items", "指示する事項を1から順に入れてください。"
    first = given.happened_on + timedelta(days=by.numbers.letter_days)
    for item in given.items:
        if not item.action.strip() or not item.measure.strip():
            yield "items", f"{item.number}の、すること・期限・確認の方法をすべて入れてください。"
        if item.due_on < first:
            yield (
                "items",
                f"{item.number}の期限は、{by.numbers.letter_days}日以上先にしてください。",
            )
        for text in (item.action, item.measure):
            refusal = letter_refusal(text, is_item=True)
            if refusal:
                yield "items", f"{item.number}：{refusal}"
    for key in ("reason", "help"):
        refusal = letter_refusal(given.words.get(key, ""), is_item=False)
        if refusal:
            yield key, refusal


def _deliveries(given: StepInput, by: Setting) -> Errors:
    drafted = DELIVERED.get(given.kind)
    letter_step = by.case.newest(drafted) if drafted else None
    if letter_step is not None:
        yield from _issued(letter_step, given.happened_on)
    notice_days = timedelta(days=by.numbers.notice_days)
    too_soon = f"弁明の日は、通知から{by.numbers.notice_days}日以上先にしてください。"
    if given.kind is Step.LETTER_DELIVERY:
        letter = by.case.newest(Step.LETTER)
        if letter and any(item.due_on <= given.happened_on for item in letter.items):
            yield "happened_on", "期限の過ぎた指導指示書は渡せません。起案からやり直してください。"
    first = given.happened_on + notice_days
    if given.kind is Step.NOTICE and given.further_on is not None and given.further_on < first:
        yield "further_on", too_soon
    if given.kind is Step.NOTICE_DELIVERY:
        notice = by.case.newest(Step.NOTICE)
        if notice and notice.further_on and notice.further_on < given.happened_on + notice_days:
            yield "happened_on", f"{too_soon}起案からやり直してください。"


def _issued(drafted: StepRecord, on: date) -> Errors:
    """What is handed over went out before: its number and bytes stand in the register."""
    if drafted.issue is None:
        yield "happened_on", NOT_ISSUED
    elif on < drafted.issue.on:
        yield "happened_on", "文書を発行した日よりあとの日付にしてください。"


def _check(given: StepInput, by: Setting) -> Errors:
    letter = by.case.newest(Step.LETTER)
    if given.kind is not Step.CHECK or letter is None:
        return
    numbers = [item.number for item in letter.items]
    if [each.number for each in given.results] != numbers:
        yield "results", "指導指示書のすべての項目について、結果を選んでください。"
        return
    worst = max((each.result for each in given.results), key=RESULTS.index)
    if given.outcome is not worst:
        yield "outcome", "全体の結果は、項目の結果のうち最も重いものにします。"
    for item, each in zip(letter.items, given.results, strict=True):
        if each.result in VIOLATIONS:
            yield from _violation(item.number, item.due_on, given, by)


def _violation(number: int, due_on: date, given: StepInput, by: Setting) -> Errors:
    if due_on >= given.happened_on:
        yield "results", f"{number}の期限が過ぎるまで、不履行とはできません。"
    if any(each.item in (None, number) for each in by.case.open_hindrances):
        yield (
            "results",
            f"{number}には解消していない事情があります。人が確かめて解消するまで、不履行とはできません。",
        )
    for is_there, kind, what in (
        (by.facts.has_barrier, Outcome.BARRIER, "就労阻害要因"),
        (by.facts.has_illness, Outcome.ILLNESS, "病気の意見"),
    ):
        if is_there and not _is_resolved(kind, by.case):
            yield (
                "results",
                f"新しいアセスメントに{what}があります。「果たせない事情」に記録し、確かめて解消するまで、不履行とはできません。",
            )


def _is_resolved(kind: Outcome, case: GuidanceCase) -> bool:
    """Whether somebody resolved a hindrance of this kind since the letter was handed over."""
    delivered = case.newest(Step.LETTER_DELIVERY)
    of_kind = {
        each.step_id for each in case.steps if each.kind is Step.HINDRANCE and each.outcome is kind
    }
    return delivered is not None and any(
        each.kind is Step.RESOLUTION and each.of_step in of_kind and each.number > delivered.number
        for each in case.steps
    )


def _hearing(given: StepInput, by: Setting) -> Errors:
    if given.kind is not Step.HEARING:
        return
    told = {each.noted_by for each in by.case.steps if each.kind is Step.ORAL}
    heard_by = {by.staff_id, given.second_id}
    if given.second_id in (None, by.staff_id) or heard_by <= told:
        yield (
            "second_id",
            "弁明は、口頭で指導した職員ではない人を含む2人で聴きます。もう1人を選んでください。",
        )
    notice = by.case.newest(Step.NOTICE)
    if (
        given.outcome is Outcome.ABSENT
        and notice
        and notice.further_on
        and given.happened_on < notice.further_on
    ):
        yield "happened_on", "弁明の日が過ぎるまで、出頭しなかったとはできません。"


def _decision(given: StepInput, by: Setting) -> Errors:
    draft = by.case.newest(Step.DISPOSITION)
    if given.kind is Step.DISPOSITION:
        yield from _grounds(given, by.case)
        yield from _severity(given, by)
    is_final = given.kind is Step.DISPOSITION_FINAL and given.outcome is Outcome.APPROVED
    if is_final and draft is not None and draft.outcome is not Outcome.CHANGE:
        yield from _alive("outcome", given.happened_on, by)


def _grounds(given: StepInput, case: GuidanceCase) -> Errors:
    check = case.newest(Step.CHECK)
    broken = (
        {each.number for each in check.results if each.result in VIOLATIONS} if check else set()
    )
    if not given.grounds or not set(given.grounds) <= broken:
        yield (
            "grounds",
            "処分の理由になるのは、指導指示書の項目のうち、不履行・一部履行と確認したものだけです。",
        )


def _severity(given: StepInput, by: Setting) -> Errors:
    if given.outcome in (None, Outcome.CHANGE):
        return
    yield from _alive("happened_on", given.happened_on, by)
    if not given.words.get("not_lighter", "").strip():
        yield "not_lighter", "より軽い処分では足りない理由を入力してください。"
    if given.outcome is not Outcome.ABOLISH or was_suspended(by.case):
        return
    code = given.words.get(EXCEPTION_CODE, "").strip()
    if not code:
        yield (
            "outcome",
            "廃止は、停止しても従わず、もう一度文書で指導したあとです。停止を経ないときは、その事由を選んでください。",
        )
    elif code not in by.exceptions:
        yield EXCEPTION_CODE, "事務所の一覧にある事由を選んでください。"
    elif not given.words.get("exception", "").strip():
        yield "exception", "その事由にあたる事実を入力してください。"


def was_suspended(case: GuidanceCase) -> bool:
    """Whether a suspension was decided before the letter that was handed over last."""
    letter = case.newest(Step.LETTER)
    drafted: StepRecord | None = None
    for each in case.steps:
        if each.kind is Step.DISPOSITION:
            drafted = each
        is_final = each.kind is Step.DISPOSITION_FINAL and each.outcome is Outcome.APPROVED
        is_suspension = is_final and drafted is not None and drafted.outcome is Outcome.SUSPEND
        if is_suspension and letter is not None and letter.number > each.number:
            return True
    return False


def _alive(name: str, on: date, by: Setting) -> Errors:
    check, heard = by.case.newest(Step.LIFE_CHECK), by.case.newest(Step.HEARING)
    days = by.numbers.life_check_days
    is_fresh = (
        check is not None
        and heard is not None
        and check.number > heard.number
        and check.outcome is Outcome.SAFE
        and check.happened_on >= on - timedelta(days=days)
    )
    if not is_fresh:
        yield name, f"停止・廃止の前に、{days}日以内に会って命の危険がないことを確かめてください。"
