"""Individual support plans, what happened to them, participations in programmes, and the office's tables for them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MASTERS = (Master.PROGRAMMES, Master.SUPPORT_OUTCOMES)
_TABLES = (
    "support_plan",
    "support_plan_programme",
    "support_plan_text",
    "support_plan_goal",
    "support_plan_step",
    "support_plan_step_result",
    "support_plan_consent",
    "support_plan_review",
    "support_plan_review_text",
    "support_plan_goal_result",
    "support_plan_end",
    "support_plan_end_text",
    "participation",
)
_INDEXES = (
    *((table, ("household_id",)) for table in _TABLES),
    ("support_plan", ("person_id", "state")),
    ("support_plan", ("assessment_id",)),
    ("support_plan", ("office_id", "review_on")),
    ("support_plan_step", ("stem_id",)),
    ("support_plan_step_result", ("stem_id",)),
    ("support_plan_consent", ("plan_id",)),
    ("support_plan_review", ("root_id",)),
    ("participation", ("person_id",)),
    ("participation", ("office_id", "programme", "starts_on")),
)
_GROUPS = ("G0", "G1a", "G1b", "G1c", "G2", "G3", "G4", "GW", "GX")
_WAYS = ("signed", "oral", "by_post")
_RELIANCES = ("economic", "social", "daily")


def upgrade() -> None:
    """Go up."""
    _plans()
    _goals()
    _steps()
    _consents()
    _reviews()
    _ends()
    _participations()
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    steps.add_masters(*_MASTERS)


def downgrade() -> None:
    """Go down."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    steps.drop_masters(*_MASTERS)


