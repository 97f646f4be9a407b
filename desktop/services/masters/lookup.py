"""What is in force on a day, as other services read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.calendar import BusinessCalendar
from desktop.domain.declarations import Cycle, DeclarationKind
from desktop.domain.disclosures import DisclosureReason
from desktop.domain.disposal import RetentionRule
from desktop.domain.imprint import HouseStyle, PaperCalendar
from desktop.domain.inquiries import Agency, AgencyKind, InquiryItem
from desktop.domain.master_tables import Master
from desktop.domain.other_programmes import NO_LIMIT, OtherProgramme
from desktop.domain.phrases import Phrase
from desktop.domain.records import ContactMethod, EntryKind, Place, ResultCode, SegmentKind
from desktop.domain.roles import Role
from desktop.domain.template_slots import fill
from desktop.domain.thresholds import Thresholds
from desktop.domain.transfers import WelfareOffice
from desktop.domain.visit_grades import VisitGrade
from desktop.domain.wording import WORD_SEPARATOR, WordingRule
from desktop.models.masters import MasterValue

_SHORTEST_ROUTE = (Role.SUPERVISOR,)
#: Small tables that nearly every use case on records asks for: read in one statement.
_TOGETHER = (
    Master.ENTRY_KINDS,
    Master.RESULT_CODES,
    Master.THRESHOLDS,
    Master.ROUTES,
    Master.TEMPLATES,
)

#: Key → value of one table.
Values = dict[str, dict[str, object]]


def in_force(session: Session, office_id: UUID, table: str, on: date) -> Values:
    """Key → value of the approved rows in force on the day; of several the newest counts, retired keys are gone.

    Read once in a unit of work: a use case asks for the same table in several places.
    """
    return _once(session, office_id, table, on, _TOGETHER if table in _TOGETHER else (table,))


def _once(session: Session, office_id: UUID, table: str, on: date, tables: Sequence[str]) -> Values:
    known: dict[object, Values] = session.info.setdefault("masters", {})
    if (office_id, table, on) not in known:
        for name, values in _read(session, office_id, tables, on).items():
            known[office_id, name, on] = values
    return known[office_id, table, on]


def _read(session: Session, office_id: UUID, tables: Sequence[str], on: date) -> dict[str, Values]:
    rows = session.execute(
        select(MasterValue.table_name, MasterValue.key, MasterValue.value, MasterValue.is_retired)
        .where(
            MasterValue.office_id == office_id,
            MasterValue.table_name.in_(tables),
            MasterValue.approved_at.is_not(None),
            MasterValue.valid_from <= on,
        )
        .order_by(MasterValue.valid_from, MasterValue.approved_at, MasterValue.id)
    )
    newest: dict[str, dict[str, dict[str, object] | None]] = {str(name): {} for name in tables}
    for table, key, value, is_retired in rows:
        newest[table][key] = None if is_retired else value
    return {
        table: {key: value for key, value in found.items() if value is not None}
        for table, found in newest.items()
    }


def entry_kinds(session: Session, office_id: UUID, on: date) -> dict[str, EntryKind]:
    """Code → kind of entry (記録種別) in force."""
    rows = in_force(session, office_id, Master.ENTRY_KINDS, on)
    return {code: _entry_kind(code, value) for code, value in rows.items()}


def result_codes(session: Session, office_id: UUID, on: date) -> dict[str, ResultCode]:
    """Code → result code (結果コード) in force, in the order of the codes."""
    rows = in_force(session, office_id, Master.RESULT_CODES, on)
    return {
        code: ResultCode(
            code=code,
            label=_text(rows[code], "label"),
            counts=rows[code].get("counts") is True,
            is_absence=rows[code].get("is_absence") is True,
            next_step=_text(rows[code], "next_step"),
            needs_revisit=rows[code].get("needs_revisit") is True,
            is_urgent=rows[code].get("is_urgent") is True,
        )
        for code in sorted(rows)
    }


def thresholds(session: Session, office_id: UUID, on: date) -> Thresholds:
    """The limits in force. A limit the office has no row for is the shipped one."""
    rows = in_force(session, office_id, Master.THRESHOLDS, on)
    numbers = {key: _number(value) for key, value in rows.items()}
    names = [f.name for f in fields(Thresholds)]
    if not numbers.keys() >= set(names):
        shipped = {row.key: _number(row.value) for row in shipped_rows(Master.THRESHOLDS)}
        numbers = shipped | numbers
    return Thresholds(**{name: numbers[name] for name in names})


def route(
    session: Session, office_id: UUID, subject_kind: str, entry_kind: str, on: date
) -> tuple[Role, ...]:
    """The positions that decide, lowest first: of the entry kind, else of the subject, else the supervisor."""
    rows = in_force(session, office_id, Master.ROUTES, on)
    value = rows.get(f"{subject_kind}.{entry_kind}") or rows.get(subject_kind)
    return tuple(Role(code) for code in _codes(value or {}, "positions")) or _SHORTEST_ROUTE


def business_calendar(session: Session, office_id: UUID, on: date) -> BusinessCalendar:
    """The office's open days as known on a day."""
    days = in_force(session, office_id, Master.HOLIDAYS, on)
    return BusinessCalendar(closed=frozenset(date.fromisoformat(day) for day in days))


