"""Make all texts of a case record form printable, and note the characters that no font has."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.era import DateStyle, format_date
from desktop.domain.forms import CaseRecordForm, PrintedEntry
from desktop.reports.characters import clean, needs_cleaning
from desktop.reports.missing_log import MissingLog


def clean_form(form: CaseRecordForm) -> CaseRecordForm:
    """The same form without signs that have no ink."""
    return replace(
        form,
        office_name=clean(form.office_name),
        case_number=clean(form.case_number),
        head_name=clean(form.head_name),
        district_name=clean(form.district_name),
        printed_by=clean(form.printed_by),
        position_labels=tuple(clean(label) for label in form.position_labels),
        entries=tuple(_clean_entry(entry) for entry in form.entries),
    )


def note_missing(form: CaseRecordForm, log: MissingLog) -> None:
    """Note the undrawable characters of a cleaned form by field."""
    case = f"ケース番号{form.case_number}"
    log.check(f"{case} 見出し", f"{form.case_number}{form.office_name}{form.district_name}")
    log.check(f"{case} 世帯主", form.head_name)
    log.check(f"{case} 出力者", form.printed_by)
    for entry in form.entries:
        day = f"{case} {format_date(entry.event_on, DateStyle.SHORT)}"
        log.check(f"{day} 相手・場所", "".join(_side_texts(entry)))
        log.check(f"{day} 記事", _article(entry))
        log.check(f"{day} 印", "".join(stamp.name for stamp in entry.stamps))


def _side_texts(entry: PrintedEntry) -> tuple[str, ...]:
    return entry.time_text, entry.kind_label, entry.place_label, entry.met, entry.author


def _article(entry: PrintedEntry) -> str:
    parts = (f"{part.label}{part.text}{part.source}" for part in entry.segments)
    return "".join((entry.subject, entry.correction, entry.instruction, *parts))


def _clean_entry(entry: PrintedEntry) -> PrintedEntry:
    texts = [*_side_texts(entry), _article(entry)]
    texts += [f"{stamp.position_label}{stamp.name}{stamp.note}" for stamp in entry.stamps]
    if not any(map(needs_cleaning, texts)):
        return entry
    return replace(
        entry,
        time_text=clean(entry.time_text),
        kind_label=clean(entry.kind_label),
        place_label=clean(entry.place_label),
        met=clean(entry.met),
        author=clean(entry.author),
        subject=clean(entry.subject),
        instruction=clean(entry.instruction),
        correction=clean(entry.correction),
        segments=tuple(
            replace(part, label=clean(part.label), text=clean(part.text), source=clean(part.source))
            for part in entry.segments
        ),
        stamps=tuple(
            replace(
                stamp,
                position_label=clean(stamp.position_label),
                name=clean(stamp.name),
                note=clean(stamp.note),
            )
            for stamp in entry.stamps
        ),
    )
