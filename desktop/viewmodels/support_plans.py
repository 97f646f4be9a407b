"""個別支援計画 in a household's file and in the review pane: members, versions, a version in words, and what may be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.participation_consents import PartConsent, consent_word, sharing_word
from desktop.domain.participations import MARKED_GROUPS, MarkRow, ParticipationRow, Programme
from desktop.domain.support_plan_files import (
    AssessmentDigest,
    ConsentInput,
    PlannedPerson,
    PlanReview,
    PlansOfFile,
    ProposedPlan,
    StepResultInput,
    SupportPlan,
)
from desktop.domain.support_plans import (
    CONSENT_MOVE,
    CONSENT_WAY,
    DOER,
    GOAL_RESULT,
    NEXT_COURSE,
    PLAN_STATE,
    SELF_RELIANCE,
    STEP_STATUS,
    ConsentMove,
    PlanGoal,
    PlanState,
    PlanStep,
    StepStatus,
)
from desktop.viewmodels.columns import CENTER, Column

#: Where a member's plan stands when there is none.
NO_PLAN = "計画はまだありません"
#: What a file says of a participation to which consent was taken back.
CONSENT_IS_BACK = "同意が撤回されています。参加は自動では終わりません。"
_NOT_SAID = "まだ記録していません"
#: What differs between any two versions without anybody having written it.
_NOT_WRITTEN = frozenset({"作成", "同意", "差戻しの理由"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOffers:
    """What the signed-in person may do for the member at hand."""

    writes: bool = False
    changes: bool = False
    submits: bool = False
    withdraws: bool = False
    consents: bool = False
    follows: bool = False
    ends: bool = False
    takes_part: bool = False
    leaves: bool = False
    answers: bool = False
    marks: bool = False
    prints: bool = False


def offers(found: PlansOfFile, person: PlannedPerson | None) -> PlanOffers:
    """Only what the rules allow; the database judges again."""
    if person is None:
        return PlanOffers()
    plan = shown_first(person)
    prints = plan is not None
    if not found.may_write:
        return PlanOffers(prints=prints, marks=_marks(found, person))
    in_hand, in_force = person.in_hand, person.in_force
    waits = in_hand is not None and in_hand.state is PlanState.SUBMITTED
    is_draft = in_hand is not None and in_hand.state is PlanState.DRAFT
    goes_on = found.is_receiving
    return PlanOffers(
        writes=goes_on and not waits,
        changes=in_hand is not None or in_force is not None,
        submits=goes_on and is_draft and in_hand is not None and in_hand.is_own,
        withdraws=waits and in_hand is not None and in_hand.is_own,
        consents=in_hand is not None or in_force is not None,
        follows=in_force is not None,
        ends=in_force is not None and not waits,
        takes_part=goes_on,
        leaves=any(row.ended_on is None for row in person.participations),
        answers=bool(answerable(person)),
        marks=_marks(found, person),
        prints=prints,
    )


def answerable(person: PlannedPerson) -> tuple[ParticipationRow, ...]:
    """The participations of which an answer can be noted: those that go on, and those with a consent to be taken back."""
    return tuple(
        row
        for row in person.participations
        if row.ended_on is None
        or any(
            said is not None and said.move is ConsentMove.GIVEN
            for said in (row.consent, *row.sharing)
        )
    )


def part_consent_text(row: ParticipationRow, partner: str) -> str:
    """What the person said last in one matter."""
    said = row.standing(partner)
    return f"{CONSENT_MOVE[said.move]}（{_how(said)}）" if said else _NOT_SAID


def _marks(found: PlansOfFile, person: PlannedPerson) -> bool:
    """Of whom it matters, or stands already."""
    matters = person.group in MARKED_GROUPS or bool(person.marks)
    return found.may_mark and found.is_receiving and matters


def shown_first(person: PlannedPerson) -> SupportPlan | None:
    """The version that is read first: what is being written, else what is in force, else the newest."""
    return person.in_hand or person.in_force or (person.plans[0] if person.plans else None)


def people_columns(today: Callable[[], date]) -> tuple[Column[PlannedPerson], ...]:
    """Columns of the members; the group stands on the office's screens alone."""
    return (
        Column(header="氏名", text=lambda p: p.name),
        Column(
            header="計画",
            text=lambda p: standing_text(p, today()),
            tone=lambda p: _tone(p, today()),
        ),
        Column(
            header="次の見直し",
            text=lambda p: _day(p.in_force.review_due_on) if p.in_force else "",
            tone=lambda p: _review_tone(p, today()),
            align=CENTER,
        ),
        Column(header="支援区分", text=lambda p: p.group_label),
    )


def plan_columns() -> tuple[Column[SupportPlan], ...]:
    """Columns of a member's versions, newest first."""
    return (
        Column(header="版", text=lambda p: f"第{p.version}版", align=CENTER),
        Column(header="状態", text=state_text, tone=_state_tone),
        Column(header="期間", text=_period),
        Column(header="同意", text=_consent_word, tooltip=lambda p: consent_text(p.consent)),
        Column(header="書いた人", text=lambda p: p.author),
    )


