"""The lock: roles, row policies, guards, doors and audit inside PostgreSQL (DESIGN section 4).

`install` puts everything there; it is made from the matrix in `domain/rights.py`, the move table in
`domain/approvals.py` and the functions in `sql/`. SQLite has none of it: it is the training office.
"""
