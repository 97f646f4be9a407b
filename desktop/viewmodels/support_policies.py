"""Support policies (援助方針) in words: the list of a file, how long one stands unchanged, and one to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID

from desktop.domain.approvals import Move
from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.forms import FormMark
from desktop.domain.labels import POLICY_STATE
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_duties import DutyResult, result_words
from desktop.domain.roles import Permission
from desktop.domain.support_policies import (
    ACTOR,
    INDEPENDENCE,
    ISSUE_DOMAIN,
    POLICY_KIND,
    STANDING,
    TERM,
    Action,
    Evidence,
    Goal,
    Independence,
    Issue,
    PolicyInput,
    PolicyLine,
    PolicyState,
    Standing,
    SupportPolicy,
)
from desktop.domain.visit_grades import visit_words
from desktop.viewmodels.columns import Column
from desktop.viewmodels.records_text import Labelled, instant_text, move_text, stamp_text
from desktop.viewmodels.support_policies_answers import AnswerGroup

VISITS = "訪問格付・年間訪問回数"
WHOLE_HOUSEHOLD = "世帯全体"
NO_LONGER_MEMBER = "世帯員（転出など）"
_MONTHS = 12
_TONES = {
    PolicyState.DRAFT: "warning",
    PolicyState.SUBMITTED: "warning",
    PolicyState.RETURNED: "error",
}

Policy = SupportPolicy | PolicyInput
Names = Mapping[UUID, str]
Results = Mapping[UUID, Sequence[DutyResult]]
NO_RESULTS: Results = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueText:
    """An issue as lines to read: a heading with its standing, labelled parts, and the quoted evidence."""

    issue_id: UUID
    heading: str = field(repr=False)
    standing: str
    parts: tuple[Labelled, ...] = field(repr=False)
    evidence: tuple[Evidence, ...] = ()
    is_ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyText:
    """A policy to read: title, where it stands, the household's part, and the issues by independence."""

    title: str
    standing: tuple[str, ...]
    parts: tuple[Labelled, ...] = field(repr=False)
    groups: tuple[tuple[str, tuple[IssueText, ...]], ...]
    after: tuple[str, ...] = field(default=(), repr=False)
    answers: tuple[AnswerGroup, ...] = ()


def policy_columns(in_force: Callable[[], UUID | None]) -> tuple[Column[PolicyLine], ...]:
    """The columns of a file's list. `in_force` answers which policy is valid now."""
    return (
        Column(header="策定日", text=lambda line: format_date(line.made_on, DateStyle.SHORT)),
        Column(header="区分", text=lambda line: POLICY_KIND[line.kind]),
        Column(
            header="状態",
            text=lambda line: state_word(line, in_force()),
            tone=lambda line: _TONES.get(line.state),
        ),
        Column(
            header="決裁日",
            text=lambda line: (
                format_date(japan_day(line.approved_at), DateStyle.SHORT)
                if line.approved_at
                else "―"
            ),
        ),
        Column(
            header="次の見直し",
            text=lambda line: (
                format_date(line.review_due_on, DateStyle.SHORT)
                if line.review_due_on and line.policy_id == in_force()
                else "―"
            ),
        ),
    )


def line_title(policy: PolicyLine | SupportPolicy) -> str:
    """R6.4.1 策定（定期・決裁済み）: how one of several is named."""
    made = format_date(policy.made_on, DateStyle.SHORT)
    return f"{made} 策定（{POLICY_KIND[policy.kind]}・{POLICY_STATE[policy.state]}）"


def state_word(line: PolicyLine, in_force: UUID | None) -> str:
    """The state; of approved ones the newest is in force, the others are past."""
    if line.state is not PolicyState.APPROVED:
        return POLICY_STATE[line.state]
    return "有効" if line.policy_id == in_force else "過去の方針"


def in_force_of(lines: Sequence[PolicyLine]) -> PolicyLine | None:
    """The policy in force: the one approved last."""
    approved = [line for line in lines if line.approved_at is not None]
    return max(approved, key=lambda line: (str(line.approved_at), line.policy_id), default=None)


def due_sentence(lines: Sequence[PolicyLine], today: date) -> tuple[str, str]:
    """How long the policy in force stands unchanged and when it is due, with the tone of it."""
    valid = in_force_of(lines)
    if valid is None or valid.approved_at is None:
        return ("決裁された援助方針はまだありません。" if lines else ""), "warning"
    since = japan_day(valid.approved_at)
    stands = (
        f"有効な援助方針は{format_date(since)}の決裁から{span_words(since, today)}変わっていません。"
        if since < today
        else "有効な援助方針は今日決裁されました。"
    )
    due = valid.review_due_on
    if due is None:
        return stands, "info"
    day = format_date(due)
    if due < today:
        return f"{stands}見直しの期日（{day}）を{span_words(due, today)}過ぎています。", "error"
    if due == today:
        return f"{stands}今日が見直しの期日です。", "warning"
    left = span_words(today, due)
    is_near = months_between(today, due) < 1
    tone = "warning" if is_near else "info"
    return f"{stands}次の見直しは{day}まで（あと{left}）です。", tone


def span_words(since: date, until: date) -> str:
    """12日間, 8か月, 1年2か月: as people say how long it is."""
    months = months_between(since, until)
    if months < 1:
        return f"{(until - since).days}日"
    years, rest = divmod(months, _MONTHS)
    return (f"{years}年" if years else "") + (f"{rest}か月" if rest else "")


def months_between(since: date, until: date) -> int:
    """Full months."""
    months = (until.year - since.year) * _MONTHS + until.month - since.month
    return months - (until.day < since.day)


def whose(issue: Issue, names: Names) -> str:
    """Whom an issue is about."""
    if issue.person_id is None:
        return WHOLE_HOUSEHOLD
    return names.get(issue.person_id, NO_LONGER_MEMBER)


