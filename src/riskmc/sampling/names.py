"""The key of a random variable: a stable 64-bit hash of its name, so that no order and no state is needed (R1, R5)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from riskmc.errors import ArgumentError, ProgramError


def key(name: str) -> int:
    """Return the 64-bit hash of a variable's name: BLAKE2b of its UTF-8 NFC text, 8 bytes, little-endian."""
    text = name if name.isascii() else unicodedata.normalize("NFC", name)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def keys(names: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Return the hashes of many names (uint64[n]); ProgramError naming both where two are equal."""
    plain = names if "".join(names).isascii() else [unicodedata.normalize("NFC", name) for name in names]
    digests = b"".join([blake2b(name.encode(), digest_size=8).digest() for name in plain])
    hashes = np.frombuffer(digests, dtype="<u8").astype(np.uint64)
    ordered = np.sort(hashes)
    if (ordered[1:] == ordered[:-1]).any():
        raise ProgramError(_collisions(names, hashes))
    return hashes


def split_seed(seed: int) -> tuple[int, int]:
    """Return the two 32-bit halves of a seed, low then high; a seed is a whole number of at most 64 bits."""
    if not 0 <= seed < 2**64:
        raise ArgumentError(f"a seed is a whole number from 0 to 2^64 - 1, got {seed}")
    return seed & 0xFFFFFFFF, seed >> 32


def _collisions(names: Sequence[str], hashes: npt.NDArray[np.uint64]) -> list[tuple[str, str]]:
    seen: dict[int, str] = {}
    faults = []
    for name, number in zip(names, hashes.tolist(), strict=True):
        if number in seen:
            faults.append((name, f"has the same random numbers as {seen[number]!r}; rename one of the two"))
        seen.setdefault(number, name)
    return faults
