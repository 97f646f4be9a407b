# C types of engine.py, read by Cython only when it compiles that file. tests/planning/test_engine_types.py holds both in step.

cimport cython

from desktop.planning.engine_moves cimport Moves


cdef class Search(Moves):
    cdef object problem, seed, pace, pool, report, done, total, stopped, unit, hot, empty_plan

    @cython.locals(k=cython.longlong, steps=cython.longlong, view=cython.int[::1])
    cpdef advance(self, heats, long long done, int count, long long total)

    @cython.locals(node=cython.int, route=cython.int, slot=cython.int)
    cpdef forget(self)