def policy_text(
    policy: SupportPolicy,
    names: Names,
    *,
    results: Results = NO_RESULTS,
    answers: tuple[AnswerGroup, ...] = (),
) -> PolicyText:
    """A policy to read. `names`: the members' names by person.

    `results`: what was noted, by the line; `answers`: what was recorded since the approval.
    """
    groups = (
        (INDEPENDENCE[kind], tuple(issue_text(i, names, results) for i in _of_kind(policy, kind)))
        for kind in Independence
    )
    return PolicyText(
        title=f"援助方針（{POLICY_KIND[policy.kind]}）　{format_date(policy.made_on)} 策定",
        standing=tuple(_standing(policy)),
        parts=household_parts(policy),
        groups=tuple((label, issues) for label, issues in groups if issues),
        after=tuple(_after(policy)),
        answers=answers,
    )


def household_parts(policy: Policy) -> tuple[Labelled, ...]:
    """What is said of the household as a whole."""
    parts = (
        ("visits", VISITS, visit_words(policy.grade, policy.visits_per_year)),
        ("situation", "世帯の状況", policy.situation),
        ("evaluation", "前回の援助方針の評価", policy.evaluation),
    )
    return tuple(Labelled(key=key, label=label, text=text) for key, label, text in parts if text)


def issue_text(issue: Issue, names: Names, results: Results = NO_RESULTS) -> IssueText:
    """One issue to read."""
    return IssueText(
        issue_id=issue.issue_id,
        heading=f"{issue.text or '（課題の文なし）'}　［{ISSUE_DOMAIN[issue.domain]}］　{whose(issue, names)}",
        standing=STANDING[issue.standing],
        parts=tuple(issue_parts(issue, results)),
        evidence=issue.evidence,
        is_ended=issue.standing is Standing.ENDED,
    )


def issue_parts(issue: Issue, results: Results = NO_RESULTS) -> Iterator[Labelled]:
    """The labelled words of an issue, without its heading and evidence."""
    parts = (
        ("fact", "事実", issue.fact),
        ("cause", "原因", issue.cause),
        ("wish", "本人の希望", issue.wish),
        ("strength", "強み", issue.strength),
        ("goals", "目標", _lines((goal_words(g), results.get(g.goal_id)) for g in issue.goals)),
        (
            *("actions", "取組"),
            _lines((action_words(a), results.get(a.action_id)) for a in issue.actions),
        ),
        ("result", "評価", issue.result),
    )
    for key, label, text in parts:
        if text:
            yield Labelled(key=key, label=label, text=text)


def _lines(lines: Iterable[tuple[str, Sequence[DutyResult] | None]]) -> str:
    """Each line of the policy with what was noted of it beneath, oldest first."""
    return "\n".join(
        text
        for words, noted in lines
        for text in (words, *(f"　→ {result_words(r)}　{r.by}" for r in reversed(noted or ())))
    )


def goal_words(goal: Goal) -> str:
    """長期（1年）：自分で薬をのむ（R7.3.31まで）."""
    return f"{TERM[goal.term]}：{goal.text}{_by(goal.by_on)}"


def action_words(action: Action) -> str:
    """担当員が　残薬を数える（R6.12.31まで）　確かめ方：残薬の数."""
    measure = f"　確かめ方：{action.measure}" if action.measure else ""
    return f"{ACTOR[action.actor]}：{action.what}{_by(action.by_on)}{measure}"


def _by(day: date | None) -> str:
    return f"（{format_date(day, DateStyle.SHORT)}まで）" if day else ""


def _of_kind(policy: Policy, kind: Independence) -> Iterator[Issue]:
    return (issue for issue in policy.issues if issue.independence is kind)


def _standing(policy: SupportPolicy) -> Iterator[str]:
    words = POLICY_STATE[policy.state]
    if policy.approved_at is not None:
        words += f"　{format_date(japan_day(policy.approved_at))} 決裁"
    yield f"{words}　第{policy.version}版　作成 {policy.author}"
    if policy.review_due_on is not None:
        yield f"見直しの期日　{format_date(policy.review_due_on)}"


def _after(policy: SupportPolicy) -> Iterator[str]:
    if policy.stamps:
        yield "決裁　" + "　".join(map(stamp_text, policy.stamps))
    yield from map(move_text, policy.notes)


def return_reason(policy: SupportPolicy) -> str:
    """Why a returned policy came back; "" for one that did not."""
    if policy.state is not PolicyState.RETURNED:
        return ""
    returns = [note for note in policy.notes if note.move is Move.RETURN]
    if not returns:
        return "差し戻された援助方針です。"
    last = returns[-1]
    return f"差戻し（{last.by}　{instant_text(last.at)}）：{last.text}"


def is_writable(policy: SupportPolicy | None, staff_id: UUID) -> bool:
    """Whether the person may go on writing it."""
    return (
        policy is not None
        and policy.author_id == staff_id
        and policy.state in {PolicyState.DRAFT, PolicyState.RETURNED}
    )


def is_withdrawable(policy: SupportPolicy | None, staff_id: UUID) -> bool:
    """Whether the person may ask for it back; the service knows whether it was stamped."""
    return (
        policy is not None
        and policy.author_id == staff_id
        and policy.state is PolicyState.SUBMITTED
    )


def mark_of(policy: SupportPolicy, staff: SignedInStaff) -> FormMark | None:
    """What this person may print the policy as: records staff the original of an approved one, others a draft."""
    if policy.approved_version is not None and staff.may(Permission.PRINT_RECORDS):
        return FormMark.ORIGINAL
    return FormMark.DRAFT if staff.may(Permission.PRINT_DRAFTS) else None
