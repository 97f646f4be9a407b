"""Guidance and sanction (指導指示・弁明・処分), the legal finding on use of ability, and the office's numbers about them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0041"
down_revision: str | None = "0040"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OUTCOMES = (
    *("continue", "stop", "agreed", "not_agreed", "approved", "returned", "handed", "certified"),
    *("barrier", "illness", "communication", "fulfilled", "justified", "partly", "violated"),
    *("heard", "statement", "absent", "safe", "danger", "change", "suspend", "abolish"),
    *("followed", "not_followed", "complied", "not_needed", "ended"),
)
_STEPS = (
    *("problem", "advice", "encouragement", "oral", "review", "plan_written", "letter"),
    *("letter_decision", "letter_delivery", "hindrance", "resolution", "check", "plan_hearing"),
    *("notice", "notice_decision", "notice_delivery", "hearing", "impact", "impact_confirmed"),
    *("plan_disposition", "life_check", "disposition", "disposition_first", "disposition_final"),
    *("follow_up", "close"),
)
_SUBJECTS = ("work", "reporting", "contact", "medical", "living")
_FINDING, _ELEMENT, _FOUND = "work_finding", "work_finding_element", "work_finding_decision"
_CASE, _STEP, _TEXT = "guidance_case", "guidance_step", "guidance_step_text"
_ITEM, _CHECKED, _GROUND = "instruction_item", "item_check", "disposition_ground"
_INDEXES = (
    *((table, "household_id") for table in (_FINDING, _ELEMENT, _FOUND, _CASE, _STEP, _TEXT)),
    *((table, "household_id") for table in (_ITEM, _CHECKED, _GROUND)),
    *((_FINDING, "person_id"), (_FOUND, "matter_id"), (_CASE, "person_id"), (_STEP, "noted_by")),
)


def upgrade() -> None:
    """Go up."""
    _findings()
    _cases()
    _steps()
    _texts_and_items()
    _of_items(_CHECKED, sa.Column("result", steps.code("outcome", _OUTCOMES), nullable=False))
    _of_items(_GROUND)
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    steps.add_masters(Master.GUIDANCE_NUMBERS)


def downgrade() -> None:
    """Go down."""
    for table in (_GROUND, _CHECKED, _ITEM, _TEXT, _STEP, _CASE, _FOUND, _ELEMENT, _FINDING):
        op.drop_table(table)
    steps.drop_masters(Master.GUIDANCE_NUMBERS)


def _findings() -> None:
    op.create_table(
        _FINDING,
        *_ids("id", "office_id", "household_id", "person_id"),
        sa.Column("found_on", sa.Date(), nullable=False),
        *_ids("author_id"),
        _instant("written_at"),
        *_owner(_FINDING, person_id="person", author_id="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_FINDING}")),
    )
    op.create_table(
        _ELEMENT,
        *_ids("finding_id"),
        _code("element", "element", ("ability", "will", "opportunity")),
        *_ids("office_id", "household_id"),
        _code("state", "elementstate", ("there", "lacking", "unknown")),
        *_words("facts", "evidence"),
        sa.Column("as_of", sa.Date(), nullable=False),
        *_owner(_ELEMENT, finding_id=_FINDING),
        sa.PrimaryKeyConstraint("finding_id", "element", name=op.f(f"pk_{_ELEMENT}")),
    )
    op.create_table(
        _FOUND,
        *_ids("finding_id", "office_id", "household_id"),
        _code("outcome", "findingoutcome", ("used", "not_used", "undecided")),
        _code("how", "foundby", ("conference", "head")),
        sa.Column("matter_id", sa.Uuid(), nullable=True),
        *_words("reason"),
        *_ids("decided_by"),
        _instant("decided_at"),
        sa.CheckConstraint(
            "(how = 'conference') = (matter_id IS NOT NULL)",
            name=op.f(f"ck_{_FOUND}_of_a_conference"),
        ),
        *_owner(_FOUND, finding_id=_FINDING, matter_id="conference_matter", decided_by="staff"),
        sa.PrimaryKeyConstraint("finding_id", name=op.f(f"pk_{_FOUND}")),
    )


def _cases() -> None:
    op.create_table(
        _CASE,
        *_ids("id", "office_id", "household_id", "person_id"),
        _code("subject", "guidancesubject", _SUBJECTS),
        *_ids("opened_by"),
        _instant("opened_at"),
        *_owner(_CASE, person_id="person", opened_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_CASE}")),
    )


def _steps() -> None:
    op.create_table(
        _STEP,
        *_ids("id", "office_id", "household_id", "case_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _code("kind", "step", _STEPS),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("further_on", sa.Date(), nullable=True),
        sa.Column("outcome", steps.code("outcome", _OUTCOMES), nullable=True),
        sa.Column("matter_id", sa.Uuid(), nullable=True),
        sa.Column("of_step", sa.Uuid(), nullable=True),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("second_id", sa.Uuid(), nullable=True),
        *_ids("noted_by"),
        _instant("noted_at"),
        sa.CheckConstraint("number > 0", name=op.f(f"ck_{_STEP}_number")),
        *_owner(_STEP, case_id=_CASE, matter_id="conference_matter", of_step=_STEP),
        *steps.keys(_STEP, second_id="staff", noted_by="staff"),
        sa.UniqueConstraint("case_id", "number", name=op.f(f"uq_{_STEP}_case_id_number")),
        sa.UniqueConstraint("matter_id", name=op.f(f"uq_{_STEP}_matter_id")),
        sa.UniqueConstraint("of_step", name=op.f(f"uq_{_STEP}_of_step")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_STEP}")),
    )


def _texts_and_items() -> None:
    op.create_table(
        _TEXT,
        *_ids("step_id", "office_id", "household_id"),
        sa.Column("words", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        *_owner(_TEXT, step_id=_STEP),
        sa.PrimaryKeyConstraint("step_id", name=op.f(f"pk_{_TEXT}")),
    )
    op.create_table(
        _ITEM,
        *_ids("step_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_ids("office_id", "household_id"),
        *_words("action"),
        sa.Column("due_on", sa.Date(), nullable=False),
        *_words("measure"),
        sa.CheckConstraint("number > 0", name=op.f(f"ck_{_ITEM}_number")),
        *_owner(_ITEM, step_id=_STEP),
        sa.PrimaryKeyConstraint("step_id", "number", name=op.f(f"pk_{_ITEM}")),
    )


def _of_items(table: str, *more: sa.Column[str]) -> None:
    """A table whose rows are about items of a letter."""
    op.create_table(
        table,
        *_ids("step_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_ids("letter_id", "office_id", "household_id"),
        *more,
        *_owner(table, step_id=_STEP),
        sa.ForeignKeyConstraint(
            ["letter_id", "number"],
            [f"{_ITEM}.step_id", f"{_ITEM}.number"],
            name=op.f(f"fk_{table}_letter_id"),
        ),
        sa.PrimaryKeyConstraint("step_id", "number", name=op.f(f"pk_{table}")),
    )


def _ids(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _code(name: str, check: str, values: Sequence[str]) -> sa.Column[str]:
    return sa.Column(name, steps.code(check, values), nullable=False)


def _owner(table: str, **more: str) -> list[sa.ForeignKeyConstraint]:
    return steps.keys(table, office_id="office", household_id="household", **more)
