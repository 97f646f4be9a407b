"""Papers of conferences: the sheet of a matter (S-02), the minutes (K-14), the register of groups (S-34)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.conference_sheets import (
    ConferenceHead,
    MatterSheet,
    MedicalLine,
    MinutedMatter,
    MinutesSheet,
    Proposed,
    RegisterLine,
    RegisterSheet,
    UnchangedLine,
)
from desktop.domain.imprint import FormMark
from desktop.reports.conferences.group_register import GROUP_REGISTER
from desktop.reports.conferences.matter_sheet import MATTER_SHEET
from desktop.reports.conferences.minutes_sheet import MINUTES_SHEET
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint
from tests.reports.test_assessment_sheet import CARE, DAY, WHO

HELD = date(2024, 10, 8)
HEAD = ConferenceHead(kind="稼働能力判定会議", planned_on=HELD, held_on=HELD, place="第1会議室")
G1B, G2, G3 = "G1b 阻害要因解消型", "G2 一緒に仕事を探す", "G3 自分の活動を見守る"


def matter(**changes: Any) -> MatterSheet:
    made = MatterSheet(
        imprint=make_imprint(),
        conference=HEAD,
        number=2,
        person=WHO,
        kind="支援区分",
        assessed="令和6年9月20日（開始時）　見本 担当",
        proposed=Proposed(
            group=G1B,
            rule="R07",
            valid_from=date(2024, 4, 1),
            reason="育児（保育先なし）が令和6年10月までに解消する見込みです。",
            unknown="自分で活動できるか",
            also="",
        ),
        flags="仕事に制限あり",
        standing="まだ決まった区分はありません。",
        work="未就労",
        medical=(
            MedicalLine(
                source="主治医",
                seen_on=date(2024, 9, 3),
                answer="制限付きで可能",
                words="軽作業を1日4時間",
                rejudge_on=date(2024, 12, 1),
            ),
        ),
        barriers=(CARE,),
        motivation="働きたい、まだ活動は少ない　令和6年9月20日　「昼間の仕事をしたい。」",
        drive="不明",
        wishes="平日の昼、家から30分まで",
        comment="同意",
        view="10月に合わせて応募書類の準備を始めたい。",
        is_held=False,
        is_disputed=False,
        options=(G1B, G2, G3, "G4 暮らしを支える", "GX 情報不足"),
    )
    return replace(made, **changes)


def minuted(**changes: Any) -> MinutedMatter:
    made = MinutedMatter(
        number=1,
        person=WHO,
        kind="支援区分",
        papers="アセスメント票、主治医の意見（9月3日）",
        discussion="保育所の結果を待たずに応募書類の準備を始められるかを話し合った。",
        persons_view="早く働き始めたい。",
        dissent="結果を待つべきという意見があった（医療担当）。",
        written_by="見本 担当",
        proposed=G1B,
        decided=G2,
        is_different=True,
        reason="本人の希望が強く、保育所の結果を待つあいだも応募の準備ができるため。",
        decided_by="例示 査察",
        next_review_on=date(2025, 1, 8),
    )
    return replace(made, **changes)


def minutes(**changes: Any) -> MinutesSheet:
    made = MinutesSheet(
        imprint=make_imprint(),
        conference=HEAD,
        members=("例示 査察（査察指導員）", "見本 担当（担当）", "模擬 嘱託医（嘱託医）"),
        matters=(
            minuted(),
            minuted(number=2, decided="まだ決まっていません。", is_different=False),
        ),
        unchanged=(
            UnchangedLine(
                case_number="0002345",
                name="仮名 次郎",
                group=G3,
                decided_on=date(2024, 10, 1),
                decided_by="例示 査察",
                next_review_on=date(2025, 1, 1),
            ),
        ),
        is_whole=True,
    )
    return replace(made, **changes)


def register(**changes: Any) -> RegisterSheet:
    line = RegisterLine(
        due_on=DAY,
        is_overdue=True,
        case_number="0001234",
        name="架空 花子",
        district="03",
        group=G2,
        how="会議",
        effective_from=date(2024, 3, 20),
        expires_on=None,
        assessed_on=date(2024, 3, 11),
    )
    later = replace(
        line, due_on=date(2024, 12, 1), is_overdue=False, how="仮の区分", expires_on=HELD
    )
    made = RegisterSheet(imprint=make_imprint(), on=HELD, scope="すべての区分", lines=(line, later))
    return replace(made, **changes)


def read(form, made, fonts) -> str:
    return "".join(page_texts(form.pdf(made, fonts).data)).replace("\n", "")


def test_a_matter_says_proposal_evidence_and_leaves_room_to_decide(fonts):
    assert len(page_texts(MATTER_SHEET.pdf(matter(), fonts).data)) <= 2
    text = read(MATTER_SHEET, matter(), fonts)
    for words in (
        "稼働能力判定会議",
        "第2号　支援区分",
        "規則 R07",
        "自分で活動できるか",
        "主治医",
        "軽作業を1日4時間",
        "□ G3 自分の活動を見守る",
        "印刷していません",
    ):
        assert words in text
    assert "安全の確認が先" not in text


def test_no_choice_of_a_group_is_parted_from_its_words(fonts):
    options = (
        "G0 評価対象外",
        "G1a 稼働余地あり（療養回復）",
        "G1b 稼働余地あり（阻害要因の解消）",
        "G1c 稼働余地あり（意欲の形成）",
        "G2 稼働能力あり・支援が要る",
        "G3 稼働能力あり・自分で活動できる",
        "G4 社会生活・日常生活の支援",
    )
    text = "".join(page_texts(MATTER_SHEET.pdf(matter(options=options), fonts).data))
    for option in options:
        assert f"□ {option}" in text


def test_a_matter_of_the_minutes_stands_on_one_sheet(fonts):
    sheet = minutes(matters=tuple(minuted(number=number) for number in range(1, 6)))
    pages = page_texts(MINUTES_SHEET.pdf(sheet, fonts).data)
    assert len(pages) > 1
    for page in pages:
        assert page.count("話し合い") == page.count("書いた人")


def test_safety_and_a_dispute_stand_at_the_head(fonts):
    text = read(MATTER_SHEET, matter(is_held=True, is_disputed=True), fonts)
    assert "安全の確認が先" in text
    assert "本人の異議あり" in text


def test_minutes_say_who_met_what_was_decided_and_what_was_reported(fonts):
    text = read(MINUTES_SHEET, minutes(), fonts)
    for words in (
        "模擬 嘱託医（嘱託医）",
        "結果を待つべき",
        "G2 一緒に仕事を探す（提案と違う区分に決めた）",
        "令和7年1月8日",
        "まだ決まっていません。",
        "変わりなしの報告",
        "仮名 次郎",
        "所長",
    ):
        assert words in text
    assert "変わりなしの報告" not in read(MINUTES_SHEET, minutes(is_whole=False), fonts)


def test_open_minutes_are_a_draft(fonts):
    text = read(MINUTES_SHEET, minutes(imprint=make_imprint(mark=FormMark.DRAFT)), fonts)
    assert "案" in text


def test_the_register_marks_who_is_overdue(fonts):
    text = read(GROUP_REGISTER, register(), fonts)
    for words in ("令和6年10月8日現在", "2人　見直し日を過ぎた人 1人", "▲", "R6.9.20", "仮の区分"):
        assert words in text
    assert "いません" in read(GROUP_REGISTER, register(lines=()), fonts)