def template(
    session: Session, office_id: UUID, entry_kind: str, on: date, known: Mapping[str, str]
) -> dict[SegmentKind, str]:
    """The kind's template with its slots filled (`domain/template_slots.py` names them); {} where there is none."""
    value = in_force(session, office_id, Master.TEMPLATES, on).get(entry_kind, {})
    return {SegmentKind(name): fill(str(text), known) for name, text in value.items() if text}


def wording(session: Session, office_id: UUID, on: date) -> tuple[WordingRule, ...]:
    """The words to reconsider in a record, with their hints."""
    return _wording(in_force(session, office_id, Master.WORDING, on))


def phrases(session: Session, office_id: UUID, on: date) -> tuple[Phrase, ...]:
    """The office's set phrases (定型句) in force, in the order of their codes."""
    rows = in_force(session, office_id, Master.PHRASES, on)
    return tuple(
        Phrase(
            code=code,
            label=_text(rows[code], "label"),
            reading=_text(rows[code], "reading"),
            text=_text(rows[code], "text"),
            segments=tuple(SegmentKind(name) for name in _codes(rows[code], "segments")),
            bad_example=_text(rows[code], "bad_example"),
            why=_text(rows[code], "why"),
        )
        for code in sorted(rows)
    )


def policy_wording(session: Session, office_id: UUID, on: date) -> tuple[WordingRule, ...]:
    """The words to reconsider in a support policy: those of records, and those that make a policy say nothing."""
    rows = in_force(session, office_id, Master.POLICY_WORDING, on)
    return (*wording(session, office_id, on), *_wording(rows))


def other_programmes(session: Session, office_id: UUID, on: date) -> tuple[OtherProgramme, ...]:
    """The other laws to check, in the order of the shipped table, then those that the office added."""
    rows = in_force(session, office_id, Master.OTHER_PROGRAMMES, on)
    shipped = [row.key for row in shipped_rows(Master.OTHER_PROGRAMMES)]
    order = {code: place for place, code in enumerate(shipped)}
    return tuple(
        OtherProgramme(
            code=code,
            label=_text(rows[code], "label"),
            from_age=int(cast("int", rows[code].get("from_age") or NO_LIMIT)),
            to_age=int(cast("int", rows[code].get("to_age") or NO_LIMIT)),
            note=_text(rows[code], "note"),
        )
        for code in sorted(rows, key=lambda code: (order.get(code, len(order)), code))
    )


def readings(session: Session, office_id: UUID, on: date) -> dict[str, str]:
    """Word → its reading (ふりがな)."""
    rows = in_force(session, office_id, Master.READINGS, on)
    return {word: _text(value, "reading") for word, value in rows.items()}


def labels(session: Session, office_id: UUID, table: Master, on: date) -> dict[str, str]:
    """Code → label, else the code, of a table whose rows have one; no other table is read with it."""
    rows = _once(session, office_id, table, on, (table,))
    return {code: _text(value, "label") or code for code, value in rows.items()}


