"""A process that parses files which nobody vouches for, so that one that hangs, grows or crashes takes only the
process with it.

It is started by `fatu.reading.confining` and speaks to it alone: a line of JSON and the bytes of a file come in on
standard input, an answer goes out on standard output, again and again until the input ends. It reaches no network,
starts no program, writes no file, and takes no more memory than it is allowed.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import sys
from base64 import b64encode
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from fatu.errors import InputError
from fatu.reading.extract import Extract
from fatu.reading.limits import Limits

_FORBIDDEN = frozenset({
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.gethostbyname", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
    "os.forkpty", "pty.spawn", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod",
    "os.chown", "os.truncate", "shutil.rmtree", "urllib.Request", "ftplib.connect", "smtplib.connect",
})  # fmt: skip
"""Events of sys.audit that no parser needs."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def parse(parser: tuple[str, str], data: bytes, name: str, limits: Limits) -> Extract:
    """What a parser, a function of a module, makes of a file. Raises InputError alone, whatever the parser does."""
    module, function = parser
    try:
        extract: Callable[[bytes, str, Limits], Extract] = getattr(import_module(module), function)
        return extract(data, name, limits)
    except InputError:
        raise
    except MemoryError:
        megabytes = limits.memory >> 20
        raise InputError(name, f"needs more than {megabytes} MB of memory", "raise --max-memory") from None
    except RecursionError:
        raise InputError(name, "is nested too deeply", "save it again, or as plain text") from None
    except Exception as error:
        reason = " ".join(str(error).split())[:160] or "no reason given"
        problem = f"is damaged or not what it seems ({type(error).__name__}: {reason})"
        raise InputError(name, problem, "save it again, or as plain text") from None


def confine(memory: int) -> None:
    """Gives up what no parser needs, for the rest of the process's life."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError, TypeError):  # Windows has no such library
        libc = ctypes.CDLL(None)
        libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: it does not outlive its parent
        libc.unshare(0x40000000)  # CLONE_NEWNET, where the system allows it: C code reaches no network either
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} is not allowed to a parser")
    if (
        event == "open"
        and isinstance(arguments[2], int)
        and arguments[2] & _WRITES
        and arguments[0] != os.devnull
    ):
        raise PermissionError(f"writing {arguments[0]} is not allowed to a parser")


def encode(extract: Extract) -> bytes:
    """An extract as JSON, for `confining.decode`."""
    pieces = [
        [p.text, p.page, p.box, p.path, p.paragraph, None if p.confidence is None else str(p.confidence)]
        for p in extract.pieces
    ]
    pages = [[page.number, page.media_type, b64encode(page.image).decode()] for page in extract.pages]
    document = {"pieces": pieces, "pages": pages, "encoding": extract.encoding, "notes": extract.notes}
    return json.dumps(document, ensure_ascii=True).encode()


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answers one request after the other until there are no more."""
    while line := requests.readline():
        head = json.loads(line)
        data = requests.read(head["length"])
        limits = Limits(**head["limits"])
        body = b""
        reply: dict[str, Any] = {}
        try:
            body = encode(parse(tuple(head["parser"]), data, head["name"], limits))
        except InputError as error:
            reply = {"problem": error.problem, "remedy": error.remedy}
        except MemoryError:
            reply = {"problem": "needs too much memory", "remedy": "raise --max-memory"}
        reply["length"] = len(body)
        replies.write(json.dumps(reply).encode() + b"\n" + body)
        replies.flush()


def main(memory: int) -> None:
    """Serves on standard input and output; what libraries print goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    sys.dont_write_bytecode = True
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    confine(memory)
    serve(sys.stdin.buffer, replies)
