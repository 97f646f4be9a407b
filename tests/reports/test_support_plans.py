"""Papers of support plans: what stands on them, and that no group and no code of motivation does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.ids import new_id
from desktop.domain.imprint import FormMark
from desktop.domain.participation_consents import PartConsent
from desktop.domain.support_plan_forms import (
    ConfirmationSheet,
    ConsentLine,
    ConsentSheet,
    PlanSheet,
    PlanStepLine,
    ProgrammeLine,
    ProgrammeRegister,
    RegisterLine,
)
from desktop.domain.support_plans import ConsentMove, ConsentWay, PlanGoal, SelfReliance
from desktop.reports.support_plans.confirmation_sheet import CONFIRMATION_SHEET
from desktop.reports.support_plans.consent_sheet import CONSENT_SHEET
from desktop.reports.support_plans.plan_sheet import PLAN_SHEET
from desktop.reports.support_plans.register import PROGRAMME_REGISTER
from tests.reports.reading import page_texts
from tests.reports.samples import make_imprint

FIRST, LAST = date(2024, 10, 1), date(2025, 3, 31)
_NEVER = ("G1", "G2", "G3", "G4", "GX", "B1", "B3", "稼働余地", "支援区分", "意欲")


def plan(**changes: Any) -> PlanSheet:
    made = PlanSheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        birth_date=date(1984, 5, 1),
        caseworker="見本 担当",
        supporter="見本 支援",
        contact="見本市役所 1階 5番窓口",
        phone="000-000-0000",
        version=2,
        starts_on=FIRST,
        ends_on=LAST,
        review_on=date(2025, 1, 6),
        programmes=("被保護者就労支援事業", "被保護者健康管理支援事業"),
        wish="もう一度、人の役に立つ仕事がしたい。夜の仕事は体がつらい。",
        picture="朝起きて、昼に働き、夕方に買い物をする暮らし",
        strengths="普通自動車免許、介護の経験3年",
        barriers=("疾病（身体）", "育児（保育先なし）"),
        health="制限付きで可能（主治医、令和6年9月3日）",
        long_goal="週20時間の仕事を続ける",
        goals=(
            PlanGoal(
                goal_id=new_id(),
                what="10月中にハローワークで求職登録をし、週1回相談する",
                measure="相談票",
                baseline="登録なし",
                target="週1回",
                due_on=date(2024, 10, 31),
                why="自転車で行ける",
                is_agreed=True,
            ),
            PlanGoal(
                goal_id=new_id(),
                reliance=SelfReliance.DAILY,
                what="A病院に月2回、予約日に受診する",
                due_on=date(2024, 12, 27),
            ),
        ),
        steps=(
            PlanStepLine(
                goal=1,
                doer="本人",
                action="求職登録をする",
                due_on=date(2024, 10, 15),
                how_often="1回",
                cost_item="移送費",
                status="達成",
            ),
            PlanStepLine(
                goal=2,
                doer="地区担当員",
                action="初回の受診に同行する",
                due_on=date(2024, 10, 20),
                how_often="",
                cost_item="",
                status="未着手",
            ),
        ),
        consent="同意した　令和6年10月1日",
    )
    return replace(made, **changes)


def consent(**changes: Any) -> ConsentSheet:
    made = ConsentSheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        birth_date=date(1984, 5, 1),
        starts_on=FIRST,
        ends_on=LAST,
        programmes=(
            ProgrammeLine(
                label="被保護者就労支援事業", carrier="就労支援員", note="相談・助言、同行"
            ),
        ),
        contact="見本市役所 1階 5番窓口",
        caseworker="見本 担当",
        phone="000-000-0000",
    )
    return replace(made, **changes)


def said(move: ConsentMove, on: date) -> PartConsent:
    return PartConsent(move=move, said_on=on, way=ConsentWay.ORAL)


def confirmation(**changes: Any) -> ConfirmationSheet:
    made = ConfirmationSheet(
        imprint=make_imprint(),
        case_number="0001234",
        name="架空 花子",
        birth_date=date(1984, 5, 1),
        starts_on=FIRST,
        ends_on=LAST,
        long_goal="週20時間の仕事を続ける",
        activities=("求職登録をする（令和6年10月15日まで）",),
        help=("地区担当員：登録に同行する",),
        months=tuple(date(2024, 10 + n, 1) for n in range(3)),
        review_on=date(2025, 1, 6),
        contact="見本市役所 1階 5番窓口",
        caseworker="見本 担当",
        phone="000-000-0000",
    )
    return replace(made, **changes)


def register(**changes: Any) -> ProgrammeRegister:
    made = ProgrammeRegister(
        imprint=make_imprint(),
        programme="被保護者就労支援事業",
        first=FIRST,
        last=LAST,
        lines=(
            RegisterLine(
                case_number="0001234",
                name="架空 花子",
                caseworker="見本 担当",
                consent=said(ConsentMove.GIVEN, FIRST),
                sharing="",
                starts_on=FIRST,
                ended_on=None,
                outcome="",
            ),
            RegisterLine(
                case_number="0001235",
                name="架空 太郎",
                caseworker="見本 担当",
                consent=said(ConsentMove.TAKEN_BACK, date(2024, 11, 5)),
                sharing="同意1・撤回1",
                starts_on=FIRST,
                ended_on=date(2024, 12, 2),
                outcome="就労開始（パート等）",
            ),
        ),
    )
    return replace(made, **changes)


def words_of(form, made, fonts) -> str:
    return "".join(page_texts(form.pdf(made, fonts).data)).replace("\n", "")


def test_the_plan_says_wish_goals_steps_and_rights(fonts):
    text = words_of(PLAN_SHEET, plan(), fonts)
    for words in (
        "もう一度、人の役に立つ仕事がしたい",
        "短期目標1（経済的自立）",
        "短期目標2（日常生活自立）",
        "本人と確かめた",
        "初回の受診に同行する",
        "計画に参加しないことだけで保護が止まることはありません",
        "第2版",
    ):
        assert words in text
    assert not any(words in text for words in _NEVER)


def test_nobody_signs_a_sheet_with_nothing_else_on_it(fonts):
    one = plan().steps[0]
    for count in range(1, 30):
        pages = page_texts(PLAN_SHEET.pdf(plan(steps=(one,) * count), fonts).data)
        (signed,) = (page for page in pages if "本人の署名" in page)
        assert "問い合わせ先" in signed, count


def test_what_the_assessment_does_not_say_is_no_empty_line(fonts):
    assert "強み" in words_of(PLAN_SHEET, plan(strengths="字がきれい"), fonts)
    assert "強み" not in words_of(PLAN_SHEET, plan(strengths=""), fonts)


def test_a_draft_says_so(fonts):
    draft = plan(imprint=make_imprint(mark=FormMark.DRAFT))
    assert "案" in words_of(PLAN_SHEET, draft, fonts)


def test_consent_can_be_taken_back_and_the_paper_says_it(fonts):
    text = words_of(CONSENT_SHEET, consent(), fonts)
    assert "同意は、いつでも撤回できます" in text
    assert "被保護者就労支援事業" in text
    assert not any(words in text for words in _NEVER)


def test_confirmed_activities_are_no_contract(fonts):
    text = words_of(CONFIRMATION_SHEET, confirmation(), fonts)
    assert "これは契約ではありません" in text
    assert "令和6年12月" in text
    assert not any(words in text for words in _NEVER)


def test_the_register_counts_and_says_who_goes_on(fonts):
    text = words_of(PROGRAMME_REGISTER, register(), fonts)
    for words in ("2人", "参加中", "就労開始（パート等）", "0001235"):
        assert words in text
    empty = words_of(PROGRAMME_REGISTER, register(lines=()), fonts)
    assert "この期間に参加した人はいません" in empty


def answer(**changes: Any) -> ConsentLine:
    made = ConsentLine(
        programme="被保護者就労支援事業",
        partner="",
        move=ConsentMove.GIVEN,
        said_on=FIRST,
        way=ConsentWay.SIGNED,
        shared="",
    )
    return replace(made, **changes)


def test_the_sheet_says_what_was_consented_to_so_far(fonts):
    assert "これまでの本人の答え" not in words_of(CONSENT_SHEET, consent(), fonts)
    recorded = (
        answer(),
        answer(partner="見本職業訓練校", shared="受けたい訓練と経歴"),
        answer(partner="見本公共職業安定所", move=ConsentMove.TAKEN_BACK, way=ConsentWay.ORAL),
    )
    text = words_of(CONSENT_SHEET, consent(recorded=recorded), fonts)
    for part in ("これまでの本人の答え", "事業への参加", "受けたい訓練と経歴", "同意を撤回した"):
        assert part in text
    assert "見本公共職業安定所への情報共有" in text


def test_the_register_says_what_each_person_says_now(fonts):
    text = words_of(PROGRAMME_REGISTER, register(), fonts)
    assert "同意 R6.10.1" in text
    assert "撤回 R6.11.5" in text
    assert "同意1・撤回1" in text
