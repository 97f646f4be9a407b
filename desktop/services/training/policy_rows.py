"""The rows of support policies: what they say, their versions, and their way through approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from desktop.domain.canonical import digest
from desktop.domain.dates import months_later
from desktop.domain.roles import Role
from desktop.services.training.approval_rows import POLICY, ApprovalRows, Submitted
from desktop.services.training.cases import Case
from desktop.services.training.course import Course, Outcome, handed_in
from desktop.services.training.days import OpenDays, at_work
from desktop.services.training.duty_rows import DutyRows
from desktop.services.training.explanation_rows import ExplanationRows
from desktop.services.training.ids import IdMaker, dashed
from desktop.services.training.policy_calendar import MONTHS, PolicyDate
from desktop.services.training.policy_writer import Content, Line, PolicyWriter, Source
from desktop.services.training.printer import Printer
from desktop.services.training.rows import Rows
from desktop.services.training.staffing import Officer
from desktop.services.training.story import Event

_STATES = {
    Outcome.DRAFT: "draft", Outcome.WAITING: "submitted", Outcome.HELD: "submitted",
    Outcome.RETURNED: "returned", Outcome.APPROVED: "approved",
}  # fmt: skip
_FIRST_WITHIN, _YEARLY_AFTER = 150, 300
_MORNING, _AFTERNOON = 0, 550


@dataclass(frozen=True, slots=True, kw_only=True)
class _Policy:
    """One policy about to be stored."""

    policy_id: str
    case: Case
    kind: str
    made_on: date
    author: Officer
    follows: str | None
    grade: str
    visits: int
    content: Content
    course: Course


class PolicyRows:
    """Writes the policies of one household after another."""

    def __init__(
        self,
        *,
        rows: Rows,
        ids: IdMaker,
        office_id: str,
        days: OpenDays,
        writer: PolicyWriter,
        approvals: ApprovalRows,
        duties: DutyRows,
        printer: Printer,
    ) -> None:
        self._rows, self._ids, self._office, self._days = rows, ids, office_id, days
        self._explanations = ExplanationRows(rows=rows, ids=ids, office_id=office_id, days=days)
        self._writer, self._approvals, self._duties = writer, approvals, duties
        self._printer = printer

    def add(
        self, chance: Random, case: Case, dates: Sequence[PolicyDate], sources: Sequence[Source]
    ) -> None:
        """Write all policies of a case, oldest first."""
        self._writer.begin(chance, case, sources)
        before: _Policy | None = None
        in_force: _Policy | None = None
        for planned in dates:
            before = self._one(chance, case, planned, before)
            if before.course.outcome is Outcome.APPROVED:
                in_force = before
        if in_force is not None and in_force.course.decided_on is not None:
            lines, began = in_force.content.lines, in_force.course.decided_on
            self._duties.add(chance, case, in_force.policy_id, lines, began)

    def _one(
        self, chance: Random, case: Case, planned: PolicyDate, before: _Policy | None
    ) -> _Policy:
        kind = _kind(case, planned.day, before)
        author = case.district_on(planned.day).author_on(planned.day)
        positions = self._approvals.route(case, author, kind, POLICY)
        course = self._course(chance, planned, len(positions))
        previous = before.content if before else None
        policy = _Policy(
            policy_id=self._ids(),
            case=case,
            kind=kind,
            made_on=course.recorded_on,
            author=author,
            follows=before.policy_id if before else None,
            grade=planned.grade,
            visits=planned.visits,
            content=self._writer.write(
                course.recorded_on, previous, has_gap=planned.has_gap, text=planned.text
            ),
            course=course,
        )
        hash_ = digest(_spelled(policy))
        self._policy(policy, hash_)
        self._lines(policy)
        if course.outcome is not Outcome.DRAFT:
            self._submitted(chance, policy, positions, hash_)
        if course.outcome is Outcome.APPROVED and not planned.is_unexplained:
            self._explanations.add(case, policy.policy_id, planned.day)
        if course.outcome is Outcome.APPROVED:
            self._print(case, policy.policy_id, course)
        return policy

    def _print(self, case: Case, policy_id: str, course: Course) -> None:
        batch = self._printer.batch(course.stamps[-1])
        if batch:
            self._rows.add("printed_policy", batch, policy_id, 1, "K-05", self._office, case.id)

    def _course(self, chance: Random, planned: PolicyDate, steps: int) -> Course:
        """Approved on its day after as many steps; else begun on its day and as far as it came."""
        days = self._days
        if planned.outcome is not Outcome.APPROVED:
            course = Course(planned.outcome, planned.day, at_work(chance, planned.day, _MORNING))
            course.submitted_at = handed_in(course.recorded_at)
            if planned.outcome in {Outcome.RETURNED, Outcome.HELD}:
                answered = days.later(planned.day, 1)
                if answered is None:
                    course.outcome = Outcome.WAITING
                else:
                    course.answered_at = at_work(chance, answered, _MORNING)
                    course.decided_on = answered
            return course
        stamped = [days.before(planned.day, steps - 1 - step) for step in range(steps)]
        made = days.before(planned.day, steps + int(chance.random() * 4))
        course = Course(Outcome.APPROVED, made, at_work(chance, made, _MORNING))
        course.submitted_at = handed_in(course.recorded_at)
        course.stamps = [at_work(chance, day, _AFTERNOON) for day in stamped]
        course.decided_on = planned.day
        return course

    def _policy(self, policy: _Policy, hash_: str) -> None:
        course, case, made_on = policy.course, policy.case, policy.made_on.isoformat()
        is_approved = course.outcome is Outcome.APPROVED and course.decided_on is not None
        due = months_later(course.decided_on, MONTHS) if course.decided_on else None
        gaps = 0 if course.outcome is Outcome.DRAFT else _gaps(policy.content)
        self._rows.add(
            "support_policy", policy.policy_id, self._office, case.id, policy.kind, _STATES[course.outcome], made_on,
            policy.author.id, course.recorded_at, 1, 1 if is_approved else None,
            course.stamps[-1] if is_approved else None, due.isoformat() if is_approved and due else None,
            policy.follows, hash_, gaps, policy.content.sketch,
        )  # fmt: skip
        self._rows.add(
            "support_policy_version", policy.policy_id, 1, self._office, case.id, policy.kind, made_on,
            course.recorded_at, policy.author.id, hash_, policy.grade, policy.visits,
        )  # fmt: skip
        self._rows.add(
            "policy_text", policy.policy_id, 1, self._office, case.id, policy.content.situation,
            policy.content.evaluation,
        )  # fmt: skip

    def _lines(self, policy: _Policy) -> None:
        key = (policy.policy_id, 1, self._office, policy.case.id)
        for place, line in enumerate(policy.content.lines):
            self._rows.add(
                "policy_issue", *key, line.issue_id, place, line.person_id, line.kind.independence, line.kind.domain,
                *line.said.values(), line.standing, line.result,
            )  # fmt: skip
            for number, (source, start, end) in enumerate(line.evidence):
                self._rows.add(
                    "policy_evidence", *key, line.issue_id, number, source.entry_id, source.version, source.segment_id,
                    start, end, source.text[start:end],
                )  # fmt: skip
            for number, (goal_id, *goal) in enumerate(line.goals):
                self._rows.add("policy_goal", *key, goal_id, line.issue_id, number, *goal)
            for number, (action_id, *action) in enumerate(line.actions):
                self._rows.add("policy_action", *key, action_id, line.issue_id, number, *action)

    def _submitted(
        self, chance: Random, policy: _Policy, positions: Sequence[Role], hash_: str
    ) -> None:
        submitted = Submitted(
            entry_id=policy.policy_id,
            case=policy.case,
            event=Event(policy.made_on, "policy", "policy"),
            author=policy.author,
            positions=positions,
            version=1,
            content_hash=hash_,
            subject=POLICY,
        )
        self._approvals.add(chance, submitted, policy.course)


def _kind(case: Case, day: date, before: _Policy | None) -> str:
    if before is None:
        return "new" if (day - case.began).days <= _FIRST_WITHIN else "yearly"
    return "event" if (day - before.made_on).days < _YEARLY_AFTER else "yearly"


def _gaps(content: Content) -> int:
    """Issues that go on without a dated action, as they are counted at submission."""
    return sum(
        line.standing != "ended" and not any(action[3] for action in line.actions)
        for line in content.lines
    )


def _spelled(policy: _Policy) -> dict[str, object]:
    """What `policy_content` says of it, without building its dataclasses."""
    lines = policy.content.lines
    return {
        "policy": dashed(policy.policy_id),
        "household": dashed(policy.case.id),
        "kind": policy.kind,
        "made_on": policy.made_on.isoformat(),
        "follows": dashed(policy.follows) if policy.follows else None,
        "grade": policy.grade,
        "visits_per_year": str(policy.visits),
        "situation": policy.content.situation,
        "evaluation": policy.content.evaluation,
        "issues": [_issue(line) for line in lines],
        "evidence": [
            [
                *(dashed(line.issue_id), dashed(source.entry_id), str(source.version)),
                *(dashed(source.segment_id), str(start), str(end), source.text[start:end]),
            ]
            for line in lines
            for source, start, end in line.evidence
        ],
        "goals": [
            [dashed(line.issue_id), dashed(goal_id), *goal]
            for line in lines
            for goal_id, *goal in line.goals
        ],
        "actions": [
            [dashed(line.issue_id), dashed(action_id), *action]
            for line in lines
            for action_id, *action in line.actions
        ],
    }


def _issue(line: Line) -> list[str | None]:
    return [
        dashed(line.issue_id),
        dashed(line.person_id) if line.person_id else None,
        *(line.kind.independence, line.kind.domain, *line.said.values()),
        *(line.standing, line.result),
    ]
