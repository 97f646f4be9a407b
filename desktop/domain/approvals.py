"""Approvals (決裁) of any subject: states, moves and the one table that says which move is allowed when.

Every approval names its subject by kind, id, root version and the SHA-256 of the canonical content, so
that what was read is what was approved. The move table stands here once; the screens, the moving door in
`desktop/database/` and later the database's own functions read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.roles import Role


class ApprovalState(StrEnum):
    """Where one submission stands."""

    WAITING = "waiting"
    HELD = "held"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"


class Move(StrEnum):
    """What a person does with a submission."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    APPROVE_WITH_INSTRUCTION = "approve_with_instruction"
    RETURN = "return"
    HOLD = "hold"
    APPROVE_FOR = "approve_for"
    INSPECT_LATER = "inspect_later"
    SEND_HIGHER = "send_higher"
    CIRCULATE = "circulate"
    MARK_READ = "mark_read"


class Party(StrEnum):
    """Who may make a move, relative to the submission."""

    AUTHOR = "author"
    APPROVER = "approver"
    DEPUTY = "deputy"
    ABSENT_APPROVER = "absent_approver"
    READER = "reader"


class StepKind(StrEnum):
    """What a route step asks of its position."""

    APPROVE = "approve"
    CIRCULATE = "circulate"


class StepState(StrEnum):
    """Where one step of the route stands. `APPROVED_FOR` waits for the later inspection (代決済・後閲待ち)."""

    OPEN = "open"
    APPROVED = "approved"
    APPROVED_FOR = "approved_for"
    INSPECTED = "inspected"
    READ = "read"


class Shown(StrEnum):
    """How the approver had the content before him: opened and read, or only as a row of a list."""

    READ = "read"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRule:
    """When a move is allowed, by whom, and whether it needs words."""

    move: Move
    label: str
    from_states: frozenset[ApprovalState]
    party: Party
    needs_text: bool = False
    text_label: str = ""


_OPEN = frozenset({ApprovalState.WAITING, ApprovalState.HELD})

#: The move table. `SUBMIT` starts a submission, so it has no state to come from.
MOVES: Mapping[Move, MoveRule] = {
    rule.move: rule
    for rule in (
        MoveRule(move=Move.SUBMIT, label="提出", from_states=frozenset(), party=Party.AUTHOR),
        MoveRule(move=Move.WITHDRAW, label="引戻し", from_states=_OPEN, party=Party.AUTHOR),
        MoveRule(move=Move.APPROVE, label="承認", from_states=_OPEN, party=Party.APPROVER),
        MoveRule(
            move=Move.APPROVE_WITH_INSTRUCTION,
            label="指示付き承認",
            from_states=_OPEN,
            party=Party.APPROVER,
            needs_text=True,
            text_label="指示の内容",
        ),
        MoveRule(
            move=Move.RETURN,
            label="差戻し",
            from_states=_OPEN,
            party=Party.APPROVER,
            needs_text=True,
            text_label="差戻しの理由",
        ),
        MoveRule(
            move=Move.HOLD,
            label="保留",
            from_states=frozenset({ApprovalState.WAITING}),
            party=Party.APPROVER,
            needs_text=True,
            text_label="保留の理由",
        ),
        MoveRule(
            move=Move.APPROVE_FOR,
            label="代決",
            from_states=_OPEN,
            party=Party.DEPUTY,
            needs_text=True,
            text_label="急ぎの理由",
        ),
        MoveRule(
            move=Move.INSPECT_LATER,
            label="後閲",
            from_states=_OPEN | {ApprovalState.APPROVED, ApprovalState.RETURNED},
            party=Party.ABSENT_APPROVER,
        ),
        MoveRule(
            move=Move.SEND_HIGHER,
            label="上位決裁へ",
            from_states=_OPEN,
            party=Party.APPROVER,
            needs_text=True,
            text_label="上位に上げる理由",
        ),
        MoveRule(
            move=Move.CIRCULATE,
            label="供覧",
            from_states=_OPEN | {ApprovalState.APPROVED},
            party=Party.APPROVER,
        ),
        MoveRule(
            move=Move.MARK_READ,
            label="供覧済",
            from_states=_OPEN | {ApprovalState.APPROVED},
            party=Party.READER,
        ),
    )
}

