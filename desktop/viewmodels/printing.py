"""What is to be printed, by district, with what is ticked; and the log of print runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from uuid import UUID, uuid5

from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.era import DateStyle, fiscal_year, format_date
from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import IssuedForm, RegisterQuery
from desktop.domain.paper_slips import number_of
from desktop.domain.printers import PrinterSetup
from desktop.domain.printing import WAITING_FORMS, PrintLogRow, ReadyToPrint
from desktop.jobs.printing import FailedDocument
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
_MOST_NUMBERS = 8
#: What a file name cannot hold on some system.
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


class PaperOrder(StrEnum):
    """In which order the pieces of a run come out."""

    CASE_NUMBER = "case_number"
    WAY = "way"


PAPER_ORDERS: dict[PaperOrder, str] = {
    PaperOrder.CASE_NUMBER: "ケース番号の順",
    PaperOrder.WAY: "地区・住所の順",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingGroup:
    """A form and a district, with what waits there."""

    form_code: str
    district_code: str
    subject_ids: tuple[UUID, ...]
    households: int
    oldest_on: date

    @property
    def count(self) -> int:
        """How many pieces wait."""
        return len(self.subject_ids)


def groups(rows: Sequence[ReadyToPrint]) -> tuple[WaitingGroup, ...]:
    """The forms in their order, each by district."""
    forms = tuple(WAITING_FORMS)

    def place(row: ReadyToPrint) -> tuple[int, str]:
        return forms.index(row.form_code), row.district_code

    parts = groupby(sorted(rows, key=place), place)
    return tuple(_group(tuple(part)) for _, part in parts)


def _group(rows: tuple[ReadyToPrint, ...]) -> WaitingGroup:
    return WaitingGroup(
        form_code=rows[0].form_code,
        district_code=rows[0].district_code,
        subject_ids=tuple(ticked_id(row) for row in rows),
        households=len({row.household_id for row in rows}),
        oldest_on=min(japan_day(row.since) for row in rows),
    )


def ticked_id(row: ReadyToPrint) -> UUID:
    """What a tick of a row is kept under: one policy may wait as two forms."""
    return uuid5(row.subject_id, row.form_code)


def in_order(rows: Iterable[ReadyToPrint], order: PaperOrder) -> list[ReadyToPrint]:
    """The pieces as they shall come out."""

    def place(row: ReadyToPrint) -> tuple[object, ...]:
        way = (row.district_code, row.address) if order is PaperOrder.WAY else ()
        return (*way, row.case_number, row.on)

    return sorted(rows, key=place)


def group_columns() -> tuple[Column[WaitingGroup], ...]:
    """The columns of forms and districts."""
    return (
        Column(header="帳票", text=lambda g: WAITING_FORMS[g.form_code]),
        Column(header="地区", text=lambda g: g.district_code, align=CENTER),
        Column(
            header="件数",
            text=lambda g: f"{g.count:,}件",
            align=RIGHT,
            tooltip=lambda g: f"{g.households:,}世帯",
        ),
        Column(header="最も古い承認", text=lambda g: format_date(g.oldest_on, DateStyle.SHORT)),
    )


def ready_columns() -> tuple[Column[ReadyToPrint], ...]:
    """The columns of what waits."""
    return (
        Column(header="世帯", text=lambda r: household_text(r.case_number, r.head_name)),
        Column(header="種別", text=lambda r: r.label),
        Column(header="日付", text=lambda r: format_date(r.on, DateStyle.SHORT)),
        Column(header="作成者", text=lambda r: r.author),
        Column(header="承認日", text=lambda r: format_date(japan_day(r.since), DateStyle.SHORT)),
    )


def log_columns() -> tuple[Column[PrintLogRow], ...]:
    """The columns of the log: who printed what when."""
    return (
        Column(header="日時", text=lambda r: instant_text(r.printed_at)),
        Column(header="印刷した人", text=lambda r: r.printed_by),
        Column(header="印", text=lambda r: r.mark, align=CENTER),
        Column(header="帳票", text=lambda r: "・".join(r.forms) or "―"),
        Column(header="件数", text=lambda r: f"{r.things:,}件" if r.things else "―", align=RIGHT),
        Column(header="世帯", text=lambda r: f"{r.households:,}", align=RIGHT),
        Column(header="枚数", text=lambda r: f"{r.pages:,}枚", align=RIGHT),
        Column(header="PDFの照合値", text=lambda r: r.sha256[:16], tooltip=lambda r: r.sha256),
    )


class RegisterSpan(StrEnum):
    """From when issues are asked for."""

    ALL = "all"
    TODAY = "today"
    MONTH = "month"
    YEAR = "year"


REGISTER_SPANS: dict[RegisterSpan, str] = {
    RegisterSpan.ALL: "すべての時期",
    RegisterSpan.TODAY: "今日",
    RegisterSpan.MONTH: "今月",
    RegisterSpan.YEAR: "今年度",
}


def register_query(
    typed: str,
    form_code: str,
    span: RegisterSpan,
    today: date,
    *,
    before: tuple[int, int] | None = None,
) -> RegisterQuery:
    """What the search asks for: an issue number as people write it, or else a case number."""
    is_number = number_of(typed) is not None
    return RegisterQuery(
        number=typed if is_number else "",
        case_number="" if is_number else typed.strip(),
        form_code=form_code,
        issued_from=_since(span, today),
        before=before,
    )


def _since(span: RegisterSpan, today: date) -> date | None:
    match span:
        case RegisterSpan.TODAY:
            return today
        case RegisterSpan.MONTH:
            return today.replace(day=1)
        case RegisterSpan.YEAR:
            return date(fiscal_year(today), 4, 1)
        case _:
            return None


def register_columns(titles: Mapping[str, str]) -> tuple[Column[IssuedForm], ...]:
    """The columns of the register; `titles` are the forms' titles by code."""
    return (
        Column(header="発行番号", text=lambda f: f.label),
        Column(header="帳票", text=lambda f: f.form_code),
        Column(header="名称", text=lambda f: titles.get(f.form_code, "")),
        Column(header="世帯", text=lambda f: household_text(f.case_number, f.head_name)),
        Column(header="発行日時", text=lambda f: instant_text(f.issued_at)),
        Column(header="枚数", text=lambda f: f"{f.pages:,}枚", align=RIGHT),
        Column(header="発行した人", text=lambda f: f.issued_by),
        Column(header="状態", text=register_state),
    )


