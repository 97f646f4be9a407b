# C types of engine_rows.py, read by Cython only when it compiles that file. tests/planning/test_engine_types.py holds both in step.

cimport cython

cdef int MEMO


cdef class Rows:
    cdef int customers, nodes, days, vehicles, routes, width, bins, most, clock, stamp, visits, used
    cdef int absent_count, touched, moved, old_absent_count, old_visits, old_used
    cdef long long cost, best_cost, old_cost, word_a, word_b, word_c, word_d
    cdef bint own_travel, has_gaps, has_bins
    cdef int[::1] log_table, dist, travel, near, demand, service, capacity, longest, option_first, option_price
    cdef int[::1] day_first, option_day, drop, before, after, gap_first, gap_price, ordinal, bin_of, bin_price
    cdef int[::1] bulk, reach_first, reach_day, day_of, sequence, leg, size, load, duration, version, option_of
    cdef int[::1] route_of, bin_load, absent, memo, best_sequence, best_size, old_route, old_sequence, old_leg
    cdef int[::1] old_size, old_load, old_duration, old_version, route_stamp, old_node, old_option, old_route_of
    cdef int[::1] node_stamp, old_absent, old_bin_load

    @cython.locals(mask=cython.longlong, mixed=cython.longlong)
    cdef int draw(self, int below) noexcept nogil
