"""The 監査日報 (A-01): the seal of the day on paper, and what a superior should know about accounts and log-ins.

Whoever rewrites the trail and its seals cannot rewrite the signed paper: the value of the last seal stands on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop.domain.audit_day import AuditDay
from desktop.domain.clock import JAPAN
from desktop.domain.era import DateStyle, format_date
from desktop.domain.seals import Seal, hex_groups
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import Align, Style
from desktop.reports.pdf_file import PdfFile
from desktop.reports.register import (
    HEADING,
    LABEL,
    LEFT,
    RIGHT,
    ROW,
    SMALL,
    VALUE,
    WIDTH,
    Columns,
    Register,
)
from desktop.reports.rendered import RenderedPdf
from desktop.reports.text_encoder import TextEncoder

FORM_CODE = "A-01"
FORM_TITLE = "監査日報"
FORM_EDITION = "第2版"

_STAMPS = ("担当", "課長", "所長")
_STAMP = 20.0
_CHAIN = Style(FontRole.GOTHIC, 14)
_GROUPS_A_LINE = 8

_CHANGES: Columns = (("時刻", 20), ("内容", 74), ("対象の職員", 40), ("行った人", 40))
_REFUSED: Columns = (("対象", 74), ("回数", 30), ("最後の時刻", 70))
_SHIELDS: Columns = (("時刻", 20), ("ケース番号", 60), ("方法", 30), ("行った人", 64))
_UNUSUAL: Columns = (("閲覧した職員", 40), ("内容", 134))
_GAPS: Columns = (("動いていなかった時間", 100), ("長さ", 74))


def daily_audit_pdf(day: AuditDay, fonts: FontSet) -> RenderedPdf:
    """Print the day. The same day gives the same bytes."""
    encoder = TextEncoder(fonts)
    log = MissingLog(fonts)
    for change in day.changes:
        log.check(f"{FORM_CODE} 変更", f"{change.by}{change.whom}")
    for shield in day.shields:
        log.check(f"{FORM_CODE} 支援措置", f"{shield.by}{shield.case_number}")
    for note in day.unusual:
        log.check(f"{FORM_CODE} 閲覧", note.name)
    paper = _Paper(encoder)
    paper.draw(day)
    paper.footers(f"{FORM_CODE} {FORM_TITLE} {FORM_EDITION}", day.printed_at)
    file = PdfFile(encoder, FORM_TITLE, day.office_name, day.printed_at)
    for sheet in paper.sheets:
        file.add_sheet(sheet)
    return RenderedPdf(data=file.finish(), pages=file.pages, missing=log.result())


class _Paper(Register):
    def draw(self, day: AuditDay) -> None:
        """Everything but the footers."""
        self._draw_head(day)
        self._draw_seals(day)
        self._table(
            "2　アカウントと職務の変更",
            _CHANGES,
            [(_time(c.at), c.label, c.whom, c.by) for c in day.changes],
        )
        self._table(
            "3　拒否されたサインイン",
            _REFUSED,
            [
                (r.name or "登録のない利用者名", f"{r.count}回", _time(r.last_at))
                for r in day.refused
            ],
        )
        self._table(
            "4　支援措置の解除・変更（理由を地区の査察指導員に確かめてください）",
            _SHIELDS,
            [
                (_time(s.at), s.case_number, "台帳の取込" if s.by_import else "個別", s.by)
                for s in day.shields
            ],
        )
        self._table(
            "5　通常と異なる閲覧（何のための閲覧だったかを本人に確かめてください）",
            _UNUSUAL,
            [(note.name, note.fact) for note in day.unusual],
        )
        self._table(
            f"6　定期処理（この日 {day.ticks:,}回。10分を超えて動かなかった時間）",
            _GAPS,
            [
                (
                    f"{_time(g.since)}～{_time(g.until)}",
                    f"{int((g.until - g.since).total_seconds()) // 60:,}分",
                )
                for g in day.gaps
            ],
        )

    def _draw_head(self, day: AuditDay) -> None:
        self.title(FORM_TITLE, day.office_name)
        sheet = self.sheet
        sheet.text(LEFT, 39, format_date(day.day, DateStyle.LONG), VALUE)
        left = RIGHT - _STAMP * len(_STAMPS)
        for number, label in enumerate(_STAMPS):
            x = left + number * _STAMP
            sheet.box(x, 28, _STAMP, 24)
            sheet.rule(x, 33, x + _STAMP, 33)
            sheet.cell(x, 28, _STAMP, 5, label, SMALL, align=Align.CENTRE)
        self.y = 58.0

    def _draw_seals(self, day: AuditDay) -> None:
        self._heading("1　監査記録の封印")
        for label, value in _seal_rows(day):
            self.labelled(label, value)
        groups = hex_groups(day.last.chain).split(" ") if day.last else []
        height = 18.0
        sheet = self.sheet
        sheet.fill(LEFT, self.y, 42, height, 0.93)
        sheet.box(LEFT, self.y, WIDTH, height, 0.9)
        sheet.cell(LEFT, self.y, 42, height, "最後の封印の値", LABEL)
        lines = [groups[i : i + _GROUPS_A_LINE] for i in range(0, len(groups), _GROUPS_A_LINE)]
        for number, line in enumerate(lines or [["（封印はまだありません）"]]):
            for place, group in enumerate(line):
                sheet.text(LEFT + 46 + place * 16, self.y + 7.2 + number * 8, group, _CHAIN)
        self.y += height + 3
        self._note(
            "この値を控えておくと、後から監査記録が書き換えられたときに banso-admin audit verify で分かります。"
        )

    def _heading(self, title: str) -> None:
        self.need(ROW * 3)
        self.sheet.text(LEFT, self.y + 5, title, HEADING)
        self.y += 7.5

    def _note(self, words: str) -> None:
        self.sheet.text(LEFT, self.y + 1.5, words, SMALL)
        self.y += 8

    def _table(self, title: str, columns: Columns, rows: Sequence[tuple[str, ...]]) -> None:
        self._heading(title)
        if not rows:
            self.sheet.box(LEFT, self.y, WIDTH, ROW)
            self.sheet.cell(LEFT, self.y, WIDTH, ROW, "ありません。", VALUE)
            self.y += ROW + 6
            return
        self.table(columns, rows)
        self.y += 6


def _seal_rows(day: AuditDay) -> Iterator[tuple[str, str]]:
    yield "監査記録（この日）", f"{day.events:,}件（うち未封印 {day.unsealed:,}件）"
    yield "封印（この日）", f"{day.seals:,}件"
    yield "前日までの最後の封印", _named(day.before)
    yield "最後の封印", _named(day.last)


def _named(seal: Seal | None) -> str:
    if seal is None:
        return "ありません"
    at = seal.at.astimezone(JAPAN)
    day = format_date(at.date(), DateStyle.SHORT)
    return f"第{seal.n:,}番　{day} {at:%H:%M:%S}　{seal.rows:,}件"


def _time(at: datetime) -> str:
    return f"{at.astimezone(JAPAN):%H:%M:%S}"
