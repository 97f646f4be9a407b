"""Make all texts of a case record form printable, and note the characters that no font has."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.forms import CaseRecordForm, PrintedEntry
from desktop.reports.characters import clean, needs_cleaning
from desktop.reports.fonts import FontRole
from desktop.reports.setter import Setter


def clean_form(form: CaseRecordForm) -> CaseRecordForm:
    """The same form without signs that have no ink."""
    return replace(
        form,
        case_number=clean(form.case_number),
        head_name=clean(form.head_name),
        district_name=clean(form.district_name),
        position_labels=tuple(clean(label) for label in form.position_labels),
        entries=tuple(_clean_entry(entry) for entry in form.entries),
    )


def note_missing(form: CaseRecordForm, setter: Setter) -> None:
    """Note the undrawable characters of a cleaned form by field."""

    def note(place: str, text: str) -> None:
        setter.text(text, place, FontRole.MINCHO)

    note("見出し", f"{form.case_number}{form.imprint.office_name}{form.district_name}")
    note("世帯主", form.head_name)
    for entry in form.entries:
        day = form.imprint.day(entry.event_on, is_short=True)
        note(f"{day} 相手・場所", "".join(_side_texts(entry)))
        note(f"{day} 記事", _article(entry))
        note(f"{day} 印", "".join(stamp.name for stamp in entry.stamps))


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
