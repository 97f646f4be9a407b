"""Searching entries, on both databases: everything that an exact scan finds, nothing that the person may not read."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select, text

from desktop.database.disposal_order import file_parts
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryState, SegmentKind
from desktop.domain.search import SearchAsked, SearchNoun, SearchPlace
from desktop.domain.search_text import fold_text, read_query, says
from desktop.models.households import Household
from desktop.models.imports import Ticket
from desktop.models.office import Staff
from tests.services.test_main_job import decision, submitted, written
from tests.support.desk import Desk, SmallOffice, read_and_decide, small_office
from tests.support.factories import TODAY, days_ago, make_entry

TEXTS = (
    "通院に同行した。糖尿病の薬をのんでいる。",
    "ｶﾙﾃを見せてもらった。通院は週に二回。",
    "令和6年4月12日に受診。ヘルパーが来た。",
    "R6.4.3 求職活動の報告を受けた。就労の意向がある。",
    "髙橋医師から聞いた。障害年金の請求を急ぐ。",
    "骨折で入院、通\n院ではない。２枚の書類を受けた。",
    "100%本人の言葉_そのまま。\\ ' \" ",
)
_SIGNS = "通院受診訪ｶﾞカか髙高R6.4令和年月日12ー- 、\nａAé元😀々\\'\"%_"
QUERIES = (
    *(
        "通",
        "通院",
        "通院 糖尿病",
        "通院 -糖尿病",
        "カルテ",
        "かるて",
        "ｶﾙﾃ",
        "R6.4",
        "令和6年4月",
        "2024/4/12",
    ),
    *(
        "高橋",
        "障害年金の請求",
        '"薬を のんで"',
        "2枚",
        "就労 -通院 -骨折",
        "4月",
        "院",
        "ない場所",
        "100本人",
        "橋医",
        "二回。",
    ),
)


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def found(by: Desk, words: str, **narrowed):
    """The ids that one search finds, in order."""
    asked = SearchAsked(words=words, is_widened=False, **narrowed)
    return [hit.row_id for hit in by.search.find(asked).hits]


def stored(office: SmallOffice, texts=TEXTS, state=EntryState.APPROVED):
    """Approved entries with these texts, the first the newest; id → text."""
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        author = session.get_one(Staff, office.caseworker.staff_id)
        return {
            make_entry(
                session, household, author, text=each, event_on=days_ago(back), state=state
            ).id: each
            for back, each in enumerate(texts)
        }


@pytest.mark.parametrize("who", ["caseworker", "head"])
def test_every_query_finds_what_an_exact_scan_finds(who, office):
    entries = stored(office)
    by = office.desk(getattr(office, who))
    for words in QUERIES:
        terms = read_query(words)
        exact = [
            entry_id
            for entry_id, said in entries.items()
            if says("\n".join(map(fold_text, ("訪問", said))), terms)
        ]
        assert found(by, words) == exact, words
    assert found(by, "通院") != []


def test_random_words_are_found_as_by_an_exact_scan(office):
    """On every way of reading: pieces of texts, put together at random, by somebody near and by somebody of the whole office."""
    chance = random.Random(55)  # noqa: S311 - the same on every run
    texts = tuple("".join(chance.choices(_SIGNS, k=chance.randrange(1, 40))) for _ in range(40))
    entries = stored(office, texts)
    folded = {i: fold_text(said) for i, said in entries.items()}
    asked = []
    for _ in range(60):
        text_ = chance.choice(texts)
        at = chance.randrange(len(text_))
        mark = chance.choice(("", "", " -")) + chance.choice(_SIGNS)
        asked.append(text_[at : at + chance.randrange(1, 6)] + mark)
    for who in (office.caseworker, office.head):
        by = office.desk(who)
        for words in asked:
            try:
                terms = read_query(words)
            except ValidationError:
                continue
            exact = {i for i, said in folded.items() if says(said, terms)}
            assert set(found(by, words, noun=SearchNoun.ENTRY)) == exact, words


@pytest.mark.parametrize("few", [0, 9])
@pytest.mark.parametrize("way", ["newest", "pairs", "files", "both"])
def test_each_way_of_reading_finds_the_same(office, engine, way, few):
    """On PostgreSQL: whatever the server thinks quickest, and whether texts of one file, author or kind are few or not."""
    if engine.dialect.name == "postgresql":
        chosen = (
            f"CASE WHEN p_is_wide AND '{way}' IN ('files', 'both') THEN 'pairs' ELSE '{way}' END"
        )
        with engine.begin() as connection:
            says_always(connection, "search_way", chosen)
            says_always(connection, "search_few", str(few))
    entries = stored(office)
    recent = list(entries)[:4]
    narrowed = {"kind": "home_visit", "author_id": office.caseworker.staff_id, "first": days_ago(3)}
    for by in (office.desk(office.head), office.desk(office.caseworker)):
        for words in QUERIES:
            terms = read_query(words)
            exact = [i for i, said in entries.items() if says(fold_text(said), terms)]
            assert found(by, words, noun=SearchNoun.ENTRY) == exact, words
            assert found(by, words, **narrowed) == [i for i in exact if i in recent], words


def says_always(connection, name, value):
    """A function of the search without its judgement."""
    made = connection.scalar(
        text("SELECT pg_get_functiondef(CAST(:name AS regproc))"), {"name": f"app.{name}"}
    )
    head, _, _ = made.partition("AS $")
    connection.exec_driver_sql(f"{head} AS $$ SELECT {value} $$")


def test_a_hit_says_where_it_stands_and_marks_the_words(office, caseworker):
    stored(office)
    (hit,) = caseworker.search.find(SearchAsked(words="カルテ")).hits
    assert ("ｶﾙﾃ", True) in hit.snippet
    assert (hit.household_id, hit.author, hit.event_on) == (
        office.household_id,
        office.caseworker.name,
        days_ago(1),
    )
    assert not hit.is_annulled
    assert not hit.is_draft


def test_what_is_looked_for_is_noted_first(office, caseworker, engine):
    with pytest.raises(ValidationError):
        caseworker.search.find(SearchAsked(words="-通院"))
    caseworker.search.find(SearchAsked(words="通院 －就労", is_widened=False))
    with office.work() as session:
        rows = session.scalars(select(Ticket).where(Ticket.purpose == "search")).all()
        assert [(row.staff_id, row.reason) for row in rows] == [
            (office.caseworker.staff_id, "通院 -就労")
        ]


def test_files_outside_the_duty_are_found_only_once_they_are_open(office):
    (entry_id,) = stored(office, TEXTS[:1])
    outsider = office.desk(office.outsider)
    assert found(outsider, "通院") == []
    outsider.households.open_file(office.household_id, reason="電話の取次ぎ")
    assert found(outsider, "通院") == [entry_id]


def test_somebody_elses_draft_is_found_once_it_is_handed_in(office, caseworker):
    given = written(office, caseworker, text="糖尿病の通院を確かめた。")
    saved = caseworker.records.save(given)
    supervisor = office.desk(office.supervisor)
    assert found(caseworker, "糖尿病") == [saved.entry_id]
    assert found(supervisor, "糖尿病") == []
    assert found(office.desk(office.head), "糖尿病") == []
    submitted(office, caseworker, text="別の日に骨折した。")
    assert len(found(supervisor, "骨折")) == 1


def test_the_valid_words_are_found(office, caseworker):
    """What a draft said before is gone; a correction under way is not found until it is approved."""
    given = written(office, caseworker, text="通院と書いた。")
    saved = caseworker.records.save(given)
    changed = written(office, caseworker, text="入院と書いた。")
    again = replace(changed, entry_id=given.entry_id, shown_version=saved.version)
    caseworker.records.save(again)
    assert found(caseworker, "通院と") == []
    assert found(caseworker, "入院と") == [given.entry_id]


def test_a_search_is_narrowed(office, caseworker):
    entries = list(stored(office))
    with office.work() as session:
        number = session.get_one(Household, office.household_id).case_number
    assert found(caseworker, "通院", first=days_ago(1)) == entries[:2]
    assert found(caseworker, "通院", first=days_ago(1), last=days_ago(1)) == entries[1:2]
    assert found(caseworker, "通院", kind="home_visit", case_number=f"　{number}") != []
    assert found(caseworker, "通院", kind="telephone") == []
    assert found(caseworker, "通院", author_id=office.caseworker.staff_id) != []
    assert found(caseworker, "通院", author_id=office.supervisor.staff_id) == []
    with pytest.raises(ValidationError):
        found(caseworker, "通院", case_number="999999")
    with pytest.raises(ValidationError):
        found(caseworker, "通院", first=TODAY, last=days_ago(1))


def test_the_next_page_goes_on_with_the_same_ticket(office, caseworker):
    entries = list(stored(office, tuple(f"通院の{n}回目" for n in range(60))))
    asked = SearchAsked(words="通院")
    page = caseworker.search.find(asked)
    assert ([hit.row_id for hit in page.hits], page.total) == (entries[:50], 60)
    further = caseworker.search.find(replace(asked, after=page.next))
    assert ([hit.row_id for hit in further.hits], further.next) == (entries[50:], None)
    with office.work() as session:
        assert session.scalar(select(func.count()).where(Ticket.purpose == "search")) == 1


def test_without_a_ticket_of_the_own_that_holds_nothing_is_read(office, caseworker):
    stored(office)
    supervisor = office.desk(office.supervisor)
    page = supervisor.search.find(SearchAsked(words="通院"))
    del page
    with office.work() as session:
        theirs = session.scalars(select(Ticket.id).where(Ticket.purpose == "search")).one()
    for ticket_id in (theirs, new_id()):
        place = SearchPlace(
            ticket_id=ticket_id, event_on=TODAY + timedelta(days=1), row_id=new_id()
        )
        with pytest.raises(NotPermittedError):
            caseworker.search.find(SearchAsked(words="通院", after=place))


def test_a_disposed_file_leaves_nothing_to_find(office):
    """The index hangs on the file: `disposal_order` reads it off the tables."""
    names = [part.name for part in file_parts()]
    assert names.index("search_text") < names.index("household_state_period")


def test_a_correction_is_found_once_it_is_approved(office, caseworker):
    given = submitted(office, caseworker, text="通院と書いた。")
    supervisor = office.desk(office.supervisor)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    begun = caseworker.records.start_correction(given.entry_id, "書き間違えたため。")
    segments = tuple(
        replace(s, text="入院と書いた。") if s.kind is SegmentKind.FACTS else s
        for s in given.segments
    )
    fixed = replace(given, shown_version=begun.version, segments=segments)
    saved = caseworker.records.save(fixed)
    caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
    assert (found(caseworker, "通院と"), found(caseworker, "入院と")) == ([given.entry_id], [])
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    assert (found(caseworker, "通院と"), found(caseworker, "入院と")) == ([], [given.entry_id])
    caseworker.records.request_annulment(given.entry_id, "別の世帯のことだったため。", None)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    (hit,) = caseworker.search.find(SearchAsked(words="入院と")).hits
    assert hit.is_annulled
