"""個別支援計画書 (S-11): for the person and the office. It names no support group and no code of motivation."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.support_plan_forms import PlanSheet
from desktop.domain.support_plans import SELF_RELIANCE, PlanGoal
from desktop.reports.blocks import (
    Cell,
    Column,
    Grid,
    Heading,
    LongText,
    Said,
    Signature,
    Space,
    Table,
    Title,
    Together,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.type_styles import BODY

#: A goal whose texts take a line each stands on one sheet.
_ROW, _LABEL, _GOAL_HEIGHT = 8.0, 30.0, 60.0
#: Nobody signs a sheet on which there is nothing but the line to sign on.
_END_HEIGHT = 32.0
#: Taken from the assessment; where it says nothing, the person's plan has no empty line.
_ASSESSED = frozenset({"強み", "整えていくこと", "健康"})
_STEPS = (
    Column("目標", 12),
    Column("だれが", 24),
    Column("すること", 58),
    Column("いつまで", 24),
    Column("どのくらい", 24),
    Column("費用", 22),
    Column("状況", 18),
)


def _lay_out(sheet: PlanSheet) -> Iterator[Block]:
    imprint, day = sheet.imprint, sheet.imprint.day
    yield Title()
    yield Said(imprint.say(PLAN_SHEET.code, "intro"), below=2)
    period = f"{day(sheet.starts_on)} から {day(sheet.ends_on)} まで"
    yield Grid(
        [
            [_cell("氏名", sheet.name), _cell("生年月日", day(sheet.birth_date))],
            [_cell("ケース番号", sheet.case_number), _cell("版", f"第{sheet.version}版")],
            [_cell("期間", period)],
            [_cell("見直しの日", day(sheet.review_on)), _cell("同意", sheet.consent)],
            [_cell("使う事業", "、".join(sheet.programmes))],
            [_cell("担当", sheet.caseworker), _cell("就労支援員", sheet.supporter)],
        ],
        label_width=_LABEL,
    )
    yield Space(2)
    for label, text in (
        ("本人の希望", sheet.wish),
        ("めざす暮らし", sheet.picture),
        ("強み", sheet.strengths),
        ("整えていくこと", "、".join(sheet.barriers)),
        ("健康", sheet.health),
        ("長期目標", sheet.long_goal),
    ):
        if text or label not in _ASSESSED:
            yield LongText(label, text, lines=1, label_width=_LABEL)
    for number, goal in enumerate(sheet.goals, start=1):
        yield Space(2)
        head = Heading(f"短期目標{number}（{SELF_RELIANCE[goal.reliance]}）")
        yield Together(_GOAL_HEIGHT, [head, *_goal(sheet, goal)])
    yield Space(2)
    yield Heading("取組")
    yield Table(
        _STEPS,
        [
            (
                str(step.goal),
                step.doer,
                step.action,
                day(step.due_on, is_short=True),
                step.how_often,
                step.cost_item,
                step.status,
            )
            for step in sheet.steps
        ],
        row=8.0,
        empty="取組はまだありません。",
    )
    yield Space(2)
    contact = _cell("問い合わせ先", "　".join(filter(None, (sheet.contact, sheet.phone))))
    yield Together(
        _END_HEIGHT,
        [
            Said(imprint.say(PLAN_SHEET.code, "rights"), bullet="・"),
            Grid([[contact]], label_width=_LABEL),
            Signature("本人の署名"),
        ],
    )


def _goal(sheet: PlanSheet, goal: PlanGoal) -> Iterator[Block]:
    yield LongText("目標", goal.what, lines=1, label_width=_LABEL)
    agreed = "本人と確かめた" if goal.is_agreed else ""
    yield Grid(
        [
            [_cell("期限", sheet.imprint.day(goal.due_on)), _cell("確認", agreed)],
        ],
        label_width=_LABEL,
    )
    for label, text in (
        ("測り方", goal.measure),
        ("今", goal.baseline),
        ("めざす値", goal.target),
        ("できる理由", goal.why),
    ):
        yield LongText(label, text, lines=1, label_width=_LABEL)


def _cell(label: str, value: str) -> Cell:
    return Cell(label, value, height=_ROW, style=BODY)


PLAN_SHEET: FormKind[PlanSheet] = FormKind(
    code="S-11",
    title="個別支援計画書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda sheet: sheet.case_number,
)
