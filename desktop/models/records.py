"""Contacts, entries and their parts. Text stands in content tables; dates and codes in facts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.records import (
    ChangeKind,
    ContactMethod,
    EntryOrigin,
    EntryState,
    Place,
    SegmentKind,
)
from desktop.models.base import Base, Keyed, code, content, facts, log


def _pointing(table: str, column: str) -> Index:
    """Rows that point at a row, found by it: so that a disposal need not read whole tables."""
    where = text(f"{column} IS NOT NULL")
    name = f"ix_{table}_{column}"
    return Index(name, column, postgresql_where=where)


class Contact(Keyed, Base):
    """One dated meeting, call or letter (接触); times are minutes since midnight.

    `has_danger_signs` (危険の兆候あり): nobody opened, and letters pile up, a lamp burns for days, it smells (2.7).
    It counts through the entry that points at it: a correction writes a new row, and the old one stays for
    the old version.
    """

    __tablename__ = "contact"
    __table_args__ = facts(
        Index(None, "household_id", "happened_on"),
        CheckConstraint("started_at BETWEEN 0 AND 1439", name="started_at"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ended_at"),
        CheckConstraint(
            "NOT has_danger_signs OR result_code IN ('21', '22')", name="has_danger_signs"
        ),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    happened_on: Mapped[date]
    started_at: Mapped[int | None]
    ended_at: Mapped[int | None]
    method: Mapped[ContactMethod] = mapped_column(code(ContactMethod))
    place: Mapped[Place] = mapped_column(code(Place))
    result_code: Mapped[str] = mapped_column(default="")
    is_home_visit: Mapped[bool] = mapped_column(default=False)
    is_absence: Mapped[bool] = mapped_column(default=False)
    has_danger_signs: Mapped[bool] = mapped_column(default=False, server_default=false())


class ContactStaff(Base):
    """Who went, or spoke."""

    __tablename__ = "contact_staff"
    __table_args__ = facts()

    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))


class ContactMet(Keyed, Base):
    """Somebody met; members by person, others by a label that only readers of the file see."""

    __tablename__ = "contact_met"
    __table_args__ = content(
        Index(None, "contact_id"),
        Index(None, "household_id"),
        _pointing("contact_met", "person_id"),
    )

    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    label: Mapped[str]


class EntryRecord(Keyed, Base):
    """One entry of the case record (ケース記録): what it is and where it stands, without its text.

    `version` is the newest version, `approved_version` the valid one. The body measures let the radar
    compare bodies without reading them. `changed_by` writes the correction or annulment under way, None while
    the author writes himself. `number` is the entry's place in the file, given at first submission.
    """

    __tablename__ = "entry"
    __table_args__ = facts(
        Index("ix_entry_file", "household_id", "event_on", "id"),
        Index("ix_entry_author_state", "author_id", "state"),
        Index(None, "changed_by", "state"),
        Index("ix_entry_office_approved", "office_id", "approved_at"),
        Index("ix_entry_office_state", "office_id", "state"),
        Index(None, "body_sketch"),
        _pointing("entry", "contact_id"),
        _pointing("entry", "relates_to"),
        _pointing("entry", "moved_to"),
        UniqueConstraint("household_id", "number"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    number: Mapped[int | None]
    kind: Mapped[str]
    origin: Mapped[EntryOrigin] = mapped_column(code(EntryOrigin), default=EntryOrigin.OFFICE)
    state: Mapped[EntryState] = mapped_column(code(EntryState), default=EntryState.DRAFT)
    change: Mapped[ChangeKind] = mapped_column(code(ChangeKind), default=ChangeKind.WRITING)
    event_on: Mapped[date]
    recorded_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    version: Mapped[int] = mapped_column(default=1)
    approved_version: Mapped[int | None]
    approved_at: Mapped[datetime | None]
    content_hash: Mapped[str] = mapped_column(default="")
    is_annulled: Mapped[bool] = mapped_column(default=False)
    relates_to: Mapped[UUID | None] = mapped_column(ForeignKey("entry.id"))
    moved_to: Mapped[UUID | None] = mapped_column(ForeignKey("entry.id"))
    body_length: Mapped[int] = mapped_column(default=0)
    body_digest: Mapped[str] = mapped_column(default="")
    body_sketch: Mapped[int] = mapped_column(BigInteger, default=0)
    body_is_set_phrase: Mapped[bool] = mapped_column(default=False, server_default=false())


class EntryVersion(Base):
    """A version of an entry: never changed, never removed. `contact_id` is the contact as that version states it."""

    __tablename__ = "entry_version"
    __table_args__ = facts(_pointing("entry_version", "contact_id"))

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    change: Mapped[ChangeKind] = mapped_column(code(ChangeKind))
    kind: Mapped[str]
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    saved_at: Mapped[datetime]
    saved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    content_hash: Mapped[str]


class SegmentText(Base):
    """The text of one segment in one version. `segment_id` is the same in every version of the entry."""

    __tablename__ = "segment"
    __table_args__ = content(Index("ix_segment_file", "household_id", "entry_id", "version"))

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment_id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    position: Mapped[int]
    kind: Mapped[SegmentKind] = mapped_column(code(SegmentKind))
    source: Mapped[str] = mapped_column(default="")
    text: Mapped[str]


class PromiseRow(Keyed, Base):
    """A promise or next step (約束・宿題): dates; its words stand in `promise_text`.

    The entry says it from version `from_version` on, and no longer from `to_version` on.
    """

    __tablename__ = "promise"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "entry_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"))
    due_on: Mapped[date | None]
    kept_on: Mapped[date | None]
    from_version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    to_version: Mapped[int | None]


class PromiseText(Base):
    """Who promised what."""

    __tablename__ = "promise_text"
    __table_args__ = content()

    promise_id: Mapped[UUID] = mapped_column(ForeignKey("promise.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    who: Mapped[str]
    what: Mapped[str]


class LegacyAuthor(Base):
    """Who wrote a record taken over from the former system, as that system named him."""

    __tablename__ = "legacy_author"
    __table_args__ = facts()

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    name: Mapped[str]


class PrintBatch(Keyed, Base):
    """One print run: who, when, with which mark, how many pages, and the hash of the PDF.

    `form` names the form of a register of the office (帳票番号); of what is about households their own rows tell it.
    """

    __tablename__ = "print_batch"
    __table_args__ = log(Index(None, "office_id", "printed_at"))

    printed_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    printed_at: Mapped[datetime]
    mark: Mapped[str]
    pages: Mapped[int]
    sha256: Mapped[str]
    form: Mapped[str | None]


class PrintedEntry(Base):
    """An entry's version that went to paper in a print run."""

    __tablename__ = "printed_entry"
    __table_args__ = log(Index(None, "entry_id", "version"))

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("print_batch.id"), primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    version: Mapped[int]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
