"""Requests, parts and places as the screen 開示 shows them, and what may be done with a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.disclosures import (
    OPEN_STATES,
    REQUESTER,
    STATE,
    DisclosureReason,
    DisclosureRow,
    DisclosureSheet,
    DisclosureState,
)
from desktop.domain.disclosures_marks import (
    Found,
    Mark,
    MarkInput,
    PartText,
    Verdict,
    covers,
    parts_of,
    undecided,
)
from desktop.domain.era import DateStyle, format_date
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.viewmodels.columns import Column

#: So many characters stand around a place of a word, and so many of a part stand in the list.
_AROUND, _BEGINNING = 12, 60
_UNDECIDED, _STRUCK, _PARTLY, _LEFT = "未決定", "不開示", "一部", "開示"
_CHANGED = "確認に回したあとに記録か印が変わりました。準備に戻して見直してください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A part with the decisions about it that stand; `waits` while somebody has to decide."""

    part: PartText
    marks: tuple[Mark, ...] = ()
    waits: bool = False

    @property
    def verdict(self) -> str:
        """What was decided, in words; "" where nothing was and nothing has to be."""
        struck = [mark for mark in self.marks if mark.verdict is Verdict.STRUCK]
        if any(mark.start is None for mark in struck):
            return _STRUCK
        if struck:
            return _PARTLY
        if self.marks:
            return _LEFT
        return _UNDECIDED if self.waits else ""

    def hidden(self) -> list[tuple[int, int]]:
        """The characters that the copy does not show, as spans."""
        whole = (0, len(self.part.text))
        return [
            whole if mark.start is None or mark.end is None else (mark.start, mark.end)
            for mark in self.marks
            if mark.verdict is Verdict.STRUCK
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetActs:
    """What this person may do with a request; `note` says what it waits for."""

    may_mark: bool = False
    may_hand_over: bool = False
    may_review: bool = False
    may_reopen: bool = False
    may_withdraw: bool = False
    may_issue: bool = False
    note: str = ""


def part_rows(sheet: DisclosureSheet) -> tuple[PartRow, ...]:
    """Every part of the copy in the order of the paper."""
    parts = parts_of(sheet.entries, sheet.person_id, sheet.marks)
    waiting = {part.key for part in undecided(parts, sheet.marks)}
    return tuple(
        PartRow(
            part=part,
            marks=tuple(mark for mark in sheet.marks if mark.key == part.key),
            waits=part.key in waiting,
        )
        for part in parts
    )


def stale_marks(sheet: DisclosureSheet) -> int:
    """How many decisions belong to versions that are not valid any more."""
    valid = {(entry.entry_id, entry.version) for entry in sheet.entries}
    return sum((mark.key.entry_id, mark.key.version) not in valid for mark in sheet.marks)


def acts_for(sheet: DisclosureSheet | None, staff: SignedInStaff, waiting: int) -> SheetActs:
    """What the signed-in person may do. The database judges again."""
    if sheet is None:
        return SheetActs()
    state = sheet.row.state
    prepares = staff.may(Permission.PREPARE_DISCLOSURES)
    preparing = state is DisclosureState.PREPARING
    return SheetActs(
        may_mark=prepares and preparing,
        may_hand_over=prepares and preparing and not waiting and bool(sheet.entries),
        may_review=sheet.may_review and not sheet.is_changed,
        may_reopen=prepares and state in {DisclosureState.HANDED_OVER, DisclosureState.REVIEWED},
        may_withdraw=prepares and state in OPEN_STATES,
        may_issue=prepares and state is DisclosureState.REVIEWED and not sheet.is_changed,
        note=_note(sheet, waiting, prepares=prepares),
    )


def _note(sheet: DisclosureSheet, waiting: int, *, prepares: bool) -> str:
    if sheet.is_changed:
        return _CHANGED
    match sheet.row.state:
        case DisclosureState.PREPARING:
            return _preparing(sheet, waiting) if prepares else "記録・庶務職員が準備しています。"
        case DisclosureState.HANDED_OVER if sheet.may_review:
            return "印と、印のない箇所を読み直してください。よければ「確認した」、直すところがあれば理由を書いて「差し戻す」を押します。"
        case DisclosureState.HANDED_OVER:
            return "地区の査察指導員の確認を待っています。印を付けた人は確認できません。"
        case DisclosureState.REVIEWED:
            return f"{sheet.row.reviewed_by}さんが確認しました。「開示用を印刷」で印刷するか保存すると、交付済みになります。"
        case _:
            return sheet.moves[-1].reason if sheet.moves else ""


def _preparing(sheet: DisclosureSheet, waiting: int) -> str:
    if not sheet.entries:
        return "対象期間に決裁済みの記録がありません。"
    returned = [move for move in sheet.moves if move.reason]
    before = f"前回の理由：{returned[-1].reason}　" if returned else ""
    stale = stale_marks(sheet)
    if stale:
        before += f"記録の版が変わり、前の版に付けた印が{stale:,}件あります。"
    if waiting:
        return f"{before}決めていない箇所が{waiting:,}件あります。"
    return f"{before}決めていない箇所はありません。見直して「確認に回す」を押します。"


def heading(sheet: DisclosureSheet) -> str:
    """Whose request it is, in one line."""
    row = sheet.row
    span = f"{day(row.records_from)}～{day(row.records_to)}"
    who = REQUESTER[row.requester]
    asked = (
        sheet.asked_by
        if sheet.asked_by == sheet.person
        else f"{sheet.person}（請求 {sheet.asked_by}）"
    )
    return (
        f"開示請求 {row.label}　{STATE[row.state]}　{asked}　{who}　"
        f"ケース番号 {row.case_number}　{span}の記録{len(sheet.entries):,}件　期限 {day(row.due_on)}"
    )


def marks_text(row: PartRow, reasons: Sequence[DisclosureReason]) -> str:
    """The decisions about a part, one a line: what, why, who."""
    labels = {reason.code: reason.article for reason in reasons}
    lines = [f"この箇所は決めてください：{row.part.why}"] if row.waits else []
    for mark in row.marks:
        if mark.verdict is Verdict.LEFT:
            lines.append(f"開示（{mark.made_by}）")
            continue
        what = (
            "全部"
            if mark.start is None or mark.end is None
            else f"「{row.part.text[mark.start : mark.end]}」"
        )
        note = f"　メモ：{mark.note}" if mark.note else ""
        lines.append(
            f"不開示 {what}　{labels.get(mark.reason, mark.reason)}（{mark.made_by}）{note}"
        )
    return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What a new mark says beside its place: the reason chosen and a note."""

    sheet: DisclosureSheet
    reason: str
    note: str = field(default="", repr=False)

    def whole(self, part: PartText) -> MarkInput:
        """The part struck."""
        return MarkInput(
            mark_id=new_id(),
            disclosure_id=self.sheet.row.disclosure_id,
            key=part.key,
            verdict=Verdict.STRUCK,
            reason=self.reason,
            note=self.note,
        )

    def span(self, part: PartText, start: int, end: int) -> MarkInput:
        """Some characters of the part struck."""
        return MarkInput(
            mark_id=new_id(),
            disclosure_id=self.sheet.row.disclosure_id,
            key=part.key,
            verdict=Verdict.STRUCK,
            reason=self.reason,
            start=start,
            end=end,
            quote=part.text[start:end],
            note=self.note,
        )

    def left(self, part: PartText) -> MarkInput:
        """The part left open."""
        return MarkInput(
            mark_id=new_id(),
            disclosure_id=self.sheet.row.disclosure_id,
            key=part.key,
            verdict=Verdict.LEFT,
        )


def request_columns(today: date) -> tuple[Column[DisclosureRow], ...]:
    """The columns of the requests."""
    return (
        Column(header="番号", text=lambda r: r.label, sort=lambda r: (r.fiscal_year, r.number)),
        Column(header="ケース番号", text=lambda r: r.case_number),
        Column(header="世帯主", text=lambda r: r.head_name),
        Column(header="地区", text=lambda r: r.district_code),
        Column(header="請求日", text=lambda r: day(r.asked_on), sort=lambda r: r.asked_on),
        Column(header="請求者", text=lambda r: REQUESTER[r.requester]),
        Column(
            header="期限",
            text=lambda r: _due(r, today),
            sort=lambda r: r.due_on,
            tone=lambda r: "error" if r.is_overdue(today) else None,
        ),
        Column(header="状態", text=lambda r: STATE[r.state], tone=_tone),
        Column(header="準備", text=lambda r: r.prepared_by),
        Column(header="確認", text=lambda r: r.reviewed_by),
    )


def part_columns() -> tuple[Column[PartRow], ...]:
    """The columns of the parts."""
    return (
        Column(header="決定", text=lambda r: r.verdict, tone=_verdict_tone),
        Column(header="年月日", text=lambda r: day(r.part.event_on)),
        Column(header="種別", text=lambda r: r.part.kind_label),
        Column(header="箇所", text=lambda r: r.part.label),
        Column(header="文", text=lambda r: _beginning(r.part.text)),
        Column(header="決める理由", text=lambda r: r.part.why, tone=lambda _: "muted"),
    )


def found_columns() -> tuple[Column[Found], ...]:
    """The columns of the places of a word."""
    return (
        Column(
            header="決定",
            text=lambda f: _STRUCK if f.is_struck else "",
            tone=lambda f: "good" if f.is_struck else None,
        ),
        Column(header="年月日", text=lambda f: day(f.part.event_on)),
        Column(header="種別", text=lambda f: f.part.kind_label),
        Column(header="箇所", text=lambda f: f.part.label),
        Column(header="前後の文", text=around),
    )


def around(found: Found) -> str:
    """A place of a word with what stands around it."""
    text = found.part.text
    before = text[max(found.start - _AROUND, 0) : found.start]
    after = text[found.end : found.end + _AROUND]
    head = "…" if found.start > _AROUND else ""
    tail = "…" if found.end + _AROUND < len(text) else ""
    return _one_line(f"{head}{before}【{text[found.start : found.end]}】{after}{tail}")


def is_hidden(row: PartRow, start: int, end: int) -> bool:
    """Whether these characters are struck already."""
    return covers(row.marks, row.part.key, start, end)


def day(when: date | None) -> str:
    """A day, short."""
    return format_date(when, DateStyle.SHORT)


def _due(row: DisclosureRow, today: date) -> str:
    return f"{day(row.due_on)} 超過" if row.is_overdue(today) else day(row.due_on)


def _tone(row: DisclosureRow) -> str | None:
    if row.state is DisclosureState.HANDED_OVER:
        return "warning"
    return None if row.state in OPEN_STATES else "muted"


def _verdict_tone(row: PartRow) -> str | None:
    return {_UNDECIDED: "warning", _LEFT: "good"}.get(row.verdict)


def _beginning(text: str) -> str:
    line = _one_line(text)
    return line if len(line) <= _BEGINNING else f"{line[:_BEGINNING]}…"


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
