"""Offices, their people and who looks after which district."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.office import AssignmentKind, DatabaseKind
from desktop.domain.roles import Role
from desktop.models.base import Base, Dated, Keyed, Versioned, code, facts, office_table


class DatabaseInfo(Base):
    """What this database is: one row, written when it is created and never changed."""

    __tablename__ = "database_info"
    __table_args__ = office_table()

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    kind: Mapped[DatabaseKind] = mapped_column(code(DatabaseKind))
    created_at: Mapped[datetime]


class Office(Base):
    """A welfare office (福祉事務所)."""

    __tablename__ = "office"
    __table_args__ = office_table(UniqueConstraint("code"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]


class Staff(Keyed, Versioned, Base):
    """A member of staff (職員); `login` is the name at the database."""

    __tablename__ = "staff"
    __table_args__ = office_table(UniqueConstraint("login"))

    login: Mapped[str]
    name: Mapped[str]
    kana: Mapped[str]
    active_from: Mapped[date]
    active_to: Mapped[date | None]


class StaffRole(Keyed, Dated, Base):
    """A role somebody holds for a time."""

    __tablename__ = "staff_role"
    __table_args__ = office_table(UniqueConstraint("staff_id", "role", "valid_from"))

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    role: Mapped[Role] = mapped_column(code(Role))


class StaffAbsence(Keyed, Dated, Base):
    """A longer absence (休職・長期休暇); `substitute_id` is who stands in."""

    __tablename__ = "staff_absence"
    __table_args__ = office_table(Index(None, "staff_id"))

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    substitute_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))


class District(Keyed, Versioned, Base):
    """The area of one caseworker (地区); special ones hold households of their own kind."""

    __tablename__ = "district"
    __table_args__ = office_table(UniqueConstraint("office_id", "code"))

    code: Mapped[str]
    name: Mapped[str]
    is_special: Mapped[bool] = mapped_column(default=False)


class Assignment(Keyed, Dated, Base):
    """Who looks after a district from when to when (担当)."""

    __tablename__ = "assignment"
    __table_args__ = office_table(
        UniqueConstraint("district_id", "staff_id", "kind", "valid_from"), Index(None, "staff_id")
    )

    district_id: Mapped[UUID] = mapped_column(ForeignKey("district.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[AssignmentKind] = mapped_column(code(AssignmentKind))


class PersonAssignment(Keyed, Dated, Base):
    """A supporter or nurse for one person (個人担当)."""

    __tablename__ = "person_assignment"
    __table_args__ = facts(Index(None, "staff_id"), Index(None, "person_id"))

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
