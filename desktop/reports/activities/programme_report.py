"""被保護者就労支援事業報告書 (S-15): a month in counts for the manager. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.activity_forms import ProgrammeReport
from desktop.domain.programme_reviews import PromotionItem
from desktop.reports.activities.month_sheet import COUNT_COLUMNS, count_values
from desktop.reports.blocks import Column, Heading, Note, Said, Space, Table, Title
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 10)
_FIGURES = (
    Column("項目", 68, Align.LEFT, _TEXT),
    Column("年度の目標", 24, Align.RIGHT, _TEXT),
    Column("この月の実績", 28, Align.RIGHT, _TEXT),
    Column("備考", 54, Align.LEFT, _TEXT),
)
#: Why a figure has no target: the plan knows no such item, or nobody entered one.
_NO_ITEM, _NO_TARGET = "計画に目標を置かない項目", "この年度の計画に目標なし"
_OF_OFFICE = "目標は福祉事務所全体の1年"
_ROW = 7.5


def _lay_out(report: ProgrammeReport) -> Iterator[Block]:
    imprint = report.imprint
    yield Title()
    yield Space(2)
    yield Said(f"{imprint.month(report.month)}　{report.scope}", VALUE)
    yield Table(_FIGURES, [_row(report, *figure) for figure in _figures(report)], row=_ROW)
    yield Heading("活動の種類ごとの回数")
    yield Table(
        COUNT_COLUMNS, count_values(report.counts), row=_ROW, empty="この月の活動はありません。"
    )
    yield Space(2)
    yield Note(imprint.say(PROGRAMME_REPORT.code, "about"))


def _row(
    report: ProgrammeReport,
    label: str,
    said: str,
    item: PromotionItem | None = None,
    unit: str = "",
) -> tuple[str, str, str, str]:
    """A figure beside the year's target, or the word why there is none."""
    if item is None:
        return label, "―", said, _NO_ITEM
    target = report.targets.get(item)
    if target is None:
        return label, "", said, _NO_TARGET
    return label, f"{target:,}{unit}", said, _OF_OFFICE


_Figure = tuple[str, str] | tuple[str, str, PromotionItem, str]


def _figures(report: ProgrammeReport) -> Iterator[_Figure]:
    yield "支援した人", f"{report.persons:,}人"
    yield "　うち新しく始めた人", f"{report.new_persons:,}人"
    yield "　うち続けている人", f"{report.persons - report.new_persons:,}人"
    yield "支援活動", f"{report.acts:,}回"
    yield "支援の時間（推計）", f"{report.minutes:,}分"
    yield "ハローワークへの支援要請", f"{report.requests:,}件", PromotionItem.REFERRALS, "件"
    yield "就労開始（常用・パート等・自営）", f"{report.starts:,}件", PromotionItem.JOB_STARTS, "人"
    yield "増収（時間増・転職）", f"{report.raises:,}件", PromotionItem.RAISES, "人"
    yield "福祉的就労の開始（別掲）", f"{report.sheltered:,}件"
    yield "就労の終わり", f"{report.ended:,}件"
    yield "定着の確認（うち在職）", f"{report.checked:,}件（{report.still_working:,}件）"


PROGRAMME_REPORT: FormKind[ProgrammeReport] = FormKind(
    code="S-15",
    title="被保護者就労支援事業報告書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
)