def standing_text(person: PlannedPerson, today: date) -> str:
    """Where the member's plan stands, in a few words."""
    in_force, in_hand = person.in_force, person.in_hand
    hand = f"（{PLAN_STATE[in_hand.state]}の版あり）" if in_hand is not None else ""
    if in_force is not None:
        late = "・期間が過ぎています" if in_force.given.ends_on < today else ""
        return f"有効{late}{hand}"
    if in_hand is not None:
        return PLAN_STATE[in_hand.state]
    return "終了" if person.plans else NO_PLAN


def state_text(plan: SupportPlan) -> str:
    """What a version is: in force, over, or a step on its way."""
    if plan.is_in_force:
        return "◎ 有効"
    if plan.end is not None:
        return "終了"
    if plan.state is PlanState.APPROVED:
        return "前の版"
    return PLAN_STATE[plan.state]


def consent_text(consent: ConsentInput | None) -> str:
    """What the person said, when and how, and whether a copy was given."""
    if consent is None:
        return _NOT_SAID
    copy = "・写しを渡した" if consent.copy_given else ""
    said = f"{CONSENT_MOVE[consent.move]}　{_day(consent.said_on)}"
    return f"{said}（{CONSENT_WAY[consent.way]}{copy}）"


def plan_pairs(plan: SupportPlan, programmes: Mapping[str, Programme]) -> Iterator[tuple[str, str]]:
    """A version as label and words, in the order in which it is read."""
    given = plan.given
    yield "期間・見直し", f"{_period(plan)}　見直し {_day(plan.review_due_on)}"
    if plan.returned_words:
        yield "差戻しの理由", plan.returned_words
    yield "同意", consent_text(plan.consent)
    labels = [programmes[c].label if c in programmes else c for c in given.programmes]
    yield "使う事業", "\n".join(labels) or "（なし）"
    yield "就労支援員", plan.supporter or "（なし）"
    yield "作成のときの支援区分（事務所の中だけ）", plan.group_label or "（決まった区分なし）"
    yield "本人の希望", given.wish or "（まだ書かれていません）"
    if given.picture:
        yield "めざす暮らし", given.picture
    yield from _digest_pairs(plan.digest)
    yield "長期目標", given.long_goal or "（まだ書かれていません）"
    for number, goal in enumerate(given.goals, start=1):
        yield f"短期目標{number}（{SELF_RELIANCE[goal.reliance]}）", goal_text(goal)
        for step in given.steps:
            if step.goal_id == goal.goal_id:
                yield "　取組", step_text(step, plan.results.get(step.stem_id))
    for review in plan.reviews:
        yield f"見直し　{_day(review.given.held_on)}", _review_text(plan, review)
    if plan.end is not None:
        yield "終了", _end_text(plan)
    approved = f"　承認 {plan.approved_by}" if plan.approved_by else ""
    yield "作成", f"{plan.author}　{_day(japan_day(plan.saved_at))}{approved}"


def card_lines(proposed: ProposedPlan) -> Iterator[tuple[str, str]]:
    """A version as its approver reads it; what differs from the version in force is said first."""
    plan, before = proposed.plan, proposed.before
    labels = {
        code: Programme(code=code, label=label)
        for code, label in zip(plan.given.programmes, proposed.programmes, strict=True)
    }
    pairs = list(plan_pairs(plan, labels))
    yield "だれの計画", proposed.person
    if before is not None:
        old = set(plan_pairs(before, labels))
        changed = [
            label.strip()
            for label, words in pairs
            if label not in _NOT_WRITTEN and (label, words) not in old
        ]
        yield "有効な版から変わるところ", "、".join(dict.fromkeys(changed)) or "（なし）"
    yield from pairs


def goal_text(goal: PlanGoal) -> str:
    """A short goal with how it is measured, from where to where, by when and why."""
    rows = (
        ("", goal.what),
        ("測り方：", goal.measure),
        ("今：", goal.baseline),
        ("めざす値：", goal.target),
        ("期限：", _day(goal.due_on)),
        ("できると考える理由：", goal.why),
    )
    lines = [f"{label}{words}" for label, words in rows if words]
    return "\n".join([*lines, "本人と確かめた" if goal.is_agreed else "本人とまだ確かめていない"])


def step_text(step: PlanStep, result: StepResultInput | None) -> str:
    """A step on a line, and how far it is."""
    often = f"　{step.how_often}" if step.how_often else ""
    cost = f"　費用：{step.cost_item}" if step.cost_item else ""
    due = f"　{_day(step.due_on)}まで" if step.due_on else ""
    head = f"{DOER[step.doer]}：{step.action}{due}{often}{cost}"
    status = STEP_STATUS[result.status if result else StepStatus.OPEN]
    done = f"　{_day(result.done_on)}" if result and result.done_on else ""
    note = f"　{result.note}" if result and result.note else ""
    return f"{head}\n［{status}］{done}{note}"


