"""Fuzzing by hand, outside CI: files out of order must give a Program or an error of riskmc's own, soon and in bounds.

``python tests/fuzzing.py xer --seconds 60`` feeds the reader of a format (xer pmxml mspdi xlsx csv register sm rcp)
with small files of ours, mutated, and computes the plan of whatever is read. With atheris installed (``pip install
atheris``; it is no dependency) mutations are led by the branches of the reader that they reach; without it they are
random, ``--seed`` apart. Each new kind of fault is printed with its traceback and its input kept in ``--keep``; the
exit code is 1 where there was any. An input may take 5 s of process time and what memory 4 GB of addresses leave it.
Give a fault that was found a test of its own beside the reader's.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

LONGEST, MEMORY = 5.0, 4 << 30
READERS = {
    "xer": ("plan.xer", "xer.plan"),
    "pmxml": ("plan.xml", "pmxml.reader"),
    "mspdi": ("plan.xml", "mspdi.reader"),
    "xlsx": ("plan.xlsx", "workbook.reader"),
    "csv": ("plan.csv", "workbook.reader"),
    "register": ("risks.xlsx", "register.reader"),
    "sm": ("plan.sm", "rcpsp.psplib"),
    "rcp": ("plan.rcp", "rcpsp.patterson"),
}
TOKENS = (
    b"", b"-1", b"0", b"1e308", b"nan", b"inf", b"9" * 400, b"0.0000001", b"0000-00-00", b"0001-01-01T00:00:00",
    b"9999-12-31 23:59", b"2027-02-30", b"\xff", b"\x00", b"\xef\xbf\xbe", b"\r", b"\t", b"<", b"&#0;", b"&x;", b"]]>",
    b"=cmd()", b"1FS-9999d", b"24:00", b"25:61", b"PT-8H0M0S", b"PT99999999H0M0S", b"Y", b"\xe2\x80\xae",
    b"1" + b"a" * 99,
)  # fmt: skip
WORD = re.compile(rb"[^\s<>|(),;\"/]+")
Mutator = Callable[[bytes, random.Random], bytes]


class TooSlowError(BaseException):
    """An input took more process time than any may."""


def seeds(kind: str) -> list[bytes]:
    """Return small good files of a format, our own."""
    from mspdi_plans import calendar, link, task, xml

    if kind == "mspdi":
        done = task(2, 16, link(1, "SS", 4), ActualStart="2027-01-04T08:00:00", PercentComplete=50)
        late = task(3, 4, link(2, "FF", 50, 19), ConstraintType=4, ConstraintDate="2027-02-01T08:00:00", CalendarUID=2)
        night = calendar(2, "Night", {2: "22:00-00:00", 3: "00:00-06:00"})
        week = calendar(1, "Standard", {2: "08:00-16:00"})
        return [xml(task(1, 8, level=1), done, late, calendars=(week, night)).replace("><", ">\n<").encode()]
    if kind in ("xlsx", "csv", "register"):
        return _tables(kind)
    folder, suffix = {"xer": ("xer", "xer"), "pmxml": ("pmxml", "xml")}.get(kind, ("rcpsp", kind))
    return [file.read_bytes() for file in sorted((HERE / "data" / folder).glob(f"*.{suffix}"))]


def _tables(kind: str) -> list[bytes]:
    """Return the template of a workbook, a table of activities, or a register with scales of its own."""
    from books import book
    from riskmc.io.workbook import template

    if kind == "xlsx":
        return [template.workbook()]
    if kind == "csv":
        head = "ID;Name;Duration;Start;Predecessors;Min;Likely;Max;Cost;Milestone;Outline Level;Actual Start"
        rows = ("1;Work;9 days;Mon 04/01/27;;;;;;No;1;", "2;Dig;5 days?;25/01/27 08:00;;4;5;9;1.200,50;No;2;04/01/27",
                "3;Line;2,5 wks;;2SS+5d;;;;;No;2;", "4;Open;0 days;;3FS+50%;;;;;Yes;1;")  # fmt: skip
        german = (HERE / "data" / "tables" / "german.csv").read_bytes()
        return ["\n".join([head, *rows, ""]).encode(), german]
    risks = [("ID", "Risk", "Status", "Probability", "Schedule impact", "Cost impact", "Activities", "From", "To"),
             ("R1", "Soil", "Open", "High", "Low", "Low", "dig", "2027-01-04", "2028-01-01"),
             ("R2", "Rain", "Closed", 0.3, "5d", "10%", "1.*", None, None)]  # fmt: skip
    scales = [("Scale", "Level", "From", "To"), ("probability", "High", "50%", "90%"), ("schedule", "Low", "1d", "5d"),
              ("cost", "Low", 1000, 5000)]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        return [book(Path(folder) / "risks.xlsx", {"Register": risks, "Scales": scales}).read_bytes()]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return bytes with one to four lines or words moved, doubled, dropped or replaced; a zip in one of its parts."""
    if content[:4] == b"PK\x03\x04" and chance.random() < 0.95:
        return _rezipped(content, chance)
    for _ in range(chance.randint(1, 4)):
        content = chance.choice((_lines, _words, _words, _words, _bytes, _cut))(content, chance)
    return content


