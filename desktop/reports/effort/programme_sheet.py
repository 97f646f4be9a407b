"""支援事業 見直し票 (S-37): what a programme did in a fiscal year, whether it goes on, and why."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.effort_forms import ProgrammeSheet
from desktop.reports.blocks import Cell, Grid, LongText, Note, Said, Space, Stamps, Title
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.type_styles import VALUE


def _lay_out(sheet: ProgrammeSheet) -> Iterator[Block]:
    yield Stamps(sheet.stamps, side=18)
    yield Title()
    yield Said(sheet.year_label, VALUE)
    yield Space(3)
    yield Grid(
        [
            [Cell("支援事業", sheet.programme)],
            [Cell("根拠", sheet.basis), Cell("実施する者", sheet.carrier)],
            [
                Cell("参加した人", f"{sheet.persons:,}人"),
                Cell("時間（推計）", f"{sheet.minutes:,}分"),
                Cell("費用", "" if sheet.cost is None else f"{sheet.cost:,}円"),
            ],
        ]
    )
    yield LongText("区分別の結果", sheet.outcomes, lines=3)
    yield Grid([[Cell("結論", sheet.verdict)]])
    yield LongText("理由", sheet.reason, lines=6)
    yield LongText("備考", sheet.remarks, lines=3)
    yield Grid(
        [[Cell("作成日", sheet.imprint.day(sheet.written_on)), Cell("作成者", sheet.author)]]
    )
    yield Note(sheet.imprint.say("S-37", "about"))


PROGRAMME_SHEET: FormKind[ProgrammeSheet] = FormKind(
    code="S-37",
    title="支援事業 見直し票",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda _: "",
)
