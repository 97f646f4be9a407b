"""支援対象者名簿 (S-09): who takes part in a programme, for the office. It names no support group."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop.domain.participation_consents import consent_word
from desktop.domain.support_plan_forms import ProgrammeRegister
from desktop.reports.blocks import Column, OfficeName, Said, Space, Table, Title
from desktop.reports.form import FormKind
from desktop.reports.page import Align
from desktop.reports.paper_size import A4_ACROSS
from desktop.reports.setter import Block

_COLUMNS = (
    Column("番号", 12, Align.RIGHT),
    Column("ケース番号", 26),
    Column("氏名", 46),
    Column("担当", 36),
    Column("本人の同意", 30),
    Column("情報共有", 30),
    Column("始まり", 26),
    Column("終わり", 26),
    Column("結果", 41),
)


def _lay_out(register: ProgrammeRegister) -> Iterator[Block]:
    day = register.imprint.day
    yield Title(has_office=False)
    yield OfficeName()
    yield Space(2)
    period = f"{day(register.first)} から {day(register.last)} まで"
    yield Said(f"{register.programme}　{period}　{len(register.lines)}人", below=2)
    yield Table(
        _COLUMNS,
        [
            (
                str(number),
                line.case_number,
                line.name,
                line.caseworker,
                consent_word(line.consent, partial(day, is_short=True)),
                line.sharing,
                day(line.starts_on, is_short=True),
                day(line.ended_on, is_short=True),
                line.outcome if line.ended_on else "参加中",
            )
            for number, line in enumerate(register.lines, start=1)
        ],
        empty="この期間に参加した人はいません。",
    )


PROGRAMME_REGISTER: FormKind[ProgrammeRegister] = FormKind(
    code="S-09",
    title="支援対象者名簿",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda register: register.programme,
    paper=A4_ACROSS,
)
