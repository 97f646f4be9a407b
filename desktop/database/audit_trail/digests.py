"""The statements that compute the audit trail anew.

They stand here, not in the database: whoever rewrites the trail there could rewrite a function that judges it.
The same expressions stand in `security/sql/05_audit.sql` and `60_seal.sql`; a test compares them.
"""

from __future__ import annotations

#: An event's digest from what the row `e` says; `d` is its disposal, if there was one.
DIGEST = """
sha256(int8send(e.seq) || timestamptz_send(e.at) || xid8send(e.xid)
  || convert_to(ROW(e.login, e.staff_id, e.client, e.program, e.action, e.tbl, e.row_key, e.household_id,
                    e.office_id)::text, 'UTF8')
  || CASE WHEN e.detail IS NULL AND d.seq IS NOT NULL THEN d.detail_hash
          ELSE sha256(convert_to(coalesce(e.detail::text, ''), 'UTF8')) END)
"""

#: Events whose detail a disposal emptied: named by an event of a list that two people had approved before.
LISTED = """
listed AS MATERIALIZED (
  SELECT x.seq::bigint AS seq
    FROM audit.event e CROSS JOIN LATERAL jsonb_array_elements_text(e.detail -> 'events') x(seq)
   WHERE e.tbl = 'tombstone' AND e.action = 'dispose' AND e.staff_id IS NOT NULL
     AND 2 = (SELECT count(DISTINCT a.staff_id) FROM audit.event a
       WHERE a.tbl = 'disposal_decision' AND a.action = 'insert' AND a.seq < e.seq
         AND a.row_key IN ((e.detail ->> 'list') || '/1', (e.detail ->> 'list') || '/2')
         AND a.detail -> 'new' ->> 'decision' = 'approved'
         AND a.staff_id::text = a.detail -> 'new' ->> 'decided_by' AND a.staff_id <> e.staff_id))
"""

#: What was written when a file was disposed of.
WRITTEN_TOMBSTONES = """
SELECT e.seq, e.row_key, e.detail -> 'new' AS was FROM audit.event e WHERE e.tbl = 'tombstone' AND e.action = 'insert'
"""

#: Tombstones that are not what was written when their file was disposed of, and those that nobody wrote: how many, and the first.
TOMBSTONES = f"""
WITH written AS ({WRITTEN_TOMBSTONES}),
bad AS (
  SELECT w.seq, coalesce(w.row_key, t.id::text) AS row_key
    FROM written w FULL JOIN public.tombstone t ON t.id::text = w.row_key
   WHERE w.seq IS NULL OR t.id IS NULL OR jsonb_populate_record(NULL::public.tombstone, w.was) IS DISTINCT FROM t)
SELECT b.seq, b.row_key, (SELECT count(*) FROM bad) AS total FROM bad b ORDER BY b.seq NULLS LAST LIMIT 1
"""  # noqa: S608 - constants of ours

#: Events after :after_at up to :to_at (None: without end) whose digest is not what they say: how many, and the first.
CHANGED_ROWS = f"""
WITH {LISTED},
bad AS (
  SELECT e.seq, e.xid, e.at, e.tbl, e.action, e.row_key
    FROM audit.event e
    LEFT JOIN (SELECT x.seq, x.detail_hash FROM audit.disposed x JOIN listed ON listed.seq = x.seq) d ON d.seq = e.seq
   WHERE e.at > coalesce(CAST(:after_at AS timestamptz), '-infinity') AND e.at <= coalesce(CAST(:to_at AS timestamptz), 'infinity')
     AND e.digest IS DISTINCT FROM {DIGEST})
SELECT b.seq, b.at, b.tbl, b.action, b.row_key, (SELECT count(*) FROM bad) AS total
  FROM bad b ORDER BY b.xid, b.seq LIMIT 1
"""  # noqa: S608 - a constant of ours

#: Each seal with the epoch it belongs to (`audit.epoch`): a restore into another server begins one, with a seal of its own.
_RANGES = """
epochs AS (
  SELECT n, seq_to, sealed_to, lag(seq_to, 1, 0::bigint) OVER w AS before, lead(sealed_to) OVER w AS next_sealed_to
    FROM audit.epoch WINDOW w AS (ORDER BY n)),
ranges AS (
  SELECT s.*, coalesce(p.n > 0 AND p.n = s.n, false) AS is_restore, coalesce(p.seq_to, 0) AS after, p.before, p.sealed_to,
         coalesce(p.next_sealed_to, 9223372036854775807) AS most
    FROM audit.seal s LEFT JOIN LATERAL (SELECT * FROM epochs q WHERE q.n <= s.n ORDER BY q.n DESC LIMIT 1) p ON true)
"""

