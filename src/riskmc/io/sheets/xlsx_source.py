"""Workbooks (.xlsx) read safely: a zip of bounded size, XML without document types, no formula ever computed.

Only what a table needs is read: shared texts, number formats (dates, percentages), and the cells of each sheet, in one
pass and without a tree, so that memory goes with the filled cells and not with what a sheet claims to be.
"""

from __future__ import annotations

import zipfile
import zlib
from posixpath import normpath
from xml.etree.ElementTree import ParseError, XMLParser

from riskmc.errors import InputError, Problem
from riskmc.io.sheets.sheet import MOST_CELLS, Sheet
from riskmc.io.sheets.xlsx_parts import Book, Grid, Refused, Relations, Styles, Target, Texts

MOST_BYTES = 200_000_000  # unpacked, of all parts that are read
MOST_SHRUNK, SMALL = 200, 20_000_000  # times its packed size a part may have, unless it is small: a bomb has 1,000
_CHUNK = 1 << 18
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError, RuntimeError, LookupError,
    ValueError, OverflowError,
)  # fmt: skip


def workbook(file: str) -> list[Sheet]:
    """Return the sheets of a workbook in order; InputError where it is broken, too large, or no workbook."""
    try:
        with zipfile.ZipFile(file) as opened:
            return _Workbook(opened, file).sheets()
    except Refused as error:
        reason = f"{error.part}: {error}" if error.part else str(error)
    except _BROKEN as error:
        why = str(error).strip("'") or type(error).__name__
        reason = f"is no sound workbook ({why}): open it and save it again as .xlsx"
    raise InputError([Problem(file, 0, "", reason)])


class _Workbook:
    """An opened workbook: its parts, found by their relationships."""

    def __init__(self, opened: zipfile.ZipFile, file: str):
        self.opened = opened
        self.file = file
        self.bytes_left = MOST_BYTES
        self.parts = {info.filename.lstrip("/").lower(): info for info in opened.infolist()}

    def sheets(self) -> list[Sheet]:
        """Return the sheets of tables in their order."""
        homes = [target for kind, target in self._relations("").values() if kind == "officeDocument"]
        home = homes[0] if homes else "xl/workbook.xml"
        if home.lower() not in self.parts:
            raise Refused("is a zip, but no workbook: save the table as .xlsx")
        book, texts, styles = Book(), Texts(), Styles()
        self._parse(home, book)
        related = self._relations(home)
        for kind, target in related.values():
            if kind in ("sharedStrings", "styles"):
                self._parse(target, texts if kind == "sharedStrings" else styles)
        left, found = MOST_CELLS, []
        for name, key in book.sheets:
            kind, target = related.get(key, ("", ""))
            if kind == "worksheet":
                grid = Grid(texts.found, styles.kinds(), book.epoch, left)
                self._parse(target, grid)
                left = grid.left
                formulas = frozenset(grid.uncomputed), frozenset(grid.computed)
                found.append(Sheet(self.file, name, grid.rows, *formulas))
        return found

    def _relations(self, home: str) -> dict[str, tuple[str, str]]:
        """Return kind and part of what a part refers to, by identifier."""
        folder, _, name = home.rpartition("/")
        part = f"{folder}/_rels/{name}.rels".lstrip("/")
        found = Relations()
        if part.lower() in self.parts:
            self._parse(part, found)
        return {key: (kind, _resolved(folder, target)) for key, kind, target in found.found}

    def _parse(self, part: str, target: Target) -> None:
        """Give the XML of a part to a target, in pieces; refuse what unpacks to more than a table may be."""
        parser, info = XMLParser(target=target), self.parts[part.lower()]
        if info.file_size > self.bytes_left:  # as the directory says; no more than that is ever unpacked
            raise Refused(f"unpacks to more than {MOST_BYTES // 1_000_000} MB: too large for a table")
        if info.file_size > max(SMALL, MOST_SHRUNK * info.compress_size):
            raise Refused(f"unpacks to over {MOST_SHRUNK} times its size: no table does (a zip bomb)")
        with self.opened.open(info) as source:
            while piece := source.read(_CHUNK):
                self.bytes_left -= len(piece)
                if b"<!DOCTYPE" in piece:
                    target.doctype()
                parser.feed(piece)
        parser.close()


def _resolved(folder: str, target: str) -> str:
    """Return the part that a target means: from the root, or beside the part that names it."""
    return normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}").lstrip("/")
