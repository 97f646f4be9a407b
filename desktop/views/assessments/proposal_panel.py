"""What is proposed while an assessment is written: it changes with every answer, and it decides nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.viewmodels.assessments_form import LiveProposal
from desktop.viewmodels.assessments_text import Part
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named


class ProposalPanel(QWidget):
    """The proposed group, why and by which rule, what is unknown, what else would fit, the flags."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("proposal_panel")
        self.setAccessibleName("いまの回答による提案")
        self.group = named(Paragraph(), "proposed_group")
        self.reason = named(Paragraph(), "proposed_reason")
        self.rule = named(Paragraph(tone="muted"), "proposed_rule")
        self._lines = named(QWidget(), "proposal_parts")
        self._parts = QVBoxLayout(self._lines)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(4)
        self._said: tuple[Part, ...] = ()
        self._made: list[QWidget] = []
        page = FollowingScroll()
        title = named(QLabel("いまの回答による提案"), "section_title")
        for part in (title, self.group, self.reason, self.rule, self._lines):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)

    def show_proposal(self, live: LiveProposal) -> None:
        """Say what is proposed at this moment."""
        self.group.say(live.group)
        self.reason.say(live.reason)
        self.rule.say(live.rule)
        if live.parts != self._said:
            self._said = live.parts
            self._say_parts()

    def words(self) -> str:
        """Everything that is said, for reading aloud."""
        said = [f"{part.label}：{part.text}" for part in self._said]
        return "\n".join([self.group.words, self.reason.words, self.rule.words, *said])

    def _say_parts(self) -> None:
        for widget in self._made:
            self._parts.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = []
        for part in self._said:
            label = QLabel(part.label)
            label.setProperty("muted", True)
            words = Paragraph(self._lines, tone=part.tone)
            for widget in (label, words):
                self._parts.addWidget(widget)
                self._made.append(widget)
            words.say(part.text)
