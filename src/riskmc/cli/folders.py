"""Folders written whole or not at all: what goes into one is made apart first, then put in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from riskmc.errors import ArgumentError


def check_new_folder(where: str, force: bool) -> None:
    """Refuse a folder that could not be made or is not empty; with ``force`` what is in it may be written over."""
    path = Path(os.path.realpath(where))
    if path.exists() and not path.is_dir():
        raise ArgumentError(f"{where} is a file; name a folder")
    if not path.parent.is_dir():
        raise ArgumentError(f"cannot make {where}: there is no folder {path.parent}")
    if path.is_dir() and any(path.iterdir()) and not force:
        raise ArgumentError(f"{where} is not empty; name another folder, or --force writes over the files of its names")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ArgumentError(f"cannot write into {where}: no permission")


def write_folder(contents: Mapping[str, str], where: str) -> None:
    """Write files, by name, into the folder ``where``; other files in it stay. Either all are written, or none."""
    path = Path(os.path.realpath(where))
    part = (path if path.is_dir() else path.parent) / f".{path.name}.{os.getpid()}.part"
    try:
        part.mkdir()
        for name, text in contents.items():
            (part / name).write_text(text, encoding="utf-8", newline="\n")
        _put(part, path, list(contents))
    except OSError as error:
        raise ArgumentError(f"cannot write into {where}: {error.strerror}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _put(part: Path, path: Path, names: list[str]) -> None:
    """Move the files of ``part`` into the folder ``path``; where one of them fails, all is as it was."""
    made = not path.exists()
    path.mkdir(exist_ok=True)
    kept, put = part / "before", list[Path]()
    kept.mkdir()
    try:
        for name in names:
            if (path / name).exists():
                (path / name).replace(kept / name)
            put.append(path / name)
            (part / name).replace(path / name)
    except OSError:
        _restore(kept, put)
        if made:
            path.rmdir()
        raise


def _restore(kept: Path, put: list[Path]) -> None:
    """Take away what was put into a folder, and put back what had to make room for it."""
    for file in put:
        file.unlink(missing_ok=True)
        if (kept / file.name).exists():
            (kept / file.name).replace(file)
