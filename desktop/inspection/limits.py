"""What a process that looks into a file may use. It sets the limits on itself before it reads a byte of the file.

Linux and macOS: memory, processor time, no file it could write, no process of its own, by `setrlimit`. Windows: memory,
processor time and no process of its own, by a job object. Everywhere the program ends it after a time.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any, ClassVar

#: A page on the screen has at most so many points (A4 at 300 % has 8 million).
MOST_SHOWN_POINTS = 12_000_000
#: Enough for a colour sheet of A3 at 600 dpi, turned and made smaller.
MOST_MEMORY = 1_400 * 1024 * 1024
_FILES_OPEN = 64


def limit_this_process(memory: int, seconds: int) -> None:
    """Take away from this process what it does not need. `memory` in bytes, `seconds` of the processor."""
    if sys.platform == "win32":
        _limit_on_windows(memory, seconds)
    else:
        _limit_by_resource(memory, seconds)


def _limit_by_resource(memory: int, seconds: int) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: _FILES_OPEN,
        resource.RLIMIT_NPROC: 0,
    }
    for which, amount in limits.items():
        _, most = resource.getrlimit(which)
        wanted = amount if most == resource.RLIM_INFINITY else min(amount, most)
        try:
            resource.setrlimit(which, (wanted, wanted))
        except (OSError, ValueError):  # macOS knows no limit of address space
            if sys.platform == "linux":
                raise


class _Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_: ClassVar[Any] = [
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    ]


class _Extended(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_: ClassVar[Any] = [
        ("BasicLimitInformation", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    ]


_EXTENDED_LIMITS = 9
_PROCESS_TIME, _ONE_PROCESS, _MEMORY, _END_WITH_JOB = 0x2, 0x8, 0x100, 0x2000
#: Windows counts time in 100 nanoseconds.
_TICKS_A_SECOND = 10_000_000


def _limit_on_windows(memory: int, seconds: int) -> None:
    """A job of this process alone. Its handle stays open as long as the process lives."""
    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    limits = _Extended()
    basic = limits.BasicLimitInformation
    basic.LimitFlags = _PROCESS_TIME | _ONE_PROCESS | _MEMORY | _END_WITH_JOB
    basic.PerProcessUserTimeLimit = seconds * _TICKS_A_SECOND  # also of one whose program is gone
    basic.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = memory
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    size = ctypes.c_uint32(ctypes.sizeof(limits))
    took = kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    if not took or not kernel.AssignProcessToJobObject(job, process):
        raise OSError("no limits")
