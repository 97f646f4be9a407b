"""One issue while it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.support_policies import (
    INDEPENDENCE,
    ISSUE_DOMAIN,
    STANDING,
    Evidence,
    Independence,
    Issue,
    IssueDomain,
    Standing,
)
from desktop.domain.wording import WordingRule
from desktop.override import override
from desktop.viewmodels.support_policies import NO_LONGER_MEMBER, WHOLE_HOUSEHOLD, Names
from desktop.viewmodels.support_policies_form import is_carried_over, wants_evidence
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.field import Field, Value
from desktop.views.fields.form_layout import FieldLabel, form_row
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.support_policies.action_line import actions_field
from desktop.views.support_policies.choice_row import labelled, side_by_side, stacked
from desktop.views.support_policies.decision_row import DecisionRow, LineDecision
from desktop.views.support_policies.evidence_field import EvidenceField
from desktop.views.support_policies.goal_line import goals_field
from desktop.views.support_policies.peeking import peek
from desktop.views.support_policies.tab_order import WalkedForm
from desktop.views.widgets import named

_WHOLE = "household"
_TEXTS = (
    ("text", "課題", "&Q", 2),
    ("fact", "事実", "&F", 2),
    ("cause", "原因", "&C", 2),
    ("wish", "本人の希望", "&W", 2),
    ("strength", "強み・できていること", "&H", 2),
    ("result", "評価（どうなったか）", "&R", 2),
)
#: The paper's order, and first what a review decides.
_ORDER = (
    "standing",
    "result",
    "about",
    "text",
    "fact",
    "evidence",
    "cause",
    "wish",
    "strength",
    "goals",
    "actions",
)


class _Read(Protocol):
    """One way to read a field: strictly, or as typed so far."""

    def __call__(self, key: str, field: Field[Value], kept: Value | None) -> Value | None: ...


class IssueForm(WalkedForm):
    """In the order of the paper; a line carried over is decided first: 継続 or 終了, and what became of it.

    `decided` carries the LineDecision of a line carried over.
    """

    edited = Signal()
    decided = Signal(object)

    def __init__(
        self, names: Names, wording: Sequence[WordingRule], today: Callable[[], date]
    ) -> None:
        super().__init__()
        self.setObjectName("issue_form")
        self._names = names
        self.person = named(ChoiceField("だれの課題", (), required=True), "person")
        self.independence = named(
            ChoiceField("自立", _choices(INDEPENDENCE), required=True), "independence"
        )
        self.domain = named(ChoiceField("領域", _choices(ISSUE_DOMAIN), required=True), "domain")
        standings = {kind: STANDING[kind] for kind in (Standing.CONTINUED, Standing.ENDED)}
        self.standing = named(ChoiceField("見直し", _choices(standings), required=True), "standing")
        self.decision = DecisionRow(self.standing, self)
        self.texts = {
            key: named(LongTextField(name, lines=lines, wording=wording), key)
            for key, name, _, lines in _TEXTS
        }
        self.evidence = named(EvidenceField("根拠となる記録の文"), "evidence")
        self.goal_lines = named(goals_field(today, wording), "goals")
        self.action_lines = named(actions_field(today, wording), "actions")
        self._rows: dict[str, QWidget] = {}
        self._lay_out()
        self._connect()

    def show_issue(self, issue: Issue) -> None:
        """Fill the fields."""
        self.person.set_choices(self._people(issue.person_id))
        self.person.show_value(str(issue.person_id) if issue.person_id else _WHOLE)
        self.independence.show_value(issue.independence)
        self.domain.show_value(issue.domain)
        carried = is_carried_over(issue)
        self.standing.show_value(issue.standing if carried else Standing.CONTINUED)
        for key, field in self.texts.items():
            field.show_value(getattr(issue, key) or None)
        self.evidence.show_value(issue.evidence)
        self.goal_lines.show_value(issue.goals)
        self.action_lines.show_value(issue.actions)
        for key in ("standing", "result"):
            self._rows[key].setVisible(carried)

    def read(self, issue: Issue) -> Issue:
        """The issue as typed; raises ValidationError and goes to the field that is wrong."""
        reader = FormReader()
        read = self._taken(issue, lambda key, field, _kept: reader.read(key, field))
        reader.finish()
        return read

    def so_far(self, issue: Issue) -> Issue:
        """What can be read of the issue while somebody types."""
        return self._taken(issue, lambda _key, field, kept: peek(field, kept))

    def take_evidence(self, evidence: Evidence) -> bool:
        """Take a sentence of the record, which is the fact too where none is written; False for one that is there."""
        known = tuple(row.evidence for row in self.evidence.rows())
        if not wants_evidence(known, evidence):
            return False
        self.evidence.take(evidence)
        fact = self.texts["fact"]
        if not fact.editor().toPlainText().strip():
            fact.insert(evidence.quote)
        return True

    def show_error(self, key: str, sentence: str) -> None:
        """Say what is wrong beside the field, and go there."""
        field = self.texts.get(key)
        if field is not None:
            field.show_error(sentence)
            field.setFocus()

    def decide(self, way: LineDecision) -> None:
        """Take a decision: the keyboard goes where there is something to write for it."""
        ended = way is LineDecision.END
        self.standing.show_value(Standing.ENDED if ended else Standing.CONTINUED)
        if way is not LineDecision.KEEP:
            self.texts["result" if ended else "text"].setFocus()
        self.edited.emit()

    @override
    def stops(self) -> Sequence[QWidget]:
        about = (self.person, self.independence, self.domain)
        stops: dict[str, list[QWidget]] = {
            key: [field.editor()] for key, field in self.texts.items()
        }
        stops["standing"] = [self.standing.editor(), *self.decision.buttons.values()]
        stops["about"] = [choice.editor() for choice in about]
        stops["evidence"] = self.evidence.stops
        stops["goals"], stops["actions"] = self.goal_lines.stops, self.action_lines.stops
        return [stop for key in _ORDER for stop in stops[key]]

    def focus_first(self, issue: Issue) -> None:
        """Begin with what a review decides, or with the words of the issue."""
        (self.standing if is_carried_over(issue) else self.texts["text"]).setFocus()

    def _taken(self, issue: Issue, read: _Read) -> Issue:
        person = read("person", self.person, str(issue.person_id) if issue.person_id else _WHOLE)
        independence = read("independence", self.independence, issue.independence)
        domain = read("domain", self.domain, issue.domain)
        standing: str | None = issue.standing
        if is_carried_over(issue):
            standing = read("standing", self.standing, issue.standing)
        said = {key: read(key, f, getattr(issue, key)) or "" for key, f in self.texts.items()}
        return replace(
            issue,
            person_id=UUID(person) if person and person != _WHOLE else None,
            independence=Independence(independence or issue.independence),
            domain=IssueDomain(domain or issue.domain),
            standing=Standing(standing or issue.standing),
            evidence=read("evidence", self.evidence, issue.evidence) or (),
            goals=read("goals", self.goal_lines, issue.goals) or (),
            actions=read("actions", self.action_lines, issue.actions) or (),
            text=said["text"],
            fact=said["fact"],
            cause=said["cause"],
            wish=said["wish"],
            strength=said["strength"],
            result=said["result"],
        )

    def _people(self, chosen: UUID | None) -> list[Choice]:
        names = dict(self._names)
        if chosen is not None:
            names.setdefault(chosen, NO_LONGER_MEMBER)
        people = [Choice(code=str(person), label=name) for person, name in names.items()]
        return [Choice(code=_WHOLE, label=WHOLE_HOUSEHOLD), *people]

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        texts: dict[str, tuple[str, QWidget]] = {
            key: (f"{name}({mnemonic})", self.texts[key]) for key, name, mnemonic, _ in _TEXTS
        }
        label = FieldLabel("見直し：この課題は(&Z)", self.standing, required=False)
        self._rows["standing"] = stacked((label, self.decision))
        about = (
            labelled("だれの課題(&P)", self.person),
            labelled("自立(&I)", self.independence),
            labelled("領域(&O)", self.domain),
        )
        self._rows["about"] = side_by_side(about)
        rows: dict[str, tuple[str, QWidget]] = {
            "evidence": ("根拠となる記録の文", self.evidence),
            "goals": ("目標", self.goal_lines),
            "actions": ("取組：だれが、何を、いつまでに", self.action_lines),
        }
        self._rows |= {key: form_row(*row) for key, row in (texts | rows).items()}
        for key in _ORDER:
            layout.addWidget(self._rows[key])
        layout.addStretch(1)

    def _connect(self) -> None:
        self.decision.decided.connect(self.decided)
        for choice in (self.person, self.independence, self.domain, self.standing):
            choice.edited.connect(self.edited)
        for text in self.texts.values():
            text.edited.connect(self.edited)
        for lines in (self.evidence, self.goal_lines, self.action_lines):
            lines.edited.connect(self.edited)


def _choices(
    labels: Mapping[Independence, str] | Mapping[IssueDomain, str] | Mapping[Standing, str],
) -> list[Choice]:
    return [Choice(code=code, label=label) for code, label in labels.items()]
