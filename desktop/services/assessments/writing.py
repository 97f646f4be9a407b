"""Storing an assessment: whole, in one transaction, never changed afterwards. The database judges the same again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.assessment_forms import (
    MOST_WORDS,
    AssessmentInput,
    AssessmentTables,
    proposal_of,
)
from desktop.domain.assessments import Barriers, Comment, Health, Motivation
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.models.assessments import (
    AssessmentAnswers,
    AssessmentBarrier,
    AssessmentRecord,
    SensitiveBarrier,
)
from desktop.models.households import Household, Member
from desktop.services.periods import holds_on

_TEXTS = (
    *("job", "health_words", "motivation_words", "resources", "wishes", "market", "life"),
    *("safety", "view", "comment_words"),
)
_CODES = (
    *("scope", "asks_anyway", "work", "health", "health_source", "health_on", "rejudge_on"),
    *("motivation", "motivation_on", "comment", "comment_on"),
)


def store(
    session: Session,
    given: AssessmentInput,
    tables: AssessmentTables,
    staff: SignedInStaff,
    at: datetime,
) -> None:
    """Store it with its answers and barriers. Raises ValidationError per field."""
    given = tidy(given)
    _refuse(session, given, tables)
    answers, proposal = given.answers(tables), proposal_of(given, tables)
    owner = {"office_id": staff.office_id, "household_id": given.household_id}
    session.add(
        AssessmentRecord(
            id=given.assessment_id,
            person_id=given.person_id,
            kind=given.kind,
            made_on=given.made_on,
            form_on=tables.on,
            rules_from=proposal.valid_from,
            rule=proposal.rule.code,
            proposed_group=proposal.group,
            on_hold=given.on_hold,
            is_disputed=given.is_disputed,
            author_id=staff.staff_id,
            saved_at=at,
            **owner,
        )
    )
    session.flush()
    session.add(
        AssessmentAnswers(
            assessment_id=given.assessment_id,
            barriers=answers.barriers,
            drive=answers.drive,
            drive_said={code: said.value for code, said in sorted(given.drive_said.items())},
            **{name: getattr(given, name) for name in (*_CODES, *_TEXTS)},
            **owner,
        )
    )
    session.add_all(_barrier_rows(given, tables, owner))
    session.flush()


def tidy(given: AssessmentInput) -> AssessmentInput:
    """The input without outer white space in its texts."""
    return replace(given, **{name: getattr(given, name).strip() for name in _TEXTS})


def _barrier_rows(
    given: AssessmentInput, tables: AssessmentTables, owner: Mapping[str, UUID]
) -> Iterator[AssessmentBarrier | SensitiveBarrier]:
    for barrier in given.barriers:
        table = (
            SensitiveBarrier if tables.barriers[barrier.code].is_sensitive else AssessmentBarrier
        )
        columns = {f.name: getattr(barrier, f.name) for f in fields(barrier) if f.name != "code"}
        yield table(assessment_id=given.assessment_id, barrier=barrier.code, **columns, **owner)


def _refuse(session: Session, given: AssessmentInput, tables: AssessmentTables) -> None:
    state = session.scalar(select(Household.state).where(Household.id == given.household_id))
    if state is HouseholdState.CLOSED:
        raise NotPermittedError("廃止した世帯のアセスメントは作れません。")
    member = select(Member.id).where(
        Member.household_id == given.household_id,
        Member.person_id == given.person_id,
        holds_on(Member, given.made_on),
    )
    errors = dict(_errors(given, tables))
    if session.scalar(member.limit(1)) is None:
        errors["person_id"] = "この日にこの世帯にいた人を選んでください。"
    if errors:
        raise ValidationError(**errors)


def _errors(given: AssessmentInput, tables: AssessmentTables) -> Iterator[tuple[str, str]]:
    for name in _TEXTS:
        if len(getattr(given, name)) > MOST_WORDS:
            yield name, "文字が多すぎます。短くしてください。"
    if given.made_on > tables.on:
        yield "made_on", "評価した日は今日までの日付にしてください。"
    if given.health is not Health.UNKNOWN and given.health_source is None:
        yield "health_source", "だれの意見によるかを選んでください。"
    if given.health is Health.RECOVERING and given.rejudge_on is None:
        yield "rejudge_on", "回復・再判断が見込まれる月を入力してください。"
    if given.health_on is not None and given.health_on > tables.on:
        yield "health_on", "意見の日は今日までの日付にしてください。"
    if given.motivation is not Motivation.NOT_ASKED and not (
        given.motivation_on and given.motivation_words
    ):
        yield "motivation_words", "意向には、いつ・何をした（何と話した）かを一つ書いてください。"
    if given.motivation_on is not None and given.motivation_on > tables.on:
        yield "motivation_on", "意向を聞いた日は今日までの日付にしてください。"
    yield from _comment_errors(given, tables)
    yield from _barrier_errors(given, tables)


def _comment_errors(given: AssessmentInput, tables: AssessmentTables) -> Iterator[tuple[str, str]]:
    is_shown = given.comment is not Comment.NOT_SHOWN
    if is_shown != (given.comment_on is not None):
        yield "comment_on", "本人に示したときだけ、示した日を入力してください。"
    elif given.comment_on is not None and given.comment_on > tables.on:
        yield "comment_on", "本人に示した日は今日までの日付にしてください。"


def _barrier_errors(given: AssessmentInput, tables: AssessmentTables) -> Iterator[tuple[str, str]]:
    codes = [barrier.code for barrier in given.barriers]
    if len(set(codes)) != len(codes):
        yield "barriers", "同じ阻害要因が二つあります。一つにしてください。"
    if any(code not in tables.barriers for code in codes):
        yield "barriers", "この阻害要因はいまの設定値にありません。一覧から選んでください。"
    if any(b.state is Barriers.PASSING and b.expected_on is None for b in given.barriers):
        yield "barriers", "解消する見込みの要因には、解消する月を入力してください。"
