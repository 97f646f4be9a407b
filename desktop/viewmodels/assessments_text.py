"""An assessment in words: what the section 就労支援 shows to be read, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.assessment_forms import (
    NO_BARRIER,
    AssessedPerson,
    Assessment,
    AssessmentTables,
    DecidedGroup,
)
from desktop.domain.assessments import (
    ASSESSMENT_KIND,
    COMMENT,
    HEALTH_SOURCE,
    SAID,
    SCOPE,
    AssessmentNumbers,
    Barrier,
    Barriers,
    HealthSource,
    Said,
    Scope,
    evidence_is_old,
)
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.viewmodels.assessments import group_label
from desktop.viewmodels.records_text import instant_text

#: Sign and words of a sensitive barrier; colour is not the only sign.
SENSITIVE = "◆ 配慮が要る要因"
NOBODY_DECIDED = (
    "決めるのは会議・査察指導員です。提案だけでは何も決まらず、計画にも集計にも使われません。"
)
_NOT_THE_NEWEST = "これより新しいアセスメントがあります。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A text under its label; `tone` is how it is said ("warning", "error", "muted")."""

    label: str
    text: str = field(repr=False)
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentText:
    """One assessment in words, and the decided groups beneath."""

    title: str
    standing: tuple[str, ...] = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)
    proposal: tuple[Part, ...] = field(repr=False)
    decisions: tuple[Part, ...] = field(repr=False)


def assessment_text(
    person: AssessedPerson, shown: Assessment, tables: AssessmentTables, today: date
) -> AssessmentText:
    """The assessment shown in the words of its own version, with the person's decided groups in today's (`tables`)."""
    given = shown.given
    written = f"書いた人：{shown.author}　{instant_text(shown.saved_at)}"
    standing = [f"{written}　様式：{format_date(shown.form_on, DateStyle.SHORT)}の版"]
    if shown is not person.newest:
        standing.append(_NOT_THE_NEWEST)
    return AssessmentText(
        title=f"{format_date(given.made_on)}のアセスメント（{ASSESSMENT_KIND[given.kind]}）",
        standing=tuple(standing),
        parts=tuple(part for part in _parts(shown, tables.numbers, today) if part.text),
        proposal=tuple(proposal_parts(shown)),
        decisions=tuple(_decision(group, tables) for group in person.groups),
    )


def proposal_parts(shown: Assessment) -> Iterator[Part]:
    """What the office's table proposed, by which rule, on which facts."""
    proposal, tables = shown.proposal, shown.tables
    yield Part(
        label="提案された区分",
        text=f"{group_label(proposal.group, tables)}\n{shown.reason}\n"
        f"規則 {proposal.rule.code}（判定表 {format_date(proposal.valid_from, DateStyle.SHORT)}から）",
    )
    if proposal.unknown:
        yield Part(label="まだ分からないこと", text="、".join(proposal.unknown), tone="warning")
    if proposal.also:
        also = "\n".join(f"{r.code}　{group_label(r.group, tables)}" for r in proposal.also)
        yield Part(label="ほかに当てはまる規則", text=also)


def anchor_text(tables: AssessmentTables, code: str) -> str:
    """Label and anchor of an answer."""
    label, anchor = tables.anchors.get(code, (code, ""))
    return f"{label}（{anchor}）" if anchor else label


def anchor_note(tables: AssessmentTables, code: str, also: str = "") -> str:
    """The anchor of an answer, and what else is to be said of it."""
    anchor = tables.anchors.get(code, ("", ""))[1]
    return "　".join(said for said in (f"目安：{anchor}" if anchor else "", also) if said)


def barrier_label(tables: AssessmentTables, code: str) -> str:
    """What a barrier is called; a sensitive one by its sign and words too."""
    kind = tables.barriers.get(code)
    if kind is None:
        return f"{code}（いまの設定値にありません）"
    return f"{kind.label}（{SENSITIVE}）" if kind.is_sensitive else kind.label


def barrier_choice(tables: AssessmentTables, code: str) -> str:
    """How a barrier is offered in a list: a sensitive one with its sign."""
    kind = tables.barriers.get(code)
    return f"◆ {kind.label}" if kind and kind.is_sensitive else barrier_label(tables, code)


def is_sensitive(tables: AssessmentTables, code: str) -> bool:
    """Whether a barrier has a read right of its own."""
    kind = tables.barriers.get(code)
    return kind is not None and kind.is_sensitive


