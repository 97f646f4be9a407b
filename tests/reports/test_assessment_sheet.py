"""アセスメント票 (S-01) on paper: every answer, no group, nothing sensitive but where it was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.assessment_sheets import AssessmentSheet, BarrierLine, DriveLine, SheetPerson
from desktop.reports.assessments.assessment_sheet import ASSESSMENT_SHEET
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint

DAY = date(2024, 9, 20)
WHO = SheetPerson(
    case_number="0001234",
    district="03　東部第三",
    name="架空 花子",
    birth_date=date(1990, 5, 1),
    age=34,
)
CARE = BarrierLine(
    label="育児（保育先なし）",
    state="期間内に解消する見込み",
    expected_on=date(2024, 10, 1),
    evidence="保育課に申込み済み",
    action="入所の結果を確かめる",
    partner="保育課",
    as_of=DAY,
)


def drive_lines() -> tuple[DriveLine, ...]:
    said = (
        ("求職登録が有効、または別の探し方を実際に使っている", True, "はい", ""),
        ("自分で求人を探せる", True, "はい", ""),
        ("履歴書・職務経歴書を書ける", True, "いいえ", "履歴書の書き方を一緒にする"),
        ("連絡が取れ、面接に行ける", True, "はい", ""),
        ("一人で面接を受けられる", False, "不明", ""),
        ("3か月に3回以上、促されずに活動した", False, "いいえ", "活動の予定を一緒に立てる"),
        ("3年以内に6か月以上働いた", False, "はい", ""),
        ("月の報告を自分で出せる", False, "はい", ""),
    )
    return tuple(
        DriveLine(label=label, is_essential=must, said=answer, help=help_)
        for label, must, answer, help_ in said
    )


def sheet(**changes: Any) -> AssessmentSheet:
    made = AssessmentSheet(
        imprint=make_imprint(),
        person=WHO,
        kind="開始時",
        made_on=DAY,
        form_on=DAY,
        author="見本 担当",
        scope="評価する",
        work="未就労",
        job="",
        health="制限付きで可能（時間・重い物・立ち仕事などの制限を書きます）",
        health_source="主治医",
        health_on=date(2024, 9, 3),
        health_words="軽作業を1日4時間、週5日まで。重い物は持たない。",
        rejudge_on=date(2024, 12, 1),
        barriers_whole="期間内に解消する見込み",
        barriers=(CARE,),
        motivation="働きたい、まだ活動は少ない",
        motivation_on=DAY,
        motivation_words="「保育園が決まったら、昼間の仕事をしたい。」",
        drive="支援が要る",
        drive_lines=drive_lines(),
        resources="普通自動車免許、販売の仕事5年、早起きが得意",
        wishes="平日の昼、家から30分まで",
        market="販売・清掃の求人が多い（9月、管内の求人情報）",
        life="子どもと二人。生活リズムは整っている。",
        safety="なし",
        view="入所が決まる10月に合わせて、応募書類の準備を始めたい。",
        comment="同意",
        comment_on=DAY,
        comment_words="この内容でよいです。",
        is_whole=False,
    )
    return replace(made, **changes)


def read(made: AssessmentSheet, fonts) -> list[str]:
    return page_texts(ASSESSMENT_SHEET.pdf(made, fonts).data)


def test_an_ordinary_assessment_stands_on_two_sheets(fonts):
    pages = read(sheet(), fonts)
    assert len(pages) == 2
    text = "".join(pages).replace("\n", "")
    for words in (
        "架空 花子",
        "34歳",
        "令和6年9月20日",
        "軽作業を1日4時間",
        "保育課に申込み済み",
        "R6.10",
        "＊履歴書・職務経歴書を書ける",
        "履歴書の書き方を一緒にする",
        "平日の昼",
        "配慮が要る要因と、安全の心配の内容は、この票に印刷していません",
    ):
        assert words in text
    for words in ("G1", "G2", "支援区分", "B2", "A2"):
        assert words not in text


def test_a_whole_sheet_says_that_it_is_to_be_handled_with_care(fonts):
    made = sheet(is_whole=True, safety="連絡が取れない")
    text = "".join(read(made, fonts)).replace("\n", "")
    assert "取扱いに注意してください" in text
    assert "連絡が取れない" in text


def test_without_words_there_is_room_for_handwriting(fonts):
    text = "".join(read(sheet(barriers=(), drive_lines=(), wishes=""), fonts))
    assert "印刷する要因はありません" in text
