"""PostgreSQL's part of the search: folding (`domain/search_text`) and reading (`search_sources`), made of the same lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.database.search_sources import HEAD, SOURCES, Change, Source, heads, texts
from desktop.domain.search_text import DATE, DATE_BEGINS, DROPPED, ERA_BEFORE, KANA, RARE

#: Brings into the search what is not in it: rows filled in bulk, without triggers.
INDEX_MISSING = "SELECT app.index_missing()"
_PURE = "IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp"
_DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
_DAY = "(({} AT TIME ZONE 'Asia/Tokyo')::date)"
_PUBLIC = "public."


def search_functions() -> Iterator[str]:
    """Letters, dates, and both of a whole text; what each noun says, and its triggers. `sql/66_search.sql` does the rest."""
    yield _letters()
    yield _dates()
    yield f"""
        CREATE FUNCTION app.search_fold(p_text text) RETURNS text LANGUAGE sql {_PURE} AS
        $$ SELECT regexp_replace(app.search_dates(app.search_letters(lower(normalize(p_text, NFKC) COLLATE "C"))),
                                 '{DROPPED}', '', 'g') $$"""
    for source in SOURCES:
        yield _index(source)
        for number, change in enumerate(source.changes):
            yield from _trigger(source, number, change)
    yield _missing()
    yield _words()


def _index(source: Source) -> str:
    """Reads things of a noun anew."""
    kept = ", ".join(f"{name} = excluded.{name}" for name in (*HEAD[3:], "folded"))
    return f"""
        CREATE FUNCTION app.index_{source.noun}(p_rows uuid[]) RETURNS void LANGUAGE sql {_DEFINER} AS
        $$ INSERT INTO public.search_text (noun, {", ".join(HEAD)}, folded)
           SELECT '{source.noun}', {", ".join(f"h.{name}" for name in HEAD)}, coalesce(
                  (SELECT string_agg(app.search_fold(p.words), E'\n' ORDER BY p.a, p.b, p.c, p.d) FROM ({texts(source, schema=_PUBLIC)}) p), '')
             FROM ({_heads(source)}) h WHERE h.row_id = ANY (p_rows) ORDER BY h.row_id
           ON CONFLICT (noun, row_id) DO UPDATE SET {kept} $$"""


def _trigger(source: Source, number: int, change: Change) -> Iterator[str]:
    """After a change of many rows the things concerned are read anew, once."""
    name = f"search_{source.noun}_{number}"
    rows = f"SELECT n.{change.column} FROM new_rows n"
    if change.watched:
        new, old = (", ".join(f"{t}.{c}" for c in change.watched) for t in "no")
        rows += f" JOIN old_rows o ON o.{change.column} = n.{change.column} WHERE ({new}) IS DISTINCT FROM ({old})"
    if change.of != "row_id":
        rows = (
            f"SELECT h.row_id FROM ({_heads(source)}) h WHERE h.{change.of} = ANY (ARRAY({rows}))"
        )
    yield f"""
        CREATE FUNCTION app.{name}() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
        DECLARE v_rows uuid[] := ARRAY({rows});
        BEGIN
          IF cardinality(v_rows) > 0 THEN PERFORM app.index_{source.noun}(v_rows); END IF;
          RETURN NULL;
        END $$"""
    event = "UPDATE" if change.watched else "INSERT"
    given = (
        "OLD TABLE AS old_rows NEW TABLE AS new_rows" if change.watched else "NEW TABLE AS new_rows"
    )
    yield (
        f"CREATE TRIGGER y_{name} AFTER {event} ON public.{change.table} REFERENCING {given}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION app.{name}()"
    )


def _missing() -> str:
    each = " ".join(
        f"""PERFORM app.index_{source.noun}(ARRAY(SELECT h.row_id FROM ({_heads(source)}) h
              WHERE NOT EXISTS (SELECT FROM public.search_text t WHERE t.noun = '{source.noun}' AND t.row_id = h.row_id)));"""
        for source in SOURCES
    )
    return f"CREATE FUNCTION app.index_missing() RETURNS void LANGUAGE plpgsql {_DEFINER} AS $$ BEGIN {each} END $$"


def _words() -> str:
    """The texts of things as they were written, in their order. In plpgsql, for a session keeps its plan of so many parts."""
    each = " UNION ALL ".join(
        f"""SELECT h.row_id, ARRAY(SELECT p.words FROM ({texts(source, schema=_PUBLIC)}) p ORDER BY p.a, p.b, p.c, p.d)
              FROM ({_heads(source)}) h WHERE h.row_id = ANY (p_rows)"""
        for source in SOURCES
    )
    return f"""
        CREATE FUNCTION app.search_words(p_rows uuid[]) RETURNS TABLE (row_id uuid, words text[]) LANGUAGE plpgsql STABLE {_DEFINER} AS
        $$
        #variable_conflict use_column
        BEGIN RETURN QUERY {each}; END $$"""


def _heads(source: Source) -> str:
    return heads(source, day=_DAY, schema=_PUBLIC)


def _letters() -> str:
    """Kana in every text; the many rare letters only where one stands, for translate() looks each sign up in turn."""
    rare = "".join(RARE)
    return f"""
        CREATE FUNCTION app.search_letters(p_text text) RETURNS text LANGUAGE plpgsql {_PURE} AS $$
        BEGIN
          p_text := translate(p_text, {_lists(KANA)});
          RETURN CASE WHEN p_text ~ '[{rare}]' THEN translate(p_text, {_lists(RARE)}) ELSE p_text END;
        END $$"""


def _dates() -> str:
    before = " ".join(f"WHEN '{era}' THEN {year}" for era, year in ERA_BEFORE.items())
    return f"""
        CREATE FUNCTION app.search_dates(p_text text) RETURNS text LANGUAGE plpgsql {_PURE} AS $$
        DECLARE v_made text := ''; v_at integer := 1; v_first integer; v_end integer; v text[];
        BEGIN
          LOOP
            v_first := regexp_instr(p_text, '{DATE_BEGINS}{DATE}', v_at);
            EXIT WHEN coalesce(v_first, 0) = 0;
            v_end := regexp_instr(p_text, '{DATE_BEGINS}{DATE}', v_at, 1, 1);
            v := regexp_match(substr(p_text, v_first, v_end - v_first), '^{DATE}$');
            v_made := v_made || substr(p_text, v_at, v_first - v_at)
              || coalesce(v[3]::integer, (CASE v[1] {before} END) + CASE v[2] WHEN '元' THEN 1 ELSE v[2]::integer END) || '年'
              || coalesce(coalesce(v[4], v[6])::integer || '月', '') || coalesce(coalesce(v[5], v[7])::integer || '日', '');
            v_at := v_end;
          END LOOP;
          RETURN v_made || substr(p_text, v_at);
        END $$"""


def _lists(letters: Mapping[str, str]) -> str:
    return f"'{''.join(letters)}', '{''.join(letters.values())}'"