def _rezipped(content: bytes, chance: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            parts = {name: opened.read(name) for name in opened.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zipfile.zlib.error):
        return _bytes(content, chance)
    if not parts:
        return _bytes(content, chance)
    name = chance.choice(sorted(parts))
    parts[name] = mutated(parts[name].replace(b"><", b">\n<"), chance)
    with zipfile.ZipFile(made := io.BytesIO(), "w") as written:
        for part, inner in parts.items():
            written.writestr(part, inner)
    return made.getvalue()


def _lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    deed = chance.randrange(4)
    if deed == 0:
        del lines[first : first + chance.randint(1, 3)]
    elif deed == 1:
        lines.insert(second, lines[first])
    elif deed == 2:
        lines[first], lines[second] = lines[second], lines[first]
    else:
        lines[first:first] = [lines[first]] * chance.randint(2, 50)
    return b"\n".join(lines)


def _words(content: bytes, chance: random.Random) -> bytes:
    """Replace one word by another of the file, or by one of those that readers stumble over."""
    places = [match.span() for match in WORD.finditer(content[:200_000])]
    if not places:
        return content
    (start, end), other = chance.choice(places), chance.choice(places)
    word = content[slice(*other)] if chance.random() < 0.5 else chance.choice(TOKENS)
    return content[:start] + word + content[end:]


def _bytes(content: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(content))
    return content[:place] + chance.choice((*TOKENS, chance.randbytes(2))) + content[place + chance.randint(0, 8) :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randint(len(content) // 2, len(content))]


class Harness:
    """One reader under test: what it is fed, and the kinds of fault that were found."""

    def __init__(self, kind: str, keep: Path):
        name, module = READERS[kind]
        self.kind, self.keep, self.found, self.runs = kind, keep, set[tuple[str, str]](), 0
        self.folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        self.file = self.folder / name
        self._read = import_module(f"riskmc.io.{module}")
        if kind == "register":
            from books import plan

            self.plan = plan(self.folder)

    def compute(self) -> None:
        """Read the file and compute its plan; only errors of riskmc's own are passed over."""
        from riskmc.errors import InputError, ProgramError, RiskmcError
        from riskmc.io import read
        from riskmc.network.compiling import Settings, compile_network

        try:
            program = read(self.plan, register=self.file) if self.kind == "register" else self._read.read(self.file)
        except (InputError, ProgramError):
            return
        for settings in (Settings(), Settings(constraints="as-planned")):
            try:
                compile_network(program, settings)
            except RiskmcError:
                continue

    def one(self, content: bytes) -> None:
        """Try one input, and tell a fault where it is of a new kind."""
        self.file.write_bytes(content)
        self.runs += 1
        signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
        try:
            self.compute()
        except (Exception, TooSlowError) as error:
            self._tell(error, content)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def _tell(self, error: BaseException, content: bytes) -> None:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "riskmc" in frame.filename]
        place = f"{frames[-1].filename}:{frames[-1].name}" if frames else ""
        if (type(error).__name__, place) in self.found:
            return
        self.found.add((type(error).__name__, place))
        kept = self.keep / f"{self.kind}-{len(self.found)}{self.file.suffix}"
        self.keep.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(content)
        print(f"--- {kept}", *traceback.format_exception(error)[-12:], sep="\n", flush=True)

    def close(self) -> None:
        """Tell how it went and leave, with 1 where a fault was found: libFuzzer does not give control back."""
        print(f"{self.kind}: {self.runs} inputs, {len(self.found)} kinds of fault", flush=True)
        shutil.rmtree(self.folder)
        os._exit(1 if self.found else 0)


def _expire(*_: object) -> None:
    raise TooSlowError(f"more than {LONGEST:g} s of process time")


def by_chance(harness: Harness, seconds: float, seed: int) -> None:
    """Mutate the seeds at random for so many seconds."""
    chance, starts, end = random.Random(seed), seeds(harness.kind), time.monotonic() + seconds
    for content in starts:
        harness.one(content)
    while time.monotonic() < end:
        harness.one(mutated(chance.choice(starts), chance))
    harness.close()


def by_atheris(atheris: object, harness: Harness, seconds: float, seed: int) -> None:
    """Let atheris mutate the seeds, led by the branches of the reader, for so many seconds."""
    end = time.monotonic() + seconds
    corpus = harness.folder / "corpus"
    corpus.mkdir()
    for number, content in enumerate(seeds(harness.kind)):
        (corpus / str(number)).write_bytes(content)

    def one(content: bytes) -> None:
        if time.monotonic() >= end:
            harness.close()
        harness.one(content)

    def mutate(content: bytes, largest: int, number: int) -> bytes:
        chance = random.Random(number)
        return (mutated(content, chance) if chance.random() < 0.9 else atheris.Mutate(content, largest))[:largest]

    quiet = ["-verbosity=0", "-timeout=600", "-rss_limit_mb=0", "-max_len=200000", f"-seed={seed}"]
    atheris.Setup([sys.argv[0], *quiet, str(corpus)], one, custom_mutator=mutate)
    atheris.Fuzz()


def main(arguments: Sequence[str]) -> None:
    """Fuzz one reader."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=sorted(READERS))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzzed"))
    parser.add_argument("--random", action="store_true", help="do without atheris")
    asked = parser.parse_args(arguments)
    import_module("riskmc.network.compiling")
    atheris = None if asked.random else _atheris()
    if atheris is None:
        harness = Harness(asked.kind, asked.keep)
    else:
        with atheris.instrument_imports(include=["riskmc.io"]):
            harness = Harness(asked.kind, asked.keep)
    signal.signal(signal.SIGVTALRM, _expire)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if atheris is None:
        by_chance(harness, asked.seconds, asked.seed)
    else:
        by_atheris(atheris, harness, asked.seconds, asked.seed)


def _atheris():
    try:
        return import_module("atheris")
    except ImportError:
        return None


if __name__ == "__main__":
    main(sys.argv[1:])
