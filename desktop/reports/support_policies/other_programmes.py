"""他法他施策点検表 (K-24): what comes before protection (法4条2項), to be checked for each member and filled in by hand.

The marks come from age alone; whether anybody is entitled is for people to find out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from desktop.domain.era import DateStyle, format_date
from desktop.domain.forms import OtherProgrammesForm
from desktop.domain.other_programmes import Chance, PersonToCheck, ToCheck
from desktop.domain.support_policies import ACTOR, Issue
from desktop.reports.fonts import FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import Align
from desktop.reports.pdf_file import PdfFile
from desktop.reports.register import (
    BOTTOM,
    HEADING,
    LABEL,
    LEFT,
    RIGHT,
    ROW,
    SHADE,
    SMALL,
    VALUE,
    Register,
)
from desktop.reports.rendered import RenderedPdf
from desktop.reports.support_policies.marks import training_background, training_mark
from desktop.reports.text_encoder import TextEncoder

FORM_CODE = "K-24"
FORM_TITLE = "他法他施策点検表"
FORM_EDITION = "第1版"

CHANCE: Mapping[Chance, str] = {
    Chance.NOW: "● 年齢",
    Chance.SOON: "○ 1年以内",
    Chance.AGE_UNKNOWN: "？ 年齢不明",
    Chance.ANY_AGE: "―",
}
_LEGEND = (
    "候補の印は年齢だけで付いています（● その年齢、○ 1年以内にその年齢、― 年齢によらない）。"
    "受けられるかどうかは、確かめて人が判断します。"
)
_COLUMNS = (
    ("候補", 20.0),
    ("制度", 66.0),
    ("確かめること", 44.0),
    ("確認日", 18.0),
    ("結果", 26.0),
)
_HEIGHT = 8.4
_STAMP, _STAMP_TOP, _STAMP_HEIGHT = 22.0, 28.0, 24.0
_STAMPS = ("担当", "査察指導員")
_NO_ISSUE = "現行の援助方針に、他法他施策の課題はありません。"


def other_programmes_pdf(form: OtherProgrammesForm, fonts: FontSet) -> RenderedPdf:
    """Print the list of one household. The same values at the same instant give the same bytes."""
    encoder = TextEncoder(fonts)
    log = MissingLog(fonts)
    paper = _Paper(encoder)
    paper.draw(form)
    for place, text in _words(form):
        log.check(f"{FORM_CODE} {place}", text)
    for sheet in paper.sheets:
        if form.training:
            training_background(sheet)
    paper.footers(f"{FORM_CODE} {FORM_TITLE} {FORM_EDITION}", form.printed_at, form.printed_by)
    file = PdfFile(encoder, FORM_TITLE, form.office_name, form.printed_at)
    for sheet in paper.sheets:
        file.add_sheet(sheet)
    return RenderedPdf(data=file.finish(), pages=file.pages, missing=log.result())


class _Paper(Register):
    def draw(self, form: OtherProgrammesForm) -> None:
        """Everything but the footers."""
        self.title(FORM_TITLE, form.office_name)
        if form.training:
            training_mark(self.sheet)
        self._stamps()
        for label, value in (
            ("ケース番号・地区", f"{form.case_number}　{form.district_name}"),
            ("世帯主", form.head_name),
            ("点検日", format_date(form.checked_on, DateStyle.LONG)),
        ):
            self.labelled(label, value)
        self.y += 2
        self.sheet.cell(LEFT, self.y, RIGHT - LEFT, ROW * 1.4, _LEGEND, SMALL, padding=0)
        self.y += ROW * 1.4
        for person in form.people:
            self._person(person)
        self._issues(form)
        self._findings()

    def _person(self, person: PersonToCheck) -> None:
        self.need(ROW + _HEIGHT * 4)
        self.y += 2
        age = "年齢不明" if person.age is None else f"{person.age}歳"
        self.sheet.text(LEFT, self.y + 5, f"{person.name}（{person.relation}・{age}）", HEADING)
        self.y += ROW + 0.6
        self._head()
        for item in person.items:
            if self.y + _HEIGHT > BOTTOM:
                self.need(_HEIGHT)
                goes_on = f"{person.name}（続き）"
                self.sheet.text(LEFT, self.y - 2, goes_on, SMALL)
                self._head()
            self._item(item)
        if not person.items:
            self.sheet.text(LEFT + 2, self.y + 5, "点検する項目はありません。", VALUE)
            self.y += ROW

    def _head(self) -> None:
        self._cells(tuple(label for label, _ in _COLUMNS), ROW, is_head=True)

    def _item(self, item: ToCheck) -> None:
        programme = item.programme
        cells = (CHANCE[item.chance], programme.label, programme.note, "", "")
        self._cells(cells, _HEIGHT, is_head=False)

    def _cells(self, cells: tuple[str, ...], height: float, *, is_head: bool) -> None:
        x = LEFT
        for place, ((_, width), text) in enumerate(zip(_COLUMNS, cells, strict=True)):
            if is_head:
                self.sheet.fill(x, self.y, width, height, SHADE)
            self.sheet.box(x, self.y, width, height)
            style = VALUE if place == 1 and not is_head else LABEL
            self.sheet.cell(x, self.y, width, height, text, style)
            x += width
        self.y += height

    def _issues(self, form: OtherProgrammesForm) -> None:
        self.need(ROW * 3)
        self.y += 4
        self.sheet.text(LEFT, self.y + 4, "援助方針の課題（他法他施策）", HEADING)
        self.y += ROW
        if not form.issues:
            self.sheet.text(LEFT + 2, self.y + 4, _NO_ISSUE, VALUE)
            self.y += ROW
        for issue in form.issues:
            who = form.names.get(issue.person_id, "世帯員") if issue.person_id else "世帯全体"
            self.described(f"課題・{who}", issue.text)
            for label, text in _parts(issue):
                if text:
                    self.described(label, text)

    def _findings(self) -> None:
        """Room for what is written by hand."""
        self.need(ROW * 4.5)
        self.y += 4
        self.labelled("所見・今後の手続き", "", ROW * 3)

    def _stamps(self) -> None:
        left = RIGHT - len(_STAMPS) * _STAMP
        for number, label in enumerate(_STAMPS):
            x = left + number * _STAMP
            self.sheet.box(x, _STAMP_TOP, _STAMP, _STAMP_HEIGHT)
            self.sheet.rule(x, _STAMP_TOP + 5, x + _STAMP, _STAMP_TOP + 5)
            self.sheet.cell(x, _STAMP_TOP, _STAMP, 5, label, SMALL, align=Align.CENTRE)
        self.y = _STAMP_TOP + _STAMP_HEIGHT + 4


def _parts(issue: Issue) -> Iterator[tuple[str, str]]:
    yield "事実", issue.fact
    yield "取組", "\n".join(f"{ACTOR[a.actor]}：{a.what}{_by(a.by_on)}" for a in issue.actions)


def _by(day: date | None) -> str:
    return f"（{format_date(day, DateStyle.SHORT)}まで）" if day else ""


def _words(form: OtherProgrammesForm) -> Iterator[tuple[str, str]]:
    yield "世帯主", form.head_name
    yield "世帯員", "".join(person.name for person in form.people)
    for person in form.people:
        for item in person.items:
            yield "制度", item.programme.label + item.programme.note
    for issue in form.issues:
        yield "課題", issue.text + "".join(text for _, text in _parts(issue))
