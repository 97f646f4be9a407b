"""The rules of the domain as rows that the database's functions read: roles, positions, moves."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.database.disposal_order import file_parts
from desktop.domain.approvals import MOVES, STAMPING
from desktop.domain.carry_outs import CARRY_OUT_MOVES
from desktop.domain.guidance import OUTCOMES
from desktop.domain.guidance_forms import WORDS
from desktop.domain.guidance_gates import GATES
from desktop.domain.guidance_letters import GROUP_WORDS, SENTENCES
from desktop.domain.inquiries import INQUIRY_MOVES, WITH_MORE
from desktop.domain.issue_rules import ISSUE_RULES, READ_WITH
from desktop.domain.papers import PAPER_MOVES
from desktop.domain.reading import TICKET_MINUTES
from desktop.domain.rights import TOLD_ONE_BY_ONE, imported_tables
from desktop.domain.roles import APPROVING_POSITIONS, OFFICE_WIDE_ROLES, ROLE_PERMISSIONS
from desktop.domain.transfers import TRANSFER_MOVES
from desktop.domain.visit_plans import PLAN_MOVES

#: Kinds of things that are approved. Each has app.begin_<kind>, app.settle_<kind> and app.<kind>_in_bulk.
SUBJECT_KINDS = ("entry", "support_policy", "visit_grade", "support_plan")


def tables() -> str:
    """The tables, to be made before the functions that name their row types."""
    return """
        CREATE TABLE app.role_permission (role text, permission text, PRIMARY KEY (role, permission));
        CREATE TABLE app.wide_role (role text PRIMARY KEY);
        CREATE TABLE app.position (role text PRIMARY KEY, rank integer NOT NULL);
        CREATE TABLE app.subject_kind (kind text PRIMARY KEY);
        CREATE TABLE app.bulk_table (name text PRIMARY KEY);
        CREATE TABLE app.told_table (name text PRIMARY KEY);
        CREATE TABLE app.file_part (place integer PRIMARY KEY, name text NOT NULL, condition text NOT NULL);
        CREATE TABLE app.ticket_rule (minutes integer NOT NULL);
        CREATE TABLE app.paper_move (from_state text, to_state text, needs_reason boolean NOT NULL,
            PRIMARY KEY (from_state, to_state));
        CREATE TABLE app.issue_rule (form_code text PRIMARY KEY, mark text NOT NULL, permission text NOT NULL,
            subject text NOT NULL, is_approved boolean NOT NULL, replaces boolean NOT NULL, states text[] NOT NULL,
            condition text);
        CREATE TABLE app.closed_form (form_code text PRIMARY KEY, permission text NOT NULL);
        CREATE TABLE app.transfer_move (move text PRIMARY KEY, from_states text[] NOT NULL, to_state text NOT NULL,
            needs_words boolean NOT NULL);
        CREATE TABLE app.plan_move (move text PRIMARY KEY, from_states text[] NOT NULL, to_state text NOT NULL,
            party text NOT NULL, needs_words boolean NOT NULL, judges_floor boolean NOT NULL);
        CREATE TABLE app.carry_out_move (move text PRIMARY KEY, from_states text[] NOT NULL, to_state text NOT NULL,
            needs_words boolean NOT NULL);
        CREATE TABLE app.inquiry_move (from_state text, to_state text, permission text NOT NULL, words_label text NOT NULL,
            has_more boolean NOT NULL, PRIMARY KEY (from_state, to_state));
        CREATE TABLE app.guidance_gate (step text PRIMARY KEY, permission text NOT NULL, once_since text,
            once_sentence text NOT NULL, others text[] NOT NULL, outcomes text[] NOT NULL);
        CREATE TABLE app.guidance_need (place integer PRIMARY KEY, step text NOT NULL, is_again boolean NOT NULL, kind text NOT NULL,
            outcomes text[] NOT NULL, after text, where_any text, sentence text NOT NULL);
        CREATE TABLE app.guidance_word (step text, key text, is_required boolean NOT NULL, sentence text NOT NULL,
            PRIMARY KEY (step, key));
        CREATE TABLE app.letter_pattern (place integer PRIMARY KEY, pattern text NOT NULL, sentence text NOT NULL,
            of_items boolean NOT NULL, of_groups boolean NOT NULL);
        CREATE TABLE app.move_rule (move text PRIMARY KEY, label text NOT NULL, from_states text[] NOT NULL,
            party text NOT NULL, needs_text boolean NOT NULL, text_label text NOT NULL, stamps boolean NOT NULL);
    """


def rows() -> Iterator[tuple[str, dict[str, object]]]:
    """Table and row, one after the other."""
    for role, permissions in ROLE_PERMISSIONS.items():
        for permission in sorted(permissions):
            yield "role_permission", {"role": role.value, "permission": permission.value}
    for role in sorted(OFFICE_WIDE_ROLES):
        yield "wide_role", {"role": role.value}
    for rank, position in enumerate(APPROVING_POSITIONS):
        yield "position", {"role": position.value, "rank": rank}
    for kind in SUBJECT_KINDS:
        yield "subject_kind", {"kind": kind}
    for name in sorted(imported_tables()):
        yield "bulk_table", {"name": name}
    for name in sorted(TOLD_ONE_BY_ONE):
        yield "told_table", {"name": name}
    for place, part in enumerate(file_parts()):
        yield "file_part", {"place": place, "name": part.name, "condition": part.condition}
    yield "ticket_rule", {"minutes": TICKET_MINUTES}
    yield from _issues()
    yield from _moves()
    yield from _guidance()
    for move in INQUIRY_MOVES:
        states = {"from_state": move.from_state.value, "to_state": move.to_state.value}
        has_more = (move.from_state, move.to_state) in WITH_MORE
        asks = {"permission": move.permission.value, "words_label": move.words_label}
        yield "inquiry_move", {**states, **asks, "has_more": has_more}


def _guidance() -> Iterator[tuple[str, dict[str, object]]]:
    """Gates, words and patterns of guidance cases: the rows that `guidance_gates` judges by."""
    for gate in GATES.values():
        yield (
            "guidance_gate",
            {
                "step": gate.step.value,
                "permission": gate.permission.value,
                "once_since": gate.once_since and gate.once_since.value,
                "once_sentence": gate.once_sentence,
                "others": [kind.value for kind in gate.others],
                "outcomes": [outcome.value for outcome in OUTCOMES.get(gate.step, ())],
            },
        )
    needs = [
        (gate.step, need, is_again)
        for gate in GATES.values()
        for is_again, parts in ((False, gate.needs), (True, gate.again))
        for need in parts
    ]
    for place, (step, need, is_again) in enumerate(needs):
        yield (
            "guidance_need",
            {
                "place": place,
                "step": step.value,
                "is_again": is_again,
                "kind": need.kind.value,
                "outcomes": [outcome.value for outcome in need.outcomes],
                "after": need.after and need.after.value,
                "where_any": need.where and need.where.value,
                "sentence": need.sentence,
            },
        )
    for step, words in WORDS.items():
        for word in words:
            sentence = f"「{word.label}」を入力してください。"
            row = {"step": step.value, "key": word.key, "is_required": word.required}
            yield "guidance_word", {**row, "sentence": sentence}
    for place, (pattern, sentence) in enumerate(SENTENCES):
        yield (
            "letter_pattern",
            {
                "place": place,
                "pattern": pattern,
                "sentence": sentence,
                "of_items": place == 0,
                "of_groups": pattern == GROUP_WORDS,
            },
        )


def _issues() -> Iterator[tuple[str, dict[str, object]]]:
    for code, permission in READ_WITH.items():
        yield "closed_form", {"form_code": code, "permission": permission.value}
    for rule in ISSUE_RULES.values():
        yield (
            "issue_rule",
            {
                "form_code": rule.form_code,
                "mark": rule.mark.name.lower(),
                "permission": rule.permission.value,
                "subject": rule.subject,
                "is_approved": rule.is_approved,
                "replaces": rule.replaces,
                "states": list(rule.states),
                "condition": rule.condition and rule.condition.value,
            },
        )


def _moves() -> Iterator[tuple[str, dict[str, object]]]:
    for move in PAPER_MOVES:
        yield (
            "paper_move",
            {
                "from_state": move.from_state.value,
                "to_state": move.to_state.value,
                "needs_reason": move.needs_reason,
            },
        )
    for step in TRANSFER_MOVES.values():
        yield (
            "transfer_move",
            {
                "move": step.move.value,
                "from_states": sorted(state.value for state in step.from_states),
                "to_state": step.to_state.value,
                "needs_words": step.needs_words,
            },
        )
    for plan in PLAN_MOVES.values():
        yield (
            "plan_move",
            {
                "move": plan.move.value,
                "from_states": sorted(state.value for state in plan.from_states),
                "to_state": plan.to_state.value,
                "party": plan.party.value,
                "needs_words": plan.needs_words,
                "judges_floor": plan.judges_floor,
            },
        )
    for trip in CARRY_OUT_MOVES.values():
        yield (
            "carry_out_move",
            {
                "move": trip.move.value,
                "from_states": sorted(state.value for state in trip.from_states),
                "to_state": trip.to_state.value,
                "needs_words": trip.needs_words,
            },
        )
    for rule in MOVES.values():
        yield (
            "move_rule",
            {
                "move": rule.move.value,
                "label": rule.label,
                "from_states": sorted(state.value for state in rule.from_states),
                "party": rule.party.value,
                "needs_text": rule.needs_text,
                "text_label": rule.text_label,
                "stamps": rule.move in STAMPING,
            },
        )
