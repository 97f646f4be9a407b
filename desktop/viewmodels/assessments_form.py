"""The form of an assessment as pure state: how it begins, what was typed as an AssessmentInput, and what is proposed of it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from desktop.domain.assessment_forms import (
    AssessedPerson,
    AssessmentInput,
    AssessmentTables,
    needs_more,
    proposal_of,
    reason_facts,
)
from desktop.domain.assessments import (
    HEALTH_SOURCE,
    AssessmentKind,
    Comment,
    Health,
    HealthSource,
    Motivation,
    Scope,
    Work,
    evidence_is_old,
)
from desktop.domain.era import DateStyle, format_date
from desktop.domain.ids import new_id
from desktop.domain.medical_opinions import answers_said
from desktop.domain.support_groups import FLAG, Proposal, flags_of
from desktop.viewmodels.assessments import group_label
from desktop.viewmodels.assessments_text import NOBODY_DECIDED, Part, old_evidence

#: Fields of codes and what they become.
_CODES: Mapping[str, type[Any]] = {
    "kind": AssessmentKind,
    "scope": Scope,
    "work": Work,
    "health": Health,
    "health_source": HealthSource,
    "motivation": Motivation,
    "comment": Comment,
}
_TEXTS = (
    *("job", "health_words", "motivation_words", "resources", "wishes", "market", "life"),
    *("safety", "view", "comment_words"),
)
#: The parts that stay folded until a proposal needs them or somebody opens them.
FOLDED = ("resources", "wishes", "market", "life", "view", "comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveProposal:
    """What stands at the side while somebody types."""

    group: str
    rule: str
    reason: str = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)
    opened: frozenset[str] = frozenset()


def opinion_note(person: AssessedPerson) -> str:
    """The newest word on health of 通院・病状 beside the health field: whose, of which day, how old. It chooses nothing."""
    if person.opinion is None:
        return ""
    given = person.opinion.given
    who = "　".join(filter(None, (HEALTH_SOURCE[given.source], given.institution, given.doctor)))
    old = "　▲ 事務所の決めた期間より前の意見です。" if person.opinion.is_old else ""
    words = given.words or answers_said(given.answers)
    return f"「通院・病状」の新しい意見：{format_date(given.given_on)}　{who}{old}\n「{words}」"


def opinion_values(person: AssessedPerson) -> dict[str, Any]:
    """Field → what the opinion says of itself: source, day, words as given. Never the answer on health."""
    if person.opinion is None:
        return {}
    given = person.opinion.given
    return {
        "health_source": given.source,
        "health_on": given.given_on,
        "health_words": "\n".join(filter(None, (answers_said(given.answers), given.words))),
    }


def first_input(
    person: AssessedPerson, household_id: UUID, tables: AssessmentTables, today: date
) -> AssessmentInput:
    """How the form begins: as the newest assessment was answered, on today's day, the scope by age.

    What must be said anew is not carried over: a question of safety that was settled, and the person's comment on what was shown then.
    """
    newest = person.newest
    if newest is None:
        return AssessmentInput(
            assessment_id=new_id(),
            household_id=household_id,
            person_id=person.person_id,
            kind=AssessmentKind.START,
            made_on=today,
            scope=person.usual_scope,
            work=Work.MORE_POSSIBLE if person.is_working else Work.NONE,
        )
    before = newest.given
    known = {item.code for item in tables.items}
    is_first = before.kind is AssessmentKind.START
    return replace(
        before,
        assessment_id=new_id(),
        kind=AssessmentKind.PERIODIC if is_first else before.kind,
        made_on=today,
        scope=person.usual_scope,
        drive_said={code: said for code, said in before.drive_said.items() if code in known},
        safety=before.safety if newest.is_held else "",
        comment=Comment.NOT_SHOWN,
        comment_on=None,
        comment_words="",
    )


def input_of(begun: AssessmentInput, values: Mapping[str, Any]) -> AssessmentInput:
    """What was typed, by the names of the fields, as an assessment; what is empty is empty."""
    read: dict[str, Any] = dict(values)
    for name, code in _CODES.items():
        read[name] = code(read[name]) if read.get(name) else getattr(begun, name)
    if not values.get("health_source"):
        read["health_source"] = None
    for name in _TEXTS:
        read[name] = read.get(name) or ""
    read["made_on"] = read.get("made_on") or begun.made_on
    read["barriers"] = tuple(read.get("barriers") or ())
    read["drive_said"] = dict(read.get("drive_said") or {})
    read["asks_anyway"] = bool(read.get("asks_anyway")) and read["scope"] is Scope.OUT
    return replace(begun, **read)


def live_proposal(
    given: AssessmentInput, tables: AssessmentTables, person: AssessedPerson, today: date
) -> LiveProposal:
    """What the office's table proposes of what is typed so far, from facts alone."""
    proposal = proposal_of(given, tables)
    facts = reason_facts(given, tables, shows_sensitive=True)
    since = format_date(proposal.valid_from, DateStyle.SHORT)
    return LiveProposal(
        group=group_label(proposal.group, tables),
        rule=f"規則 {proposal.rule.code}（判定表 {since}から）",
        reason=proposal.reason(facts),
        parts=tuple(_parts(given, proposal, tables, person, today)),
        opened=opened_parts(given, proposal),
    )


