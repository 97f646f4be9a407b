"""Assessments, case conferences and decided support groups, with the office's tables for them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLES = (
    "case_conference",
    "assessment",
    "conference_member",
    "assessment_answers",
    "assessment_barrier",
    "conference_matter",
    "sensitive_barrier",
    "support_hold_lift",
    "conference_minutes",
    "support_group_decision",
    "support_hold_lift_text",
    "support_group_reason",
)
_MASTERS = (
    Master.SUPPORT_GROUPS,
    Master.GROUP_RULES,
    Master.BARRIERS,
    Master.SELF_DRIVE_ITEMS,
    Master.ASSESSMENT_ANCHORS,
    Master.ASSESSMENT_NUMBERS,
)

_INDEXES = (
    ("case_conference", ["office_id", "planned_on"]),
    ("assessment", ["household_id"]),
    ("assessment", ["office_id", "saved_at"]),
    ("assessment_answers", ["household_id"]),
    ("assessment_barrier", ["household_id"]),
    ("conference_matter", ["assessment_id"]),
    ("conference_matter", ["household_id"]),
    ("sensitive_barrier", ["household_id"]),
    ("support_hold_lift", ["household_id"]),
    ("conference_minutes", ["household_id"]),
    ("support_group_decision", ["assessment_id"]),
    ("support_group_decision", ["household_id"]),
    ("support_group_decision", ["matter_id"]),
    ("support_hold_lift_text", ["household_id"]),
    ("support_group_reason", ["household_id"]),
)


def upgrade() -> None:
    """Go up."""
    _conferences()
    _assessments()
    _members()
    _answers()
    _barriers("assessment_barrier")
    _matters()
    _barriers("sensitive_barrier")
    _lifts()
    _minutes()
    _decisions()
    _lift_texts()
    steps.words(
        "support_group_reason", "support_group_decision", "decision_id", "reason", "persons_view"
    )
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
    op.create_index("ix_assessment_newest", "assessment", ["person_id", "made_on", "saved_at"])
    op.create_index(
        "ix_support_group_decision_newest",
        "support_group_decision",
        ["person_id", "effective_from", "decided_at"],
    )
    steps.add_masters(*_MASTERS)


def downgrade() -> None:
    """Go down."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    steps.drop_masters(*_MASTERS)


