"""Lists of lists as two flat arrays, the form that kernels read (compressed sparse rows)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


def pointers(lists: Iterable[Sequence[object]]) -> NDArray[np.int32]:
    """Return int32[n + 1]: the entries of list ``i`` stand at ``pointers[i]:pointers[i + 1]`` of the flat array."""
    sizes = np.fromiter(map(len, lists), np.int64)
    pointer = np.zeros(sizes.size + 1, np.int32)
    np.cumsum(sizes, out=pointer[1:])
    return pointer


def picked(pointer: NDArray[np.int32], lists: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the pointers of some of the lists, int32[m + 1], and where their entries stand in the flat array."""
    sizes = np.diff(pointer)[lists]
    chosen = np.zeros(lists.size + 1, np.int32)
    np.cumsum(sizes, out=chosen[1:])
    return chosen, np.repeat(pointer[lists] - chosen[:-1], sizes) + np.arange(chosen[-1], dtype=np.int64)


def flat(lists: Iterable[Iterable[object]], dtype: DTypeLike) -> NDArray[Any]:
    """Return all entries one after the other, in the order of the lists."""
    return np.array([*chain.from_iterable(lists)], dtype=dtype)
