"""Doors: packages whose names are imported on first use, so that a command waits only for what it needs (PEP 562)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module


def door(
    package: str, homes: Mapping[str, Sequence[str]], names: dict[str, object], parts: Sequence[str] = ()
) -> Callable[[str], object]:
    """Return the ``__getattr__`` of ``package``: names of ``homes`` (module: its names) are imported when asked for.

    ``names`` are the package's globals, which keep what was found; ``parts`` are modules that are asked for whole.
    """
    home_of = {name: home for home, inside in homes.items() for name in inside}

    def find(name: str) -> object:
        if name in parts:
            return import_module(f"{package}.{name}")
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        names[name] = found = getattr(import_module(f"{package}.{home_of[name]}"), name)
        return found

    return find