def opened_parts(given: AssessmentInput, proposal: Proposal) -> frozenset[str]:
    """The folded parts that are open by themselves: what the proposed group needs, and what has words in it."""
    worded = {name for name in FOLDED if name != "comment" and getattr(given, name).strip()}
    if given.comment is not Comment.NOT_SHOWN or given.comment_on or given.comment_words.strip():
        worded.add("comment")
    return frozenset(worded | (set(needs_more(proposal)) & set(FOLDED)))


def scope_note(person: AssessedPerson, today: date) -> str:
    """Why the scope begins as it does."""
    newest = person.newest
    if person.birth_date is None:
        return "生年月日が不明です。対象かどうかを確かめてください。"
    said = f"{format_date(today, DateStyle.SHORT)}の年齢から選びました。在学・施設などで対象外のときは変えてください。"
    if newest is not None and newest.given.scope is not person.usual_scope:
        said += "前回と違います。"
    return said


def work_note(given: AssessmentInput, person: AssessedPerson) -> str:
    """What the ledger says of work, where it contradicts the answer."""
    if person.is_working and given.work is Work.NONE:
        return "台帳には就労中とあります。確かめてください。"
    if not person.is_working and given.work is not Work.NONE:
        return "台帳に就労の記録がありません。確かめてください。"
    return ""


def _parts(
    given: AssessmentInput,
    proposal: Proposal,
    tables: AssessmentTables,
    person: AssessedPerson,
    today: date,
) -> Iterator[Part]:
    if given.on_hold:
        yield Part(
            label="安全",
            text="安全の確認が先です。保存すると、査察指導員が保留を解くまで支援・指導は止まります。",
            tone="error",
        )
    if proposal.unknown:
        unknown = "\n".join(f"・{said}" for said in proposal.unknown)
        yield Part(label="まだ分からないこと", text=unknown, tone="warning")
    if proposal.also:
        also = "\n".join(f"{r.code}　{group_label(r.group, tables)}" for r in proposal.also)
        yield Part(label="ほかに当てはまる規則", text=also)
    flags = flags_of(
        given.answers(tables), person.birth_date, today, has_worked=person.has_worked, on_hold=False
    )
    if flags:
        yield Part(label="印", text="\n".join(f"▲ {FLAG[flag]}" for flag in flags))
    if evidence_is_old(given.health, given.health_on, today, tables.numbers):
        yield Part(label="医学的意見", text=old_evidence(given.health_on), tone="warning")
    yield Part(label="この提案について", text=NOBODY_DECIDED, tone="muted")
