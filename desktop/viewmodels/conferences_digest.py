"""What a meeting reads of a person before it decides: short, in the order of the form, with what nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.domain.assessment_forms import (
    NO_BARRIER,
    AssessedPerson,
    Assessment,
    AssessmentTables,
    DecidedGroup,
)
from desktop.domain.assessments import ASSESSMENT_KIND, COMMENT, HEALTH_SOURCE, Barrier
from desktop.domain.era import format_date, format_month
from desktop.domain.support_group_lists import UnchangedReport
from desktop.domain.support_groups import FLAG, Proposal
from desktop.viewmodels.conferences import Labels, group_words, short_day

_OLD = "（意見が古くなっています）"


class Line(NamedTuple):
    """One heading with its words; `tone` as labels know it."""

    heading: str
    words: str
    tone: str = ""


def labels_of(tables: AssessmentTables) -> Labels:
    """Group → what the office calls it."""
    return {group: kind.label for group, kind in tables.groups.items()}


def lines_of(
    person: AssessedPerson, assessment: Assessment, tables: AssessmentTables
) -> tuple[Line, ...]:
    """Everything that is known, in the words of the assessment's own version; lines without words are left out."""
    lines = (
        *_proposal(person, assessment),
        *_facts(person, assessment),
        *_own_words(assessment),
        Line("いまの区分", standing_words(person.present, labels_of(tables))),
    )
    return tuple(line for line in lines if line.words)


def proposal_words(proposal: Proposal, labels: Labels) -> str:
    """G2 … （規則R11、令和6年4月1日からの表）."""
    table = f"規則{proposal.rule.code}、{format_date(proposal.valid_from)}からの表"
    return f"{group_words(proposal.group, labels)}（{table}）"


def standing_words(present: DecidedGroup | None, labels: Labels) -> str:
    """The group in force, how it came about and until when."""
    if present is None:
        return "まだ決まっていません。"
    until = f"　期限 {short_day(present.expires_on)}" if present.expires_on else ""
    return (
        f"{group_words(present.group, labels)}（{present.how}、{short_day(present.effective_from)}から）"
        f"　見直し {short_day(present.next_review_on)}{until}\n理由　{present.reason}"
    )


def report_lines(report: UnchangedReport) -> tuple[Line, ...]:
    """What was decided from the list since the meeting before, a line each."""
    return tuple(
        Line(
            row.case_number,
            f"{row.name}　{group_words(row.group, report.labels)}　{short_day(row.decided_on)} {row.decided_by}"
            f"　次の見直し {short_day(row.next_review_on)}",
        )
        for row in report.rows
    )


def _proposal(person: AssessedPerson, assessment: Assessment) -> Iterator[Line]:
    labels = labels_of(assessment.tables)
    found, given = assessment.proposal, assessment.given
    if assessment.is_held:
        yield Line("安全", f"安全の確認が先です。{given.safety}", "error")
    if given.is_disputed:
        shown_on = short_day(given.comment_on)
        words = (
            COMMENT[given.comment],
            f"{shown_on}に示した" if shown_on else "",
            given.comment_words,
        )
        yield Line("本人の異議", "　".join(filter(None, words)), "warning")
    yield Line("提案", proposal_words(found, labels))
    yield Line("提案の理由", assessment.reason)
    yield Line("まだ分からないこと", "、".join(found.unknown), "warning")
    also = (f"{group_words(rule.group, labels)}（{rule.code}）" for rule in found.also)
    yield Line("ほかに当たる規則", "、".join(also))
    yield Line("気を付けること", "、".join(FLAG[flag] for flag in person.flags))
    made = f"{format_date(given.made_on)}（{ASSESSMENT_KIND[given.kind]}、{assessment.author}）"
    yield Line("アセスメント", made)


def _facts(person: AssessedPerson, assessment: Assessment) -> Iterator[Line]:
    given, answers, tables = assessment.given, assessment.answers, assessment.tables
    is_newest = person.newest is assessment
    yield Line("仕事", "　".join(filter(None, (tables.label(answers.work), given.job))))
    source = HEALTH_SOURCE[given.health_source] if given.health_source else "意見なし"
    age = _OLD if is_newest and person.evidence_is_old else ""
    days = f"{source} {short_day(given.health_on)}".strip()
    again = f"再判断 {format_month(given.rejudge_on)}" if given.rejudge_on else ""
    health = (tables.label(answers.health), f"{days}{age}", again, given.health_words)
    yield Line("医学的な意見", "　".join(filter(None, health)), "warning" if age else "")
    barriers = (_barrier(barrier, tables) for barrier in given.barriers)
    hidden = "" if assessment.can_see_all else "（配慮が要る要因は表示していません）"
    yield Line("就労阻害要因", "\n".join((*barriers, *filter(None, (hidden,)))))
    motivation = (
        tables.label(answers.motivation),
        short_day(given.motivation_on),
        given.motivation_words,
    )
    yield Line("意向", "　".join(filter(None, motivation)))
    yield Line("自分で活動できるか", tables.label(answers.drive))


def _own_words(assessment: Assessment) -> Iterator[Line]:
    given = assessment.given
    yield Line("本人の希望", given.wishes)
    said = "　".join(filter(None, (COMMENT[given.comment], given.comment_words)))
    yield Line("本人の意見", "" if given.is_disputed else said)
    yield Line("担当者の見立て", given.view)
    yield Line("使えるもの", given.resources)
    yield Line("地域の求人", given.market)
    yield Line("生活", given.life)


def _barrier(barrier: Barrier, tables: AssessmentTables) -> str:
    kind = tables.barriers.get(barrier.code)
    if kind is not None and barrier.code == NO_BARRIER:
        return kind.label
    until = f"（{format_month(barrier.expected_on)}まで）" if barrier.expected_on else ""
    words = (
        kind.label if kind else barrier.code,
        f"{tables.label(barrier.state)}{until}",
        barrier.evidence,
        barrier.action,
    )
    return "　".join(filter(None, words))
