"""How kernels are compiled: decorators chosen so that the first run of all does not wait long.

numba compiles a function for its first arguments and, with ``cache=True``, keeps the machine code for every later
run. Around the code it makes a wrapper for callers in Python and one for callers in C; each takes as long to compile
as a short loop does. An ``entry`` is called from Python and gets the first one only. An ``inner`` function is called
by entries alone, gets none and is kept as part of them; called from Python it would crash, hence its underscore. A
``part`` is written into the one function that calls it, which compiles a quarter faster; the loops of long arithmetic
(scores, curves) are not turned into vectors that way, and are ``inner``. Where small functions are called for every
event, they are ``linked`` into their ``linking_entry`` and have no machine code of their own (linking.py); long
arithmetic is slower so.
Neither holds Python's lock, so threads run side by side; a division by zero gives inf or nan and no exception.

numba would count the references to arrays wherever one is read from a named tuple or passed on: more code to compile
and to load, and a kernel that calls small functions for every event takes six times as long for it. Kernels count none:
nothing in them may allocate or return an array.

In kernels never write ``row[:] = other``: numba's own assignment compiles for two seconds, for the text of an error
that cannot happen, and runs three times as long as a plain loop.

numba looks at the file of an entry alone to tell whether its machine code is still good, though that holds the code of
functions of other files too. So machine code is kept in a folder of its own for every state of the sources
(`cache_folder`): in ``NUMBA_CACHE_DIR``, or beside the kernels, or else in the user's home.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from typing import Any

from numba import config, njit

from riskmc.kernels.linear_algebra import load_without_blas
from riskmc.kernels.linking import PartCompiler, WholeCompiler

_PACKAGE = Path(__file__).resolve().parents[1]
_NAMED = ("network", "simulation")  # the packages whose named tuples are arguments of kernels
_FOLDER, _KEPT = "riskmc-", 4
_njit: Any = njit  # numba's own types do not know of wrappers

load_without_blas()


def sources(package: Path) -> str:
    """Return a digest of what machine code depends on: all kernels, and the modules that the types of arguments are in.

    ``package`` is the folder of riskmc.
    """
    digest = blake2b(digest_size=8)
    for path in sorted((package / "kernels").rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    for named in _NAMED:
        for path in sorted((package / named).rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode())
    return digest.hexdigest()


@cache
def cache_folder() -> str:
    """Return the folder of the machine code of these sources; of older sources a few are kept. "" if none is writable.

    It is made here where it is missing.
    """
    given = config.CACHE_DIR  # type: ignore[attr-defined]
    for home in [given] if given else [_PACKAGE / "kernels" / "__pycache__", Path.home() / ".cache" / "riskmc"]:
        folder = Path(home) / (_FOLDER + sources(_PACKAGE))
        try:
            _make(folder)
        except OSError:
            continue
        return str(folder)
    return ""


def _make(folder: Path) -> None:
    """Make a folder of machine code, or see that it can be written; the oldest of too many go."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # others may clear up too
            for old in sorted(folder.parent.glob(f"{_FOLDER}*"), key=os.path.getmtime)[:-_KEPT]:
                rmtree(old, ignore_errors=True)
    if not os.access(folder, os.W_OK):
        raise PermissionError(folder)


@contextmanager
def kept_machine_code() -> Iterator[bool]:
    """Let numba keep the machine code of what is decorated inside in `cache_folder`; yield whether there is one."""
    before, folder = config.CACHE_DIR, cache_folder()  # type: ignore[attr-defined]
    config.CACHE_DIR = folder or before  # type: ignore[attr-defined]
    try:
        yield bool(folder)
    finally:
        config.CACHE_DIR = before  # type: ignore[attr-defined]


def _entry(**options: Any) -> Any:
    def decorated(function: Any) -> Any:
        with kept_machine_code() as kept:
            return _njit(cache=kept, nogil=True, error_model="numpy", no_cfunc_wrapper=True, **options)(function)

    return decorated


def _inner(**options: Any) -> Any:
    return _njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False, **options)


entry: Any = _entry(_nrt=False)
inner: Any = _inner()
part: Any = _njit(inline="always", nogil=True, error_model="numpy", _nrt=False)
linking_entry: Any = _entry(_nrt=False, pipeline_class=WholeCompiler)
linked: Any = _inner(pipeline_class=PartCompiler)
