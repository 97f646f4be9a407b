"""What a visit should make sure of (訪問で確かめること, section 8.3): the office's subjects of ticks, by household and by what a record says."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from desktop.domain.households import CaseFile, HouseholdType, ResidenceKind
from desktop.domain.kana import fold
from desktop.domain.records import Place, SegmentKind
from desktop.domain.ticks import INPATIENT, TICK_GROUP, TickSubject

_EVERYBODY = "どの世帯にも"
_PART = "・"
_AT_HOME = frozenset({Place.HOME, Place.DOOR})
_STAYS = frozenset({Place.HOSPITAL, Place.FACILITY})


def is_head_away(file: CaseFile) -> bool:
    """Whether the head of a household lives in a hospital or home."""
    return any(m.is_head and m.residence is not ResidenceKind.HOME for m in file.members)


def groups_of(
    household_type: HouseholdType | None, place: Place, *, is_away: bool
) -> frozenset[str]:
    """Whose subjects are asked about: by where somebody is seen, elsewhere by where the head lives; who stays away is asked that list alone."""
    if place in _STAYS or (is_away and place not in _AT_HOME):
        return frozenset({INPATIENT})
    return frozenset({str(household_type)} if household_type is not None else ())


def residence_groups(file: CaseFile) -> frozenset[str]:
    """Whose subjects are asked about before anybody was seen."""
    return groups_of(file.household_type, Place.NONE, is_away=is_head_away(file))


def asked(subjects: Iterable[TickSubject], groups: Collection[str]) -> tuple[TickSubject, ...]:
    """What should be confirmed; what comes next is agreed upon, not asked."""
    return tuple(
        subject
        for subject in subjects
        if subject.is_for(groups) and subject.segment is not SegmentKind.NEXT
    )


def lists_for(
    subjects: Iterable[TickSubject], groups: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """What should be confirmed, in words: the list of every household, then that of these groups, each with its heading."""
    found = asked(subjects, groups)
    common = [subject.label for subject in found if not subject.groups]
    own = [subject.label for subject in found if subject.groups]
    heading = _PART.join(said for code, said in TICK_GROUP.items() if code in groups)
    lists = ((_EVERYBODY, common), (heading, own))
    return tuple((label, "、".join(items)) for label, items in lists if items)


def said_in(texts: Iterable[str]) -> str:
    """What texts say, folded to be looked through. Lines that only ask (「通院：」) say nothing."""
    return fold(
        "".join(line for text in texts for line in text.splitlines() if not _only_asks(line))
    )


def speaks_of(said: str, subject: TickSubject) -> bool:
    """Whether folded words speak of a subject or a part of it (暑さ・寒さ)."""
    words = (*(subject.words or subject.label.split(_PART)), subject.topic)
    return any(fold(word) in said for word in words if word.strip())


def _only_asks(line: str) -> bool:
    return line.strip().endswith(("：", ":"))
