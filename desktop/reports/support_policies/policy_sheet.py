"""援助方針記録票 (K-05): a policy with its issues, goals and actions, fields after visits-records-approval 6.

Plain until the forms engine comes: the lines and tables of the registers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.domain.era import DateStyle, format_date
from desktop.domain.forms import FormMark, PolicyForm, Stamp
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
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.missing_log import MissingLog
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.pdf_file import PdfFile
from desktop.reports.register import HEADING, LABEL, LEFT, RIGHT, ROW, SMALL, VALUE, Register
from desktop.reports.rendered import RenderedPdf
from desktop.reports.support_policies.marks import training_background, training_mark
from desktop.reports.text_encoder import TextEncoder

FORM_CODE = "K-05"
FORM_TITLE = "援助方針記録票"
FORM_EDITION = "第1版"

_STAMP = 22.0
_STAMP_TOP = 28.0
_STAMP_HEIGHT = 24.0
_MARK = Style(FontRole.BOLD, 17)
_HOUSEHOLD = "世帯全体"


def policy_sheet_pdf(form: PolicyForm, fonts: FontSet) -> RenderedPdf:
    """Print one policy. The same policy at the same instant gives the same bytes."""
    encoder = TextEncoder(fonts)
    log = MissingLog(fonts)
    paper = _Paper(encoder)
    paper.draw(form)
    for place, text in _words(form):
        log.check(f"{FORM_CODE} {place}", text)
    for sheet in paper.sheets:
        _background(sheet, form)
    paper.footers(f"{FORM_CODE} {FORM_TITLE} {FORM_EDITION}", form.printed_at, form.printed_by)
    file = PdfFile(encoder, FORM_TITLE, form.office_name, form.printed_at)
    for sheet in paper.sheets:
        file.add_sheet(sheet)
    return RenderedPdf(data=file.finish(), pages=file.pages, missing=log.result())


class _Paper(Register):
    def draw(self, form: PolicyForm) -> None:
        """Everything but marks and footers."""
        self.title(FORM_TITLE, form.office_name)
        self._marks(form)
        self._stamps(form.stamps)
        self._facts(form)
        self.described("世帯の状況", form.policy.situation)
        if form.policy.evaluation or form.policy.follows:
            self.described("前回の援助方針の評価", form.policy.evaluation)
        for kind in Independence:
            issues = [issue for issue in form.policy.issues if issue.independence is kind]
            self._heading(INDEPENDENCE[kind], is_empty=not issues)
            for issue in issues:
                self._issue(form, issue)
        self._explanation()

    def _marks(self, form: PolicyForm) -> None:
        right = RIGHT
        if form.mark is not FormMark.ORIGINAL:
            right -= 11
            self.sheet.box(right, 12, 11, 11, 1.4)
            self.sheet.cell(right, 12, 11, 11, form.mark.value, _MARK, align=Align.CENTRE)
            right -= 2
        if form.training:
            training_mark(self.sheet, right)

    def _stamps(self, stamps: tuple[Stamp, ...]) -> None:
        left = RIGHT - len(stamps) * _STAMP
        for number, stamp in enumerate(stamps):
            x, bottom = left + number * _STAMP, _STAMP_TOP + _STAMP_HEIGHT
            self.sheet.box(x, _STAMP_TOP, _STAMP, _STAMP_HEIGHT)
            self.sheet.rule(x, _STAMP_TOP + 5, x + _STAMP, _STAMP_TOP + 5)
            self.sheet.cell(
                x, _STAMP_TOP, _STAMP, 5, stamp.position_label, SMALL, align=Align.CENTRE
            )
            if stamp.stamped_on is not None:
                day = format_date(stamp.stamped_on, DateStyle.SHORT)
                name = f"{stamp.name} {stamp.note}".rstrip()
                self.sheet.cell(x, bottom - 13, _STAMP, 7, name, LABEL, align=Align.CENTRE)
                self.sheet.cell(x, bottom - 6, _STAMP, 6, day, SMALL, align=Align.CENTRE)
        self.y = _STAMP_TOP + _STAMP_HEIGHT + 4

    def _facts(self, form: PolicyForm) -> None:
        policy = form.policy
        review = format_date(policy.review_due_on, DateStyle.LONG)
        for label, value in (
            ("ケース番号・地区", f"{form.case_number}　{form.district_name}"),
            ("世帯主", form.head_name),
            ("策定区分", POLICY_KIND[policy.kind]),
            ("策定日・策定者", f"{format_date(policy.made_on, DateStyle.LONG)}　{policy.author}"),
            ("前回の策定日", format_date(form.previous_on, DateStyle.LONG) or "なし"),
            ("訪問格付・年間回数", visit_words(policy.grade, policy.visits_per_year)),
            ("次回の見直し期日", review or "決裁のあとに決まります"),
        ):
            self.labelled(label, value)
        self.y += 3

    def _heading(self, title: str, *, is_empty: bool) -> None:
        self.need(ROW * 4)
        self.y += 3
        self.sheet.text(LEFT, self.y + 4, title, HEADING)
        if is_empty:
            self.sheet.text(LEFT + 40, self.y + 4, "課題はありません。", VALUE)
        self.y += ROW

    def _issue(self, form: PolicyForm, issue: Issue) -> None:
        who = _HOUSEHOLD if issue.person_id is None else form.names.get(issue.person_id, "世帯員")
        marks = f"［{STANDING[issue.standing]}］" if form.policy.follows else ""
        self.described(f"{ISSUE_DOMAIN[issue.domain]}・{who}{marks}", issue.text)
        for label, text in _parts(issue):
            if text:
                self.described(label, text)
        self.y += 2

    def _explanation(self) -> None:
        """Room for what is written by hand while it is explained."""
        self.need(ROW * 5)
        self.y += 3
        self.sheet.text(LEFT, self.y + 4, "本人への説明", HEADING)
        self.y += ROW
        for label in ("説明した日・場所", "説明した相手", "理解の様子・本人の意見"):
            self.labelled(label, "", ROW * 1.4)


def _parts(issue: Issue) -> Iterator[tuple[str, str]]:
    quoted = "\n".join(f"「{evidence.quote}」" for evidence in issue.evidence)
    yield "事実と根拠", "\n".join(filter(None, (issue.fact, quoted)))
    yield "原因", issue.cause
    yield "本人の希望", issue.wish
    yield "強み", issue.strength
    yield "目標", "\n".join(f"{TERM[g.term]}　{g.text}{_by(g.by_on)}" for g in issue.goals)
    yield (
        "取組",
        "\n".join(
            f"{ACTOR[a.actor]}：{a.what}{_by(a.by_on)}" + (f"［{a.measure}］" if a.measure else "")
            for a in issue.actions
        ),
    )
    yield "評価", issue.result


def _by(day: date | None) -> str:
    return f"（{format_date(day, DateStyle.SHORT)}まで）" if day else ""


def _background(sheet: Sheet, form: PolicyForm) -> None:
    if form.training:
        training_background(sheet)
    if form.mark is not FormMark.ORIGINAL:
        sheet.background(68, 195, form.mark.value, Style(FontRole.BOLD, 230), (1.0, 0.0))


def _words(form: PolicyForm) -> Iterator[tuple[str, str]]:
    yield "世帯主", form.head_name
    yield "策定者", form.policy.author
    yield "世帯の状況", form.policy.situation + form.policy.evaluation
    yield "世帯員", "".join(form.names.values())
    for issue in form.policy.issues:
        yield "課題", issue.text + "".join(text for _, text in _parts(issue))
