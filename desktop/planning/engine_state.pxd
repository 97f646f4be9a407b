# C types of engine_state.py, read by Cython only when it compiles that file. tests/planning/test_engine_types.py holds both in step.

cimport cython

from desktop.planning.engine_rows cimport Rows

cdef int FAR


cdef class State(Rows):

    @cython.locals(
        best=cython.int, change=cython.int, coming=cython.int, going=cython.int, place=cython.int, q=cython.int,
        row=cython.int, slack=cython.int, start=cython.int
    )
    cdef void find_place(self, int node, int route, int slot) noexcept nogil

    @cython.locals(limit=cython.int)
    cdef int slack_for(self, int node, int route) noexcept nogil

    @cython.locals(row=cython.int)
    cdef int longer(self, int node, int previous, int following) noexcept nogil

    @cython.locals(other=cython.int, total=cython.longlong)
    cdef long long gap_cost(self, int node, int day) noexcept nogil

    @cython.locals(first=cython.int)
    cdef int gap_between(self, int later, int gap) noexcept nogil

    cdef int day_now(self, int node) noexcept nogil

    @cython.locals(after=cython.longlong, load=cython.longlong, number=cython.int, price=cython.longlong)
    cdef long long bin_change(self, int day, int service) noexcept nogil

    cdef void place(self, int node, int option) noexcept nogil

    @cython.locals(k=cython.int, option=cython.int)
    cdef void remove(self, int node) noexcept nogil

    @cython.locals(
        at=cython.int, change=cython.int, following=cython.int, joined=cython.int, last=cython.int,
        previous=cython.int, q=cython.int, route=cython.int, travel=cython.int
    )
    cdef void take_out(self, int node, int nth) noexcept nogil

    @cython.locals(
        at=cython.int, change=cython.int, following=cython.int, previous=cython.int, q=cython.int, travel=cython.int
    )
    cdef void insert(self, int node, int nth, int route, int place) noexcept nogil

    cdef void rebin(self, int day, int service) noexcept nogil

    cdef void changed(self, int route, int cost, int duration, int load) noexcept nogil

    cdef void leave_out(self, int node) noexcept nogil

    @cython.locals(k=cython.int)
    cdef void begin(self) noexcept nogil

    @cython.locals(at=cython.int, k=cython.int, q=cython.int, to=cython.int)
    cdef void keep_route(self, int route) noexcept nogil

    @cython.locals(k=cython.int, q=cython.int)
    cdef void keep_node(self, int node) noexcept nogil

    @cython.locals(
        at=cython.int, k=cython.int, node=cython.int, q=cython.int, route=cython.int, to=cython.int
    )
    cdef void undo(self) noexcept nogil