def register_state(form: IssuedForm) -> str:
    """What became of an issue."""
    if form.is_void:
        return "× 失効"
    return f"→ {form.replaced_by}に差し替え" if form.replaced_by else "有効"


def missing_columns() -> tuple[Column[MissingCharacter], ...]:
    """The columns of characters that no font draws as written."""
    return (
        Column(header="文字", text=lambda m: m.character, align=CENTER),
        Column(header="コード", text=lambda m: code_points(m.character)),
        Column(header="紙に出るもの", text=lambda m: m.drawn, align=CENTER),
        Column(header="場所", text=lambda m: m.place),
    )


def failed_columns() -> tuple[Column[FailedDocument], ...]:
    """The columns of documents that could not be made."""
    return (
        Column(header="番号", text=lambda f: f.number),
        Column(header="理由", text=lambda f: f.sentence, tooltip=lambda f: f.sentence),
    )


def failed_sentence(failed: Sequence[FailedDocument], act: str) -> str:
    """Which documents were left out of what was done (`act`: 印刷, 保存); "" where none was."""
    if not failed:
        return ""
    named = "、".join(one.number for one in failed[:_MOST_NUMBERS])
    more = "ほか" if len(failed) > _MOST_NUMBERS else ""
    return f"{len(failed):,}件は{act}できませんでした（{named}{more}）。{failed[0].sentence}"


def print_label(last: PrinterSetup | None) -> str:
    """The print button: where the key prints to."""
    return f"印刷（Ctrl+P 前回：{last.place}）" if last is not None else "印刷…（Ctrl+P）"


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


def part_name(title: str, mark: FormMark, day: date, number: str) -> str:
    """The name of the PDF of one document of a run; `number` is its issue or running number."""
    whole = file_name(title, mark, day).removesuffix(".pdf")
    return f"{whole}_{_UNFIT.sub('-', number)}.pdf"


def file_name(title: str, mark: FormMark, day: date) -> str:
    """The proposed name of a saved PDF: form, mark and day, never a name or number of a case."""
    marked = "" if mark is FormMark.PLAIN else f"_{MARKS[mark]}"
    return f"{title}{marked}_{day:%Y%m%d}.pdf"
