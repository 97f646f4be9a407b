"""Papers of guidance: the letter is complete and leaves a receipt, the notice says when and where; no group, no code of motivation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.guidance_forms import InstructionItem
from desktop.domain.guidance_letters import group_refusal
from desktop.domain.guidance_papers import (
    CourseLine,
    GuidanceMatterSheet,
    HearingNotice,
    HearingSheet,
    InstructionLetter,
    OralSheet,
    Sanction,
    SanctionNotice,
)
from desktop.domain.ids import new_id
from desktop.reports.guidance.letters import HEARING_NOTICE, INSTRUCTION_LETTER
from desktop.reports.guidance.sanction_notice import SANCTION_NOTICE
from desktop.reports.guidance.sheets import GUIDANCE_MATTER, HEARING_SHEET, ORAL_SHEET
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint

CONTACT = "見本市福祉事務所 保護第一係 見本 担当（000-000-0000）"


def letter(**changes: Any) -> InstructionLetter:
    made = InstructionLetter(
        household_id=new_id(),
        subject_id=new_id(),
        imprint=make_imprint(),
        case_number="0001234",
        postal_code="000-0000",
        address="見本市架空町1丁目2番3号 見本荘101",
        name="架空 花子",
        written_on=date(2024, 10, 4),
        items=(
            InstructionItem(
                number=1,
                action="毎月第1・第3火曜日に、ハローワーク見本の窓口で職業相談を受けること",
                due_on=date(2024, 11, 30),
                measure="窓口で渡される相談票の写し",
            ),
            InstructionItem(
                number=2,
                action="求職活動状況・収入申告書を、毎月5日までに出すこと",
                due_on=date(2024, 12, 5),
                measure="福祉事務所の受付印",
            ),
        ),
        reason="主治医の意見（令和6年9月24日）では週20時間までの軽作業ができます。9月2日に窓口で職業相談を受けることを伝えましたが、9月中の相談は0回でした。",
        articles="生活保護法第27条第1項",
        help="就労支援員がハローワークへ同行します。履歴書の書き方も一緒に考えます。",
        contact=CONTACT,
    )
    return replace(made, **changes)


def notice(**changes: Any) -> HearingNotice:
    made = HearingNotice(
        household_id=new_id(),
        subject_id=new_id(),
        imprint=make_imprint(),
        case_number="0001234",
        postal_code="000-0000",
        address="見本市架空町1丁目2番3号 見本荘101",
        name="架空 花子",
        written_on=date(2024, 12, 10),
        intended="保護の停止",
        reason="指導指示書の2の期限（12月5日）を過ぎても、申告書が出ていません。",
        items=("2　求職活動状況・収入申告書を、毎月5日までに出すこと",),
        hearing_on=date(2024, 12, 27),
        time="午前10時",
        place="見本市役所 2階 相談室",
        contact=CONTACT,
    )
    return replace(made, **changes)


def sanction(**changes: Any) -> SanctionNotice:
    made = SanctionNotice(
        household_id=new_id(),
        subject_id=new_id(),
        imprint=make_imprint(),
        case_number="0001234",
        postal_code="000-0000",
        address="見本市架空町1丁目2番3号 見本荘101",
        name="架空 花子",
        written_on=date(2025, 1, 20),
        decision=Sanction.SUSPEND,
        decided_on=date(2025, 1, 17),
        begins_on=date(2025, 2, 1),
        reason="指導指示書の2の期限（12月5日）までに申告書が出ず、12月10日・17日の連絡にも返事がありませんでした。弁明では特別の事情は述べられませんでした。",
        items=("2　求職活動状況・収入申告書を、毎月5日までに出すこと",),
        instructed_on=date(2024, 10, 5),
        heard="令和6年12月27日　出席して弁明",
        contact=CONTACT,
    )
    return replace(made, **changes)


def test_a_decision_says_what_why_by_which_article_and_how_to_appeal(fonts):
    style = replace(make_imprint().style, appeal="架空の教示の文です。")
    made = sanction(imprint=replace(make_imprint(), style=style))
    text = (
        "".join(page_texts(SANCTION_NOTICE.pdf(made, fonts).data))
        .replace("\n", "")
        .replace("　", "")
    )
    for words in (
        *("保護停止決定通知書", "第62条第3項", "申告書が出ず", "毎月5日までに出すこと"),
        *("架空の教示の文です", "令和7年2月1日", "出席して弁明", "再開します"),
    ):
        assert words in text
    assert not group_refusal(text)
    ended = replace(made, decision=Sanction.ABOLISH)
    text = (
        "".join(page_texts(SANCTION_NOTICE.pdf(ended, fonts).data))
        .replace("\n", "")
        .replace("　", "")
    )
    assert "保護廃止決定通知書" in text
    assert "再開します" not in text


def oral(**changes: Any) -> OralSheet:
    made = OralSheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        subject="就労・求職活動",
        happened_on=date(2024, 9, 2),
        place="見本市役所 1階 相談窓口",
        content="医師の意見の範囲で職業相談を受けるよう伝え、そのわけを説明した。",
        answer="「行ってみます。履歴書が書けるか心配です」",
        help="就労支援員の同行、履歴書の書き方の手伝い",
        check_on=date(2024, 10, 2),
        noted_by="見本 担当",
    )
    return replace(made, **changes)


def hearing(**changes: Any) -> HearingSheet:
    made = HearingSheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        happened_on=date(2024, 12, 27),
        place="見本市役所 2階 相談室",
        outcome="出席して弁明",
        present="本人、付き添いの友人1人",
        said="「11月から通院が増え、書類を書く余裕がなかった」",
        papers="受診の予約票",
        read_back="読み聞かせ、本人が間違いないと言った。",
        heard_by=("見本 担当", "見本 査察"),
    )
    return replace(made, **changes)


def matter(**changes: Any) -> GuidanceMatterSheet:
    made = GuidanceMatterSheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        subject="就労・求職活動",
        asked="弁明の機会の会議",
        course=(
            CourseLine(
                on=date(2024, 9, 2),
                step="口頭による指導指示",
                outcome="",
                words="見本市役所 1階 相談窓口",
            ),
            CourseLine(
                on=date(2024, 12, 6),
                step="履行の確認",
                outcome="不履行",
                words="受付簿で確かめた。",
            ),
        ),
        impact=("子ども：いない", "病気・障害・介護：通院中"),
    )
    return replace(made, **changes)


def text_of(kind, made, fonts):
    return "".join(page_texts(kind.pdf(made, fonts).data)).replace("\n", "")


def test_the_letter_is_complete_and_leaves_a_receipt(fonts):
    text = text_of(INSTRUCTION_LETTER, letter(), fonts)
    for words in (
        *("窓口で職業相談を受けること", "令和6年11月30日", "相談票の写し", "毎月5日までに出すこと"),
        *("第27条第1項", "第62条第3項", "弁明の機会", "すべてです", "受領書", "000-000-0000"),
    ):
        assert words.replace(" ", "") in text.replace(" ", ""), words


def test_the_notice_says_what_when_where_and_how_else(fonts):
    text = text_of(HEARING_NOTICE, notice(), fonts).replace(" ", "")
    for words in (
        *("令和6年12月27日", "午前10時", "相談室", "保護の停止", "弁明書", "付き添って"),
        "求職活動状況・収入申告書を",
    ):
        assert words in text, words


def test_sheets_of_the_office_print_what_was_recorded(fonts):
    assert "履歴書が書けるか心配です" in text_of(ORAL_SHEET, oral(), fonts)
    heard = text_of(HEARING_SHEET, hearing(), fonts)
    assert "通院が増え" in heard
    assert "見本査察" in heard.replace(" ", "")
    asked = text_of(GUIDANCE_MATTER, matter(), fonts)
    assert "弁明の機会の会議" in asked
    assert "不履行" in asked


def test_no_paper_names_a_group_or_a_code(fonts):
    for kind, made in (
        *((INSTRUCTION_LETTER, letter()), (HEARING_NOTICE, notice())),
        *((ORAL_SHEET, oral()), (HEARING_SHEET, hearing()), (GUIDANCE_MATTER, matter())),
    ):
        assert group_refusal(text_of(kind, made, fonts).replace(kind.code, "")) == ""
