"""How the codes of an entry read on paper and on screens."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop.domain.era import format_date
from desktop.domain.labels import METHOD, PLACE
from desktop.domain.records import ContactMethod, Entry, InstructionRow, Place

#: A fact beside the result (2.7), on every screen and on paper.
DANGER_SIGNS = "危険の兆候あり"


def result_text(entry: Entry) -> str:
    """The result in words, with the signs of danger that were seen; "" when there is none."""
    label = entry.result_label or entry.result_code
    return f"{label}・{DANGER_SIGNS}" if entry.has_danger_signs else label


def place_text(entry: Entry) -> str:
    """Where it happened, else how, and with what result."""
    parts = []
    if entry.place is not Place.NONE:
        parts.append(PLACE[entry.place])
    elif entry.method is not ContactMethod.NONE:
        parts.append(METHOD[entry.method])
    if result := result_text(entry):
        parts.append(result)
    return "　".join(parts)


def instruction_text(instruction: InstructionRow) -> str:
    """What a supervisor asked for (指示事項), with the day for the answer."""
    due = instruction.due_on
    return f"{instruction.text}（回答期限 {format_date(due)}）" if due else instruction.text


def instruction_lines(entry: Entry, told: Collection[str] = ()) -> Iterator[str]:
    """Each instruction about the entry and its answer. What the entry itself says, or what was `told`, is not said twice."""
    said = {*told, *(segment.text for segment in entry.segments)}
    for instruction in entry.instructions:
        if instruction.text not in said:
            yield instruction_text(instruction)
        elif instruction.due_on:
            yield f"回答期限 {format_date(instruction.due_on)}"
        yield answer_text(instruction)


def answer_text(instruction: InstructionRow) -> str:
    """What was done about it (指示事項への対応), or that nobody has answered yet."""
    if instruction.replied_on is None:
        return "→ 対応　まだ回答がありません"
    on = format_date(instruction.replied_on)
    return f"→ 対応　{on} {instruction.to}「{instruction.reply}」"