def participation_text(row: ParticipationRow) -> str:
    """A participation on a line with what is said to it now; below it, where consent was taken back, what that does not do."""
    end = f"　終了 {_day(row.ended_on)}（{row.outcome_label}）" if row.ended_on else "　参加中"
    consent = f"　本人の答え：{word}" if (word := consent_word(row.consent)) else ""
    sharing = f"　情報共有：{word}" if (word := sharing_word(row.sharing)) else ""
    line = f"{row.programme_label}　{_day(row.starts_on)}から{end}{consent}{sharing}"
    is_back = row.consent is not None and row.consent.move is ConsentMove.TAKEN_BACK
    return f"{line}\n{CONSENT_IS_BACK}" if is_back and row.ended_on is None else line


def consent_pairs(person: PlannedPerson) -> Iterator[tuple[str, str]]:
    """What a member said since each participation began, the newest answer first."""
    for row in person.participations:
        if row.consents:
            answers = "\n".join(map(_answer_text, row.consents))
            yield f"参加・共有の同意　{row.programme_label}", answers


def _answer_text(said: PartConsent) -> str:
    matter = f"情報共有（{said.partner_label}）" if said.partner_label else "事業への参加"
    shared = f"　共有する情報：{said.shared}" if said.shared else ""
    return f"{matter}：{CONSENT_MOVE[said.move]}（{_how(said)}）{shared}"


def _how(said: PartConsent) -> str:
    """Day, way and who noted it."""
    return "、".join(filter(None, (_day(said.said_on), CONSENT_WAY[said.way], said.noted_by)))


def participations_text(person: PlannedPerson) -> str:
    """What the newest mark says, and all participations of a member, a line each; "" where there is none."""
    marks = (mark_text(row) for row in person.marks[:1])
    return "\n".join((*marks, *(participation_text(row) for row in person.participations)))


def mark_text(row: MarkRow) -> str:
    """参加できる人の印：あり（R6.10.1から、氏名）理由."""
    said = "あり" if row.can_join else "なし（外しました）"
    return f"参加できる人の印：{said}（{_day(row.since)}から、{row.noted_by}）{row.reason}"


def digest_text(digest: AssessmentDigest | None) -> str:
    """What the plan takes over from the assessment, a line each."""
    if digest is None:
        return "アセスメントはありません。先にアセスメントを書くと、強み・課題・阻害要因・健康がここに出ます。"
    source = f"（{digest.health_source}）" if digest.health_source else ""
    lines = (
        ("強み：", digest.strengths),
        ("課題：", digest.issues),
        ("阻害要因：", "、".join(digest.barriers)),
        ("健康：", f"{digest.health}{source}"),
    )
    said = [f"{label}{words}" for label, words in lines if words]
    return "\n".join([f"アセスメント（{_day(digest.made_on)}）から", *said])


def _digest_pairs(digest: AssessmentDigest | None) -> Iterator[tuple[str, str]]:
    yield "アセスメント", digest_text(digest)
    if digest is not None and digest.is_held:
        yield (
            "安全",
            "安全の確認が先です。保留が解かれるまで、取組は安全につながるものを先にします。",
        )


def _review_text(plan: SupportPlan, review: PlanReview) -> str:
    given = review.given
    numbers = {goal.goal_id: n for n, goal in enumerate(plan.given.goals, start=1)}
    lines = [f"{NEXT_COURSE[given.next_course]}　出席：{given.attendees}"]
    if given.next_review_on:
        lines[0] += f"　次の見直し {_day(given.next_review_on)}"
    for goal in given.goals:
        name = f"目標{numbers[goal.goal_id]}" if goal.goal_id in numbers else "前の版の目標"
        lines.append(f"{name}：{GOAL_RESULT[goal.result]}　{goal.words}".rstrip())
    return "\n".join(filter(None, (*lines, given.note)))


def _end_text(plan: SupportPlan) -> str:
    if plan.end is None:
        return ""
    given = plan.end.given
    follow = f"　{_day(given.follow_until)}まで見守り" if given.follow_until else ""
    comment = f"本人から：{given.comment}" if given.comment else ""
    head = f"{_day(given.ended_on)}　{plan.end.outcome_label}{follow}"
    return "\n".join(filter(None, (head, given.summary, comment)))


def _consent_word(plan: SupportPlan) -> str:
    said = plan.consent
    return f"{CONSENT_MOVE[said.move]}　{_day(said.said_on)}" if said else "—"


def _period(plan: SupportPlan) -> str:
    return f"{_day(plan.given.starts_on)}〜{_day(plan.given.ends_on)}"


def _tone(person: PlannedPerson, today: date) -> str:
    if person.in_force is not None and person.in_force.given.ends_on < today:
        return "warning"
    return "" if person.in_force is not None else "muted"


def _review_tone(person: PlannedPerson, today: date) -> str:
    plan = person.in_force
    return "error" if plan is not None and plan.review_due_on < today else ""


def _state_tone(plan: SupportPlan) -> str:
    if plan.state is PlanState.RETURNED and plan.is_newest:
        return "error"
    if plan.state is PlanState.SUBMITTED:
        return "warning"
    return "" if plan.is_in_force or plan.is_newest else "muted"


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT) if day else ""
