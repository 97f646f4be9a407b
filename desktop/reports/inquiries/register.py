"""The register of answers (回答管理簿, K-19R): what was asked of whom, when it left, when and how it was answered."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.domain.inquiries import CONSENT, INQUIRY_STATE, InquiryLine, InquiryState
from desktop.domain.inquiry_forms import InquiryRegister
from desktop.reports.blocks import Column, Said, Stamps, Table, Title
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Align, Style
from desktop.reports.paper_size import A4_ACROSS
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE

_TEXT = Style(FontRole.MINCHO, 8)
_COLUMNS = tuple(
    Column(label, share, align, _TEXT)
    for label, share, align in (
        ("番号", 15, Align.LEFT),
        ("ケース番号", 15.5, Align.LEFT),
        ("調査の対象", 25, Align.LEFT),
        ("照会先", 38, Align.LEFT),
        ("根拠", 28, Align.LEFT),
        ("同意", 17, Align.LEFT),
        ("起案日", 15, Align.CENTRE),
        ("承認日", 15, Align.CENTRE),
        ("発送日", 15, Align.CENTRE),
        ("回答期限", 15, Align.CENTRE),
        ("督促", 15, Align.CENTRE),
        ("回答日", 15, Align.CENTRE),
        ("受領番号", 14, Align.CENTRE),
        ("確認日", 15, Align.CENTRE),
        ("状態", 15, Align.CENTRE),
    )
)
_NOTHING = "この範囲に照会はありません。"


def _lay_out(register: InquiryRegister) -> Iterator[Block]:
    yield Title()
    yield Stamps([Stamp(position_label="査察指導員", name="", stamped_on=None)], beside=True)
    yield Said(register.scope, VALUE)
    yield Said(_counts(register), VALUE)
    yield Table(
        _COLUMNS,
        [_values(register.imprint, line) for line in register.lines],
        row=6.4,
        empty=_NOTHING,
    )


def _counts(register: InquiryRegister) -> str:
    sent = sum(line.sent_on is not None for line in register.lines)
    came = sum(line.answered_on is not None for line in register.lines)
    late = sum(line.is_overdue for line in register.lines)
    count = len(register.lines)
    return f"照会 {count:,}件　発送 {sent:,}件　回答 {came:,}件　期限を過ぎて未回答 {late:,}件"


def _values(imprint: Imprint, line: InquiryLine) -> tuple[str, ...]:
    def day(of: str) -> str:
        return imprint.day(getattr(line, of), is_short=True)

    reminded = f"{day('reminded_on')}\n（{line.reminders}回）" if line.reminders else ""
    state = "期限経過" if line.is_overdue else INQUIRY_STATE[InquiryState(line.state)]
    return (
        *(line.label, line.case_number, line.person, line.agency_label, line.basis),
        *(CONSENT[line.consent], day("asked_on"), day("approved_on"), day("sent_on")),
        *(day("due_on"), reminded, day("answered_on"), line.paper_label, day("checked_on"), state),
    )


INQUIRY_REGISTER: FormKind[InquiryRegister] = FormKind(
    code="K-19R",
    title="回答管理簿",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
    paper=A4_ACROSS,
)
