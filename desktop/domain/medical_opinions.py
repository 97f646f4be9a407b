"""What doctors say of somebody's health (病状): what was asked, and the answers as they were given.

Nothing is computed of a diagnosis: what the caseworker makes of an opinion stands in a field of its own and no other
record is filled from it (employment-support 1.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.assessments import HealthSource

#: Most characters of a text.
MOST_WORDS = 10_000
#: Most questions of an enquiry.
MOST_QUESTIONS = 30
_TOO_LONG = "文字が多すぎます。短くしてください。"


class EnquiryStep(StrEnum):
    """What became of an enquiry beside being answered."""

    REMINDED = "reminded"
    WITHDRAWN = "withdrawn"


ENQUIRY_STEP: Mapping[EnquiryStep, str] = {
    EnquiryStep.REMINDED: "督促",
    EnquiryStep.WITHDRAWN: "取りやめ",
}
#: Whose word an opinion is, as the medical section says it.
OPINION_SOURCE: Mapping[HealthSource, str] = {
    HealthSource.TREATING: "主治医",
    HealthSource.CONTRACTED: "嘱託医",
    HealthSource.EXAMINED: "検診",
    HealthSource.PERSON: "本人申述のみ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorQuestion:
    """One question of the office's set (病状照会の質問). `choices` are offered on the paper; the answer is free."""

    code: str
    label: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question as it was asked, and the doctor's own words."""

    question: str
    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryInput:
    """Questions that are sent to a doctor. `consent` says when and how the person agreed."""

    enquiry_id: UUID
    household_id: UUID
    person_id: UUID
    asked_on: date
    reply_by: date
    institution: str = field(repr=False)
    doctor: str = field(default="", repr=False)
    questions: tuple[str, ...] = field(default=(), repr=False)
    consent: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryStepInput:
    """A reminder, or that no answer is wanted any more."""

    step_id: UUID
    enquiry_id: UUID
    household_id: UUID
    kind: EnquiryStep
    done_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionInput:
    """What a doctor said, as it was said. `papers` are those that a contracted doctor (嘱託医) read.

    `order_id` for the result of an examination (検診書); `rejudge_on` is the day on which the doctor wants to judge again.
    """

    opinion_id: UUID
    household_id: UUID
    person_id: UUID
    source: HealthSource
    given_on: date
    institution: str = field(default="", repr=False)
    doctor: str = field(default="", repr=False)
    answers: tuple[Answer, ...] = field(default=(), repr=False)
    words: str = field(default="", repr=False)
    papers: str = field(default="", repr=False)
    interpretation: str = field(default="", repr=False)
    rejudge_on: date | None = None
    enquiry_id: UUID | None = None
    order_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """A stored enquiry (病状照会). `answered_on` is the day of the doctor's answer."""

    given: EnquiryInput = field(repr=False)
    asked_by: str = field(repr=False)
    reminders: int = 0
    is_withdrawn: bool = False
    answered_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.answered_on is None and not self.is_withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A stored opinion with who noted it. `is_old`: older than the office's months for medical evidence."""

    given: OpinionInput = field(repr=False)
    noted_by: str = field(repr=False)
    noted_at: datetime
    is_old: bool = False


def newest_opinion(opinions: Iterable[Opinion]) -> Opinion | None:
    """The opinion with the latest day; of one day the one that was noted last."""
    return max(opinions, key=lambda o: (o.given.given_on, o.noted_at), default=None)


def enquiry_errors(given: EnquiryInput, today: date) -> dict[str, str]:
    """Field → sentence for what an enquiry may not look like; the database judges by the same rules."""
    errors = long_texts(
        {"institution": given.institution, "doctor": given.doctor, "consent": given.consent}
    )
    if not given.institution.strip():
        errors["institution"] = "照会する医療機関を入力してください。"
    if given.asked_on > today:
        errors["asked_on"] = "照会日は今日までの日付にしてください。"
    if given.reply_by < given.asked_on:
        errors["reply_by"] = "回答の期限は照会日より後の日にしてください。"
    if not given.consent.strip():
        errors["consent"] = "本人の同意（いつ・どのように）を入力してください。"
    if not 1 <= len(given.questions) <= MOST_QUESTIONS:
        errors["questions"] = f"質問を1つから{MOST_QUESTIONS}個まで選んでください。"
    return errors


def opinion_errors(given: OpinionInput, today: date) -> dict[str, str]:
    """Field → sentence for what an opinion may not look like; the database judges by the same rules."""
    texts = {
        "institution": given.institution,
        "words": given.words,
        "papers": given.papers,
        "interpretation": given.interpretation,
    }
    errors = long_texts(texts)
    if given.given_on > today:
        errors["given_on"] = "意見の日は今日までの日付にしてください。"
    if not given.words.strip() and not any(each.answer.strip() for each in given.answers):
        errors["words"] = "医師の言葉を、そのまま入力してください。"
    if given.source is not HealthSource.PERSON and not given.doctor.strip():
        errors["doctor"] = "意見を述べた医師を入力してください。"
    if given.source is HealthSource.CONTRACTED and not given.papers.strip():
        errors["papers"] = "嘱託医が読んだ書類を入力してください。"
    if given.rejudge_on is not None and given.rejudge_on < given.given_on:
        errors["rejudge_on"] = "再判断の日は、意見の日より後にしてください。"
    if (given.order_id is not None) != (given.source is HealthSource.EXAMINED):
        errors["source"] = "検診の結果は、検診命令から記録してください。"
    return errors


def long_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Field → sentence for every text that is too long."""
    return {name: _TOO_LONG for name, text in texts.items() if len(text) > MOST_WORDS}


def answers_said(answers: Sequence[Answer]) -> str:
    """Questions and answers as text, those without an answer left out."""
    return "\n".join(f"{each.question}　{each.answer}" for each in answers if each.answer.strip())
