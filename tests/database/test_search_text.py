"""The index of the search is kept by the database, and both databases fold as `domain/search_text` does."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from desktop.database import migrate
from desktop.database.search_here import PAIRS, matching
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.search_text import KANA, RARE, Term, fold_text, grams
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.records import EntryRecord, SegmentText
from desktop.models.search import SearchText
from tests.support.factories import make_entry, make_household, make_staff

NASTY = (
    "ｶﾙﾃ ｶﾞｷﾞ ﾊﾟｰﾄ かﾞ",
    "髙﨑さんと渡邉さん、葛󠄀城市、霞ヶ関、ヴ、ヵ月",
    "R6.4 R6.4.1 令和6年4月 令和 ６ 年 ４ 月 １ 日 2024/4/1 2024-13 平成元年 S64.1.7r6.4 2024/4/1r6.4",
    "03-1234-5678 1999.12.345 2024年13月 令和元年10月5日10時 xr6.4 20240401 2024.04.0",
    "①Ⅳ㍻㈱½℃ ÉÀÑøßİıŁ ΑΒΓάΣ АБВ ﬁ",
    "人々　〇々〆 𠮷野家 ♨ 👪 '\"\\%_&|!:* \t\n行",
    "",
    "・・・",
)


def text_of(session: Session, row_id: UUID) -> SearchText:
    """What the search knows of a thing."""
    return session.scalars(select(SearchText).where(SearchText.row_id == row_id)).one()


def test_the_database_folds_as_the_program_does(engine: Engine):
    function = "app.search_fold" if engine.dialect.name == "postgresql" else "banso_fold"
    statement = text(f"SELECT {function}(:words)")
    with engine.connect() as connection:
        for words in (*NASTY, "".join(KANA), "".join(RARE), "".join(map(chr, range(1, 0x3400)))):
            assert connection.scalar(statement, {"words": words}) == fold_text(words)


@settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    words=st.one_of(
        st.text(alphabet="令和平成元年月日RrhHs0123456789./- 　－．", max_size=25),
        st.text(
            alphabet=st.characters(blacklist_categories=("Cs", "Cn"), blacklist_characters="\0"),
            max_size=40,
        ),
    )
)
def test_the_database_folds_anything_as_the_program_does(engine: Engine, words: str):
    function = "app.search_fold" if engine.dialect.name == "postgresql" else "banso_fold"
    with engine.connect() as connection:
        found = connection.scalar(text(f"SELECT {function}(:words)"), {"words": words})
    assert found == fold_text(words)


def test_grams_are_those_of_the_program(engine: Engine):
    if engine.dialect.name != "postgresql":
        return
    folded = "\n".join(fold_text(words) for words in NASTY)
    with engine.connect() as connection:
        found = connection.scalar(
            text("SELECT tsvector_to_array(public.search_grams(:folded))"), {"folded": folded}
        )
    assert set(found or ()) == grams(folded)


def test_an_entry_is_indexed_when_its_words_are_stored_and_when_its_day_changes(engine: Engine):
    work = UnitOfWork(engine)
    with work() as session:
        entry = make_entry(session, make_household(session), make_staff(session), text="ｶﾙﾃを見た")
        entry_id = entry.id
    with work() as session:
        row = text_of(session, entry_id)
        assert "かるてを見た" in row.folded.split("\n")
        changed = session.get_one(EntryRecord, entry_id)
        changed.event_on = date(2020, 1, 2)
    with work() as session:
        assert text_of(session, entry_id).event_on == date(2020, 1, 2)
        segments = session.scalars(select(SegmentText).where(SegmentText.entry_id == entry_id))
        assert len(text_of(session, entry_id).folded.split("\n")) >= len(segments.all())


def test_after_a_revision_what_was_there_and_what_comes_is_in_the_search(
    database_url: str, engine: Engine
):
    """Whatever tables a revision copies: index and triggers are made anew at the end of every upgrade."""
    work = UnitOfWork(engine)
    with work() as session:
        author, household = make_staff(session), make_household(session)
        before = make_entry(session, household, author, text="前から ｶﾙﾃ").id
        author_id, household_id = author.id, household.id
    migrate.downgrade(database_url, "0051")
    migrate.upgrade(database_url)
    with work() as session:
        author, household = (
            session.get_one(Staff, author_id),
            session.get_one(Household, household_id),
        )
        after = make_entry(session, household, author, text="後から 通院").id
    with work() as session:
        assert "前からかるて" in text_of(session, before).folded
        assert "後から通院" in text_of(session, after).folded
        if engine.dialect.name == "sqlite":
            asked = text(f"SELECT rowid FROM {PAIRS} WHERE {PAIRS} MATCH :pairs")  # noqa: S608
            for row_id, word in ((before, "かるて"), (after, "通院")):
                found = session.scalars(asked, {"pairs": matching((Term(word=word),))})
                assert text_of(session, row_id).place in found.all()
