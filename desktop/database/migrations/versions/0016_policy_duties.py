"""What the policy in force asks for, and what became of it. Policies that are in force already get their duties."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KIND = ("issue", "short_goal", "action")
_FIELD = ("work", "schooling")
_OUTCOME = ("done", "partly", "not_done")
_ACTOR = (
    *("caseworker", "person", "family", "employment_supporter"),
    *("health_staff", "medical", "agency", "other"),
)


def upgrade() -> None:
    """Go up."""
    _duties()
    _results()
    steps.words("policy_result_text", "policy_result", "result_id", "text")
    for name, table, columns in (
        ("ix_policy_duty_household_id_ended_on", "policy_duty", ["household_id", "ended_on"]),
        ("ix_policy_duty_due", "policy_duty", ["office_id", "by_on"]),
        ("ix_policy_duty_person_id", "policy_duty", ["person_id"]),
        ("ix_policy_result_household_id", "policy_result", ["household_id"]),
        ("ix_policy_result_duty_id", "policy_result", ["duty_id"]),
        ("ix_policy_result_text_household_id", "policy_result_text", ["household_id"]),
    ):
        op.create_index(op.f(name), table, columns)
    _fill()


def downgrade() -> None:
    """Go down."""
    for table in ("policy_result_text", "policy_result", "policy_duty"):
        op.drop_table(table)


def _duties() -> None:
    op.create_table(
        "policy_duty",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("kind", steps.code("dutykind", _KIND), nullable=False),
        sa.Column("about", steps.code("dutyfield", _FIELD), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("actor", steps.code("actor", _ACTOR), nullable=True),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'action') = (actor IS NOT NULL)", name=op.f("ck_policy_duty_who")
        ),
        *steps.keys(
            "policy_duty",
            household_id="household",
            policy_id="support_policy",
            person_id="person",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_duty")),
        sa.UniqueConstraint("policy_id", "line_id", name=op.f("uq_policy_duty_policy_id_line_id")),
    )


def _results() -> None:
    op.create_table(
        "policy_result",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("duty_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", steps.code("outcome", _OUTCOME), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *steps.keys(
            "policy_result",
            household_id="household",
            duty_id="policy_duty",
            noted_by="staff",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_result")),
    )


def _fill() -> None:
    """The lines of every policy in force, as `app.renew_policy_duties` writes them at an approval."""
    if op.get_bind().dialect.name == "postgresql":
        new_id, day = "gen_random_uuid()", "(p.approved_at AT TIME ZONE 'Asia/Tokyo')::date"
    else:
        new_id, day = "lower(hex(randomblob(16)))", "date(p.approved_at, '+9 hours')"
    lines = (
        ("i.issue_id", "'issue'", "NULL", "NULL", ""),
        ("x.goal_id", "'short_goal'", "NULL", "x.by_on", "policy_goal"),
        ("x.action_id", "'action'", "x.actor", "x.by_on", "policy_action"),
    )
    for line, kind, actor, by_on, part in lines:
        of_term = " AND x.term = 'short'" if part == "policy_goal" else ""
        joined = (
            f"JOIN {part} x ON x.policy_id = p.id AND x.version = i.version AND x.issue_id = i.issue_id{of_term}"
            if part
            else ""
        )
        op.execute(
            f"""INSERT INTO policy_duty (id, office_id, household_id, policy_id, line_id, issue_id, kind, about, person_id,
                                         actor, by_on, began_on)
            SELECT {new_id}, p.office_id, p.household_id, p.id, {line}, i.issue_id, {kind},
                   CASE WHEN i.domain IN ('work', 'schooling') THEN i.domain END, i.person_id, {actor}, {by_on}, {day}
              FROM support_policy p
              JOIN policy_issue i ON i.policy_id = p.id AND i.version = p.approved_version AND i.standing <> 'ended'
              {joined}
             WHERE p.state = 'approved' AND NOT EXISTS (SELECT 1 FROM support_policy q
                   WHERE q.household_id = p.household_id AND q.state = 'approved'
                     AND (q.approved_at > p.approved_at OR q.approved_at = p.approved_at AND q.id > p.id))"""  # noqa: S608
        )
