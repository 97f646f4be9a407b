"""Transfers as the section 移管 of a file and the office's list show them, and what may be done with one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.era import DateStyle, format_date
from desktop.domain.kana import fold
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.transfer_forms import transfer_number_of
from desktop.domain.transfers import (
    PRINTABLE,
    TRANSFER_CONSENT,
    TRANSFER_MOVES,
    TRANSFER_STATE,
    TRANSFER_TODO,
    WRITABLE,
    TransferInFile,
    TransferLine,
    TransferMove,
    TransfersOfFile,
    TransferState,
    TransferStep,
)
from desktop.viewmodels.columns import CENTER, Column


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferActs:
    """What may be done with the transfer at hand. The database judges again."""

    may_begin: bool = False
    may_change: bool = False
    may_decide: bool = False
    may_confirm: bool = False
    may_print: bool = False
    may_send: bool = False
    may_acknowledge: bool = False
    may_withdraw: bool = False


def acts_for(
    found: TransfersOfFile, transfer: TransferInFile | None, staff: SignedInStaff
) -> TransferActs:
    """What the signed-in person may do; a new one begins where none is under way."""
    writes, posts = staff.may(Permission.WRITE_RECORDS), staff.may(Permission.RECEIVE_PAPERS)
    may_begin = writes and not any(t.line.is_open for t in found.transfers)
    if transfer is None:
        return TransferActs(may_begin=may_begin)
    line = transfer.line
    is_clear = line.is_confirmed or not line.is_shielded
    return TransferActs(
        may_begin=may_begin,
        may_change=writes and line.state in WRITABLE,
        may_decide=transfer.may_decide and _may(line, TransferMove.APPROVE),
        may_confirm=posts and line.state is TransferState.APPROVED and not is_clear,
        may_print=staff.may(Permission.PRINT_DRAFTS) and line.state in PRINTABLE and is_clear,
        may_send=posts and _may(line, TransferMove.SEND) and is_clear,
        may_acknowledge=posts and _may(line, TransferMove.ACKNOWLEDGE),
        may_withdraw=writes and _may(line, TransferMove.WITHDRAW),
    )


def list_columns(today: date) -> tuple[Column[TransferLine], ...]:
    """Columns of the office's list; what is late is marked by a sign and a tone."""
    return (
        Column(header="番号", text=lambda t: t.label, sort=_number),
        Column(
            header="状態",
            text=lambda t: TRANSFER_STATE[t.state],
            sort=lambda t: tuple(TransferState).index(t.state),
        ),
        Column(
            header="期限",
            text=lambda t: f"{'▲ ' if is_late(t, today) else ''}{day(t.due_on)}",
            sort=lambda t: t.due_on,
            align=CENTER,
            tone=lambda t: "warning" if is_late(t, today) else None,
        ),
        Column(header="ケース番号", text=lambda t: t.case_number),
        Column(header="世帯主", text=lambda t: t.head_name or SHIELDED_NAME),
        Column(header="移管先", text=lambda t: t.destination or SHIELDED_NAME),
        Column(header="転出日", text=lambda t: day(t.moved_on), sort=lambda t: t.moved_on),
        Column(header="送付日", text=lambda t: day(t.sent_on), sort=lambda t: t.sent_on),
        Column(
            header="受領日",
            text=lambda t: day(t.acknowledged_on),
            sort=lambda t: t.acknowledged_on,
        ),
        Column(header="担当", text=lambda t: t.caseworker),
    )


def file_columns(today: date) -> tuple[Column[TransferInFile], ...]:
    """Columns of the transfers of one file, the newest first."""
    return (
        Column(header="番号", text=lambda t: t.line.label),
        Column(header="状態", text=lambda t: TRANSFER_STATE[t.line.state]),
        Column(
            header="期限",
            text=lambda t: f"{'▲ ' if is_late(t.line, today) else ''}{day(t.line.due_on)}",
            tone=lambda t: "warning" if is_late(t.line, today) else None,
            align=CENTER,
        ),
        Column(header="移管先", text=lambda t: t.line.destination),
        Column(header="転出日", text=lambda t: day(t.line.moved_on)),
        Column(header="送付日", text=lambda t: day(t.line.sent_on)),
        Column(header="受領日", text=lambda t: day(t.line.acknowledged_on)),
        Column(header="書いた人", text=lambda t: t.written_by),
    )


def told(transfer: TransferInFile, enclosures: Mapping[str, str]) -> str:
    """Everything that a decider reads: what comes next, consent, enclosures, notes, and the way so far."""
    return "\n".join(_told(transfer, enclosures))


def matching(lines: Sequence[TransferLine], text: str) -> tuple[TransferLine, ...]:
    """The lines that a filter leaves: every word is part of number, state, case number, names or office.

    A slip that came back (受領書) is scanned: its code leaves the one transfer.
    """
    number = transfer_number_of(text)
    if number is not None:
        return tuple(line for line in lines if (line.fiscal_year, line.number) == number)
    words = [fold(word) for word in text.split()]

    def said(line: TransferLine) -> str:
        parts = (
            *(line.label, TRANSFER_STATE[line.state], line.case_number, line.head_name),
            *(line.destination, line.caseworker),
        )
        return "\n".join(fold(part) for part in parts)

    return tuple(line for line in lines if all(word in said(line) for word in words))


def summary(lines: Sequence[TransferLine], today: date) -> str:
    """How many wait, and how many of them are late."""
    waiting = [line for line in lines if line.is_open]
    late = sum(is_late(line, today) for line in waiting)
    return f"進行中 {len(waiting):,}件" + (f"（▲ 期限を過ぎたもの {late:,}件）" if late else "")


def is_late(line: TransferLine, today: date) -> bool:
    """Whether the next step is overdue."""
    return line.due_on is not None and line.due_on < today


def day(value: date | None) -> str:
    """A day as lists write it."""
    return format_date(value, DateStyle.SHORT)


def _told(transfer: TransferInFile, enclosures: Mapping[str, str]) -> Iterator[str]:
    line = transfer.line
    if line.state in TRANSFER_TODO:
        yield f"次にすること：{TRANSFER_TODO[line.state]}（{day(line.due_on)}まで）"
    if line.is_shielded and line.state is TransferState.APPROVED:
        yield (
            "支援措置：宛先と封筒を確認済みです。"
            if line.is_confirmed
            else "支援措置の世帯です。宛先と封筒を確かめて「支援措置の確認」をすると、印刷・送付できます。"
        )
    since = f"（{day(transfer.consent_on)}）" if transfer.consent_on else ""
    yield f"本人の同意：{TRANSFER_CONSENT[transfer.consent]}{since}"
    goes = "、".join(enclosures.get(code, code) for code in transfer.enclosures)
    yield f"同封するもの：{goes or 'なし'}"
    for label, text in (
        ("支援の必要", transfer.notes.needs),
        ("安全の注意", transfer.notes.dangers),
        ("本人との約束", transfer.notes.agreed),
    ):
        if text:
            yield f"{label}：{text}"
    if transfer.printed_on:
        yield f"印刷：{day(transfer.printed_on)}"
    yield from map(_step, transfer.steps)


def _step(step: TransferStep) -> str:
    stated = f"　{day(step.on)}付" if step.on else ""
    words = f"　{step.words}" if step.words else ""
    return f"{day(step.at)}　{TRANSFER_STATE[step.state]}　{step.by}{stated}{words}"


def _may(line: TransferLine, move: TransferMove) -> bool:
    return line.state in TRANSFER_MOVES[move].from_states


def _number(line: TransferLine) -> tuple[int, int]:
    return line.fiscal_year or 0, line.number or 0
