"""The office's words that mean the same in a search (検索の言い換え)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
from desktop.domain.search_text import Term, era_words, fold_text
from desktop.services.masters import lookup

_PARTED = re.compile(r"[、，,\n]")


def synonyms(session: Session, office_id: UUID, on: date) -> tuple[tuple[str, ...], ...]:
    """Groups of words in force, as the office writes them."""
    rows = lookup.in_force(session, office_id, Master.SEARCH_SYNONYMS, on)
    return tuple(
        tuple(word.strip() for word in _PARTED.split(str(value.get("words", ""))) if word.strip())
        for _, value in sorted(rows.items())
    )


def told_also(
    terms: tuple[Term, ...], groups: Sequence[Sequence[str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each widened word with the others, as the office writes them; a month with its era."""
    written = {fold_text(word): word for group in groups for word in group}
    return tuple(
        (
            written.get(term.word, term.word),
            tuple(written.get(word) or era_words(word) for word in term.also),
        )
        for term in terms
        if term.also
    )