def _parts(shown: Assessment, numbers: AssessmentNumbers, today: date) -> Iterator[Part]:
    given, tables = shown.given, shown.tables
    if given.on_hold:
        yield _safety(shown)
    scope = SCOPE[given.scope]
    asks = "\n本人が評価を希望しています。" if given.asks_anyway else ""
    yield Part(label="対象", text=scope + (asks if given.scope is Scope.OUT else ""))
    yield Part(label="いまの就労", text=_lines(tables.label(given.work), given.job))
    yield Part(label="健康", text=_lines(anchor_text(tables, given.health), _rejudge(shown)))
    yield from _evidence(shown, numbers, today)
    yield Part(label="就労阻害要因", text=_barriers(shown))
    yield Part(label="本人の意向", text=anchor_text(tables, given.motivation))
    said_on = f"（{format_date(given.motivation_on)}）" if given.motivation_on else ""
    yield Part(label=f"意向の根拠{said_on}", text=given.motivation_words)
    yield Part(label="自分で活動できるか", text=_drive(shown))
    yield Part(label="資格・経験・強み", text=given.resources)
    yield Part(label="希望", text=given.wishes)
    yield Part(label="地域の求人", text=given.market)
    yield Part(label="暮らし", text=given.life)
    yield Part(label="担当員の見方", text=given.view)
    shown_on = f"（{format_date(given.comment_on)}に示した）" if given.comment_on else ""
    yield Part(
        label="本人の意見",
        text=_lines(f"{COMMENT[given.comment]}{shown_on}", given.comment_words),
        tone="warning" if given.is_disputed else "",
    )


def _safety(shown: Assessment) -> Part:
    lifted = shown.hold_lifted_at
    state = (
        f"保留は解かれています（{instant_text(lifted)}）"
        if lifted
        else "支援・指導は止まっています"
    )
    return Part(
        label=f"安全の心配（{state}）", text=shown.given.safety, tone="" if lifted else "error"
    )


def _rejudge(shown: Assessment) -> str:
    day = shown.given.rejudge_on
    return f"回復・再判断の見込み：{format_month(day)}" if day else ""


def _evidence(shown: Assessment, numbers: AssessmentNumbers, today: date) -> Iterator[Part]:
    given = shown.given
    source = given.health_source
    if source is not None:
        day = f"　{format_date(given.health_on)}" if given.health_on else "　日付なし"
        yield Part(label="意見の出どころ", text=f"{HEALTH_SOURCE[source]}{day}")
        whose = (
            "本人の申述"
            if source is HealthSource.PERSON
            else f"医師の言葉（{HEALTH_SOURCE[source]}）"
        )
        yield Part(label=whose, text=f"「{given.health_words}」" if given.health_words else "")
    else:
        yield Part(label="健康についてのメモ", text=given.health_words)
    if evidence_is_old(given.health, given.health_on, today, numbers):
        yield Part(label="確認", text=old_evidence(given.health_on), tone="warning")


def old_evidence(seen_on: date | None) -> str:
    """That the medical evidence is old or has no date."""
    if seen_on is None:
        return "▲ 意見の日付がありません。いつの意見かを確かめてください。"
    return f"▲ {format_date(seen_on)}の意見は、事務所の決めた期間より前のものです。新しい意見を確かめてください。"


def _barriers(shown: Assessment) -> str:
    tables = shown.tables
    given = [b for b in shown.given.barriers if b.code != NO_BARRIER]
    whole = f"全体：{tables.label(shown.answers.barriers)}"
    return "\n".join([whole, *(_barrier(barrier, tables) for barrier in given)])


def _barrier(barrier: Barrier, tables: AssessmentTables) -> str:
    said = [f"・{barrier_label(tables, barrier.code)}　{tables.label(barrier.state)}"]
    if barrier.expected_on and barrier.state is Barriers.PASSING:
        said.append(f"解消の見込み {format_month(barrier.expected_on)}")
    for label, text in (
        ("根拠", barrier.evidence),
        ("すること", barrier.action),
        ("相談先", barrier.partner),
    ):
        if text:
            said.append(f"{label}：{text}")
    said.append(f"（{format_date(barrier.as_of, DateStyle.SHORT)}確認）")
    return "　".join(said)


def _drive(shown: Assessment) -> str:
    tables = shown.tables
    lines = [f"全体：{tables.label(shown.answers.drive)}"]
    for item in tables.items:
        said = shown.given.drive_said.get(item.code, Said.UNKNOWN)
        need = f"　→ {item.help}" if said is Said.NO and item.help else ""
        lines.append(f"・{item.label}：{SAID[said]}{need}")
    return "\n".join(lines)


def _decision(group: DecidedGroup, tables: AssessmentTables) -> Part:
    until = f"〜{format_date(group.expires_on, DateStyle.SHORT)}" if group.expires_on else ""
    since = format_date(group.effective_from, DateStyle.SHORT)
    now = "　◎ 今の区分" if group.is_present else ""
    lines = [
        f"{group.how}　{group.decided_by}　次の見直し {format_date(group.next_review_on, DateStyle.SHORT)}",
        f"理由：{group.reason}",
    ]
    if group.proposed is not group.group:
        lines.insert(1, f"▲ 提案は {group_label(group.proposed, tables)} でした（提案と違う決定）")
    if group.persons_view:
        lines.append(f"本人の意見：{group.persons_view}")
    label = f"{since}{until}　{group_label(group.group, tables)}{now}"
    return Part(label=label, text="\n".join(lines), tone="" if group.is_present else "muted")


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