def visit_grades(session: Session, office_id: UUID, on: date) -> dict[str, VisitGrade]:
    """Code → visit grade (訪問格付) in force, in the order of the codes."""
    rows = in_force(session, office_id, Master.VISIT_GRADES, on)
    return {
        code: VisitGrade(
            code=code,
            label=_text(rows[code], "label"),
            visits_per_year=_count(rows[code], "visits_per_year"),
            interval_months=_count(rows[code], "interval_months"),
            who=_text(rows[code], "who"),
            first_months=_count(rows[code], "first_months"),
            pauses=rows[code].get("pauses") is True,
        )
        for code in sorted(rows)
    }


def retention_rules(session: Session, office_id: UUID, on: date) -> dict[str, RetentionRule]:
    """Class of file → how long it is kept (保存年限), with whether the office confirmed it."""
    rows = in_force(session, office_id, Master.RETENTION, on)
    confirmed = confirmed_keys(session, office_id, Master.RETENTION, on)
    return {
        code: RetentionRule(
            code=code,
            label=_text(value, "label"),
            years=int(cast("int", value.get("years") or 0)),
            from_fiscal_year=value.get("from_fiscal_year") is not False,
            is_confirmed=code in confirmed,
        )
        for code, value in rows.items()
    }


def _wording(rows: Values) -> tuple[WordingRule, ...]:
    return tuple(
        WordingRule(
            word=word,
            hint=_text(value, "hint"),
            alone=value.get("alone") is True,
            unless=tuple(filter(None, _text(value, "unless").split(WORD_SEPARATOR))),
            not_in=tuple(filter(None, _text(value, "not_in").split(WORD_SEPARATOR))),
        )
        for word, value in rows.items()
    )


def declaration_cycles(session: Session, office_id: UUID, on: date) -> dict[str, Cycle]:
    """Code → cycle of declarations (申告の周期) in force, income first, the most frequent first."""
    rows = in_force(session, office_id, Master.DECLARATION_CYCLES, on)
    cycles = [
        Cycle(
            code=code,
            label=_text(value, "label"),
            kind=DeclarationKind(_text(value, "kind")),
            months=int(cast("int", value["months"])),
            due_days=int(cast("int", value["due_days"])),
            who=_text(value, "who"),
        )
        for code, value in rows.items()
    ]
    cycles.sort(key=lambda c: (tuple(DeclarationKind).index(c.kind), c.months, c.code))
    return {cycle.code: cycle for cycle in cycles}


def letter_contact(session: Session, office_id: UUID, on: date) -> tuple[str, str, str]:
    """Whom letters say to call: name, telephone and hours; empty where the office has not said."""
    value = in_force(session, office_id, Master.LETTER_CONTACT, on).get("letter", {})
    return _text(value, "label"), _text(value, "phone"), _text(value, "hours")


def welfare_offices(session: Session, office_id: UUID, on: date) -> dict[str, WelfareOffice]:
    """Code → other welfare office (移管先) in force, in the order of the codes."""
    rows = in_force(session, office_id, Master.WELFARE_OFFICES, on)
    return {
        code: WelfareOffice(
            code=code,
            name=_text(rows[code], "label"),
            postal_code=_text(rows[code], "postal_code"),
            address=_text(rows[code], "address"),
            phone=_text(rows[code], "phone"),
            areas=tuple(filter(None, _text(rows[code], "areas").split(WORD_SEPARATOR))),
        )
        for code in sorted(rows)
    }


def inquiry_agencies(session: Session, office_id: UUID, on: date) -> dict[str, Agency]:
    """Code → agency that can be asked (照会先) in force, by kind and name."""
    rows = in_force(session, office_id, Master.INQUIRY_AGENCIES, on)
    agencies = [
        Agency(
            code=code,
            name=_text(value, "label"),
            kind=AgencyKind(_text(value, "kind")),
            honorific=_text(value, "honorific"),
            postal_code=_text(value, "postal_code"),
            address=_text(value, "address"),
        )
        for code, value in rows.items()
    ]
    agencies.sort(key=lambda a: (tuple(AgencyKind).index(a.kind), a.name, a.code))
    return {agency.code: agency for agency in agencies}


