"""The visit planner: pure functions on dataclasses, no database, no screens.

`demand` says which visits are due, `travel` the ways between them (the half-days come from `domain/working_time`), `problem` joins it; `planner.plan` makes the plan
(`monthly` takes a month out of a year, `replanning` follows events, `joint` plans an office), `explaining` and `capacity` put it into words,
`exchange` writes it down (README.md beside this file). `engine*` is the search below all that.
"""
