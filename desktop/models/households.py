"""Households, persons, and the keys by which they are found."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.households import HouseholdState, HouseholdType, Relation, SafetyMarkKind, Sex
from desktop.models.base import WORD, Base, Dated, Keyed, Versioned, code, directory, facts


class Household(Keyed, Versioned, Base):
    """A household receiving assistance (世帯), as the whole office may find it.

    Under 支援措置 (`is_shielded`) the names here are empty; they stand with the persons, in the facts.
    `sort_key` is the folded kana of the head, or the case number of a shielded household.
    """

    __tablename__ = "household"
    __table_args__ = directory(
        UniqueConstraint("office_id", "case_number"),
        # The last three let the list be counted and cut to a page without looking at a household itself.
        Index(
            "ix_household_order",
            *("office_id", "sort_key", "id", "state", "district_id", "household_type"),
        ),
        Index(None, "district_id"),
    )

    case_number: Mapped[str]
    district_id: Mapped[UUID] = mapped_column(ForeignKey("district.id"))
    state: Mapped[HouseholdState] = mapped_column(code(HouseholdState))
    household_type: Mapped[HouseholdType | None] = mapped_column(code(HouseholdType))
    head_name: Mapped[str] = mapped_column(default="")
    head_kana: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(WORD)
    member_count: Mapped[int] = mapped_column(default=1)
    is_shielded: Mapped[bool] = mapped_column(default=False)


class HouseholdKey(Base):
    """A folded word by which the whole office finds a household: case number, name or kana of the head."""

    __tablename__ = "household_key"
    __table_args__ = directory(Index(None, "household_id"))

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)


class PersonKey(Base):
    """A folded word that only those on duty find: members' names, address, birth date, shielded heads."""

    __tablename__ = "person_key"
    __table_args__ = facts(Index(None, "household_id"))

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)


class Person(Keyed, Versioned, Base):
    """One human being across cases (個人); `person_number` is the office's 宛名番号, never the individual number."""

    __tablename__ = "person"
    __table_args__ = facts(UniqueConstraint("office_id", "person_number"))

    person_number: Mapped[str]
    name: Mapped[str]
    kana: Mapped[str]
    birth_date: Mapped[date | None]
    sex: Mapped[Sex] = mapped_column(code(Sex))
    died_on: Mapped[date | None]


class Member(Keyed, Dated, Base):
    """A person's dated place in a household (世帯員)."""

    __tablename__ = "member"
    __table_args__ = facts(
        UniqueConstraint("household_id", "person_id", "valid_from"), Index(None, "person_id")
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    relation: Mapped[Relation] = mapped_column(code(Relation))
    is_head: Mapped[bool]


class SafetyMark(Keyed, Dated, Base):
    """A safety mark (支援措置, 二人訪問 …) on a household."""

    __tablename__ = "safety_mark"
    __table_args__ = facts(Index(None, "household_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    kind: Mapped[SafetyMarkKind] = mapped_column(code(SafetyMarkKind))
