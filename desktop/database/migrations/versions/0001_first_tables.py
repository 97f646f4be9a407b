"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.models.base import UtcDateTime

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "database_info",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "training",
                "office",
                name="databasekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_database_info")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("code", name=op.f("uq_office_code")),
    )
    op.create_table(
        "district",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_special", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_district_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district")),
        sa.UniqueConstraint("office_id", "code", name=op.f("uq_district_office_id_code")),
    )
    op.create_table(
        "person",
        sa.Column("person_number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kana", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "male",
                "female",
                "unknown",
                name="sex",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_person_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint(
            "office_id", "person_number", name=op.f("uq_person_office_id_person_number")
        ),
    )
    op.create_table(
        "staff",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kana", sa.Text(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_staff_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
    )
    op.create_table(
        "assignment",
        sa.Column("district_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "main",
                "deputy",
                "supervisor",
                name="assignmentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.id"], name=op.f("fk_assignment_district_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_assignment_office_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_assignment_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "district_id",
            "staff_id",
            "kind",
            "valid_from",
            name=op.f("uq_assignment_district_id_staff_id_kind_valid_from"),
        ),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "household",
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("district_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "applying",
                "receiving",
                "suspended",
                "closed",
                name="householdstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "household_type",
            sa.Enum(
                "elderly",
                "mother_child",
                "disabled",
                "ill",
                "other",
                name="householdtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("head_name", sa.Text(), nullable=False),
        sa.Column("head_kana", sa.Text(), nullable=False),
        sa.Column(
            "sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("member_count", sa.Integer(), nullable=False),
        sa.Column("is_shielded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.id"], name=op.f("fk_household_district_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_household_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint(
            "office_id", "case_number", name=op.f("uq_household_office_id_case_number")
        ),
    )
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_household_district_id"), ["district_id"], unique=False)
        batch_op.create_index(
            "ix_household_order",
            ["office_id", "sort_key", "id", "state", "district_id", "household_type"],
            unique=False,
        )

    op.create_table(
        "ledger_import",
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("taken_over_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("vanished", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["staff.id"], name=op.f("fk_ledger_import_imported_by")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_ledger_import_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_import")),
    )
    with op.batch_alter_table("ledger_import", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ledger_import_office_id_imported_at"),
            ["office_id", "imported_at"],
            unique=False,
        )

    op.create_table(
        "master",
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("is_seed", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("rejected_by", sa.Uuid(), nullable=True),
        sa.Column("rejected_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "approved_at IS NULL OR rejected_at IS NULL", name=op.f("ck_master_one_decision")
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR entered_by IS NULL OR approved_by <> entered_by",
            name=op.f("ck_master_second_person"),
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name=op.f("fk_master_approved_by")),
        sa.ForeignKeyConstraint(["entered_by"], ["staff.id"], name=op.f("fk_master_entered_by")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_master_office_id")),
        sa.ForeignKeyConstraint(["rejected_by"], ["staff.id"], name=op.f("fk_master_rejected_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_master")),
    )
    with op.batch_alter_table("master", schema=None) as batch_op:
        batch_op.create_index(
            "ix_master_lookup", ["office_id", "table_name", "key", "valid_from"], unique=False
        )

    op.create_table(
        "person_assignment",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_person_assignment_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_assignment_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_person_assignment_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_assignment")),
    )
    with op.batch_alter_table("person_assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_assignment_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_assignment_staff_id"), ["staff_id"], unique=False
        )

    op.create_table(
        "print_batch",
        sa.Column("printed_by", sa.Uuid(), nullable=False),
        sa.Column("printed_at", UtcDateTime(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_print_batch_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["printed_by"], ["staff.id"], name=op.f("fk_print_batch_printed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_batch")),
    )
    with op.batch_alter_table("print_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_print_batch_office_id_printed_at"),
            ["office_id", "printed_at"],
            unique=False,
        )

    op.create_table(
        "residence_period",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "home",
                "hospital",
                "facility",
                name="residencekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_residence_period_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_residence_period_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence_period")),
        sa.UniqueConstraint(
            "person_id", "valid_from", name=op.f("uq_residence_period_person_id_valid_from")
        ),
    )
    op.create_table(
        "staff_absence",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_staff_absence_office_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_absence_staff_id")),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["staff.id"], name=op.f("fk_staff_absence_substitute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_absence")),
    )
    with op.batch_alter_table("staff_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_absence_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "caseworker",
                "supervisor",
                "assistant_head",
                "section_head",
                "director",
                "employment_supporter",
                "health_staff",
                "intake_interviewer",
                "records_staff",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_staff_role_office_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role")),
        sa.UniqueConstraint(
            "staff_id", "role", "valid_from", name=op.f("uq_staff_role_staff_id_role_valid_from")
        ),
    )
    op.create_table(
        "ticket",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("valid_until", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_ticket_office_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_ticket_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ticket_staff_id_opened_at"), ["staff_id", "opened_at"], unique=False
        )

    op.create_table(
        "work_period",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_work_period_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_work_period_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_period")),
        sa.UniqueConstraint(
            "person_id",
            "valid_from",
            "employer",
            name=op.f("uq_work_period_person_id_valid_from_employer"),
        ),
    )
    op.create_table(
        "address_period",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_address_period_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_address_period_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_period")),
        sa.UniqueConstraint(
            "household_id", "valid_from", name=op.f("uq_address_period_household_id_valid_from")
        ),
    )
    op.create_table(
        "approval",
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("root_version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "held",
                "returned",
                "withdrawn",
                "approved",
                name="approvalstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "position",
            sa.Enum(
                "caseworker",
                "supervisor",
                "assistant_head",
                "section_head",
                "director",
                "employment_supporter",
                "health_staff",
                "intake_interviewer",
                "records_staff",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("waits_inspection", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_approval_author_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_approval_household_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_approval_office_id")),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["staff.id"], name=op.f("fk_approval_submitted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "round",
            name=op.f("uq_approval_subject_kind_subject_id_round"),
        ),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approval_household_id"), ["household_id"], unique=False
        )
        batch_op.create_index("ix_approval_queue", ["office_id", "state", "position"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_approval_submitted_by_state"), ["submitted_by", "state"], unique=False
        )

    op.create_table(
        "contact",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.Integer(), nullable=True),
        sa.Column(
            "method",
            sa.Enum(
                "visit",
                "office",
                "telephone_in",
                "telephone_out",
                "letter_in",
                "letter_out",
                "agency",
                "none",
                name="contactmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "place",
            sa.Enum(
                "home",
                "door",
                "office",
                "hospital",
                "facility",
                "agency",
                "other",
                "none",
                name="place",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("result_code", sa.Text(), nullable=False),
        sa.Column("is_home_visit", sa.Boolean(), nullable=False),
        sa.Column("is_absence", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_contact_ended_at")
        ),
        sa.CheckConstraint("started_at BETWEEN 0 AND 1439", name=op.f("ck_contact_started_at")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_contact_household_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_contact_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_household_id_happened_on"),
            ["household_id", "happened_on"],
            unique=False,
        )

    op.create_table(
        "district_period",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("district_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.id"], name=op.f("fk_district_period_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_district_period_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_district_period_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district_period")),
        sa.UniqueConstraint(
            "household_id", "valid_from", name=op.f("uq_district_period_household_id_valid_from")
        ),
    )
    op.create_table(
        "household_key",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_key_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_household_key_office_id")
        ),
        sa.PrimaryKeyConstraint("office_id", "word", "household_id", name=op.f("pk_household_key")),
    )
    with op.batch_alter_table("household_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_household_key_household_id"), ["household_id"], unique=False
        )

    op.create_table(
        "household_state_period",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "applying",
                "receiving",
                "suspended",
                "closed",
                name="householdstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_state_period_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_household_state_period_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_state_period")),
        sa.UniqueConstraint(
            "household_id",
            "valid_from",
            name=op.f("uq_household_state_period_household_id_valid_from"),
        ),
    )
    op.create_table(
        "household_type_period",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "household_type",
            sa.Enum(
                "elderly",
                "mother_child",
                "disabled",
                "ill",
                "other",
                name="householdtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_type_period_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_household_type_period_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_type_period")),
        sa.UniqueConstraint(
            "household_id",
            "valid_from",
            name=op.f("uq_household_type_period_household_id_valid_from"),
        ),
    )
    op.create_table(
        "member",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "head",
                "spouse",
                "child",
                "parent",
                "sibling",
                "grandchild",
                "other",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_head", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_member_household_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_member_office_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint(
            "household_id",
            "person_id",
            "valid_from",
            name=op.f("uq_member_household_id_person_id_valid_from"),
        ),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_key",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_person_key_household_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_person_key_office_id")),
        sa.PrimaryKeyConstraint("office_id", "word", "household_id", name=op.f("pk_person_key")),
    )
    with op.batch_alter_table("person_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_key_household_id"), ["household_id"], unique=False
        )

    op.create_table(
        "safety_mark",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "shielded",
                "visit_in_pairs",
                "violence",
                "dog",
                "infection",
                "no_phone",
                name="safetymarkkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_safety_mark_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_safety_mark_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_mark")),
    )
    with op.batch_alter_table("safety_mark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_safety_mark_household_id"), ["household_id"], unique=False
        )

    op.create_table(
        "take_over",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("taken_over_on", sa.Date(), nullable=False),
        sa.Column("last_met_on", sa.Date(), nullable=True),
        sa.Column("policy_approved_on", sa.Date(), nullable=True),
        sa.Column("policy_due_on", sa.Date(), nullable=True),
        sa.Column("income_declared_on", sa.Date(), nullable=True),
        sa.Column("assets_declared_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_take_over_household_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_take_over_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_take_over")),
        sa.UniqueConstraint("household_id", name=op.f("uq_take_over_household_id")),
    )
    with op.batch_alter_table("take_over", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_take_over_office_id"), ["office_id"], unique=False)

    op.create_table(
        "ticket_household",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("outside_duty", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_ticket_household_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_household_ticket_id")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "household_id", name=op.f("pk_ticket_household")),
    )
    with op.batch_alter_table("ticket_household", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ticket_household_household_id"), ["household_id"], unique=False
        )

    op.create_table(
        "todo",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column(
            "origin",
            sa.Enum(
                "assigned",
                "consultation",
                "instruction",
                "returned_entry",
                "draft_entry",
                "promise",
                "telephone_memo",
                name="todoorigin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "done",
                name="todostate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_todo_created_by")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_todo_household_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_todo_office_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_todo_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_todo")),
    )
    with op.batch_alter_table("todo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_todo_household_id"), ["household_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_todo_owner_id_state"), ["owner_id", "state"], unique=False
        )

    op.create_table(
        "visit_grade_period",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_visit_grade_period_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_visit_grade_period_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_grade_period")),
        sa.UniqueConstraint(
            "household_id", "valid_from", name=op.f("uq_visit_grade_period_household_id_valid_from")
        ),
    )
    op.create_table(
        "approval_move",
        sa.Column("approval_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "submit",
                "withdraw",
                "approve",
                "approve_with_instruction",
                "return",
                "hold",
                "approve_for",
                "inspect_later",
                "send_higher",
                "circulate",
                "mark_read",
                name="move",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("root_version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("reply_due", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_approval_move_approval_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_approval_move_by_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_approval_move_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_approval_move_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_move")),
    )
    with op.batch_alter_table("approval_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approval_move_approval_id"), ["approval_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_approval_move_office_id_move"), ["office_id", "move"], unique=False
        )

    op.create_table(
        "approval_step",
        sa.Column("approval_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "position",
            sa.Enum(
                "caseworker",
                "supervisor",
                "assistant_head",
                "section_head",
                "director",
                "employment_supporter",
                "health_staff",
                "intake_interviewer",
                "records_staff",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "approve",
                "circulate",
                name="stepkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "approved",
                "approved_for",
                "inspected",
                "read",
                name="stepstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("inspected_by", sa.Uuid(), nullable=True),
        sa.Column("inspected_at", UtcDateTime(), nullable=True),
        sa.Column(
            "shown",
            sa.Enum(
                "read", "list", name="shown", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_approval_step_approval_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["staff.id"], name=op.f("fk_approval_step_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_approval_step_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["inspected_by"], ["staff.id"], name=op.f("fk_approval_step_inspected_by")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_approval_step_office_id")
        ),
        sa.PrimaryKeyConstraint("approval_id", "number", name=op.f("pk_approval_step")),
    )
    with op.batch_alter_table("approval_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approval_step_decided_by"), ["decided_by"], unique=False
        )

    op.create_table(
        "contact_met",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_met_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_contact_met_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_contact_met_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_met_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_met")),
    )
    with op.batch_alter_table("contact_met", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_met_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "contact_staff",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_staff_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_contact_staff_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_contact_staff_office_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_contact_staff_staff_id")),
        sa.PrimaryKeyConstraint("contact_id", "staff_id", name=op.f("pk_contact_staff")),
    )
    op.create_table(
        "entry",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "office",
                "legacy",
                name="entryorigin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "approved",
                name="entrystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "change",
            sa.Enum(
                "writing",
                "correction",
                "annulment",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("approved_version", sa.Integer(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("is_annulled", sa.Boolean(), nullable=False),
        sa.Column("relates_to", sa.Uuid(), nullable=True),
        sa.Column("moved_to", sa.Uuid(), nullable=True),
        sa.Column("body_length", sa.Integer(), nullable=False),
        sa.Column("body_digest", sa.Text(), nullable=False),
        sa.Column("body_sketch", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_entry_author_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["staff.id"], name=op.f("fk_entry_changed_by")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_entry_contact_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_entry_household_id")
        ),
        sa.ForeignKeyConstraint(["moved_to"], ["entry.id"], name=op.f("fk_entry_moved_to")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_entry_office_id")),
        sa.ForeignKeyConstraint(["relates_to"], ["entry.id"], name=op.f("fk_entry_relates_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("household_id", "number", name=op.f("uq_entry_household_id_number")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("ix_entry_author_state", ["author_id", "state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_entry_changed_by_state"), ["changed_by", "state"], unique=False
        )
        batch_op.create_index("ix_entry_file", ["household_id", "event_on", "id"], unique=False)
        batch_op.create_index(
            "ix_entry_office_approved", ["office_id", "approved_at"], unique=False
        )
        batch_op.create_index("ix_entry_office_state", ["office_id", "state"], unique=False)

    op.create_table(
        "todo_text",
        sa.Column("todo_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_todo_text_household_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_todo_text_office_id")),
        sa.ForeignKeyConstraint(["todo_id"], ["todo.id"], name=op.f("fk_todo_text_todo_id")),
        sa.PrimaryKeyConstraint("todo_id", name=op.f("pk_todo_text")),
    )
    op.create_table(
        "approval_note",
        sa.Column("move_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_approval_note_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["move_id"], ["approval_move.id"], name=op.f("fk_approval_note_move_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_approval_note_office_id")
        ),
        sa.PrimaryKeyConstraint("move_id", name=op.f("pk_approval_note")),
    )
    op.create_table(
        "entry_version",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                "writing",
                "correction",
                "annulment",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_entry_version_contact_id")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_version_entry_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_entry_version_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_entry_version_office_id")
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["staff.id"], name=op.f("fk_entry_version_saved_by")),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_entry_version")),
    )
    op.create_table(
        "legacy_author",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_legacy_author_entry_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_legacy_author_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_legacy_author_office_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_legacy_author")),
    )
    op.create_table(
        "printed_entry",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["print_batch.id"], name=op.f("fk_printed_entry_batch_id")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_printed_entry_entry_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_printed_entry_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_printed_entry_office_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "entry_id", name=op.f("pk_printed_entry")),
    )
    with op.batch_alter_table("printed_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_printed_entry_entry_id_version"), ["entry_id", "version"], unique=False
        )

    op.create_table(
        "promise",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_promise_entry_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_promise_household_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_promise_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_promise_household_id"), ["household_id"], unique=False)

    op.create_table(
        "segment",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "subject",
                "facts",
                "words",
                "view",
                "advice",
                "agreed",
                "decided",
                "next",
                "not_confirmed",
                "legacy",
                "reason",
                name="segmentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_segment_entry_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_segment_household_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_segment_office_id")),
        sa.PrimaryKeyConstraint("entry_id", "version", "segment_id", name=op.f("pk_segment")),
    )
    with op.batch_alter_table("segment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_segment_file", ["household_id", "entry_id", "version"], unique=False
        )

    op.create_table(
        "promise_text",
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_promise_text_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_promise_text_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_promise_text_promise_id")
        ),
        sa.PrimaryKeyConstraint("promise_id", name=op.f("pk_promise_text")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("promise_text")
    with op.batch_alter_table("segment", schema=None) as batch_op:
        batch_op.drop_index("ix_segment_file")

    op.drop_table("segment")
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promise_household_id"))
        batch_op.drop_index(batch_op.f("ix_promise_entry_id"))

    op.drop_table("promise")
    with op.batch_alter_table("printed_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_printed_entry_entry_id_version"))

    op.drop_table("printed_entry")
    op.drop_table("legacy_author")
    op.drop_table("entry_version")
    op.drop_table("approval_note")
    op.drop_table("todo_text")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_office_state")
        batch_op.drop_index("ix_entry_office_approved")
        batch_op.drop_index("ix_entry_file")
        batch_op.drop_index(batch_op.f("ix_entry_changed_by_state"))
        batch_op.drop_index("ix_entry_author_state")

    op.drop_table("entry")
    op.drop_table("contact_staff")
    with op.batch_alter_table("contact_met", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_met_contact_id"))

    op.drop_table("contact_met")
    with op.batch_alter_table("approval_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_step_decided_by"))

    op.drop_table("approval_step")
    with op.batch_alter_table("approval_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_move_office_id_move"))
        batch_op.drop_index(batch_op.f("ix_approval_move_approval_id"))

    op.drop_table("approval_move")
    op.drop_table("visit_grade_period")
    with op.batch_alter_table("todo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_todo_owner_id_state"))
        batch_op.drop_index(batch_op.f("ix_todo_household_id"))

    op.drop_table("todo")
    with op.batch_alter_table("ticket_household", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_household_household_id"))

    op.drop_table("ticket_household")
    with op.batch_alter_table("take_over", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_take_over_office_id"))

    op.drop_table("take_over")
    with op.batch_alter_table("safety_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safety_mark_household_id"))

    op.drop_table("safety_mark")
    with op.batch_alter_table("person_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_key_household_id"))

    op.drop_table("person_key")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_person_id"))

    op.drop_table("member")
    op.drop_table("household_type_period")
    op.drop_table("household_state_period")
    with op.batch_alter_table("household_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_key_household_id"))

    op.drop_table("household_key")
    op.drop_table("district_period")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_household_id_happened_on"))

    op.drop_table("contact")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_submitted_by_state"))
        batch_op.drop_index("ix_approval_queue")
        batch_op.drop_index(batch_op.f("ix_approval_household_id"))

    op.drop_table("approval")
    op.drop_table("address_period")
    op.drop_table("work_period")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_staff_id_opened_at"))

    op.drop_table("ticket")
    op.drop_table("staff_role")
    with op.batch_alter_table("staff_absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_absence_staff_id"))

    op.drop_table("staff_absence")
    op.drop_table("residence_period")
    with op.batch_alter_table("print_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_print_batch_office_id_printed_at"))

    op.drop_table("print_batch")
    with op.batch_alter_table("person_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_assignment_staff_id"))
        batch_op.drop_index(batch_op.f("ix_person_assignment_person_id"))

    op.drop_table("person_assignment")
    with op.batch_alter_table("master", schema=None) as batch_op:
        batch_op.drop_index("ix_master_lookup")

    op.drop_table("master")
    with op.batch_alter_table("ledger_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_import_office_id_imported_at"))

    op.drop_table("ledger_import")
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.drop_index("ix_household_order")
        batch_op.drop_index(batch_op.f("ix_household_district_id"))

    op.drop_table("household")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_staff_id"))

    op.drop_table("assignment")
    op.drop_table("staff")
    op.drop_table("person")
    op.drop_table("district")
    op.drop_table("office")
    op.drop_table("database_info")