#: Moves that put a stamp on the content, so that it must have been opened before.
STAMPING = frozenset(
    {Move.APPROVE, Move.APPROVE_WITH_INSTRUCTION, Move.APPROVE_FOR, Move.SEND_HIGHER}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a submission's route, decided or still open."""

    number: int
    position: Role
    kind: StepKind = StepKind.APPROVE
    state: StepState = StepState.OPEN
    decided_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What the move table needs to know about one submission."""

    state: ApprovalState
    author_id: UUID
    submitter_id: UUID
    steps: tuple[Step, ...]

    @property
    def current(self) -> Step | None:
        """The first open approving step, or None when nothing waits."""
        if self.state not in _OPEN:
            return None
        return next(
            (s for s in self.steps if s.kind is StepKind.APPROVE and s.state is StepState.OPEN),
            None,
        )

    @property
    def has_stamp(self) -> bool:
        """Whether anybody has stamped it yet; until then the author may take it back."""
        return any(s.kind is StepKind.APPROVE and s.state is not StepState.OPEN for s in self.steps)

    def is_last(self, step: Step) -> bool:
        """Whether no approving step follows this one."""
        return not any(s.kind is StepKind.APPROVE and s.number > step.number for s in self.steps)


def refusal(
    submission: Submission, move: Move, *, staff_id: UUID, positions: frozenset[Role]
) -> str | None:
    """Why this person may not make this move now, as a sentence; None when he may.

    `positions` are the approving positions the person holds for this household's district: supervisor of
    the district, or head or director of the office. Nobody decides what he wrote or submitted himself.
    """
    rule = MOVES[move]
    if submission.state not in rule.from_states:
        return f"この案件は今の状態では「{rule.label}」できません。画面を更新してください。"
    own = staff_id in {submission.author_id, submission.submitter_id}
    match rule.party:
        case Party.AUTHOR:
            return _author_refusal(submission, own=own)
        case Party.APPROVER:
            return _approver_refusal(
                submission, move, staff_id=staff_id, positions=positions, own=own
            )
        case Party.DEPUTY:
            return _deputy_refusal(submission, positions=positions, own=own)
        case Party.ABSENT_APPROVER:
            return _inspection_refusal(submission, staff_id=staff_id, positions=positions)
        case Party.READER:
            return _reader_refusal(submission, positions=positions)


def _author_refusal(submission: Submission, *, own: bool) -> str | None:
    if not own:
        return "引戻しができるのは提出した本人だけです。"
    if submission.has_stamp:
        return "すでに押印があるため引き戻せません。差戻しを依頼してください。"
    return None


def _approver_refusal(
    submission: Submission, move: Move, *, staff_id: UUID, positions: frozenset[Role], own: bool
) -> str | None:
    if own:
        return "自分が書いた記録は自分で決裁できません。ほかの決裁者に回ります。"
    if move is Move.CIRCULATE and submission.state is ApprovalState.APPROVED:
        stamped = any(s.decided_by == staff_id for s in submission.steps)
        return None if stamped else "供覧に回せるのは決裁した人だけです。"
    current = submission.current
    if current is None or current.position not in positions:
        return "今の決裁段階の担当者ではありません。"
    return None


def _deputy_refusal(submission: Submission, *, positions: frozenset[Role], own: bool) -> str | None:
    if own:
        return "自分が書いた記録は代決できません。"
    current = submission.current
    if current is None:
        return "決裁を待っている段階がありません。"
    if current.position in positions:
        return "本来の決裁者ですので、代決ではなく承認してください。"
    if not positions:
        return "代決できる職位ではありません。"
    return None


def _inspection_refusal(
    submission: Submission, *, staff_id: UUID, positions: frozenset[Role]
) -> str | None:
    waiting = [s for s in submission.steps if s.state is StepState.APPROVED_FOR]
    mine = [s for s in waiting if s.position in positions and s.decided_by != staff_id]
    return None if mine else "後閲を待っている段階がありません。"


def _reader_refusal(submission: Submission, *, positions: frozenset[Role]) -> str | None:
    mine = [s for s in submission.steps if s.kind is StepKind.CIRCULATE and s.position in positions]
    return (
        None
        if any(s.state is StepState.OPEN for s in mine)
        else "供覧を待っている段階がありません。"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an approver hands in: the move on exactly what was displayed.

    `root_version` and `content_hash` are those of the content on the screen; another version is refused.
    `reply_due` goes with an instruction, `position` with circulation or sending higher.
    """

    approval_id: UUID
    move: Move
    root_version: int
    content_hash: str
    shown: Shown = Shown.READ
    text: str = field(default="", repr=False)
    reply_due: date | None = None
    position: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One line of the review queue (決裁待ち). `round` is 2 for what came back once and was submitted again.

    A plan of visits is of no household: its line names district and caseworker.
    """

    approval_id: UUID
    subject_kind: str
    subject_id: UUID
    household_id: UUID | None
    case_number: str
    head_name: str = field(repr=False)
    kind_label: str
    event_on: date | None
    author: str = field(repr=False)
    submitted_at: datetime
    age_days: int
    state: ApprovalState
    root_version: int
    content_hash: str
    position: Role
    in_bulk: bool = False
    round: int = 1
    needs_inspection: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StampRow:
    """One stamp as screens and paper show it: position, name, when; `note` names 代決・後閲."""

    position: Role
    name: str = field(repr=False)
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """One move in a submission's history."""

    move: Move
    by: str = field(repr=False)
    at: datetime
    root_version: int
    text: str = field(default="", repr=False)
