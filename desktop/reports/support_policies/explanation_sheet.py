"""援助方針説明書 (K-06): what an approved policy means for the person, in large type and short sentences (局12-4).

It says what was told, what everybody does until when, when both look again, and that one may disagree. Readings stand
above the words where they are asked for. No stamp: the person signs that the sheet was received.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from desktop.domain.era import DateStyle, format_date
from desktop.domain.forms import ExplanationSheet
from desktop.domain.readings import Read, Readings
from desktop.domain.support_policies import Action, Actor, Issue, IssueDomain
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import Style
from desktop.reports.pdf_file import PdfFile
from desktop.reports.register import BOTTOM, LEFT, RIGHT, Register
from desktop.reports.rendered import RenderedPdf
from desktop.reports.ruby import LEADING, PLAIN_LEADING, RubySetter
from desktop.reports.support_policies.marks import training_mark
from desktop.reports.text_encoder import TextEncoder

FORM_CODE = "K-06"
FORM_TITLE = "援助方針説明書"
FORM_EDITION = "第1版"

#: Nothing that the person reads is set smaller than this (points).
SMALLEST = 14.0
_BODY = Style(FontRole.GOTHIC, SMALLEST)
_LABEL = Style(FontRole.BOLD, SMALLEST)
_TITLE = Style(FontRole.BOLD, 20)
_BAND = Style(FontRole.BOLD, 16)
_SHADE = 0.9
_INDENT = 6.0
_BULLET = 5.5
_GAP = 2.6

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
INTRO = "この紙には、あなたと福祉事務所が一緒にすることを書きました。"
CONCERN = "気になっていること"
TOLD = "あなたから聞いたこと"
TOLD_BY = "本人から聞いたこと"
STRENGTH = "よいところ"
GOALS = "めざすこと"
ACTIONS = "これからすること"
NO_ISSUE = "今は、新しく始めることはありません。"
REVIEW = "もう一度見直す日"
REVIEW_BY = "までに、一緒に見直します。"
REVIEW_ANY_TIME = "暮らしが変わったときは、その前でも見直します。知らせてください。"
DISAGREE = "違うと思うとき、納得できないとき"
MAY_DISAGREE = (
    "遠慮なく言ってください。あなたの言葉のまま記録して、一緒に考えます。"
    "納得できないと言っただけで、不利になることはありません。"
)
ASK = "わからないとき、話したいとき"
RECEIVED = "この説明を聞いて、この紙を受け取りました。"
NOT_AGREED = "（受け取ったしるしです。納得していなくても書けます。）"
_DATE = (
    *(Read("令和", "れいわ"), Read("　　　"), Read("年", "ねん"), Read("　　　")),
    *(Read("月", "がつ"), Read("　　　"), Read("日", "にち")),
)
_SIGNATURE = 62.0


def explanation_sheet_pdf(form: ExplanationSheet, fonts: FontSet) -> RenderedPdf:
    """Print the sheet. The same policy at the same instant gives the same bytes."""
    encoder = TextEncoder(fonts)
    log = MissingLog(fonts)
    paper = _Paper(encoder, form, log)
    paper.draw(form)
    code = f"{FORM_CODE} {FORM_TITLE}（本人用） {FORM_EDITION}　整理番号 {form.case_number}"
    paper.footers(code, form.printed_at, form.printed_by)
    file = PdfFile(encoder, FORM_TITLE, form.office_name, form.printed_at)
    for sheet in paper.sheets:
        file.add_sheet(sheet)
    return RenderedPdf(
        data=file.finish(), pages=file.pages, missing=log.result(), unread=tuple(paper.unread)
    )


class _Paper(Register):
    """Sheets of large type. `unread` are the kanji without a reading, in the order of the sheet, where they matter."""

    def __init__(self, encoder: TextEncoder, form: ExplanationSheet, log: MissingLog) -> None:
        super().__init__(encoder)
        self._has_readings = form.words is not None
        self._readings = Readings(form.words or {})
        self._log = log
        self._training = form.training
        self.unread: dict[str, None] = {}
        self.y = 20.0

    def draw(self, form: ExplanationSheet) -> None:
        """Everything but the footers."""
        self._mark()
        self._block(_TITLE, self._read(TITLE), 0)
        self._block(_BAND, (*self._named(form.head), *self._read("さん")), 0)
        self.y += _GAP
        self._block(_BODY, self._read(INTRO), 0)
        issues = form.policy.goes_on
        for number, issue in enumerate(issues, start=1):
            self._issue(form, issue, number)
        if not issues:
            self._block(_BODY, self._read(NO_ISSUE), 0)
        self._review(form.policy.review_due_on)
        self._part(DISAGREE, (self._read(MAY_DISAGREE),))
        self._part(ASK, self._whom_to_ask(form))
        self._signature()

    def _issue(self, form: ExplanationSheet, issue: Issue, number: int) -> None:
        about = self._read(f"{number}　{DOMAIN_WORDS[issue.domain]}")
        who = form.names.get(issue.person_id) if issue.person_id else None
        is_head = who is None or who == form.head
        if who is not None and not is_head:
            about = (*about, Read("（"), *self._named(who), *self._read("さん"), Read("）"))
        self._band(about)
        told = TOLD if is_head else TOLD_BY
        for label, text in ((CONCERN, issue.text), (told, issue.wish), (STRENGTH, issue.strength)):
            if text.strip():
                self._part(label, (self._read(text.strip()),))
        goals = tuple(self._read(f"{g.text}{_by(g.by_on)}") for g in issue.goals if g.text.strip())
        if goals:
            self._part(GOALS, goals, has_bullets=True)
        actions = tuple(
            (*self._actor(action, who, is_head=is_head), *self._read(f"：{_done(action)}"))
            for action in issue.actions
            if action.what.strip()
        )
        if actions:
            self._part(ACTIONS, actions, has_bullets=True)

    def _actor(
        self, action: Action, who: tuple[Read, ...] | None, *, is_head: bool
    ) -> tuple[Read, ...]:
        if action.actor is Actor.PERSON and who is not None and not is_head:
            return (*self._named(who), *self._read("さん"))
        return self._read(ACTOR_WORDS[action.actor])

    def _review(self, due: date | None) -> None:
        sentences = [self._read(REVIEW_ANY_TIME)]
        if due is not None:
            day = f"{format_date(due, DateStyle.LONG)}{REVIEW_BY}"
            sentences.insert(0, self._read(day))
        self._part(REVIEW, sentences, above=_GAP * 2)

    def _whom_to_ask(self, form: ExplanationSheet) -> tuple[tuple[Read, ...], ...]:
        office = self._read(form.office_name)
        person = (*self._read("担当　"), *self._named(form.caseworker))
        return (office, person, self._read("電話（　　　　　　　　　　　　　　）"))

    def _signature(self) -> None:
        self.need(_SIGNATURE)
        self.y += _GAP * 2
        self.sheet.rule(LEFT, self.y, RIGHT, self.y)
        self.y += _GAP
        self._block(_BODY, self._read(RECEIVED), 0)
        self._block(_BODY, self._read(NOT_AGREED), 0)
        self.y += _GAP * 2
        self._block(_BODY, self._named(_DATE), 0)
        self.y += _GAP * 2
        self._block(_BODY, self._read("名前"), 0)
        self.sheet.rule(LEFT + 16, self.y, RIGHT - 40, self.y)

    def _band(self, pieces: tuple[Read, ...]) -> None:
        """The heading of an issue, kept with what follows."""
        leading = self._leading(_BAND)
        self.need(leading * 2 + self._leading(_BODY) * 3)
        self.y += _GAP * 2
        self.sheet.fill(LEFT, self.y, RIGHT - LEFT, leading * 1.12, _SHADE)
        self.y += leading * 0.06
        self._block(_BAND, pieces, 2.0)

    def _part(
        self,
        label: str,
        sentences: tuple[tuple[Read, ...], ...] | list[tuple[Read, ...]],
        *,
        has_bullets: bool = False,
        above: float = _GAP,
    ) -> None:
        """A bold label and, beneath it, sentences."""
        self.need(self._leading(_LABEL) + self._leading(_BODY))
        self.y += above
        self._block(_LABEL, self._read(label), 0)
        for sentence in sentences:
            self._block(_BODY, sentence, _INDENT, bullet="・" if has_bullets else "")

    def _block(
        self, style: Style, pieces: tuple[Read, ...], indent: float, *, bullet: str = ""
    ) -> None:
        setter = RubySetter(self._encoder, style)
        left = LEFT + indent + (_BULLET if bullet else 0.0)
        leading = self._leading(style)
        for number, line in enumerate(setter.lines(pieces, RIGHT - left)):
            if self.y + leading > BOTTOM:
                self.need(leading)
                self._mark()
            baseline = self.y + leading - style.em * 0.3
            if bullet and number == 0:
                self.sheet.text(LEFT + indent, baseline, bullet, style)
            setter.draw(self.sheet, left, baseline, line)
            self.y += leading

    def _leading(self, style: Style) -> float:
        return style.em * (LEADING if self._has_readings else PLAIN_LEADING)

    def _read(self, text: str) -> tuple[Read, ...]:
        self._log.check(FORM_CODE, text, FontRole.GOTHIC)
        if not self._has_readings:
            return (Read(text),)
        pieces = self._readings.read(text)
        self.unread |= {piece.text: None for piece in pieces if piece.is_unread}
        return pieces

    def _named(self, name: tuple[Read, ...]) -> tuple[Read, ...]:
        for piece in name:
            self._log.check(FORM_CODE, piece.text, FontRole.GOTHIC)
        return name if self._has_readings else tuple(Read(piece.text) for piece in name)

    def _mark(self) -> None:
        if self._training:
            training_mark(self.sheet, top=9)


def _done(action: Action) -> str:
    return f"{action.what.strip()}{_by(action.by_on)}"


def _by(day: date | None) -> str:
    return f"（{format_date(day, DateStyle.LONG)}まで）" if day else ""


def fixed_words() -> Iterator[str]:
    """Every sentence that stands on the sheet whatever the policy says; a test holds that all of them can be read."""
    yield from DOMAIN_WORDS.values()
    yield from ACTOR_WORDS.values()
    yield from (TITLE, INTRO, CONCERN, TOLD, TOLD_BY, STRENGTH, GOALS, ACTIONS, NO_ISSUE, REVIEW)
    yield from (REVIEW_BY, REVIEW_ANY_TIME, DISAGREE, MAY_DISAGREE, ASK, RECEIVED, NOT_AGREED)
