"""Guidance and sanction (法27条の指導指示から法62条の弁明・変更・停止・廃止まで): codes of cases, steps and outcomes, and their words.

A case is a row of dated steps that people record. Nothing moves by itself: a timer only makes tasks, and each step asks for the
dated records before it (`guidance_gates`). A support group is never evidence here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class GuidanceSubject(StrEnum):
    """What the guidance is about."""

    WORK = "work"
    REPORTING = "reporting"
    CONTACT = "contact"
    MEDICAL = "medical"
    LIVING = "living"


class Step(StrEnum):
    """One kind of dated record of a case, in the order of employment-support section 4."""

    PROBLEM = "problem"
    ADVICE = "advice"
    ENCOURAGEMENT = "encouragement"
    ORAL = "oral"
    REVIEW = "review"
    PLAN_WRITTEN = "plan_written"
    LETTER = "letter"
    LETTER_DECISION = "letter_decision"
    LETTER_DELIVERY = "letter_delivery"
    HINDRANCE = "hindrance"
    RESOLUTION = "resolution"
    CHECK = "check"
    PLAN_HEARING = "plan_hearing"
    NOTICE = "notice"
    NOTICE_DECISION = "notice_decision"
    NOTICE_DELIVERY = "notice_delivery"
    HEARING = "hearing"
    IMPACT = "impact"
    IMPACT_CONFIRMED = "impact_confirmed"
    PLAN_DISPOSITION = "plan_disposition"
    LIFE_CHECK = "life_check"
    DISPOSITION = "disposition"
    DISPOSITION_FIRST = "disposition_first"
    DISPOSITION_FINAL = "disposition_final"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"


class Outcome(StrEnum):
    """What came of a step; `OUTCOMES` says which a step may have."""

    CONTINUE = "continue"
    STOP = "stop"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    APPROVED = "approved"
    RETURNED = "returned"
    HANDED = "handed"
    CERTIFIED = "certified"
    BARRIER = "barrier"
    ILLNESS = "illness"
    COMMUNICATION = "communication"
    FULFILLED = "fulfilled"
    JUSTIFIED = "justified"
    PARTLY = "partly"
    VIOLATED = "violated"
    HEARD = "heard"
    STATEMENT = "statement"
    ABSENT = "absent"
    SAFE = "safe"
    DANGER = "danger"
    CHANGE = "change"
    SUSPEND = "suspend"
    ABOLISH = "abolish"
    FOLLOWED = "followed"
    NOT_FOLLOWED = "not_followed"
    COMPLIED = "complied"
    NOT_NEEDED = "not_needed"
    ENDED = "ended"


SUBJECT: Mapping[GuidanceSubject, str] = {
    GuidanceSubject.WORK: "就労・求職活動",
    GuidanceSubject.REPORTING: "届出・申告",
    GuidanceSubject.CONTACT: "訪問・面接",
    GuidanceSubject.MEDICAL: "療養・受診",
    GuidanceSubject.LIVING: "生活の維持・向上",
}
STEP: Mapping[Step, str] = {
    Step.PROBLEM: "課題と事実",
    Step.ADVICE: "相談・助言（法27条の2）",
    Step.ENCOURAGEMENT: "助言・勧奨",
    Step.ORAL: "口頭による指導指示",
    Step.REVIEW: "合理性の見直し",
    Step.PLAN_WRITTEN: "文書指導の会議",
    Step.LETTER: "指導指示書の起案",
    Step.LETTER_DECISION: "指導指示書の決裁",
    Step.LETTER_DELIVERY: "指導指示書の交付",
    Step.HINDRANCE: "果たせない事情",
    Step.RESOLUTION: "事情の確認と解消",
    Step.CHECK: "履行の確認",
    Step.PLAN_HEARING: "弁明の機会の会議",
    Step.NOTICE: "弁明通知書の起案",
    Step.NOTICE_DECISION: "弁明通知書の決裁",
    Step.NOTICE_DELIVERY: "弁明通知書の交付",
    Step.HEARING: "弁明の聴取",
    Step.IMPACT: "世帯への影響の点検",
    Step.IMPACT_CONFIRMED: "影響の点検の再確認",
    Step.PLAN_DISPOSITION: "処分の会議",
    Step.LIFE_CHECK: "停止・廃止前の生活の確認",
    Step.DISPOSITION: "処分の起案",
    Step.DISPOSITION_FIRST: "処分の審査（1人目）",
    Step.DISPOSITION_FINAL: "処分の決定（2人目）",
    Step.FOLLOW_UP: "その後の訪問",
    Step.CLOSE: "指導の終了",
}
OUTCOME: Mapping[Outcome, str] = {
    Outcome.CONTINUE: "続けてよい",
    Outcome.STOP: "続けない",
    Outcome.AGREED: "行うと決めた",
    Outcome.NOT_AGREED: "行わないと決めた",
    Outcome.APPROVED: "承認",
    Outcome.RETURNED: "差戻し",
    Outcome.HANDED: "手渡し（受領書あり）",
    Outcome.CERTIFIED: "配達証明郵便",
    Outcome.BARRIER: "就労阻害要因など",
    Outcome.ILLNESS: "病気・けが",
    Outcome.COMMUNICATION: "通訳・意思疎通の支援",
    Outcome.FULFILLED: "履行",
    Outcome.JUSTIFIED: "正当な理由あり",
    Outcome.PARTLY: "一部履行",
    Outcome.VIOLATED: "不履行",
    Outcome.HEARD: "出席して弁明",
    Outcome.STATEMENT: "弁明書の提出",
    Outcome.ABSENT: "出頭せず",
    Outcome.SAFE: "命の危険はない",
    Outcome.DANGER: "急迫・危険がある",
    Outcome.CHANGE: "変更",
    Outcome.SUSPEND: "停止",
    Outcome.ABOLISH: "廃止",
    Outcome.FOLLOWED: "従っている",
    Outcome.NOT_FOLLOWED: "従っていない",
    Outcome.COMPLIED: "指導に従った",
    Outcome.NOT_NEEDED: "指導の必要がなくなった",
    Outcome.ENDED: "保護が終わった",
}
_DECISION = (Outcome.APPROVED, Outcome.RETURNED)
_PLAN = (Outcome.AGREED, Outcome.NOT_AGREED)
_DELIVERY = (Outcome.HANDED, Outcome.CERTIFIED)
#: Results of an item from the best to the worst; the worst of its items is that of a check.
RESULTS = (Outcome.FULFILLED, Outcome.JUSTIFIED, Outcome.PARTLY, Outcome.VIOLATED)
#: Results that may lead to a hearing.
VIOLATIONS = (Outcome.PARTLY, Outcome.VIOLATED)
#: The outcomes a step may have; a step that is not named has none.
OUTCOMES: Mapping[Step, tuple[Outcome, ...]] = {
    Step.REVIEW: (Outcome.CONTINUE, Outcome.STOP),
    Step.PLAN_WRITTEN: _PLAN,
    Step.LETTER_DECISION: _DECISION,
    Step.LETTER_DELIVERY: _DELIVERY,
    Step.HINDRANCE: (Outcome.BARRIER, Outcome.ILLNESS, Outcome.COMMUNICATION),
    Step.CHECK: RESULTS,
    Step.PLAN_HEARING: _PLAN,
    Step.NOTICE_DECISION: _DECISION,
    Step.NOTICE_DELIVERY: _DELIVERY,
    Step.HEARING: (Outcome.HEARD, Outcome.STATEMENT, Outcome.ABSENT),
    Step.PLAN_DISPOSITION: _PLAN,
    Step.LIFE_CHECK: (Outcome.SAFE, Outcome.DANGER),
    Step.DISPOSITION: (Outcome.CHANGE, Outcome.SUSPEND, Outcome.ABOLISH),
    Step.DISPOSITION_FIRST: _DECISION,
    Step.DISPOSITION_FINAL: _DECISION,
    Step.FOLLOW_UP: (Outcome.FOLLOWED, Outcome.NOT_FOLLOWED),
    Step.CLOSE: (Outcome.COMPLIED, Outcome.NOT_NEEDED, Outcome.ENDED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StageOfPath:
    """One stage of the stepper (0–11) and the records that belong to it; it is passed when `done_by` is there."""

    number: int
    label: str
    steps: tuple[Step, ...]
    done_by: Step


#: The stepper as employment-support section 4 numbers it.
PATH: tuple[StageOfPath, ...] = tuple(
    StageOfPath(number=number, label=label, steps=steps, done_by=steps[-1])
    for number, label, steps in (
        (0, "相談・助言", (Step.PROBLEM, Step.ADVICE)),
        (1, "助言・勧奨", (Step.ENCOURAGEMENT,)),
        (2, "口頭指導", (Step.ORAL,)),
        (3, "見直し", (Step.REVIEW,)),
        (4, "会議（文書）", (Step.PLAN_WRITTEN,)),
        (5, "指導指示書", (Step.LETTER, Step.LETTER_DECISION, Step.LETTER_DELIVERY)),
        (6, "履行の確認", (Step.HINDRANCE, Step.RESOLUTION, Step.CHECK)),
        (
            7,
            "弁明の通知",
            (Step.PLAN_HEARING, Step.NOTICE, Step.NOTICE_DECISION, Step.NOTICE_DELIVERY),
        ),
        (8, "弁明", (Step.HEARING,)),
        (9, "会議（処分）", (Step.IMPACT, Step.IMPACT_CONFIRMED, Step.PLAN_DISPOSITION)),
        (
            10,
            "処分の決定",
            (
                *(Step.LIFE_CHECK, Step.DISPOSITION),
                *(Step.DISPOSITION_FIRST, Step.DISPOSITION_FINAL),
            ),
        ),
        (11, "その後", (Step.FOLLOW_UP, Step.CLOSE)),
    )
)
