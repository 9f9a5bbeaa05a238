"""What the reading child may use of the machine, set by itself before it touches the file."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

MEMORY = 176 * 1024 * 1024
"""Bytes of memory that the child may ask for besides its own start; reading the largest file allowed takes about half."""
CPU_SECONDS = 5


def confine() -> None:
    """Bound memory and processor time of this process, and keep it from writing files or a dump of what it read.

    Memory is bounded on Linux and Windows; macOS has no such bound: there only `xlsx_guard` and the parent's deadline protect.
    """
    if sys.platform == "win32":
        _confine_windows()
    else:
        _confine_posix()


def _confine_posix() -> None:
    import resource

    limits = (
        (resource.RLIMIT_AS, _in_use() + MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    )
    for resource_id, value in limits:
        with contextlib.suppress(ValueError, OSError):  # a system that does not know it, or has a lower one
            resource.setrlimit(resource_id, (value, value))


def _in_use() -> int:
    """Bytes of address space of this process; 0 where nothing tells. A large locale archive alone can be 200 MB of it."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _confine_windows() -> None:
    """Put this process into a job of its own; without dialog boxes, which would wait for ever."""
    import ctypes
    from ctypes import wintypes

    class BasicLimits(ctypes.Structure):  # JOBOBJECT_BASIC_LIMIT_INFORMATION
        _fields_ = [
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class ExtendedLimits(ctypes.Structure):  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION
        _fields_ = [
            ("BasicLimitInformation", BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    kernel32 = getattr(ctypes, "WinDLL")("kernel32")  # noqa: B009  (typed only on Windows)
    kernel32.CreateJobObjectW.restype = wintypes.HANDLE
    kernel32.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
    kernel32.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel32.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    kernel32.GetCurrentProcess.restype = wintypes.HANDLE
    kernel32.SetErrorMode(0x0001 | 0x0002 | 0x8000)
    limits = ExtendedLimits()
    limits.BasicLimitInformation.LimitFlags = 0x0002 | 0x0008 | 0x0100  # process time, active processes, process memory
    limits.BasicLimitInformation.PerProcessUserTimeLimit = CPU_SECONDS * 10_000_000
    limits.BasicLimitInformation.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = MEMORY
    job = kernel32.CreateJobObjectW(None, None)
    if job and kernel32.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits)):
        kernel32.AssignProcessToJobObject(job, kernel32.GetCurrentProcess())
