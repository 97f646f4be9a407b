"""What is to be printed, by district, with what is ticked; and the log of print runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.forms import FormMark
from desktop.domain.printing import PrintLogRow, PrintQueueRow
from desktop.reports.rendered import MissingCharacter
from desktop.viewmodels.columns import CENTER, RIGHT, Column
from desktop.viewmodels.desk import household_text

#: What a kind of print is called, and what it means for the paper and for the list.
MARKS: dict[FormMark, str] = {
    FormMark.ORIGINAL: "正本",
    FormMark.COPY: "写",
    FormMark.DRAFT: "案",
    FormMark.PLAIN: "印なし",
    FormMark.DISCLOSED: "開示用",
}
#: Those of official records, which can be chosen.
RECORD_MARKS = (FormMark.ORIGINAL, FormMark.COPY, FormMark.DRAFT)
MARK_NOTES: dict[FormMark, str] = {
    FormMark.ORIGINAL: "ファイルに綴じる正本です。印は入りません。印刷すると印刷済みになります。",
    FormMark.COPY: "各頁に「写」の印が入ります。印刷済みにはなりません。",
    FormMark.DRAFT: "各頁に「案」の印が入ります。確認用で、印刷済みにはなりません。",
    FormMark.PLAIN: "印は入りません。印刷するか保存すると、印刷の記録に残ります。",
    FormMark.DISCLOSED: "各頁に「開示用」の印が入ります。印刷するか保存すると、交付済みになります。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictCount:
    """A district with what waits to be printed there."""

    code: str
    entry_ids: tuple[UUID, ...]
    households: int
    oldest_on: date

    @property
    def entries(self) -> int:
        """How many entries wait."""
        return len(self.entry_ids)


def by_district(rows: Sequence[PrintQueueRow]) -> tuple[DistrictCount, ...]:
    """The districts of the queue in the order of their codes."""
    ordered = sorted(rows, key=lambda row: row.district_code)
    return tuple(
        _count(code, tuple(group)) for code, group in groupby(ordered, lambda r: r.district_code)
    )


def _count(code: str, rows: tuple[PrintQueueRow, ...]) -> DistrictCount:
    return DistrictCount(
        code=code,
        entry_ids=tuple(row.entry_id for row in rows),
        households=len({row.household_id for row in rows}),
        oldest_on=min(japan_day(row.approved_at) for row in rows),
    )


def district_columns() -> tuple[Column[DistrictCount], ...]:
    """The columns of the districts."""
    return (
        Column(header="地区", text=lambda d: d.code),
        Column(header="記録", text=lambda d: f"{d.entries:,}件", align=RIGHT),
        Column(header="世帯", text=lambda d: f"{d.households:,}", align=RIGHT),
        Column(header="最も古い承認", text=lambda d: format_date(d.oldest_on, DateStyle.SHORT)),
    )


def entry_columns() -> tuple[Column[PrintQueueRow], ...]:
    """The columns of the entries that wait."""
    return (
        Column(header="世帯", text=lambda r: household_text(r.case_number, r.head_name)),
        Column(header="種別", text=lambda r: r.kind_label),
        Column(header="あった日", text=lambda r: format_date(r.event_on, DateStyle.SHORT)),
        Column(header="記録者", text=lambda r: r.author),
        Column(
            header="承認日", text=lambda r: format_date(japan_day(r.approved_at), DateStyle.SHORT)
        ),
        Column(header="版", text=lambda r: f"第{r.version}版", align=CENTER),
    )


def log_columns() -> tuple[Column[PrintLogRow], ...]:
    """The columns of the log: who printed what when."""
    return (
        Column(header="日時", text=lambda r: instant_text(r.printed_at)),
        Column(header="印刷した人", text=lambda r: r.printed_by),
        Column(header="印", text=lambda r: r.mark, align=CENTER),
        Column(header="記録", text=lambda r: f"{r.entries:,}件", align=RIGHT),
        Column(header="世帯", text=lambda r: f"{r.households:,}", align=RIGHT),
        Column(header="枚数", text=lambda r: f"{r.pages:,}枚", align=RIGHT),
        Column(header="PDFの照合値", text=lambda r: r.sha256[:16], tooltip=lambda r: r.sha256),
    )


def missing_columns() -> tuple[Column[MissingCharacter], ...]:
    """The columns of characters that no font draws as written."""
    return (
        Column(header="文字", text=lambda m: m.character, align=CENTER),
        Column(header="コード", text=lambda m: code_points(m.character)),
        Column(header="紙に出るもの", text=lambda m: m.drawn, align=CENTER),
        Column(header="場所", text=lambda m: m.place),
    )


def code_points(text: str) -> str:
    """The code points of a character with its variation selector."""
    return " ".join(f"U+{ord(sign):04X}" for sign in text)


def instant_text(instant: datetime) -> str:
    """An instant by the office's clock."""
    return f"{format_date(japan_day(instant), DateStyle.SHORT)} {instant.astimezone(JAPAN):%H:%M}"


def unread_note(words: Sequence[str]) -> str:
    """Which words of a sheet stand without a reading; "" where none does."""
    if not words:
        return ""
    return f"ふりがなのない言葉：{'、'.join(words)}（設定値「ふりがな」に足せます）。"


def file_name(title: str, mark: FormMark, day: date) -> str:
    """The proposed name of a saved PDF: form, mark and day, never a name or number of a case."""
    marked = "" if mark is FormMark.PLAIN else f"_{MARKS[mark]}"
    return f"{title}{marked}_{day:%Y%m%d}.pdf"
