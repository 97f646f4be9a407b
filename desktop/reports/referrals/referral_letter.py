"""支援要請書 (S-10): the office asks Hello Work to support somebody, with what the person agreed may be told.

It carries no group and no motivation. Limits of health stand on it only where the data has them: with a consent.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.activity_forms import ReferralLetter
from desktop.reports.blocks import (
    Cell,
    Envelope,
    Grid,
    Letterhead,
    LongText,
    Note,
    Said,
    Space,
    Title,
)
from desktop.reports.form import FormKind
from desktop.reports.setter import Block

_ROW = 8.0


def _lay_out(letter: ReferralLetter) -> Iterator[Block]:
    imprint = letter.imprint
    yield Envelope("", "", letter.partner, "御中")
    yield Letterhead(letter.asked_on, letter.number or imprint.document_number)
    yield Title(has_office=False)
    yield Space(2)
    yield Said(imprint.say(REFERRAL_LETTER.code, "asking"), below=3)
    yield Grid(
        [
            [
                Cell("氏名", letter.name, share=2, height=_ROW),
                Cell("生年月日", imprint.day(letter.birth_date)),
            ],
            [Cell("住所", letter.address, height=_ROW)],
        ]
    )
    for label, text in (
        ("お願いする内容", letter.request),
        ("本人の希望", letter.wishes),
        ("職歴", letter.history),
        ("資格", letter.qualifications),
        ("配慮が要る事情", letter.barriers),
        ("これまでの支援", letter.so_far),
    ):
        yield LongText(label, text, lines=2)
    if letter.health_limits:
        yield LongText("健康上の配慮", letter.health_limits, lines=2)
    yield Space(2)
    consent = imprint.say(REFERRAL_LETTER.code, "consent", day=imprint.day(letter.consent_on))
    reply = imprint.say(REFERRAL_LETTER.code, "reply", day=imprint.day(letter.reply_by))
    yield Said(consent, bullet="・")
    yield Said(reply, bullet="・")
    yield Space(2)
    who = "　".join(filter(None, (letter.contact, letter.caseworker)))
    yield Grid([[Cell("担当", who, share=2), Cell("電話", letter.phone)]])
    yield Note(imprint.say(REFERRAL_LETTER.code, "care"))


REFERRAL_LETTER: FormKind[ReferralLetter] = FormKind(
    code="S-10",
    title="支援要請書",
    edition="第1版",
    lay_out=_lay_out,
    subject=lambda letter: letter.case_number,
)
