"""How it is told that a record or a policy reads nearly as another one: calmly, with a question ready for its author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from desktop.domain.era import DateStyle, format_date
from desktop.domain.labels import SEGMENT
from desktop.domain.review import EntryCard, Likeness, PolicyCard, PolicyLikeness
from desktop.domain.support_policies import POLICY_KIND, SupportPolicy
from desktop.viewmodels.records_difference import PartDifference, compare, compare_entries
from desktop.viewmodels.records_text import Labelled
from desktop.viewmodels.support_policies import household_parts, issue_parts

_MOST_CHARACTERS = 24
_RECORD, _POLICY = "記録", "援助方針"

AnyLikeness = Likeness | PolicyLikeness
#: What has likenesses.
ComparedCard = EntryCard | PolicyCard


def likeness_line(likeness: AnyLikeness, more: int = 0) -> str:
    """Which record or policy, how alike, and which passage; `more` are further ones."""
    noun, day, kind = _named(likeness)
    by = "、別の職員が書いたもの" if likeness.is_by_another else ""
    which = (
        f"ほかの世帯（{likeness.case_number}{by}）の{noun}"
        if likeness.case_number
        else f"この世帯の前の{noun}"
    )
    passage = likeness.passage[:_MOST_CHARACTERS]
    ends = "…" if len(likeness.passage) > _MOST_CHARACTERS else ""
    rest = f"　ほか{more}件" if more else ""
    left_out = (
        f"　定型句・チェックの文（{likeness.left_out}字）は除いて比べています。"
        if likeness.left_out
        else ""
    )
    return (
        f"{which}（{day} {kind}）と文がほぼ同じです（{likeness.percent}％）。"
        f"{_part(likeness)}「{passage}{ends}」など{rest}{left_out}"
    )


def likeness_question(likeness: AnyLikeness) -> str:
    """The question to the author. It goes into the file of this household, so it names no other one."""
    noun = _named(likeness)[0]
    if likeness.case_number:
        known = "この世帯のこと" if noun == _POLICY else "この世帯で見聞きしたこと"
        return (
            f"「{_part(likeness)}」の文が、ほかの世帯の{noun}とほぼ同じです。{known}を確かめて、"
            "違うところがあれば書き直してください。同じでよいときは、その旨を書き添えてください。"
        )
    day = format_date(_day(likeness))
    if noun == _POLICY:
        return (
            f"「{_part(likeness)}」の文が、{day}の援助方針とほぼ同じです。この1年で変わったこと、できたことはどこですか。"
            "変わりがないときは、何を見て・聞いてそう確かめたかを書き添えてください。"
        )
    return (
        f"「{_part(likeness)}」の文が、{day}の記録とほぼ同じです。今回確かめたこと、前と変わったところはどこですか。"
        "変わりがないときは、何を見て・聞いてそう確かめたかを書き添えてください。"
    )


def sides(likeness: AnyLikeness) -> tuple[str, str]:
    """The titles of the two texts beside each other."""
    noun, day, kind = _named(likeness)
    whose = f"ほかの世帯 {likeness.case_number}　" if likeness.case_number else f"前の{noun}　"
    return f"{whose}{day} {kind}", f"決裁する{noun}"


def compared(likeness: AnyLikeness, card: ComparedCard) -> tuple[PartDifference, ...]:
    """What is different between the other text and the one of the card, part by part."""
    if isinstance(likeness, Likeness) and isinstance(card, EntryCard):
        return compare_entries(likeness.other, card.entry)
    if isinstance(likeness, PolicyLikeness) and isinstance(card, PolicyCard):
        return compare(_policy_parts(likeness.other), _policy_parts(card.policy))
    raise TypeError("a likeness belongs to a card of its own kind")


def found_on(card: ComparedCard | None) -> Sequence[AnyLikeness]:
    """What a card reads nearly as."""
    return card.likenesses if card is not None else ()


def _named(likeness: AnyLikeness) -> tuple[str, str, str]:
    """What it is, of which day, of which kind."""
    day = format_date(_day(likeness), DateStyle.SHORT)
    if isinstance(likeness, PolicyLikeness):
        return _POLICY, day, POLICY_KIND[likeness.other.kind]
    return _RECORD, day, likeness.other.kind_label


def _day(likeness: AnyLikeness) -> date:
    if isinstance(likeness, PolicyLikeness):
        return likeness.other.made_on
    return likeness.other.event_on


def _part(likeness: AnyLikeness) -> str:
    return likeness.part if isinstance(likeness, PolicyLikeness) else SEGMENT[likeness.part]


def _policy_parts(policy: SupportPolicy) -> Iterator[Labelled]:
    """A policy in parts that two of them have alike: the issues by their place, for their ids differ between households."""
    for part in household_parts(policy):
        yield Labelled(key=f"policy:{part.key}", label=part.label, text=part.text)
    for number, issue in enumerate(policy.issues, 1):
        said = [f"{part.label}：{part.text}" for part in issue_parts(issue)]
        yield Labelled(
            key=f"policy:issue:{number}", label=f"課題{number}", text="\n".join((issue.text, *said))
        )