def _conferences() -> None:
    op.create_table(
        "case_conference",
        sa.Column(
            "kind",
            steps.code("conferencekind", ("case", "work_ability", "employment")),
            nullable=False,
        ),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("called_by", sa.Uuid(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *steps.keys("case_conference", called_by="staff", held_by="staff", office_id="office"),
        sa.CheckConstraint(
            "closed_at IS NULL OR held_on IS NOT NULL", name=op.f("ck_case_conference_held")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_conference")),
    )


def _assessments() -> None:
    op.create_table(
        "assessment",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            steps.code("assessmentkind", ("start", "periodic", "occasional", "wished")),
            nullable=False,
        ),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("form_on", sa.Date(), nullable=False),
        sa.Column("rules_from", sa.Date(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column(
            "proposed_group",
            steps.code("supportgroup", ("G0", "G1a", "G1b", "G1c", "G2", "G3", "G4", "GW", "GX")),
            nullable=False,
        ),
        sa.Column("on_hold", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *steps.keys(
            "assessment",
            author_id="staff",
            household_id="household",
            office_id="office",
            person_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )


def _members() -> None:
    op.create_table(
        "conference_member",
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        *steps.keys(
            "conference_member",
            conference_id="case_conference",
            office_id="office",
            staff_id="staff",
        ),
        sa.CheckConstraint(
            "staff_id IS NOT NULL OR name <> ''", name=op.f("ck_conference_member_named")
        ),
        sa.PrimaryKeyConstraint("conference_id", "number", name=op.f("pk_conference_member")),
        sa.UniqueConstraint(
            "conference_id", "staff_id", name=op.f("uq_conference_member_conference_id_staff_id")
        ),
    )


def _answers() -> None:
    op.create_table(
        "assessment_answers",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("scope", steps.code("scope", ("in", "out")), nullable=False),
        sa.Column("asks_anyway", sa.Boolean(), nullable=False),
        sa.Column("work", steps.code("work", ("W0", "W1", "W2")), nullable=False),
        sa.Column("health", steps.code("health", ("A1", "A2", "A3", "A4", "A9")), nullable=False),
        sa.Column(
            "health_source",
            steps.code("healthsource", ("treating", "contracted", "examined", "person")),
            nullable=True,
        ),
        sa.Column("health_on", sa.Date(), nullable=True),
        sa.Column("health_words", sa.Text(), nullable=False),
        sa.Column("rejudge_on", sa.Date(), nullable=True),
        sa.Column(
            "barriers", steps.code("barriers", ("C0", "C1", "C2", "C3", "C9")), nullable=False
        ),
        sa.Column(
            "motivation", steps.code("motivation", ("B1", "B2", "B3", "B4", "B9")), nullable=False
        ),
        sa.Column("motivation_on", sa.Date(), nullable=True),
        sa.Column("motivation_words", sa.Text(), nullable=False),
        sa.Column("drive", steps.code("selfdrive", ("E1", "E2", "E9")), nullable=False),
        sa.Column("drive_said", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("resources", sa.Text(), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("life", sa.Text(), nullable=False),
        sa.Column("safety", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column(
            "comment",
            steps.code("comment", ("agreed", "partly", "disagreed", "not_shown")),
            nullable=False,
        ),
        sa.Column("comment_words", sa.Text(), nullable=False),
        *steps.keys(
            "assessment_answers",
            assessment_id="assessment",
            household_id="household",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_assessment_answers")),
    )


def _barriers(table: str) -> None:
    """Barriers, or those marked sensitive: the same columns."""
    op.create_table(
        table,
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("barrier", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("state", steps.code("barriers", ("C0", "C1", "C2", "C3", "C9")), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        *steps.keys(
            table,
            assessment_id="assessment",
            household_id="household",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("assessment_id", "barrier", name=op.f(f"pk_{table}")),
    )


def _matters() -> None:
    op.create_table(
        "conference_matter",
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            steps.code(
                "matterkind",
                (
                    "support_group",
                    "work_finding",
                    "written_instruction",
                    "hearing",
                    "disposition",
                    "other",
                ),
            ),
            nullable=False,
        ),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *steps.keys(
            "conference_matter",
            added_by="staff",
            assessment_id="assessment",
            conference_id="case_conference",
            household_id="household",
            office_id="office",
            person_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_matter")),
        sa.UniqueConstraint(
            "conference_id",
            "person_id",
            "kind",
            name=op.f("uq_conference_matter_conference_id_person_id_kind"),
        ),
    )


def _lifts() -> None:
    op.create_table(
        "support_hold_lift",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=False),
        *steps.keys(
            "support_hold_lift",
            assessment_id="assessment",
            household_id="household",
            lifted_by="staff",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_support_hold_lift")),
    )


def _minutes() -> None:
    op.create_table(
        "conference_minutes",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("discussion", sa.Text(), nullable=False),
        sa.Column("persons_view", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        *steps.keys(
            "conference_minutes",
            household_id="household",
            matter_id="conference_matter",
            office_id="office",
            written_by="staff",
        ),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_conference_minutes")),
    )


def _decisions() -> None:
    op.create_table(
        "support_group_decision",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=True),
        sa.Column(
            "support_group",
            steps.code("supportgroup", ("G0", "G1a", "G1b", "G1c", "G2", "G3", "G4", "GW", "GX")),
            nullable=False,
        ),
        sa.Column(
            "how",
            steps.code("decidedby", ("conference", "supervisor", "provisional")),
            nullable=False,
        ),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *steps.keys(
            "support_group_decision",
            assessment_id="assessment",
            decided_by="staff",
            household_id="household",
            matter_id="conference_matter",
            office_id="office",
            person_id="person",
        ),
        sa.CheckConstraint(
            "(how = 'conference') = (matter_id IS NOT NULL)",
            name=op.f("ck_support_group_decision_of_a_conference"),
        ),
        sa.CheckConstraint(
            "(how = 'provisional') = (expires_on IS NOT NULL)",
            name=op.f("ck_support_group_decision_provisional_expires"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_group_decision")),
    )


def _lift_texts() -> None:
    op.create_table(
        "support_hold_lift_text",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *steps.keys("support_hold_lift_text", household_id="household", office_id="office"),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["support_hold_lift.assessment_id"],
            name=op.f("fk_support_hold_lift_text_assessment_id"),
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_support_hold_lift_text")),
    )
