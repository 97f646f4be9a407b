"""An entry in words: what the chronicle, the review card, the history and the differences show of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from desktop.domain.approvals import MOVES, MoveRow, StampRow
from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.entries import format_time
from desktop.domain.entry_words import DANGER_SIGNS, instruction_lines, result_text
from desktop.domain.era import DateStyle, format_date, weekday_name
from desktop.domain.labels import ENTRY_STATE, METHOD, PLACE, SEGMENT
from desktop.domain.records import (
    ChangeKind,
    ContactMethod,
    Entry,
    EntryOrigin,
    EntryState,
    Place,
    Promise,
    Segment,
    SegmentKind,
)
from desktop.domain.roles import ROLE_LABELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A short word on an entry and its tone ("warning", "error", "muted", "info")."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text under its label; `key` is the same in every version. Struck text was corrected and stays readable."""

    key: str
    label: str
    text: str = field(repr=False)
    is_struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryText:
    """An entry as lines: heading, badges, the facts of the contact, subject, labelled parts and what follows them."""

    entry_id: UUID
    heading: str
    badges: tuple[Badge, ...]
    facts: str = field(repr=False)
    subject: str = field(repr=False)
    parts: tuple[Labelled, ...] = field(repr=False)
    after: tuple[str, ...] = field(repr=False)
    is_struck: bool = False

    def lines(self) -> Iterator[str]:
        """Every line in the order shown; what is searched and what a screen reader says."""
        yield self.heading
        yield self.facts
        yield self.subject
        for part in self.parts:
            yield part.label
            yield from part.text.split("\n")
        yield from self.after

    def plain(self) -> str:
        """The whole entry as plain text, for the clipboard."""
        marks = "".join(f"［{badge.text}］" for badge in self.badges)
        head = [f"{self.heading}{marks}", self.facts, self.subject]
        body = [f"【{part.label}】{part.text}" for part in self.parts]
        return "\n".join(line for line in (*head, *body, *self.after) if line)


def entry_text(entry: Entry, numbers: Mapping[UUID, int] | None = None) -> EntryText:
    """The entry in words. `numbers` are the other entries' numbers, so that an addition can name its origin."""
    return EntryText(
        entry_id=entry.entry_id,
        heading=_heading(entry),
        badges=tuple(badges(entry)),
        facts="　".join(f"{part.label}：{part.text}" for part in contact_facts(entry)),
        subject=entry.subject,
        parts=_parts_with_replaced(entry),
        after=tuple(_after(entry, numbers or {})),
        is_struck=entry.is_annulled,
    )


def badges(entry: Entry) -> Iterator[Badge]:
    """The words that say where the entry stands."""
    if entry.is_annulled:
        yield Badge(text="誤記載取消", tone="error")
    elif entry.has_danger_signs:
        yield Badge(text=DANGER_SIGNS, tone="error")
    if entry.origin is EntryOrigin.LEGACY:
        yield Badge(text="旧システム記録", tone="muted")
    if entry.approved_version is not None and entry.state is not EntryState.APPROVED:
        yield Badge(text=f"{_under_way(entry)}（{ENTRY_STATE[entry.state]}）", tone="warning")
    elif entry.state is not EntryState.APPROVED:
        tone = "error" if entry.state is EntryState.RETURNED else "warning"
        yield Badge(text=ENTRY_STATE[entry.state], tone=tone)
    elif entry.change is ChangeKind.CORRECTION:
        yield Badge(text="訂正済", tone="muted")
    if entry.is_late:
        yield Badge(text="遡及記録", tone="warning")


def _under_way(entry: Entry) -> str:
    """What happens to an approved entry; beside its valid version only the link tells of an annulment."""
    is_annulment = entry.change is ChangeKind.ANNULMENT or entry.moved_to is not None
    return "誤記載取消中" if is_annulment else "訂正中"


def contact_facts(entry: Entry) -> tuple[Labelled, ...]:
    """Place, met, went, result, author: what is known of them."""
    recorded = format_date(japan_day(entry.recorded_at), DateStyle.SHORT)
    known = (
        ("place", "場所", "" if entry.place is Place.NONE else PLACE[entry.place]),
        ("met", "面接" if entry.method is ContactMethod.VISIT else "相手", _met(entry)),
        ("went", "訪問者", _went(entry)),
        ("result", "結果", result_text(entry)),
        ("author", "記録", f"{entry.author}（{recorded}）" if entry.author else recorded),
    )
    return tuple(Labelled(key=k, label=label, text=text) for k, label, text in known if text)


def body_parts(entry: Entry) -> tuple[Labelled, ...]:
    """The labelled segments, without the subject, and the promises."""
    parts = [
        Labelled(key=str(segment.kind), label=SEGMENT[segment.kind], text=segment_text(segment))
        for segment in entry.segments
        if segment.kind is not SegmentKind.SUBJECT and segment.text.strip()
    ]
    if entry.promises:
        text = "\n".join(promise_text(promise) for promise in entry.promises)
        parts.append(Labelled(key="promises", label="約束・宿題", text=text))
    return tuple(parts)


