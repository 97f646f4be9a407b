"""Inquiries as the register and the section of a file show them, and what may be done with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.era import DateStyle, format_date
from desktop.domain.imprint import FormMark
from desktop.domain.inquiries import (
    AGENCY_KIND,
    CLOSED,
    CONSENT,
    INQUIRY_STATE,
    Consent,
    InquiryInFile,
    InquiryLine,
    InquiryState,
    InquiryStep,
    move_of,
)
from desktop.domain.kana import fold
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.viewmodels.columns import CENTER, Column

_S = InquiryState
_OVERDUE = "期限経過"


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryActs:
    """What the signed-in person may do with an inquiry. The database judges again.

    `print_mark` is as what its letter may be printed, None where it may not.
    """

    steps: frozenset[InquiryState] = frozenset()
    print_mark: FormMark | None = None


def acts_for(line: InquiryLine | None, staff: SignedInStaff) -> InquiryActs:
    """The steps to which the person may bring it."""
    if line is None:
        return InquiryActs()
    steps = {
        to
        for to in InquiryState
        if (rule := move_of(line.state, to)) is not None and staff.may(rule.permission)
    }
    if not line.may_decide:
        steps -= {_S.APPROVED, _S.RETURNED}
    return InquiryActs(steps=frozenset(steps), print_mark=print_mark(line, staff))


def print_mark(line: InquiryLine, staff: SignedInStaff) -> FormMark | None:
    """As what the letter is printed now: a draft, the letter itself, or a copy by those who print copies."""
    if line.state in {_S.DRAFTED, _S.RETURNED}:
        mark, needed = FormMark.DRAFT, Permission.PRINT_DRAFTS
    elif line.state is _S.APPROVED:
        mark, needed = FormMark.PLAIN, Permission.PRINT_DRAFTS
    elif line.state is _S.WITHDRAWN:
        return None
    else:
        mark, needed = FormMark.COPY, Permission.PRINT_RECORDS
    return mark if staff.may(needed) else None


def state_text(line: InquiryLine) -> str:
    """Where it stands; what is past due says so."""
    return f"▲ {_OVERDUE}" if line.is_overdue else INQUIRY_STATE[line.state]


def register_columns() -> tuple[Column[InquiryLine], ...]:
    """Columns of the register (回答管理簿)."""
    return (
        Column(header="番号", text=lambda i: i.label, sort=lambda i: (i.fiscal_year, i.number)),
        _state_column(),
        _day_column("回答期限", "due_on"),
        Column(header="照会先", text=lambda i: i.agency_label),
        Column(header="だれについて", text=lambda i: i.person),
        Column(header="ケース番号", text=lambda i: i.case_number),
        Column(header="世帯主", text=lambda i: i.head_name or SHIELDED_NAME),
        Column(header="地区", text=lambda i: i.district),
        Column(header="起案者", text=lambda i: i.asked_by),
        _day_column("起案日", "asked_on"),
        _day_column("発送日", "sent_on"),
        _day_column("督促", "reminded_on"),
        _day_column("回答日", "answered_on"),
        _day_column("確認日", "checked_on"),
    )


def file_columns() -> tuple[Column[InquiryInFile], ...]:
    """Columns of the inquiries of one file; what is done is quiet."""
    return (
        Column(header="番号", text=lambda i: i.line.label, sort=lambda i: i.line.number),
        Column(header="状態", text=lambda i: state_text(i.line), tone=lambda i: _tone(i.line)),
        Column(header="照会先", text=lambda i: i.line.agency_label),
        Column(header="だれについて", text=lambda i: i.line.person),
        Column(header="照会事項", text=lambda i: "、".join(_asked(i))),
        Column(header="起案日", text=lambda i: _day(i.line.asked_on), align=CENTER),
        Column(header="回答期限", text=lambda i: _day(i.line.due_on), align=CENTER),
        Column(header="回答日", text=lambda i: _day(i.line.answered_on), align=CENTER),
    )


def told(inquiry: InquiryInFile) -> str:
    """All its words: what is asked why, then its way, one line each."""
    line = inquiry.line
    kind = f"（{AGENCY_KIND[line.agency_kind]}）" if line.agency_kind else ""
    parts = [
        f"照会先：{line.agency_label}{kind}　根拠：{line.basis}　{CONSENT[line.consent]}",
        f"目的：{inquiry.purpose}",
        *(f"照会事項：{item.wording}" for item in inquiry.items),
    ]
    if inquiry.more:
        parts.append(f"聞くこと：{inquiry.more}")
    if line.paper_label:
        parts.append(f"回答の書類：受領番号 {line.paper_label}")
    reminded = False
    for step in inquiry.steps:
        parts.append(_step(step, again=step.state is _S.SENT and reminded))
        reminded |= step.state is _S.SENT
    return "\n".join(parts)


def warning(line: InquiryLine) -> str:
    """What people should see before the letter goes its way; "" where there is nothing."""
    told = []
    if line.state is _S.DRAFTED and line.consent is Consent.REFUSED:
        told.append("本人が同意していない照会です。")
    if line.is_shielded and line.state in {_S.DRAFTED, _S.APPROVED}:
        told.append("支援措置の世帯です。依頼書に住所は印刷しません。")
    return "\n".join(told)


def matching(lines: Sequence[InquiryLine], text: str) -> tuple[InquiryLine, ...]:
    """The inquiries that a filter leaves: every word is part of number, state, agency, district, names or author."""
    words = [fold(word) for word in text.split()]
    if not words:
        return tuple(lines)

    def said(line: InquiryLine) -> str:
        parts = (
            *(line.label, state_text(line), line.agency_label, line.case_number, line.head_name),
            *(line.person, line.district, line.asked_by),
        )
        return "\n".join(fold(part) for part in parts)

    return tuple(line for line in lines if all(word in said(line) for word in words))


def summary(lines: Sequence[InquiryLine]) -> str:
    """How many there are, and what waits for whom."""
    counts = [
        (INQUIRY_STATE[state], sum(line.state is state for line in lines))
        for state in InquiryState
        if state not in CLOSED
    ]
    late = sum(line.is_overdue for line in lines)
    waiting = "　".join(f"{label} {count:,}件" for label, count in counts if count)
    past = f"（期限経過 {late:,}件）" if late else ""
    return f"{len(lines):,}件　{waiting}{past}".rstrip()


def _state_column() -> Column[InquiryLine]:
    order = tuple(InquiryState)
    return Column(
        header="状態",
        text=state_text,
        sort=lambda i: (not i.is_overdue, order.index(i.state)),
        tone=_tone,
    )


def _day_column(header: str, name: str) -> Column[InquiryLine]:
    return Column(
        header=header,
        text=lambda i: _day(getattr(i, name)),
        sort=lambda i: getattr(i, name) or date.max,
        align=CENTER,
    )


def _tone(line: InquiryLine) -> str | None:
    if line.is_overdue or line.state is _S.RETURNED:
        return "warning"
    return "muted" if line.state in CLOSED else None


def _asked(inquiry: InquiryInFile) -> list[str]:
    return [item.label for item in inquiry.items] + ([inquiry.more] if inquiry.more else [])


def _step(step: InquiryStep, *, again: bool) -> str:
    label = "督促" if again else _DONE[step.state]
    words = f"　{step.words}" if step.words else ""
    return f"{_day(step.on)}　{label}　{step.by}{words}"


#: What was done to bring it to a state.
_DONE = {
    _S.DRAFTED: "起案",
    _S.RETURNED: "差戻し",
    _S.APPROVED: "承認",
    _S.SENT: "発送",
    _S.ANSWERED: "回答",
    _S.CHECKED: "確認",
    _S.WITHDRAWN: "取りやめ",
}


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT)
