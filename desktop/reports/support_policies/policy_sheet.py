"""援助方針記録票 (K-05): a policy with its issues, goals and actions, fields after visits-records-approval 6."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.domain.forms import PolicyForm
from desktop.domain.imprint import Imprint
from desktop.domain.support_policies import (
    ACTOR,
    INDEPENDENCE,
    ISSUE_DOMAIN,
    POLICY_KIND,
    STANDING,
    TERM,
    Independence,
    Issue,
)
from desktop.domain.visit_grades import visit_words
from desktop.reports.blocks import (
    Beside,
    Cell,
    Grid,
    Heading,
    LongText,
    OfficeName,
    Said,
    Space,
    Stamps,
    Title,
    Together,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block
from desktop.reports.type_styles import HEADING, VALUE

_HOUSEHOLD = "世帯全体"
_LABEL = 36.0
_BY_HAND = 9.5
_NO_ISSUE = "課題はありません。"
_EMPTY = "―"


def _lay_out(form: PolicyForm) -> Iterator[Block]:
    policy = form.policy
    yield Title(has_office=False)
    yield Beside([OfficeName()], [Stamps(form.stamps)], share=0.4)
    yield Grid(list(_facts(form)), label_width=_LABEL)
    yield Space(3)
    yield _described("世帯の状況", policy.situation or _EMPTY)
    if policy.evaluation or policy.follows:
        yield _described("前回の援助方針の評価", policy.evaluation or _EMPTY)
    number = 0
    for kind in Independence:
        issues = [issue for issue in policy.issues if issue.independence is kind]
        yield Heading(INDEPENDENCE[kind], keeps=26 if issues else 8)
        if not issues:
            yield Said(_NO_ISSUE, VALUE, indent=2)
        for issue in issues:
            number += 1
            yield from _issue(form, issue, number)
    yield Heading("本人への説明", keeps=3 * _BY_HAND)
    yield Grid(
        [
            [Cell(label, height=_BY_HAND)]
            for label in ("説明した日・場所", "説明した相手", "理解の様子・本人の意見")
        ],
        label_width=_LABEL,
    )


def _facts(form: PolicyForm) -> Iterator[list[Cell]]:
    policy, day = form.policy, form.imprint.day
    yield [Cell("ケース番号", form.case_number), Cell("地区", form.district_name)]
    yield [Cell("世帯主", form.head_name)]
    yield [
        Cell("策定区分", POLICY_KIND[policy.kind]),
        Cell("訪問格付・年間回数", visit_words(policy.grade, policy.visits_per_year)),
    ]
    yield [Cell("策定日", day(policy.made_on)), Cell("策定者", policy.author)]
    yield [
        Cell("前回の策定日", day(form.previous_on) or "なし"),
        Cell("次回の見直し期日", day(policy.review_due_on) or "決裁のあとに決まります"),
    ]


def _issue(form: PolicyForm, issue: Issue, number: int) -> Iterator[Block]:
    who = _HOUSEHOLD if issue.person_id is None else form.names.get(issue.person_id, "世帯員")
    standing = f"［{STANDING[issue.standing]}］" if form.policy.follows else ""
    about = f"{number}　{ISSUE_DOMAIN[issue.domain]}・{who}{standing}"
    head = Grid([[Cell("課題", about, style=HEADING)]], label_width=_LABEL)
    yield Together(24, (head, _described("課題の内容", issue.text or _EMPTY)))
    for label, text in _parts(form.imprint, issue):
        if text:
            yield _described(label, text)
    yield Space(2)


def _described(label: str, text: str) -> LongText:
    return LongText(label, text, label_width=_LABEL)


def _parts(imprint: Imprint, issue: Issue) -> Iterator[tuple[str, str]]:
    quoted = "\n".join(f"「{evidence.quote}」" for evidence in issue.evidence)
    yield "事実と根拠", "\n".join(filter(None, (issue.fact, quoted)))
    yield "原因", issue.cause
    yield "本人の希望", issue.wish
    yield "強み", issue.strength
    yield (
        "目標",
        "\n".join(f"{TERM[g.term]}　{g.text}{_by(imprint, g.by_on)}" for g in issue.goals),
    )
    yield (
        "取組",
        "\n".join(
            f"{ACTOR[a.actor]}：{a.what}{_by(imprint, a.by_on)}"
            + (f"［{a.measure}］" if a.measure else "")
            for a in issue.actions
        ),
    )
    yield "評価", issue.result


def _by(imprint: Imprint, day: date | None) -> str:
    return f"（{imprint.day(day, is_short=True)}まで）" if day else ""


POLICY_SHEET: FormKind[PolicyForm] = FormKind(
    code="K-05",
    title="援助方針記録票",
    edition="第2版",
    lay_out=_lay_out,
    subject=lambda form: form.case_number,
)
