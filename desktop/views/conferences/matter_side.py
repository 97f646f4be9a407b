"""One matter opened: what is read of the person, the minutes, and the decision beneath."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.conference_boards import MatterPaper
from desktop.domain.conferences import ConferenceRow
from desktop.domain.ids import new_id
from desktop.domain.support_group_lists import UnchangedReport
from desktop.domain.support_groups import DecidedBy, DecisionInput
from desktop.viewmodels.conferences_digest import Line, lines_of, report_lines
from desktop.views.conferences.decision_form import Decided, DecisionForm
from desktop.views.conferences.digest_view import DigestView
from desktop.views.conferences.minutes_form import MinutesForm
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_NOT_HELD = "会議を開くと会議録を書けます。一覧に戻り、Kで開会します。"
_CLOSED = "閉じた会議です。"
_OLD = "この人には新しいアセスメントがあります。新しいものを議題に加えてください。"
_HELD = "安全の確認が先です。世帯のファイルで保留を解いてから決めます。"
_OWN = "自分が書いたアセスメントです。ほかの決裁する職の人が決めます。"
_NO_MINUTES = "会議録を保存すると、決められます。"
_MAY_NOT = "決めるのは、地区の査察指導員か上位の職の人です。"
_REPORT = "変わりなしの報告（前の会議のあと、査察指導員が会議によらずに決めた人）"
_NO_ASSESSMENT = "この議題にアセスメントはありません。"


class MatterSide(FollowingScroll):
    """Scrolls as one page. `decision_entered` carries a DecisionInput; minutes are told by the form itself."""

    decision_entered = Signal(object)

    def __init__(self, me: UUID, today: Callable[[], date]) -> None:
        super().__init__(least_lines=4)
        self._me = me
        self.paper: MatterPaper | None = None
        self._decision_id = new_id()
        self.hint = named(Paragraph(tone="muted"), "board_hint")
        self.digest = DigestView("digest")
        self.minutes = MinutesForm()
        self.decision = DecisionForm("decision", today)
        self._work = QWidget()
        self._lay_out()
        self.decision.entered.connect(self._decide)

    def show_hint(self, sentence: str) -> None:
        """No matter is open: say what to do."""
        self.paper = None
        self._show_parts(shown=False)
        self.hint.say(sentence)

    def show_report(self, sentence: str, report: UnchangedReport) -> None:
        """No matter is open: say what to do, and what the meeting hears of (変わりなしの報告)."""
        self.show_hint(sentence)
        lines = report_lines(report)
        self.digest.show_lines(lines, _REPORT if lines else "")
        self.digest.setVisible(bool(lines))

    def show_matter(self, paper: MatterPaper, conference: ConferenceRow) -> None:
        """Show a matter that was opened."""
        self.paper = paper
        self._decision_id = new_id()
        self.hint.say("")
        assessment = paper.assessment
        self.digest.show_lines(
            lines_of(paper.person, assessment, paper.tables)
            if assessment
            else (Line("アセスメント", _NO_ASSESSMENT),),
            f"{paper.row.case_number}　{paper.row.name}",
        )
        why_not = _closed(conference)
        self.minutes.show_minutes(paper.row, paper.minutes, why_not=why_not)
        refusal = self._refusal(paper, why_not)
        if refusal or assessment is None:
            self.decision.refuse(refusal)
        else:
            self.decision.begin(paper.tables, assessment.proposal.group)
        self._show_parts(shown=True)
        self.verticalScrollBar().setValue(0)

    def has_unsaved(self) -> bool:
        """Whether something was typed and not stored."""
        return self.paper is not None and (
            self.minutes.has_unsaved() or self.decision.has_unsaved()
        )

    def focus_work(self) -> None:
        """Go where there is something to write, else to what is read."""
        open_ones = (form for form in (self.minutes, self.decision) if form.is_open())
        first = next(open_ones, None)
        if first is not None:
            first.focus_first()
        else:
            self.digest.setFocus()

    def _show_parts(self, *, shown: bool) -> None:
        for part in (self.digest, self._work):
            part.setVisible(shown)

    def _refusal(self, paper: MatterPaper, closed: str) -> str:
        """Why nothing can be decided; the use case judges again."""
        assessment = paper.assessment
        if paper.row.decided is not None:
            return f"{paper.row.decided}に決まりました。"
        if assessment is None or closed:
            return closed
        reasons = (
            (paper.is_outdated, _OLD),
            (not paper.may_decide, _MAY_NOT),
            (assessment.author_id == self._me, _OWN),
            (assessment.is_held, _HELD),
            (paper.minutes is None, _NO_MINUTES),
        )
        return next((sentence for holds, sentence in reasons if holds), "")

    def _decide(self, given: Decided) -> None:
        paper = self.paper
        if paper is None or paper.assessment is None:
            return
        self.decision_entered.emit(
            DecisionInput(
                decision_id=self._decision_id,
                household_id=paper.row.household_id,
                person_id=paper.row.person_id,
                assessment_id=paper.assessment.given.assessment_id,
                group=given.group,
                how=DecidedBy.CONFERENCE,
                next_review_on=given.next_review_on,
                reason=given.reason,
                persons_view=paper.minutes.persons_view if paper.minutes else "",
                matter_id=paper.row.matter_id,
            )
        )

    def _lay_out(self) -> None:
        for part in (self.hint, self.digest, self._work):
            self.add_part(part)
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        for part in (_head("会議録"), self.minutes, _head("決定"), self.decision):
            work.addWidget(part)
        self.add_part(QWidget(), 1)


def _closed(conference: ConferenceRow) -> str:
    if conference.closed_at is not None:
        return _CLOSED
    return "" if conference.held_on is not None else _NOT_HELD


def _head(words: str) -> QLabel:
    return named(QLabel(words), "section_title")
