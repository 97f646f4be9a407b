"""援助方針説明書 (K-06): what an approved policy means for the person, in large type and short sentences (局12-4).

It says what was told, what everybody does until when, when both look again, and that one may disagree. Readings stand
above the words where they are asked for. No stamp: the person signs that the sheet was received.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from desktop.domain.forms import ExplanationSheet
from desktop.domain.readings import Read, Readings
from desktop.domain.support_policies import Action, Actor, Issue, IssueDomain
from desktop.reports.blocks import Reading, Rule, Space, Together
from desktop.reports.fonts import FontRole
from desktop.reports.form import FormKind
from desktop.reports.page import Style
from desktop.reports.ruby import LEADING
from desktop.reports.setter import Block

#: Nothing that the person reads is set smaller than this (points).
SMALLEST = 14.0
_BODY = Style(FontRole.GOTHIC, SMALLEST)
_LABEL = Style(FontRole.BOLD, SMALLEST)
_TITLE = Style(FontRole.BOLD, 20)
_BAND = Style(FontRole.BOLD, 16)
_LINE = _BODY.em * LEADING
_INDENT = 6.0
_GAP = 2.6
_SIGNATURE = 62.0

_Words = Sequence[Read]


DOMAIN_WORDS: Mapping[IssueDomain, str] = {
    IssueDomain.HEALTH: "体のこと",
    IssueDomain.LIFE: "毎日の暮らしのこと",
    IssueDomain.BUDGET: "お金のこと",
    IssueDomain.HOUSING: "住まいのこと",
    IssueDomain.WORK: "仕事のこと",
    IssueDomain.SCHOOLING: "学校と子育てのこと",
    IssueDomain.SOCIAL: "人とのつながりのこと",
    IssueDomain.OTHER_PROGRAMMES: "使える制度のこと",
    IssueDomain.ASSETS: "持っている財産のこと",
    IssueDomain.KIN: "家族や親族のこと",
    IssueDomain.OTHER: "そのほかのこと",
}
ACTOR_WORDS: Mapping[Actor, str] = {
    Actor.CASEWORKER: "福祉事務所の担当",
    Actor.PERSON: "あなた",
    Actor.FAMILY: "家族",
    Actor.EMPLOYMENT_SUPPORTER: "仕事の相談員",
    Actor.HEALTH_STAFF: "保健師",
    Actor.MEDICAL: "病院や薬局",
    Actor.AGENCY: "ほかの窓口",
    Actor.OTHER: "そのほかの人",
}
TITLE = "これからの暮らしについて"
CONCERN = "気になっていること"
TOLD = "あなたから聞いたこと"
TOLD_BY = "本人から聞いたこと"
STRENGTH = "よいところ"
GOALS = "めざすこと"
ACTIONS = "これからすること"
REVIEW = "もう一度見直す日"
DISAGREE = "違うと思うとき、納得できないとき"
ASK = "わからないとき、話したいとき"
_MR = "さん"
_CASEWORKER = "担当"
_PHONE = "電話"
_NAME = "名前"
_BLANK_PHONE = "（　　　　　　　　　　　　　　）"
_DATE = (
    *(Read("令和", "れいわ"), Read("　　　"), Read("年", "ねん"), Read("　　　")),
    *(Read("月", "がつ"), Read("　　　"), Read("日", "にち")),
)


def fixed_words() -> Iterator[str]:
    """Every label that can stand on the sheet; a test holds that all of them, and the sentences, can be read."""
    yield from DOMAIN_WORDS.values()
    yield from ACTOR_WORDS.values()
    yield from (TITLE, CONCERN, TOLD, TOLD_BY, STRENGTH, GOALS, ACTIONS, REVIEW, DISAGREE, ASK)
    yield from (_MR, _CASEWORKER, _PHONE, _NAME)


def _lay_out(form: ExplanationSheet) -> Iterator[Block]:
    return _Sheet(form).blocks()


class _Sheet:
    """The blocks of one sheet, with readings or without."""

    def __init__(self, form: ExplanationSheet) -> None:
        self._form = form
        self._has_readings = form.words is not None
        self._readings = Readings(form.words or {})

    def blocks(self) -> Iterator[Block]:
        """Everything from top to bottom."""
        form, policy = self._form, self._form.policy
        yield self._block(_TITLE, self._word(TITLE))
        yield self._block(_BAND, self._named(form.head), below=_GAP)
        yield self._block(_BODY, self._say("intro"))
        issues = policy.goes_on
        for number, issue in enumerate(issues, start=1):
            yield from self._issue(issue, number)
        if not issues:
            yield self._block(_BODY, self._say("no_issue"))
        yield Space(_GAP)
        yield from self._part(REVIEW, self._review(policy.review_due_on))
        yield from self._part(DISAGREE, [self._say("may_disagree")])
        yield from self._part(ASK, self._whom_to_ask(), keeps=3)
        yield Space(_GAP * 2)
        yield Together(_SIGNATURE, tuple(self._signature()))

    def _issue(self, issue: Issue, number: int) -> Iterator[Block]:
        form = self._form
        about: _Words = (*self._read(f"{number}　"), *self._word(DOMAIN_WORDS[issue.domain]))
        who = form.names.get(issue.person_id) if issue.person_id else None
        is_head = who is None or who == form.head
        if who is not None and not is_head:
            about = (*about, Read("（"), *self._named(who), Read("）"))
        yield Space(_GAP * 2)
        yield Together(_LINE * 5, (self._block(_BAND, about, indent=2.0, is_band=True),))
        told = TOLD if is_head else TOLD_BY
        for label, text in ((CONCERN, issue.text), (told, issue.wish), (STRENGTH, issue.strength)):
            if text.strip():
                yield from self._part(label, [self._read(text.strip())])
        goals = [
            self._read(f"{g.text.strip()}{self._by(g.by_on)}")
            for g in issue.goals
            if g.text.strip()
        ]
        yield from self._part(GOALS, goals, bullet="・")
        actions = [
            (*self._actor(action, who, is_head=is_head), *self._read(f"：{self._done(action)}"))
            for action in issue.actions
            if action.what.strip()
        ]
        yield from self._part(ACTIONS, actions, bullet="・")

    def _actor(self, action: Action, who: _Words | None, *, is_head: bool) -> _Words:
        if action.actor is Actor.PERSON and who is not None and not is_head:
            return self._named(who)
        return self._word(ACTOR_WORDS[action.actor])

    def _review(self, due: date | None) -> Iterator[_Words]:
        if due is not None:
            yield self._say("review_by", day=self._form.imprint.day(due))
        yield self._say("review_any_time")

    def _whom_to_ask(self) -> Iterator[_Words]:
        yield self._read(self._form.imprint.office_name)
        yield (*self._word(_CASEWORKER), Read("　"), *self._form.caseworker)
        phone = f"　{self._form.phone}" if self._form.phone else _BLANK_PHONE
        yield (*self._word(_PHONE), Read(phone))

    def _signature(self) -> Iterator[Block]:
        yield Rule()
        yield Space(_GAP)
        yield self._block(_BODY, self._say("received"))
        yield self._block(_BODY, self._say("not_agreed"), below=_GAP * 2)
        yield self._block(_BODY, _DATE, below=_GAP * 2)
        yield self._block(_BODY, self._word(_NAME))
        yield Rule(indent=16, short=40)

    def _part(
        self, label: str, sentences: Iterable[_Words], bullet: str = "", keeps: int = 1
    ) -> Iterator[Block]:
        """A bold label and, beneath it, sentences, `keeps` of them with it; nothing where there are none."""
        blocks = [self._block(_BODY, words, indent=_INDENT, bullet=bullet) for words in sentences]
        if blocks:
            head = self._block(_LABEL, self._word(label))
            yield Together(_LINE * (1 + keeps) + _GAP, (Space(_GAP), head, *blocks[:keeps]))
        yield from blocks[keeps:]

    def _block(
        self,
        style: Style,
        pieces: _Words,
        *,
        indent: float = 0.0,
        bullet: str = "",
        is_band: bool = False,
        below: float = 0.0,
    ) -> Reading:
        return Reading(
            pieces,
            style,
            indent=indent,
            bullet=bullet,
            has_readings=self._has_readings,
            is_band=is_band,
            below=below,
        )

    def _read(self, text: str) -> _Words:
        return self._readings.read(text) if self._has_readings else (Read(text),)

    def _word(self, label: str) -> _Words:
        return self._read(self._form.imprint.label(EXPLANATION_SHEET.code, label))

    def _say(self, name: str, **slots: str) -> _Words:
        return self._read(self._form.imprint.say(EXPLANATION_SHEET.code, name, **slots))

    def _named(self, name: _Words) -> _Words:
        return (*name, *self._word(_MR))

    def _done(self, action: Action) -> str:
        return f"{action.what.strip()}{self._by(action.by_on)}"

    def _by(self, day: date | None) -> str:
        return f"（{self._form.imprint.day(day)}まで）" if day else ""


EXPLANATION_SHEET: FormKind[ExplanationSheet] = FormKind(
    code="K-06",
    title="援助方針説明書",
    edition="第2版",
    lay_out=_lay_out,
    subject=lambda form: form.case_number,
    head=TITLE,
)