#: What the range of seal `s` holds now.
_HELD = """
SELECT e.* FROM audit.event e
 WHERE NOT s.is_restore AND e.xid >= s.xid_from AND e.xid < s.xid_to AND e.seq > s.after AND e.seq <= s.most
UNION ALL
SELECT e.* FROM audit.event e
 WHERE s.is_restore AND e.seq > s.before AND e.seq <= s.after AND NOT (e.seq <= s.sealed_to AND e.xid < s.xid_from)
"""

#: Restores into another server that the trail itself tells of.
RESTORES = "SELECT n, at FROM audit.epoch WHERE n > 0 ORDER BY n"

#: The seals in their order, as they are kept elsewhere.
SEAL_LIST = "SELECT n, at, rows, chain FROM audit.seal WHERE n >= :from_n ORDER BY n"

#: The seals from :from_n to :to_n, each beside what its range holds now and beside the seal before it.
SEALS = f"""
WITH {_RANGES},
linked AS (
  SELECT r.*, r.prev = lag(r.chain, 1, ''::bytea) OVER w
         AND r.xid_from = lag(r.xid_to, 1, '0'::xid8) OVER w
         AND r.n = lag(r.n, 1, 0::bigint) OVER w + 1 AS follows
    FROM ranges r WHERE r.n BETWEEN :from_n - 1 AND :to_n WINDOW w AS (ORDER BY r.n))
SELECT s.n, s.at,
       s.rows = x.rows AND s.root = x.root AND s.leaves = x.leaves AS agrees,
       s.chain = sha256(s.prev || s.root || sha256(s.leaves) || int8send(s.n) || xid8send(s.xid_from)
         || xid8send(s.xid_to) || int8send(s.rows) || timestamptz_send(s.at)) AS is_chained,
       s.follows
  FROM linked s CROSS JOIN LATERAL (
    SELECT count(*) AS rows,
      sha256(coalesce(string_agg(int8send(e.seq) || e.digest, ''::bytea ORDER BY e.xid, e.seq), '')) AS root,
      coalesce(string_agg(int8send(e.seq) || substr(e.digest, 1, 8), ''::bytea ORDER BY e.xid, e.seq), '') AS leaves
      FROM ({_HELD}) e) x
 WHERE s.n >= :from_n
 ORDER BY s.n
"""  # noqa: S608 - constants of ours

#: Where the leaves of seal :n and its events differ, in order: leaf or event without the other, or another digest.
DIFFERENCES = f"""
WITH {_RANGES},
s AS MATERIALIZED (SELECT * FROM ranges WHERE n = :n),
leaf AS (
  SELECT i, ('x' || encode(substr(s.leaves, i * 16 + 1, 8), 'hex'))::bit(64)::bigint AS seq,
         substr(s.leaves, i * 16 + 9, 8) AS start
    FROM s, generate_series(0, length(s.leaves) / 16 - 1) i),
now AS (
  SELECT e.* FROM s CROSS JOIN LATERAL ({_HELD}) e)
SELECT coalesce(leaf.seq, now.seq) AS seq, now.at, now.tbl, now.action, now.row_key,
       CASE WHEN now.seq IS NULL THEN 'missing' WHEN leaf.seq IS NULL THEN 'added' ELSE 'changed' END AS kind
  FROM leaf FULL JOIN now ON now.seq = leaf.seq
 WHERE leaf.start IS DISTINCT FROM substr(now.digest, 1, 8)
 ORDER BY now.xid IS NULL, leaf.i, now.xid, now.seq
"""  # noqa: S608 - constants of ours

#: Events `e` that no seal covers yet.
WAITING = """
e.xid >= coalesce((SELECT s.xid_to FROM audit.seal s ORDER BY s.n DESC LIMIT 1), '0'::xid8)
  AND e.seq > coalesce((SELECT max(p.seq_to) FROM audit.epoch p), 0)
"""

#: Events that should have been sealed long ago, also where a forgotten transaction holds sealing back: how many, the first of them, and when it came.
UNSEALED = f"""
SELECT count(*) AS total, min(e.seq) AS seq, min(e.at) AS at FROM audit.event e
 WHERE {WAITING}
   AND e.at < clock_timestamp() - make_interval(mins => :minutes)
"""  # noqa: S608 - a constant of ours

COUNTS = f"""
SELECT (SELECT count(*) FROM audit.event) AS events, (SELECT count(*) FROM audit.disposed) AS disposed,
       (SELECT count(*) FROM audit.event e WHERE {WAITING}) AS unsealed
"""  # noqa: S608 - a constant of ours

#: Events and seals of a span of time, and its events that wait for their seal.
COUNTS_BETWEEN = f"""
SELECT (SELECT count(*) FROM audit.event e WHERE e.at >= :start AND e.at < :end) AS events,
       (SELECT count(*) FROM audit.event e WHERE e.at >= :start AND e.at < :end AND {WAITING}) AS unsealed,
       (SELECT count(*) FROM audit.seal s WHERE s.at >= :start AND s.at < :end) AS seals
"""  # noqa: S608 - a constant of ours
