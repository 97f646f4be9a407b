"""Sheets of guidance for the office: 口頭指導記録 (S-28), 弁明聴取書 (K-17), and the conference's sheet (K-14G)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.guidance_papers import GuidanceMatterSheet, HearingSheet, OralSheet
from desktop.reports.blocks import (
    Cell,
    Column,
    Grid,
    Heading,
    LongText,
    Note,
    Said,
    Signature,
    Space,
    Table,
    Title,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block

_LABEL = 36.0
_ROW = 8.5


def _oral(form: OralSheet) -> Iterator[Block]:
    day = form.imprint.day
    yield Title()
    yield Space(2)
    yield Grid(
        [
            [Cell("ケース番号", form.case_number), Cell("氏名", form.name)],
            [Cell("年月日", day(form.happened_on)), Cell("場所", form.place)],
            [Cell("指導の対象", form.subject), Cell("次の確認日", day(form.check_on))],
        ],
        label_width=_LABEL - 8,
    )
    yield Space(3)
    yield LongText("指導指示の内容とわけ", form.content, lines=8, label_width=_LABEL)
    yield LongText("本人の答え", form.answer, lines=6, label_width=_LABEL)
    yield LongText("提案した支援", form.help, lines=4, label_width=_LABEL)
    yield Space(2)
    yield Grid([[Cell("記録した職員", form.noted_by, height=_ROW)]], label_width=_LABEL)
    yield Note(form.imprint.say(ORAL_SHEET.code, "note"))


def _hearing(form: HearingSheet) -> Iterator[Block]:
    yield Title()
    yield Space(2)
    yield Grid(
        [
            [Cell("ケース番号", form.case_number), Cell("氏名", form.name)],
            [Cell("年月日", form.imprint.day(form.happened_on)), Cell("場所", form.place)],
            [Cell("弁明の有無", form.outcome), Cell("聴取した職員", "　".join(form.heard_by))],
        ],
        label_width=_LABEL - 8,
    )
    yield Space(3)
    yield LongText("出席した人", form.present, lines=2, label_width=_LABEL)
    yield LongText("弁明の内容", form.said, lines=12, label_width=_LABEL)
    yield LongText("出された資料", form.papers, lines=3, label_width=_LABEL)
    yield LongText("読み聞かせ", form.read_back, lines=2, label_width=_LABEL)
    yield Space(2)
    yield Said(form.imprint.say(HEARING_SHEET.code, "read_back"), below=2)
    yield Signature("本人の署名")
    yield Signature("聴取した職員の署名")


def _matter(form: GuidanceMatterSheet) -> Iterator[Block]:
    yield Title()
    yield Space(2)
    yield Grid(
        [
            [Cell("ケース番号", form.case_number), Cell("氏名", form.name)],
            [Cell("指導の対象", form.subject), Cell("付議する事項", form.asked)],
            [Cell("開催日時・場所", "", height=_ROW)],
        ],
        label_width=_LABEL - 8,
    )
    yield Space(3)
    yield Heading("これまでの経過")
    yield Table(
        [Column("年月日", 2.6), Column("段階", 3.6), Column("結果", 2.4), Column("内容", 8)],
        [
            (form.imprint.day(line.on, is_short=True), line.step, line.outcome, line.words)
            for line in form.course
        ],
        empty="記録なし",
    )
    for number, line in enumerate(form.impact):
        yield LongText("世帯への影響" if number == 0 else "", line, lines=1, label_width=_LABEL)
    yield Space(3)
    yield Heading("会議録")
    for label, lines in (
        *(("出席者（職）", 2), ("話し合ったこと", 6), ("本人の意見", 2)),
        *(("結論と理由", 4), ("反対の意見", 2), ("対応者・期限", 1), ("決定者", 1)),
    ):
        yield LongText(label, lines=lines, label_width=_LABEL)


ORAL_SHEET: FormKind[OralSheet] = FormKind(
    code="S-28",
    title="口頭指導記録",
    edition="第1版",
    lay_out=_oral,
    subject=lambda form: form.case_number,
)
HEARING_SHEET: FormKind[HearingSheet] = FormKind(
    code="K-17",
    title="弁明聴取書",
    edition="第1版",
    lay_out=_hearing,
    subject=lambda form: form.case_number,
)
GUIDANCE_MATTER: FormKind[GuidanceMatterSheet] = FormKind(
    code="K-14G",
    title="ケース診断会議 付議票・会議録（指導・処分）",
    edition="第1版",
    lay_out=_matter,
    subject=lambda form: form.case_number,
)
