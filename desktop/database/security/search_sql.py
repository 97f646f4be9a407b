"""PostgreSQL's own folding of texts (`domain/search_text`), as functions made of the same constants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.domain.search_text import DATE, DATE_BEGINS, DROPPED, ERA_BEFORE, KANA, RARE

#: Brings entries into the search that are not in it: those filled in bulk, without triggers.
INDEX_MISSING = "SELECT app.index_missing_entries()"
_PURE = "IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp"


def search_functions() -> Iterator[str]:
    """Letters, dates, and both of a whole text. `sql/66_search.sql` does the rest."""
    yield _letters()
    yield _dates()
    yield f"""
        CREATE FUNCTION app.search_fold(p_text text) RETURNS text LANGUAGE sql {_PURE} AS
        $$ SELECT regexp_replace(app.search_dates(app.search_letters(lower(normalize(p_text, NFKC) COLLATE "C"))),
                                 '{DROPPED}', '', 'g') $$"""


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
