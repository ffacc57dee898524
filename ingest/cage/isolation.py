"""Cut a process off from the network: by the kernel on Linux, inside Python everywhere."""

import ctypes
import platform
import struct
import sys

# prctl and BPF, as in the kernel's linux/prctl.h, seccomp.h, filter.h and audit.h
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ERRNO with EACCES
_X32 = 0x40000000  # numbers from here on reach the same calls of x86-64 by another door

# Architecture, and the calls that open a way out: socket, io_uring_setup (which opens sockets
# as well), ptrace and process_vm_writev (which take over another process).
_CALLS = {
    "x86_64": (0xC000003E, (41, 425, 101, 311)),
    "aarch64": (0xC00000B7, (198, 425, 117, 271)),
}


def cut_off() -> None:
    """Refuse sockets to this process and every program it starts, as far as the system can."""
    sys.addaudithook(_refuse_sockets)
    if sys.platform == "linux":
        _refuse_system_calls()


def _refuse_sockets(event: str, _: object) -> None:
    if event.startswith("socket."):
        raise PermissionError("no network while foreign files are read")


def _refuse_system_calls() -> None:
    """Install a seccomp filter; a kernel or processor without one keeps the refusal in Python."""
    known = _CALLS.get(platform.machine())
    if known is None:
        return
    architecture, calls = known
    # Jumps count the instructions to skip; the last two are "refuse" and "allow".
    steps = [(_LOAD, 0, 0, 4), (_JUMP_EQUAL, 0, len(calls) + 2, architecture), (_LOAD, 0, 0, 0)]
    steps.append((_JUMP_AT_LEAST, len(calls), 0, _X32))
    steps += [(_JUMP_EQUAL, len(calls) - 1 - at, 0, call) for at, call in enumerate(calls)]
    steps[-1] = (_JUMP_EQUAL, 0, 1, calls[-1])
    steps += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    at = ctypes.cast(ctypes.create_string_buffer(program), ctypes.c_void_p).value or 0
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        libc.prctl(_SET_SECCOMP, _MODE_FILTER, at, 0, 0)
