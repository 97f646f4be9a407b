"""Personal papers that leave the office: trips, what was on their sheets, and incidents with them.

Offices that are there already get the tables of the decision and of questions that a new office begins with. (The purposes of the
sheet were a table of their own until 0031.)
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORIGIN = "carry_out"
_REASONS = ("visit", "accompany", "entry", "meeting")
_APPROVALS = ("none", "supervisor", "head")
_STATES = ("made", "approved", "out", "back", "closed", "lost", "withdrawn")
_MASTERS = (Master.CARRY_MEDIA, Master.CARRY_CHECKS)
_INDEXES = (
    ("carry_out", ("staff_id", "state")),
    ("carry_out", ("office_id", "leaving_at")),
    ("carry_out_item", ("household_id",)),
    ("carry_out_purpose", ("household_id",)),
    ("carry_out_pass", ("staff_id", "valid_on")),
    ("incident", ("office_id", "found_at")),
)
_TEXTS = ("summary", "items", "cause", "harm", "talk", "publication", "prevention", "remark")


def upgrade() -> None:
    """Go up."""
    _book()
    _trips()
    _parts()
    _passes()
    _incidents()
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    steps.allow_todo_origin(_ORIGIN)
    steps.add_masters(*_MASTERS)


def downgrade() -> None:
    """Go down."""
    for table in (
        *("incident", "carry_out_pass", "carry_out_purpose", "carry_out_item"),
        *("carry_out_step", "carry_out_kind", "carry_out", "carry_out_book"),
    ):
        op.drop_table(table)
    steps.refuse_todo_origin(_ORIGIN)
    steps.drop_masters(*_MASTERS)
    op.execute("DELETE FROM master WHERE table_name = 'carry_purposes'")


def _book() -> None:
    op.create_table(
        "carry_out_book",
        _id("office_id"),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        *steps.keys("carry_out_book", office_id="office"),
        sa.PrimaryKeyConstraint("office_id", "fiscal_year", name=op.f("pk_carry_out_book")),
    )


def _trips() -> None:
    op.create_table(
        "carry_out",
        *(_id("id"), _id("office_id"), _int("version"), _int("fiscal_year"), _int("number")),
        _id("staff_id"),
        sa.Column("reason", steps.code("carryoutreason", _REASONS), nullable=False),
        _at("leaving_at"),
        *(_text("area"), _int("households"), _int("sheets"), _text("protection")),
        *(_yes("is_masked"), _yes("goes_home")),
        sa.Column("approval", steps.code("carryoutapproval", _APPROVALS), nullable=False),
        sa.Column("state", steps.code("carryoutstate", _STATES), nullable=False),
        _at("made_at"),
        *(_id("approved_by", nullable=True), _at("approved_at", nullable=True)),
        *(_at("left_at", nullable=True), _id("batch_id", nullable=True)),
        *(_at("back_at", nullable=True), _yes("destroyed")),
        sa.Column("sheets_back", sa.Integer(), nullable=True),
        *(_id("closed_by", nullable=True), _at("closed_at", nullable=True)),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)", name=op.f("ck_carry_out_approved")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_carry_out_closed")
        ),
        *steps.keys(
            "carry_out",
            office_id="office",
            staff_id="staff",
            approved_by="staff",
            batch_id="print_batch",
            closed_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carry_out")),
        sa.UniqueConstraint(
            *("office_id", "fiscal_year", "number"),
            name=op.f("uq_carry_out_office_id_fiscal_year_number"),
        ),
    )


def _parts() -> None:
    op.create_table(
        "carry_out_kind",
        *(_id("carry_out_id"), _text("code"), _id("office_id"), _text("label"), _text("medium")),
        *steps.keys("carry_out_kind", carry_out_id="carry_out", office_id="office"),
        sa.PrimaryKeyConstraint("carry_out_id", "code", name=op.f("pk_carry_out_kind")),
    )
    op.create_table(
        "carry_out_step",
        _id("carry_out_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _id("office_id"),
        sa.Column("state", steps.code("carryoutstate", _STATES), nullable=False),
        *(_id("by_id"), _at("at"), _text("words")),
        *steps.keys("carry_out_step", carry_out_id="carry_out", office_id="office", by_id="staff"),
        sa.PrimaryKeyConstraint("carry_out_id", "number", name=op.f("pk_carry_out_step")),
    )
    of_file = {"carry_out_id": "carry_out", "household_id": "household", "office_id": "office"}
    op.create_table(
        "carry_out_item",
        *(_id(name) for name in of_file),
        *(_int("place"), _yes("with_place")),
        *steps.keys("carry_out_item", **of_file),
        sa.PrimaryKeyConstraint("carry_out_id", "household_id", name=op.f("pk_carry_out_item")),
    )
    op.create_table(
        "carry_out_purpose",
        *(_id("carry_out_id"), _id("household_id"), _text("code"), _id("office_id")),
        *steps.keys("carry_out_purpose", **of_file),
        sa.PrimaryKeyConstraint(
            "carry_out_id", "household_id", "code", name=op.f("pk_carry_out_purpose")
        ),
    )


def _passes() -> None:
    op.create_table(
        "carry_out_pass",
        *(_id("id"), _id("office_id"), _id("staff_id"), _id("by_id"), _at("at")),
        *(sa.Column("valid_on", sa.Date(), nullable=False), _text("reason")),
        *steps.keys("carry_out_pass", office_id="office", staff_id="staff", by_id="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carry_out_pass")),
    )


def _incidents() -> None:
    op.create_table(
        "incident",
        *(_id("id"), _id("office_id"), _int("version"), _id("carry_out_id", nullable=True)),
        *(_at("found_at"), _int("persons"), _yes("is_malicious"), _yes("is_reportable")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("quick_due_on", "full_due_on")),
        *(
            sa.Column(name, sa.Date(), nullable=True)
            for name in ("quick_reported_on", "full_reported_on")
        ),
        *map(_text, _TEXTS),
        *(_id("reported_by"), _at("reported_at"), _id("saved_by"), _at("saved_at")),
        *steps.keys(
            "incident",
            office_id="office",
            carry_out_id="carry_out",
            reported_by="staff",
            saved_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("carry_out_id", name=op.f("uq_incident_carry_out_id")),
    )


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _int(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=False)


def _yes(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