def _plans() -> None:
    states = ("draft", "submitted", "returned", "withdrawn", "approved")
    table = "support_plan"
    _make(
        table,
        ("id",),
        *_ids("id", "office_id", "household_id", "person_id", "root_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _code("state", "planstate", states),
        *_days("starts_on", "ends_on", "review_on"),
        *_ids("supporter_id", "assessment_id", nullable=True),
        _code("support_group", "supportgroup", _GROUPS, nullable=True),
        *_ids("author_id"),
        _at("saved_at"),
        *_ids("approved_by", nullable=True),
        _at("approved_at", nullable=True),
        *_texts("content_hash"),
        sa.UniqueConstraint("root_id", "version", name=op.f(f"uq_{table}_root_id_version")),
        _check(table, "root", "version >= 1 AND (version = 1) = (id = root_id)"),
        _check(table, "period", "ends_on >= starts_on"),
        *steps.keys(table, office_id="office", household_id="household", person_id="person"),
        *steps.keys(table, root_id=table, assessment_id="assessment", supporter_id="staff"),
        *steps.keys(table, author_id="staff", approved_by="staff"),
    )
    _part("support_plan_programme", ("plan_id", "programme"), *_texts("programme"))
    _part("support_plan_text", ("plan_id",), *_texts("wish", "picture", "long_goal"))


def _goals() -> None:
    table = "support_plan_goal"
    _keyed(
        table,
        {"plan_id": "support_plan"},
        sa.Column("number", sa.Integer(), nullable=False),
        _code("reliance", "selfreliance", _RELIANCES),
        *_texts("what", "measure", "baseline", "target"),
        sa.Column("due_on", sa.Date(), nullable=True),
        *_texts("why"),
        sa.Column("is_agreed", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("plan_id", "number", name=op.f(f"uq_{table}_plan_id_number")),
        _check(table, "number", "number BETWEEN 1 AND 3"),
    )


def _steps() -> None:
    table, result = "support_plan_step", "support_plan_step_result"
    doers = ("person", "caseworker", "supporter", "hello_work", "medical")
    statuses = ("open", "under_way", "done", "partly", "stopped")
    _keyed(
        table,
        {"plan_id": "support_plan", "goal_id": "support_plan_goal", "stem_id": table},
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("action"),
        _code("doer", "doer", (*doers, "council", "school", "family", "other")),
        sa.Column("due_on", sa.Date(), nullable=True),
        *_texts("how_often", "cost_item"),
        sa.UniqueConstraint("plan_id", "number", name=op.f(f"uq_{table}_plan_id_number")),
        _check(table, "number", "number BETWEEN 1 AND 30"),
    )
    _keyed(
        result,
        {"stem_id": table, "noted_by": "staff"},
        _code("status", "stepstatus", statuses),
        sa.Column("done_on", sa.Date(), nullable=True),
        *_texts("note"),
        _at("noted_at"),
    )


def _consents() -> None:
    _keyed(
        "support_plan_consent",
        {"plan_id": "support_plan", "noted_by": "staff"},
        _code("move", "consentmove", ("given", "declined", "taken_back")),
        *_days("said_on"),
        _code("way", "consentway", _WAYS),
        sa.Column("copy_given", sa.Boolean(), nullable=False),
        _at("noted_at"),
    )


def _reviews() -> None:
    review = "support_plan_review"
    _keyed(
        review,
        {"root_id": "support_plan", "noted_by": "staff"},
        *_days("held_on"),
        _code("next_course", "nextcourse", ("go_on", "change", "end", "other_programme")),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        _at("noted_at"),
    )
    steps.words("support_plan_review_text", review, "review_id", "attendees", "note")
    table = "support_plan_goal_result"
    _make(
        table,
        ("review_id", "goal_id"),
        *_ids("review_id", "goal_id", "office_id", "household_id"),
        _code("result", "goalresult", ("reached", "partly", "not_yet", "dropped")),
        *_texts("words"),
        *steps.keys(table, review_id=review, goal_id="support_plan_goal"),
        *steps.keys(table, office_id="office", household_id="household"),
    )


def _ends() -> None:
    table, words = "support_plan_end", "support_plan_end_text"
    _make(
        table,
        ("root_id",),
        *_ids("root_id", "office_id", "household_id"),
        *_days("ended_on"),
        *_texts("outcome"),
        sa.Column("follow_until", sa.Date(), nullable=True),
        *_ids("ended_by"),
        _at("noted_at"),
        _check(table, "follow", "follow_until IS NULL OR follow_until >= ended_on"),
        *steps.keys(table, root_id="support_plan", office_id="office", household_id="household"),
        *steps.keys(table, ended_by="staff"),
    )
    _make(
        words,
        ("root_id",),
        *_ids("root_id", "office_id", "household_id"),
        *_texts("summary", "comment"),
        sa.ForeignKeyConstraint(
            ["root_id"], [f"{table}.root_id"], name=op.f(f"fk_{words}_root_id")
        ),
        *steps.keys(words, office_id="office", household_id="household"),
    )


def _participations() -> None:
    table = "participation"
    _keyed(
        table,
        {"person_id": "person", "noted_by": "staff"},
        *_texts("programme"),
        sa.Column("consent_on", sa.Date(), nullable=True),
        _code("consent_way", "consentway", _WAYS, nullable=True),
        *_days("starts_on"),
        _at("noted_at"),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        *_ids("ended_by", nullable=True),
        _at("ended_at", nullable=True),
        _check(table, "consent", "(consent_on IS NULL) = (consent_way IS NULL)"),
        _check(table, "ending", "(ended_on IS NULL) = (outcome IS NULL)"),
        _check(table, "period", "ended_on IS NULL OR ended_on >= starts_on"),
        *steps.keys(table, ended_by="staff"),
    )


def _keyed(table: str, targets: dict[str, str], *parts: sa.schema.SchemaItem) -> None:
    """A table of a household whose rows have an id of their own and point at others."""
    _make(
        table,
        ("id",),
        *_ids("id", "office_id", "household_id", *targets),
        *parts,
        *steps.keys(table, office_id="office", household_id="household", **targets),
    )


def _part(table: str, key: tuple[str, ...], *columns: sa.Column[object]) -> None:
    """A table of one version of a plan."""
    _make(
        table,
        key,
        *_ids("plan_id", "office_id", "household_id"),
        *columns,
        *steps.keys(table, plan_id="support_plan", office_id="office", household_id="household"),
    )


def _make(table: str, key: tuple[str, ...], *parts: sa.schema.SchemaItem) -> None:
    op.create_table(table, *parts, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")))


def _ids(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _days(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Date(), nullable=False) for name in names]


def _texts(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _code(
    name: str, check: str, values: tuple[str, ...], *, nullable: bool = False
) -> sa.Column[object]:
    return sa.Column(name, steps.code(check, values), nullable=nullable)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