def _parts_with_replaced(entry: Entry) -> tuple[Labelled, ...]:
    """The parts, each after the text that an approved correction replaced."""
    struck: dict[str, list[Labelled]] = {}
    for segment in entry.replaced:
        label = f"{SEGMENT[segment.kind]}（訂正前）"
        old = Labelled(
            key=str(segment.kind), label=label, text=segment_text(segment), is_struck=True
        )
        struck.setdefault(old.key, []).append(old)
    shown: list[Labelled] = []
    for part in body_parts(entry):
        shown += [*struck.pop(part.key, ()), part]
    return (*(old for rest in struck.values() for old in rest), *shown)


def comparable(entry: Entry) -> tuple[Labelled, ...]:
    """Everything of an entry that can differ between versions, label by label."""
    return (
        Labelled(key="event", label="年月日", text=event_day(entry)),
        Labelled(key="time", label="時刻", text=time_span(entry.started_at, entry.ended_at)),
        Labelled(key="kind", label="種別", text=entry.kind_label),
        Labelled(key="method", label="方法", text=METHOD[entry.method]),
        *(part for part in contact_facts(entry) if part.key != "author"),
        Labelled(key=SegmentKind.SUBJECT, label=SEGMENT[SegmentKind.SUBJECT], text=entry.subject),
        *body_parts(entry),
    )


def event_day(entry: Entry) -> str:
    """The event's day with its weekday: 令和6年10月1日（火）."""
    return f"{format_date(entry.event_on)}（{weekday_name(entry.event_on)}）"


def time_span(started_at: int | None, ended_at: int | None) -> str:
    """10:30～11:15; what is not known is left out."""
    if started_at is None and ended_at is None:
        return ""
    if ended_at is None:
        return format_time(started_at)
    return f"{format_time(started_at)}～{format_time(ended_at)}"


def promise_text(promise: Promise) -> str:
    """Who does what by when, and whether it was kept."""
    due = f"（{format_date(promise.due_on, DateStyle.SHORT)}まで）" if promise.due_on else ""
    kept = f"［{format_date(promise.kept_on, DateStyle.SHORT)} 済］" if promise.kept_on else ""
    who = f"{promise.who}：" if promise.who else ""
    return f"{who}{promise.what}{due}{kept}"


def segment_text(segment: Segment) -> str:
    """A segment's words and, where it is known, their source."""
    return f"{segment.text}（出所：{segment.source}）" if segment.source else segment.text


def stamp_text(stamp: StampRow) -> str:
    """One stamp: 査察指導員 試験一郎 R6.10.2."""
    note = f"（{stamp.note}）" if stamp.note else ""
    day = format_date(japan_day(stamp.at), DateStyle.SHORT)
    return f"{ROLE_LABELS[stamp.position]} {stamp.name} {day}{note}"


def move_text(row: MoveRow) -> str:
    """One move of a submission: when, what, who, and the words."""
    words = f"「{row.text}」" if row.text else ""
    return f"{instant_text(row.at)}　{MOVES[row.move].label}　{row.by}{words}"


def instant_text(at: datetime) -> str:
    """An instant as the office writes it: R6.10.1 9:05."""
    local = at.astimezone(JAPAN)
    return f"{format_date(local.date(), DateStyle.SHORT)} {local.hour}:{local.minute:02}"


def _heading(entry: Entry) -> str:
    number = f"No.{entry.number}　" if entry.number is not None else ""
    span = time_span(entry.started_at, entry.ended_at)
    return f"{number}{event_day(entry)}{' ' + span if span else ''}　{entry.kind_label}"


def _met(entry: Entry) -> str:
    return "、".join(met.label for met in entry.met)


def _went(entry: Entry) -> str:
    """Who went, where that says more than who wrote it."""
    return "" if set(entry.went) <= {entry.author} else "、".join(entry.went)


def _after(entry: Entry, numbers: Mapping[UUID, int]) -> Iterator[str]:
    if entry.relates_to is not None:
        number = numbers.get(entry.relates_to)
        yield f"→ No.{number} への追記" if number is not None else "→ 前の記録への追記"
    if entry.moved_to is not None:
        yield (
            "→ 正しい世帯の記録に移しました"
            if entry.is_annulled
            else "→ 正しい世帯に下書きがあります（取消の決裁待ち）"
        )
    if entry.papers:
        yield f"受領書類　{'、'.join(entry.papers)}"
    if entry.stamps:
        yield "決裁　" + "　".join(stamp_text(stamp) for stamp in entry.stamps)
    for note in entry.notes:
        yield f"{MOVES[note.move].label}　{note.by} {instant_text(note.at)}「{note.text}」"
    for line in instruction_lines(entry, {note.text for note in entry.notes}):
        yield f"指示　{line}"
