"""訪問前のまとめ in words: the actions and short goals as rows, the rest as short groups to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.briefs import PURPOSE, Brief, OpenPromise, Purpose, VisitSide
from desktop.domain.declarations import DECLARATION_KIND
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.domain.labels import SAFETY_MARK
from desktop.domain.liaisons import BARRED
from desktop.domain.papers import PAPER_STATE
from desktop.domain.policy_duties import OUTCOME, DutyKind, DutyRow, result_words
from desktop.domain.support_policies import ACTOR, ISSUE_DOMAIN, Issue
from desktop.domain.visit_times import TIME_BAND, another_band
from desktop.viewmodels.columns import Column
from desktop.viewmodels.support_policies import whose

_LATE = "▲ "
_MOST_PAPERS = 6
_KIND = {DutyKind.ACTION: "取組", DutyKind.SHORT_GOAL: "短期目標"}
NO_POLICY = (
    "有効な援助方針がありません。約束と書類だけを表示しています。"
    "援助方針が決裁されると、課題と取組もここに並びます。"
)
_NO_PURPOSE = "期日の近い取組・約束・書類はありません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefLine:
    """One line to read. `entry_id` is the entry of the record that it comes from, if one."""

    text: str = field(repr=False)
    tone: str = "text"
    entry_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefGroup:
    """Lines under a heading."""

    title: str
    lines: tuple[BriefLine, ...]


def duty_columns(today: Callable[[], date]) -> tuple[Column[DutyRow], ...]:
    """The columns of actions and short goals."""
    return (
        Column(
            header="期日",
            text=lambda duty: _day(duty, today()),
            tone=lambda duty: "error" if duty.is_late(today()) else None,
        ),
        Column(header="種類", text=lambda duty: _KIND[duty.kind]),
        Column(header="だれが", text=lambda duty: ACTOR[duty.actor] if duty.actor else "―"),
        Column(header="内容", text=lambda duty: duty.words, tooltip=lambda duty: duty.words),
        Column(
            header="結果",
            text=_result_cell,
            tone=lambda duty: "muted" if duty.is_open else None,
        ),
    )


def told(duty: DutyRow) -> str:
    """The duty at hand in full, with every result that was noted."""
    measure = f"確かめ方：{duty.measure}" if duty.measure else ""
    results = [f"{result_words(result)}　{result.by}" for result in duty.results]
    return "\n".join((duty.words, *filter(None, (measure,)), *results))


def brief_groups(
    brief: Brief, purposes: tuple[Purpose, ...], today: date
) -> tuple[BriefGroup, ...]:
    """Everything but the duties, in the order in which one gets ready."""
    groups = (
        *_visit_groups(brief.visit, today),
        ("次の訪問の目的（案）", tuple(_purposes(purposes, today))),
        ("課題・本人の希望・強み", tuple(_issues(brief))),
        ("約束（まだ果たされていないもの）", tuple(_promise(p, today) for p in brief.promises)),
        ("期限の近い申告・届いていない申告", tuple(_expiring(brief.visit, today))),
        ("処理の終わっていない書類", tuple(_papers(brief))),
        ("援助方針", tuple(_policy(brief, today))),
        ("最近の記録", tuple(_recent(brief.visit))),
        ("聞くこと", tuple(_questions(brief.visit))),
    )
    return tuple(BriefGroup(title=title, lines=lines) for title, lines in groups if lines)


def _visit_groups(
    visit: VisitSide | None, today: date
) -> Iterator[tuple[str, tuple[BriefLine, ...]]]:
    if visit is None:
        return
    marks = "　".join(SAFETY_MARK[mark] for mark in visit.marks)
    if marks:
        yield "安全の印", (BriefLine(text=f"▲ {marks}", tone="error"),)
    if visit.barred:
        lines = (BriefLine(text=f"{BARRED}：{each}", tone="error") for each in visit.barred)
        yield "連絡しない相手", tuple(lines)
    yield "前回の面接から", tuple(_since_met(visit, today))


def _since_met(visit: VisitSide, today: date) -> Iterator[BriefLine]:
    if visit.last_met_on is None:
        yield BriefLine(text="会えた訪問の記録がありません。", tone="error")
    else:
        day = format_date(visit.last_met_on)
        days = (today - visit.last_met_on).days
        yield BriefLine(text=f"最後に会えた訪問　{day}（{days}日前）")
    if visit.absences:
        band = another_band(visit.vain)
        advice = f"　次は{TIME_BAND[band]}に" if band else ""
        text = f"{_LATE}不在が{visit.absences}回続いています{advice}"
        yield BriefLine(text=text, tone="error")
    for fact in visit.changes:
        began = format_date(fact.period.valid_from, DateStyle.SHORT)
        yield BriefLine(text=f"変わったこと　{began}から　{fact.label}：{fact.value}")
    if not visit.changes:
        yield BriefLine(text="台帳に変わったことはありません。", tone="muted")


def _expiring(visit: VisitSide | None, today: date) -> Iterator[BriefLine]:
    """What to ask for at the door; many of one kind are told by number."""
    papers = visit.expiring if visit else ()
    for paper in papers[:_MOST_PAPERS]:
        month = f"{format_month(paper.month, DateStyle.SHORT)}分"
        again = f"　督促{paper.reminders}回" if paper.reminders else ""
        mark = _LATE if paper.is_late(today) else ""
        yield BriefLine(
            text=f"{mark}{format_date(paper.due_on, DateStyle.SHORT)}まで　{paper.person}　"
            f"{DECLARATION_KIND[paper.kind]}書（{month}）{again}",
            tone="error" if mark else "text",
        )
    if len(papers) > _MOST_PAPERS:
        yield BriefLine(text=f"ほか{len(papers) - _MOST_PAPERS}件", tone="muted")


def _recent(visit: VisitSide | None) -> Iterator[BriefLine]:
    for entry in visit.recent if visit else ():
        day = format_date(entry.event_on, DateStyle.SHORT)
        result = f"（{entry.result_label}）" if entry.result_label else ""
        yield BriefLine(
            text=f"{day}　{entry.kind_label}{result}　{entry.gist}", entry_id=entry.entry_id
        )


def _questions(visit: VisitSide | None) -> Iterator[BriefLine]:
    for label, questions in visit.questions if visit else ():
        yield BriefLine(text=f"{label}：{questions}")


def _day(duty: DutyRow, today: date) -> str:
    if duty.by_on is None:
        return "期日なし"
    mark = _LATE if duty.is_late(today) else ""
    return f"{mark}{format_date(duty.by_on, DateStyle.SHORT)}"


def _result_cell(duty: DutyRow) -> str:
    """The newest result; a line that stayed settled when it was carried over says so."""
    if duty.is_open:
        return "まだ"
    if not duty.results:
        return "済み"
    newest = duty.results[0]
    return f"{OUTCOME[newest.outcome]} {format_date(newest.happened_on, DateStyle.SHORT)}"


def _purposes(purposes: tuple[Purpose, ...], today: date) -> Iterator[BriefLine]:
    for purpose in purposes:
        yield _dated(f"{PURPOSE[purpose.kind]}：{purpose.text}", purpose.by_on, today)
    if not purposes:
        yield BriefLine(text=_NO_PURPOSE, tone="muted")


def _issues(brief: Brief) -> Iterator[BriefLine]:
    for issue in brief.issues:
        yield BriefLine(
            text=f"{issue.text}　［{ISSUE_DOMAIN[issue.domain]}］　{whose(issue, brief.names)}"
        )
        yield from _said_of(issue)


def _said_of(issue: Issue) -> Iterator[BriefLine]:
    for label, text in (("希望", issue.wish), ("強み", issue.strength)):
        if text:
            yield BriefLine(text=f"　{label}：{text}", tone="muted")


def _promise(promise: OpenPromise, today: date) -> BriefLine:
    who = f"{promise.who}：" if promise.who else ""
    said = format_date(promise.event_on, DateStyle.SHORT)
    line = _dated(f"{who}{promise.what}", promise.due_on, today)
    return BriefLine(text=f"{line.text}　{said}の記録", tone=line.tone, entry_id=promise.entry_id)


def _papers(brief: Brief) -> Iterator[BriefLine]:
    for paper in brief.papers:
        words = f"{paper.kind_label}（{paper.label}）　{PAPER_STATE[paper.state]}　受領から{paper.age}日"
        mark = _LATE if paper.is_late else ""
        yield BriefLine(text=f"{mark}{words}", tone="error" if paper.is_late else "text")


def _policy(brief: Brief, today: date) -> Iterator[BriefLine]:
    if brief.policy_id is None:
        yield BriefLine(text=NO_POLICY, tone="muted")
        return
    if brief.approved_on is not None:
        yield BriefLine(text=f"{format_date(brief.approved_on)} 決裁の援助方針が有効です。")
    if brief.review_due_on is not None:
        late = brief.review_due_on < today
        words = f"見直しの期日　{format_date(brief.review_due_on)}"
        yield BriefLine(text=f"{_LATE if late else ''}{words}", tone="error" if late else "text")


def _dated(text: str, day: date | None, today: date) -> BriefLine:
    if day is None:
        return BriefLine(text=text)
    is_late = day < today
    words = f"{text}（{format_date(day, DateStyle.SHORT)}まで）"
    return BriefLine(text=f"{_LATE if is_late else ''}{words}", tone="error" if is_late else "text")
