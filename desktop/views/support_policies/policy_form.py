"""The forms of a policy: the list of its parts, the form of the chosen one, the self-check and the sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal

from desktop.domain.errors import ValidationError
from desktop.domain.review import Check
from desktop.domain.support_policies import Evidence, Issue, PolicyInput
from desktop.viewmodels.support_policies_evidence import Sentence
from desktop.viewmodels.support_policies_form import (
    added,
    is_carried_over,
    moved,
    new_issue,
    next_place,
    outline_line,
    removed,
    undecided,
    with_issue,
)
from desktop.views.look import Look
from desktop.views.support_policies.decision_row import LineDecision
from desktop.views.support_policies.household_form import HouseholdForm
from desktop.views.support_policies.issue_form import IssueForm
from desktop.views.support_policies.policy_panes import PolicyPanes
from desktop.views.support_policies.ports import PolicyTask


class PolicyForm(PolicyPanes):
    """Holds the policy as typed. `edited` on every change, `sentences_wanted` before the first evidence is picked."""

    edited = Signal()
    sentences_wanted = Signal()
    entry_wanted = Signal(object)

    def __init__(self, task: PolicyTask, look: Look, today: Callable[[], date]) -> None:
        super().__init__(look)
        self.setObjectName("policy_form")
        self._names = task.names
        self._given = task.given
        self._place = 0
        self._has_sentences = False
        self._decided: set[UUID] = set()
        self.household = HouseholdForm(task.wording, task.grades, today)
        self.issue = IssueForm(task.names, task.wording, today)
        self._build_panes(self.household, self.issue)
        self._connect()

    def show_input(self, given: PolicyInput) -> None:
        """Show another policy, at the household's part."""
        self._given = given
        self._go(0)

    def go_to(self, issue_id: UUID | None) -> None:
        """Show this issue; the household's part where the policy has none of this id."""
        ids = [issue.issue_id for issue in self._given.issues]
        self._choose(ids.index(issue_id) + 1 if issue_id in ids else 0)

    def keep_version(self, version: int) -> None:
        """What is stored now is the version that is shown."""
        self._given = replace(self._given, shown_version=version)

    def read(self) -> PolicyInput:
        """The policy as typed; raises ValidationError and goes to the field that is wrong."""
        self._given = self._read_shown()
        self._show_outline()
        return self._given

    def so_far(self) -> PolicyInput:
        """What can be read of it while somebody types."""
        issue = self._shown_issue
        if issue is None:
            return self.household.so_far(self._given)
        return with_issue(self._given, self._place - 1, self.issue.so_far(issue))

    def show_errors(self, place: int | None, sentences: Mapping[str, str]) -> None:
        """Go to the part and say beside its fields what is wrong."""
        target = 0 if place is None else place + 1
        if target != self._place:
            self._go(target)
        fields = self.household.fields()
        for key, sentence in sentences.items():
            if place is not None:
                self.issue.show_error(key, sentence)
            elif key in fields:
                fields[key].show_error(sentence)
                fields[key].setFocus()

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show what the self-check asks."""
        self.checks.show_checks(checks)
        self.bar.show_count(len(checks))

    @property
    def undecided(self) -> tuple[UUID, ...]:
        """The lines carried over on which nothing was decided yet."""
        return undecided(self.so_far().issues, self._decided)

    def step(self, by: int) -> None:
        """Go to the next part, or the one before, and into its first field."""
        place = self._place + by
        if 0 <= place <= len(self._given.issues):
            self._choose(place)
            if self._place == place:
                self.focus_first()

    def decide(self, way: LineDecision) -> None:
        """Decide on the line shown; one that stays as it is leads on to the next that waits for a decision."""
        issue = self._shown_issue
        if issue is None or not is_carried_over(issue):
            return
        self._decided.add(issue.issue_id)
        self.issue.decide(way)
        self._show_outline(self.so_far())
        if way is LineDecision.KEEP:
            self._choose(next_place(self._given.issues, self._place, self.undecided))
            self._after_decision()

    def show_sentences(self, sentences: Sequence[Sentence]) -> None:
        """Offer the sentences of the record."""
        self._has_sentences = True
        self.picker.show_sentences(sentences)

    def refresh_outline(self) -> None:
        """Bring the list up to what is typed."""
        given = self.so_far()
        self._show_outline(given)

    def focus_first(self) -> None:
        """Go to the first field of the part shown."""
        issue = self._shown_issue
        if issue is None:
            self.household.focus_first()
        else:
            self.issue.focus_first(issue)

    def pick_evidence(self) -> None:
        """Show the sentences of the record beside an issue."""
        if self._shown_issue is None:
            return
        self._set_picking(is_picking=True)
        self.picker.focus_first()
        if not self._has_sentences:
            self.sentences_wanted.emit()

    def add_issue(self) -> None:
        """One more issue behind the chosen one, and the keyboard in it."""
        if self._take():
            before = self._given.issues[self._place - 1] if self._place else None
            self._given = added(self._given, self._place, new_issue(before))
            self._go(self._place + 1)
            self.focus_first()
            self.edited.emit()

    @property
    def _shown_issue(self) -> Issue | None:
        return self._given.issues[self._place - 1] if self._place else None

    def _read_shown(self) -> PolicyInput:
        issue = self._shown_issue
        if issue is None:
            return self.household.read(self._given)
        return with_issue(self._given, self._place - 1, self.issue.read(issue))

    def _take(self) -> bool:
        """Take over what the shown form holds; False when something in it cannot be read."""
        try:
            self._given = self._read_shown()
        except ValidationError:
            self._show_outline()
            return False
        return True

    def _choose(self, place: int) -> None:
        if place != self._place and place >= 0 and self._take():
            self._go(place)

    def _go(self, place: int) -> None:
        self._place = place
        self._set_picking(is_picking=False)
        issue = self._shown_issue
        if issue is None:
            self.household.show_input(self._given)
        else:
            self.issue.show_issue(issue)
        self._show_page(0 if issue is None else 1)
        self._show_outline()

    def _after_decision(self) -> None:
        """The household's evaluation comes last, when every line is decided."""
        if self._place:
            self.focus_first()
        else:
            self.household.evaluation.setFocus()

    def _issue_edited(self) -> None:
        """Whoever writes in a line has decided that it goes on changed."""
        issue = self._shown_issue
        if issue is not None and issue.issue_id not in self._decided:
            self._decided |= {issue.issue_id} if self.issue.so_far(issue) != issue else set()
        self.edited.emit()

    def _remove_issue(self) -> None:
        if self._place:
            self._given = removed(self._given, self._place - 1)
            self._go(min(self._place, len(self._given.issues)))
            self.outline.list.setFocus()
            self.edited.emit()

    def _move_issue(self, by: int) -> None:
        if self._place and self._take():
            given = moved(self._given, self._place - 1, by)
            if given is not self._given:
                self._given = given
                self._place += by
                self._show_outline()
                self.edited.emit()

    def _take_evidence(self, evidence: Evidence) -> None:
        self.issue.take_evidence(evidence)
        self._end_picking()

    def _end_picking(self) -> None:
        self._set_picking(is_picking=False)
        self.issue.evidence.setFocus()

    def _show_outline(self, given: PolicyInput | None = None) -> None:
        issues = (given or self._given).issues
        open_ones = undecided(issues, self._decided)
        lines = [
            outline_line(n, issue, self._names, is_open=issue.issue_id in open_ones)
            for n, issue in enumerate(issues, start=1)
        ]
        self.outline.show_lines(lines, self._place)
        shown = self.outline.list.currentItem().text()
        self.bar.show_part(self._place, len(issues) + 1, shown)

    def _connect(self) -> None:
        self.household.edited.connect(self.edited)
        self.issue.edited.connect(self._issue_edited)
        self.issue.decided.connect(self.decide)
        self.step_wanted.connect(self.step)
        self.form_wanted.connect(self.focus_first)
        self.outline.chosen.connect(self._choose)
        self.outline.add_wanted.connect(self.add_issue)
        self.outline.remove_wanted.connect(self._remove_issue)
        self.outline.move_wanted.connect(self._move_issue)
        self.issue.evidence.pick_wanted.connect(self.pick_evidence)
        self.issue.evidence.entry_wanted.connect(self.entry_wanted)
        self.picker.taken.connect(self._take_evidence)
        self.picker.closed.connect(self._end_picking)
