"""Papers about support towards work (S-10, S-13 to S-17): what they say, and what they must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.activity_forms import (
    ActivityLine,
    ActivitySheet,
    KindCount,
    MonthSheet,
    ProgrammeReport,
    ReferralLetter,
    Schedule,
    ScheduleLine,
    StartLine,
    StartReport,
)
from desktop.domain.ids import new_id
from desktop.domain.programme_reviews import PromotionItem
from desktop.reports.activities.activity_sheet import ACTIVITY_SHEET
from desktop.reports.activities.month_sheet import MONTH_SHEET
from desktop.reports.activities.programme_report import PROGRAMME_REPORT
from desktop.reports.activities.schedule import SCHEDULE
from desktop.reports.employment_spells.start_report import START_REPORT
from desktop.reports.referrals.referral_letter import REFERRAL_LETTER
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint

MONTH = date(2024, 10, 1)
LINES = (
    ActivityLine(
        done_on=date(2024, 10, 3),
        kind="同行：ハローワーク",
        minutes=120,
        is_direct=True,
        partner="見本公共職業安定所",
        result="実施",
        memo="求職登録をした。清掃の求人を3件見た。",
        next_step="応募書類を一緒に直す",
        next_due_on=date(2024, 10, 10),
        staff="見本 支援",
    ),
    ActivityLine(
        done_on=date(2024, 10, 10),
        kind="応募書類の作成支援",
        minutes=60,
        is_direct=True,
        partner="",
        result="実施",
        memo="職務経歴書を書いた。",
        next_step="",
        next_due_on=None,
        staff="見本 支援",
    ),
)
COUNTS = (
    KindCount(kind="同行：ハローワーク", count=1, minutes=120, is_direct=True),
    KindCount(kind="応募書類の作成支援", count=1, minutes=60, is_direct=True),
)


def letter(**changes: Any) -> ReferralLetter:
    made = ReferralLetter(
        household_id=new_id(),
        subject_id=new_id(),
        imprint=make_imprint(),
        case_number="0001234",
        number="架空-12",
        partner="見本公共職業安定所（ハローワーク見本）",
        asked_on=MONTH,
        reply_by=date(2024, 10, 15),
        consent_on=date(2024, 9, 30),
        name="架空 花子",
        birth_date=date(1990, 5, 1),
        address="見本市架空町1-2-3",
        history="倉庫での軽作業3年（架空商事）",
        qualifications="普通自動車免許",
        wishes="清掃の仕事を週20時間くらい",
        health_limits="重い物の持ち運びは避ける。",
        barriers="子の保育園の送り迎えがある。",
        so_far="求人の見方と応募書類の書き方を一緒に確かめた。",
        request="求人の紹介と面接の練習をお願いします。",
        contact="見本市役所 1階 5番窓口",
        caseworker="見本 担当",
        phone="000-000-0000",
    )
    return replace(made, **changes)


def record(**changes: Any) -> ActivitySheet:
    made = ActivitySheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        caseworker="見本 担当",
        lines=LINES,
    )
    return replace(made, **changes)


def month(**changes: Any) -> MonthSheet:
    made = MonthSheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        caseworker="見本 担当",
        month=MONTH,
        counts=COUNTS,
        lines=LINES,
    )
    return replace(made, **changes)


def report(**changes: Any) -> ProgrammeReport:
    made = ProgrammeReport(
        imprint=make_imprint(),
        month=MONTH,
        scope="福祉事務所の全体",
        persons=12,
        new_persons=3,
        acts=40,
        minutes=1_820,
        requests=4,
        starts=2,
        raises=1,
        sheltered=1,
        ended=1,
        checked=5,
        still_working=4,
        counts=COUNTS,
    )
    return replace(made, **changes)


def starts(**changes: Any) -> StartReport:
    made = StartReport(
        imprint=make_imprint(),
        month=MONTH,
        scope="福祉事務所の全体",
        lines=(
            StartLine(
                case_number="0001234",
                name="架空 花子",
                outcome="就労開始（パート等）",
                started_on=date(2024, 10, 7),
                employer="架空清掃株式会社",
                contract="パート・アルバイト",
                hours=20,
                expected_wage=90_000,
                income_before=0,
                income_after=None,
                route="ハローワーク",
            ),
        ),
    )
    return replace(made, **changes)


def schedule(**changes: Any) -> Schedule:
    made = Schedule(
        imprint=make_imprint(),
        month=MONTH,
        scope="担当：見本 支援",
        lines=(
            ScheduleLine(
                due_on=date(2024, 10, 10),
                case_number="0001234",
                name="架空 花子",
                what="次の行動（10月3日の同行：ハローワークから）",
                staff="見本 支援",
            ),
        ),
    )
    return replace(made, **changes)


def text_of(form, made, fonts):
    return "".join(page_texts(form.pdf(made, fonts).data)).replace("\n", "")


def test_the_request_says_what_was_agreed_and_no_judgement(fonts):
    text = text_of(REFERRAL_LETTER, letter(), fonts)
    for words in (
        "見本公共職業安定所",
        "架空 花子",
        "架空-12",
        "令和6年9月30日に本人の同意",
        "令和6年10月15日までに",
        "重い物の持ち運びは避ける。",
        "求人の紹介と面接の練習",
    ):
        assert words in text
    for words in ("G1", "G2", "意欲", "稼働能力", "支援区分"):
        assert words not in text


def test_without_a_consent_nothing_about_health_stands_on_it(fonts):
    text = text_of(REFERRAL_LETTER, letter(health_limits=""), fonts)
    assert "健康" not in text


def test_acts_stand_by_date(fonts):
    text = text_of(ACTIVITY_SHEET, record(), fonts)
    assert text.index("求職登録をした。") < text.index("職務経歴書を書いた。")
    assert "応募書類を一緒に直す" in text
    assert "2件" in text


def test_a_month_counts_by_kind(fonts):
    text = text_of(MONTH_SHEET, month(), fonts)
    for words in ("令和6年10月", "計", "180", "推計", "査察指導員の確認"):
        assert words in text


def test_the_report_names_nobody(fonts):
    text = text_of(PROGRAMME_REPORT, report(), fonts)
    for words in ("12人", "3人", "9人", "40回", "1,820分", "5件（4件）", "福祉的就労"):
        assert words in text
    assert "架空 花子" not in text


def test_starts_show_wages_and_blanks_where_nothing_is_known(fonts):
    text = text_of(START_REPORT, starts(), fonts)
    for words in ("架空清掃株式会社", "90,000円", "0円", "20時間"):
        assert words in text
    assert "ありません" in text_of(START_REPORT, starts(lines=()), fonts)


def test_the_schedule_has_every_day_of_the_month(fonts):
    text = text_of(SCHEDULE, schedule(), fonts)
    for words in ("1（火）", "31（木）", "10月3日の同行"):
        assert words in text


def test_the_month_stands_beside_the_year_s_target_or_says_why_there_is_none(fonts):
    made = report(targets={PromotionItem.REFERRALS: 24})
    text = text_of(PROGRAMME_REPORT, made, fonts)
    assert "24件" in text
    assert "目標は福祉事務所全体の1年" in text
    assert "この年度の計画に目標なし" in text
    assert "計画に目標を置かない項目" in text


def test_a_month_that_stands_for_a_paper_says_so(fonts):
    made = month(stands_for=("求職活動報告（令和6年10月20日から）",))
    assert "この記録で代える書類" in text_of(MONTH_SHEET, made, fonts)
    assert "この記録で代える書類" not in text_of(MONTH_SHEET, month(), fonts)
