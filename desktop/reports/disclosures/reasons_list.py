"""不開示理由一覧 (J-01): every bar of a redacted copy by its number, with the article it stands on (個人情報保護法82条)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.disclosures_forms import ReasonsList
from desktop.domain.disclosures_redaction import Bar
from desktop.reports.blocks import Cell, Column, Grid, Heading, Said, Space, Table, Title
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 9)
_BARS = tuple(
    Column(label, share, align, _TEXT)
    for label, share, align in (
        ("番号", 11, Align.RIGHT),
        ("記録の年月日", 28, Align.LEFT),
        ("記録番号", 18, Align.RIGHT),
        ("種別", 30, Align.LEFT),
        ("不開示の箇所", 38, Align.LEFT),
        ("範囲", 13, Align.CENTRE),
        ("根拠の条文", 48, Align.LEFT),
    )
)
_REASONS = (
    Column("根拠の条文", 48, Align.LEFT, _TEXT),
    Column("不開示の理由", 138, Align.LEFT, _TEXT),
)
_NOTHING = "不開示とした箇所はありません。"


def _lay_out(form: ReasonsList) -> Iterator[Block]:
    day = form.imprint.day
    yield Title()
    yield Grid(
        [
            [Cell("開示請求の番号", form.request_label), Cell("ケース番号", form.case_number)],
            [Cell("請求日", day(form.asked_on)), Cell("写しの記録", f"{form.entries:,}件")],
            [Cell("対象期間", f"{day(form.records_from)}から{day(form.records_to)}まで")],
        ],
        label_width=34,
    )
    yield Space(4)
    yield Said(form.imprint.say("J-01", "about"), VALUE)
    yield Table(_BARS, [_row(form, bar) for bar in form.bars], row=6.4, empty=_NOTHING)
    used = [reason for reason in form.reasons if reason.code in {bar.reason for bar in form.bars}]
    if used:
        yield Heading("不開示の理由")
        yield Table(_REASONS, [(reason.article, reason.label) for reason in used])
    out = list(_left_out(form))
    if out:
        yield Heading("写しに含めていないもの")
        for sentence in out:
            yield Said(sentence, VALUE, bullet="・")


def _row(form: ReasonsList, bar: Bar) -> tuple[str, ...]:
    articles = {reason.code: reason.article for reason in form.reasons}
    return (
        f"{bar.number:,}",
        form.imprint.day(bar.event_on),
        f"第{bar.entry_number}号" if bar.entry_number is not None else "",
        bar.kind_label,
        bar.part_label,
        "全部" if bar.is_whole else "一部",
        articles.get(bar.reason, bar.reason),
    )


def _left_out(form: ReasonsList) -> Iterator[str]:
    """What is not in the copy, counted: nothing is left out without a word."""
    out, say = form.left_out, form.imprint.say
    for name, count in (
        ("annulled", out.annulled),
        ("unapproved", out.unapproved),
        ("replaced", out.replaced),
    ):
        if count:
            yield say("J-01", name, count=f"{count:,}")
    if out.is_head_blank:
        yield say("J-01", "head")


REASONS_LIST: FormKind[ReasonsList] = FormKind(
    code="J-01",
    title="不開示理由一覧",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda form: form.case_number,
)