def inquiry_items(session: Session, office_id: UUID, on: date) -> dict[str, InquiryItem]:
    """Code → item that agencies of a kind are asked (照会事項) in force, by kind."""
    rows = in_force(session, office_id, Master.INQUIRY_ITEMS, on)
    items = [
        InquiryItem(
            code=code,
            label=_text(value, "label"),
            kind=AgencyKind(_text(value, "kind")),
            wording=_text(value, "wording"),
            basis=_text(value, "basis"),
        )
        for code, value in rows.items()
    ]
    items.sort(key=lambda i: (tuple(AgencyKind).index(i.kind), i.code))
    return {item.code: item for item in items}


def house_style(session: Session, office_id: UUID, on: date) -> HouseStyle:
    """How this office's paper looks and reads. A sentence that the office has no row for is the shipped one."""
    wording = in_force(session, office_id, Master.FORM_WORDING, on)
    numbers = in_force(session, office_id, Master.FORM_NUMBERS, on)
    value = in_force(session, office_id, Master.PAPER_STYLE, on).get("office", {})
    return HouseStyle(
        calendar=PaperCalendar(_text(value, "calendar") or PaperCalendar.ERA),
        honorific=_text(value, "honorific") or HouseStyle().honorific,
        signatory=_text(value, "signatory"),
        appeal=_text(value, "appeal"),
        sanction_elsewhere=value.get("sanction_elsewhere") is True,
        form_numbers={code: _text(row, "number") for code, row in numbers.items()},
        wording={
            **shipped_style().wording,
            **{k: _text(row, "text") for k, row in wording.items()},
        },
    )


def shipped_style() -> HouseStyle:
    """How paper looks and reads where no office has said anything."""
    rows = shipped_rows(Master.FORM_WORDING)
    return HouseStyle(wording={row.key: _text(row.value, "text") for row in rows})


def confirmed_keys(session: Session, office_id: UUID, table: str, on: date) -> set[str]:
    """Keys whose value in force somebody confirmed."""
    rows = session.execute(
        select(MasterValue.key, MasterValue.confirmed)
        .where(
            MasterValue.office_id == office_id,
            MasterValue.table_name == table,
            MasterValue.approved_at.is_not(None),
            MasterValue.valid_from <= on,
        )
        .order_by(MasterValue.valid_from, MasterValue.approved_at, MasterValue.id)
    )
    newest = {key: confirmed for key, confirmed in rows}  # noqa: C416 - rows are not pairs to the type checker
    return {key for key, confirmed in newest.items() if confirmed}


def _entry_kind(code: str, value: Mapping[str, object]) -> EntryKind:
    return EntryKind(
        code=code,
        label=_text(value, "label"),
        method=ContactMethod(_text(value, "method")),
        place=Place(_text(value, "place")),
        segments=tuple(SegmentKind(name) for name in _codes(value, "segments")),
        asks=_codes(value, "asks"),
        result_codes=_codes(value, "result_codes"),
        default_result=_text(value, "default_result"),
        in_bulk=value.get("in_bulk") is True,
        subject=_text(value, "subject"),
    )


def _text(value: Mapping[str, object], name: str) -> str:
    return str(value.get(name) or "")


def _codes(value: Mapping[str, object], name: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", value.get(name) or []))


def _count(value: Mapping[str, object], name: str) -> int:
    """A number that may have been left empty, or that rows of before it was asked lack."""
    return int(cast("int", value.get(name) or 0))


def _number(value: Mapping[str, object]) -> int:
    return int(cast("int", value["number"]))


def disclosure_reasons(session: Session, office_id: UUID, on: date) -> dict[str, DisclosureReason]:
    """Code → reason not to disclose (不開示の理由) in force, by code."""
    rows = in_force(session, office_id, Master.DISCLOSURE_REASONS, on)
    return {
        code: DisclosureReason(
            code=code, label=_text(rows[code], "label"), article=_text(rows[code], "article")
        )
        for code in sorted(rows)
    }
