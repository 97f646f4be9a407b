"""What a look at a ledger found, in words: counts, problems with their places, and samples of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from desktop.domain.ledger import (
    LedgerChange,
    LedgerChangeKind,
    LedgerProblem,
    LedgerReport,
    RecordsReport,
)
from desktop.viewmodels.columns import RIGHT, Column

AnyReport = LedgerReport | RecordsReport

CHANGE_KIND: Mapping[LedgerChangeKind, str] = {
    LedgerChangeKind.NEW: "新規",
    LedgerChangeKind.CHANGED: "変更",
    LedgerChangeKind.VANISHED: "台帳にない",
}


class ImportKind(Enum):
    """What kind of file is taken in."""

    LEDGER = "台帳（世帯と世帯員）"
    RECORDS = "旧システムの記録"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One figure of a report; a tone where it matters."""

    label: str
    text: str
    tone: str = ""


def counts(report: AnyReport) -> tuple[Count, ...]:
    """The figures of a report, in reading order."""
    if isinstance(report, RecordsReport):
        figures: tuple[Count, ...] = (
            Count(label="行", text=f"{report.rows:,}"),
            Count(label="新しい記録", text=f"{report.new:,}件"),
            Count(label="取込済み", text=f"{report.known:,}件"),
        )
    else:
        figures = (
            Count(label="行（世帯員）", text=f"{report.rows:,}"),
            Count(label="世帯", text=f"{report.households:,}"),
            Count(label="新規", text=f"{report.new_households:,}世帯"),
            Count(label="変更", text=f"{report.changed_households:,}世帯"),
            Count(
                label="台帳にない",
                text=f"{report.vanished_households:,}世帯",
                tone="warning" if report.vanished_households else "",
            ),
        )
    problems = report.problem_total
    return (
        *figures,
        Count(
            label="誤り・矛盾",
            text=f"▲ {problems:,}件" if problems else "なし",
            tone="error" if problems else "good",
        ),
    )


def changes_nothing(report: AnyReport) -> bool:
    """Whether taking the file in would change nothing."""
    return not report.new if isinstance(report, RecordsReport) else report.changes_nothing


def verdict(report: AnyReport) -> str:
    """What the report means for the person before it."""
    if report.applied:
        return "取り込みました。"
    if report.problem_total:
        return (
            f"誤りが{report.problem_total:,}件あるため取り込めません。元のシステムで直して書き出し直し、もう一度確かめてください。"
            "データベースは何も変わっていません。"
        )
    if changes_nothing(report):
        return "このファイルの内容はすべて取込済みです。取り込むものはありません。"
    return "誤りはありません。「取り込む」で、このファイルの内容をすべて取り込みます。"


def may_import(report: AnyReport) -> bool:
    """Whether the file may be taken in: clean, and with something new in it."""
    return not report.problem_total and not changes_nothing(report) and not report.applied


def notices(report: AnyReport) -> tuple[LedgerProblem, ...]:
    """What is worth knowing but stops nothing."""
    return report.notices if isinstance(report, LedgerReport) else ()


def samples(report: AnyReport) -> tuple[LedgerChange, ...]:
    """Some of the changes."""
    return report.changes if isinstance(report, LedgerReport) else ()


def capped(shown: int, total: int) -> str:
    """A tab's count; says when the list is not whole."""
    return f"{total:,}件" if shown >= total else f"{total:,}件中{shown:,}件"


def problem_columns() -> tuple[Column[LedgerProblem], ...]:
    """The columns of problems and notices: where, and what is wrong."""
    return (
        Column(
            header="行",
            text=lambda p: f"{p.line:,}" if p.line else "全体",
            sort=lambda p: p.line,
            align=RIGHT,
        ),
        Column(header="列", text=lambda p: p.column or "―", tooltip=lambda p: p.column),
        Column(header="内容", text=lambda p: p.sentence, tooltip=lambda p: p.sentence),
    )


def change_columns() -> tuple[Column[LedgerChange], ...]:
    """The columns of sample changes."""
    return (
        Column(
            header="種類",
            text=lambda c: CHANGE_KIND[c.kind],
            tone=lambda c: "warning" if c.kind is LedgerChangeKind.VANISHED else None,
        ),
        Column(header="ケース番号", text=lambda c: c.case_number),
        Column(header="行", text=lambda c: f"{c.line:,}" if c.line else "―", align=RIGHT),
        Column(
            header="変わること",
            text=lambda c: "、".join(c.what),
            tooltip=lambda c: "、".join(c.what),
        ),
    )
