"""What stands on the handover sheet of one household (引継票, K-25): one page for whoever looks after it from now on.

It tells what the file's facts, open matters and policy say. Guidance (法27条), medical words, assessments and sensitive barriers
are not on it: they are read in the file by whoever may.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.households import SafetyMarkKind
from desktop.domain.imprint import Imprint
from desktop.domain.todos import TodoOrigin

#: Days ahead that the sheet looks (今後60日).
AHEAD_DAYS = 60
#: Lines of each part that fit one page whatever the others have; what is more is counted, or takes the room others leave.
MOST_MEMBERS, MOST_CARES, MOST_OPEN, MOST_AHEAD = 5, 5, 7, 5
MOST_CONTACTS, MOST_POLICY = 4, 3
#: Characters of a line that fit the page's width; what is longer ends with …
LINE_CHARACTERS, NAME_CHARACTERS, CARE_CHARACTERS = 40, 20, 48

#: What each mark asks of whoever comes new.
CARE: Mapping[SafetyMarkKind, str] = {
    SafetyMarkKind.SHIELDED: "支援措置。住所・連絡先をだれにも伝えず、扶養照会や郵便は必ず査察指導員に相談してから。",
    SafetyMarkKind.VISIT_IN_PAIRS: "訪問は必ず二人で。",
    SafetyMarkKind.VIOLENCE: "暴言・暴力に注意。一人で会わない。",
    SafetyMarkKind.DOG: "犬に注意。",
    SafetyMarkKind.INFECTION: "感染症に注意。訪問の前に確かめる。",
    SafetyMarkKind.NO_PHONE: "電話をかけない。",
}
#: Given to-dos as the sheet calls them.
GIVEN: Mapping[TodoOrigin, str] = {
    TodoOrigin.INSTRUCTION: "指示（未回答）",
    TodoOrigin.CONSULTATION: "相談",
    TodoOrigin.OUTSIDE_INFO: "外部の情報",
    TodoOrigin.DECISION_DRAFT: "起案",
    TodoOrigin.ASSIGNED: "依頼",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """For whom the sheet is: the new caseworker ("" where nobody is named yet), and from which day on."""

    name: str = field(default="", repr=False)
    from_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLine:
    """One line: what sort of thing, by or on which day, and its words."""

    label: str
    day: date | None
    words: str = field(repr=False)
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPart:
    """The lines of a part that fit, and how many more there are."""

    lines: tuple[HandoverLine, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverMember:
    """A member in one line."""

    name: str = field(repr=False)
    relation: str
    age: int | None
    place: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSheet:
    """The 引継票 (K-25) as of a day, for one reader.

    `since` is the beginning of protection, `in_charge_since` the day from which the old caseworker had the household.
    `ahead` are planned visits and due days of the next 60 days, `open_items` what waits for somebody now.
    """

    imprint: Imprint
    as_of: date
    case_number: str
    district: str
    head_name: str = field(repr=False)
    head_kana: str = field(repr=False)
    state: str
    household_type: str
    visit_grade: str
    address: str = field(repr=False)
    since: date | None
    last_met_on: date | None
    days_since_met: int | None
    absences: int
    old_caseworker: str = field(repr=False)
    in_charge_since: date | None
    new_caseworker: str = field(repr=False)
    from_day: date | None
    members: tuple[HandoverMember, ...]
    more_members: int
    cares: HandoverPart
    open_items: HandoverPart
    ahead: HandoverPart
    contacts: HandoverPart
    recent: tuple[HandoverLine, ...]
    policy: HandoverPart
    policy_on: date | None
    review_on: date | None


def cut(text: str, most: int) -> str:
    """The text in one line of so many characters; what is cut off is marked by an ellipsis."""
    flat = " ".join(line.strip() for line in text.splitlines() if line.strip())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def line_of(
    label: str, day: date | None, words: str, today: date, *, most: int = LINE_CHARACTERS
) -> HandoverLine:
    """A line that fits; late where its day is over."""
    return HandoverLine(
        label=label,
        day=day,
        words=cut(words, most),
        is_late=day is not None and day < today,
    )


def part_of(lines: Sequence[HandoverLine], most: int) -> HandoverPart:
    """The most urgent lines that fit, by day with those without one last; the rest is counted."""
    ordered = sorted(lines, key=lambda line: line.day or date.max)
    return HandoverPart(lines=tuple(ordered[:most]), more=max(len(ordered) - most, 0))


def shared_out(*parts: Sequence[HandoverLine], most: Sequence[int]) -> tuple[HandoverPart, ...]:
    """Parts of one page: each has its number of lines for sure, and the first ones take what others leave unused.

    A part without lines takes one, which says that there are none.
    """
    spare = sum(m - max(1, min(len(lines), m)) for lines, m in zip(parts, most, strict=True))
    made: list[HandoverPart] = []
    for lines, sure in zip(parts, most, strict=True):
        more = min(spare, max(len(lines) - sure, 0))
        spare -= more
        made.append(part_of(lines, sure + more))
    return tuple(made)
