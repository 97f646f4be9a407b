# C types of engine_moves.py, read by Cython only when it compiles that file. tests/planning/test_engine_types.py holds both in step.

cimport cython

from desktop.planning.engine_state cimport State

cdef int FAR, MEMO, ONE_DAY, CLOSED_DAY, BLINK, MAKE_ROOM, STUBBORN, DEAREST_FIRST, FIRM, BIG_FIRST, FAR_FIRST, NEAR_FIRST, FEW_FIRST, LONGEST_STRING, RUINED, TRIED_AT_ONCE


cdef class Moves(State):
    cdef int out_count, called
    cdef bint graded, reroutes, firm_called
    cdef int[::1] out, key, string, forced, ruined, day_cost, day_route, day_place

    @cython.locals(day=cython.int)
    cdef void step(self, long long heat, bint fresh) noexcept nogil

    @cython.locals(q=cython.int, route=cython.int, start=cython.int)
    cdef void keep_best(self) noexcept nogil

    @cython.locals(_=cython.int, count=cython.int, k=cython.int, node=cython.int)
    cdef void call_absent(self, bint everybody) noexcept nogil

    @cython.locals(
        centre=cython.int, k=cython.int, left=cython.int, most=cython.int, node=cython.int, route=cython.int
    )
    cdef void ruin(self, int day) noexcept nogil

    @cython.locals(one=cython.int, other=cython.int)
    cdef int pick_absent(self) noexcept nogil

    @cython.locals(
        k=cython.int, length=cython.int, middle=cython.int, option=cython.int, options=cython.int, route=cython.int
    )
    cdef void make_room(self, int node) noexcept nogil

    @cython.locals(other=cython.int)
    cdef void part(self, int node, int ordinal) noexcept nogil

    cdef void take_away(self, int node) noexcept nogil

    @cython.locals(found=cython.int, k=cython.int, route=cython.int, seen=cython.int)
    cdef int route_to_ruin(self, int node, int day) noexcept nogil

    @cython.locals(at=cython.int, high=cython.int, low=cython.int, q=cython.int, start=cython.int)
    cdef void ruin_string(self, int node, int route, int length, int day) noexcept nogil

    @cython.locals(k=cython.int)
    cdef int nth_of(self, int node, int route) noexcept nogil

    @cython.locals(k=cython.int, node=cython.int, other=cython.int, rule=cython.int)
    cdef void order(self, bint fresh) noexcept nogil

    cdef int key_of(self, int node, int rule) noexcept nogil

    @cython.locals(k=cython.int, key=cython.int, node=cython.int, q=cython.int)
    cdef void sort(self) noexcept nogil

    @cython.locals(
        closed=cython.int, day_there=cython.int, first=cython.int, k=cython.int, node=cython.int, option=cython.int,
        q=cython.int
    )
    cdef bint recreate(self, int day) noexcept nogil

    @cython.locals(first=cython.int, k=cython.int)
    cdef int nth_on(self, int node, int day) noexcept nogil

    @cython.locals(
        cheapest=cython.longlong, chosen=cython.int, k=cython.int, option=cython.int, total=cython.longlong
    )
    cdef int cheapest_option(self, int node, int closed, int forced) noexcept nogil

    @cython.locals(day=cython.int, k=cython.int, total=cython.longlong)
    cdef long long cost_of_option(self, int option, int closed) noexcept nogil

    @cython.locals(
        best=cython.int, cost=cython.int, empty_seen=cython.bint, limit=cython.int, room=cython.int,
        route=cython.int, slot=cython.int
    )
    cdef void cheapest_route(self, int node, int day) noexcept nogil
