"""The monthly papers of one file as its section shows them."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from desktop.domain.era import DateStyle, format_date, format_month
from desktop.domain.monthly_papers import FilePaper
from desktop.viewmodels.columns import CENTER, Column
from desktop.viewmodels.monthly_papers import told_replaced, words_of


def paper_columns() -> tuple[Column[FilePaper], ...]:
    """Columns of the papers, the latest month first."""
    return (
        Column(
            header="対象月",
            text=lambda p: format_month(p.cell.due.month, DateStyle.SHORT),
            sort=lambda p: p.cell.due.month,
            align=CENTER,
        ),
        Column(header="出す人", text=lambda p: p.person),
        Column(header="書類", text=lambda p: p.label),
        Column(
            header="状態",
            text=lambda p: " ".join(words_of(p.cell)[:2]),
            tone=lambda p: words_of(p.cell)[2],
        ),
        Column(header="期限", text=lambda p: _day(p.cell.due_on), sort=lambda p: p.cell.due_on),
        Column(
            header="受領日",
            text=lambda p: _day(p.cell.receipt.received_on if p.cell.receipt else None),
        ),
        Column(header="受領番号", text=lambda p: p.cell.receipt.label if p.cell.receipt else ""),
        Column(header="出ない理由", text=lambda p: p.notes[0].reason if p.notes else ""),
    )


def paper_key(paper: FilePaper) -> Hashable:
    """What tells the lines apart."""
    return paper.cell.due


def told_paper(paper: FilePaper) -> str:
    """What was noted of a paper: cards, and every reason in words, the newest first."""
    parts = []
    if paper.cell.replaced is not None:
        parts.append(told_replaced(paper.cell.replaced))
    if paper.cell.reminded_on:
        parts.append(f"案内のはがき：{'、'.join(map(_day, paper.cell.reminded_on))}")
    for note in paper.notes:
        noted = f"{_day(note.noted_on)} {note.noted_by}"
        words = f"　{note.words}" if note.words else ""
        missing = f"　足りない支援：{note.help_missing}" if note.help_missing else ""
        parts.append(f"理由：{note.reason}（{noted}）{words}{missing}")
    return "\n".join(parts)


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT)
