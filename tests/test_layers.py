"""The structure of the package, kept by a program: imports point one way, files and functions stay small.

Every rule is a function that yields sentences, one a violation, from a folder that holds a package. The first tests
hold the real package to the rules; the others show, on a small package made up for it, that each rule can fail.
"""

from __future__ import annotations

import ast
import functools
import graphlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "riskmc"

LAYERS = (  # lowest first: a module may import from the layers before its own, and from its own
    "version",
    "doors",
    "errors",
    "kernels",
    "distributions",
    "forecast",
    "program",
    "io",
    "sampling",
    "network",
    "simulation",
    "analysis",
    "plot",
    "reports",
    "live",
    "cli",
)
ALONE = {"version", "doors", "errors", "kernels"}  # import nothing of ours outside themselves
DOORS = {"__init__", "__main__"}  # of the package itself: above all layers, imported by none

ANYWHERE_BUT = {
    "pandas": {"errors", "kernels", "distributions", "network", "sampling"}
}  # third party: barred from these
NOWHERE_BUT = {"matplotlib": ("plot",), "simpy": ("simulation", "discrete_event")}  # third party: at home below these
RANDOM = ("random", "numpy.random", "secrets")  # numbers come from the keyed generator alone

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc", "tools"}
BANNED_WORDS = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
SEARCH_WORDS = (
    "P80", "critical path", "float", "PERT", "JCL", "lag", "holiday", "seed", "xer", "tornado", "waterfall", "Shapley",
    "NPV", "payback", "cost of delay", "EAC", "earned value", "earned schedule", "contingency", "drawdown",
    "management reserve", "criticality index", "significance index", "cruciality", "merge", "variance",
    "efficient frontier", "escalation", "retention", "what-if", "probability-impact matrix", "outside view",
    "reference class", "convergence", "Latin hypercube",
)  # fmt: skip

Rule = Callable[[Path], Iterator[str]]


@functools.cache
def _parsed(file: Path, text: str) -> ast.Module:
    """Return the syntax tree of a file; each is parsed once, whatever the number of rules."""
    return ast.parse(text, str(file))


def modules(package: Path) -> Iterator[tuple[tuple[str, ...], ast.Module]]:
    """Yield the dotted place below the package, as a tuple, and the syntax tree of every module."""
    for file in sorted(package.rglob("*.py")):
        yield file.relative_to(package).with_suffix("").parts, _parsed(file, file.read_text(encoding="utf-8"))


def imports(tree: ast.Module, place: tuple[str, ...], root: str) -> Iterator[str]:
    """Yield every imported name in full, ``riskmc.program.link.Link``; relative imports are made absolute."""
    for node in ast.walk(tree):  # walk: imports inside functions count too
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = [root, *place[: len(place) - node.level]] if node.level else []
            parent = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{parent}.{alias.name}" for alias in node.names)


def upward_imports(package: Path) -> Iterator[str]:
    """Yield every import of ours that does not point to a lower layer, or to the importer's own."""
    level = {name: i for i, name in enumerate(LAYERS)}
    for place, tree in modules(package):
        here, file = place[0], "/".join(place)
        if here in DOORS:
            continue
        if here not in level:
            yield f"{file}: {here} is no layer; put it into the order of LAYERS, or elsewhere"
            continue
        for name in imports(tree, place, package.name):
            first, _, rest = name.partition(".")
            there = rest.split(".")[0]
            speaks_the_public_names = here == "cli" and name == package.name
            if first != package.name or there == here or speaks_the_public_names:
                continue
            if here in ALONE or level.get(there, len(LAYERS)) >= level[here]:
                yield f"{file} imports {name}"


def cycles(package: Path) -> Iterator[str]:
    """Yield the modules of a ring of imports, in order; imports for the type checker's eyes alone do not count."""
    known = {".".join(place[:-1] if place[-1] == "__init__" else place) for place, _ in modules(package)}
    graph: dict[str, set[str]] = {}
    for place, tree in modules(package):
        here = ".".join(place[:-1] if place[-1] == "__init__" else place)
        inside = (name.split(".") for name in imports(run_time(tree), place, package.name))
        ours = [name[1:] for name in inside if name[0] == package.name and len(name) > 1]
        there = {".".join(name if ".".join(name) in known else name[:-1]) for name in ours}
        graph[here] = {name for name in there if name in known and name != here}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        yield " <- ".join(error.args[1])


def run_time(tree: ast.Module) -> ast.Module:
    """Return the module without its ``if TYPE_CHECKING`` blocks."""
    kept = [node for node in tree.body if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")]
    return ast.Module(body=kept, type_ignores=[])


def foreign_imports(package: Path) -> Iterator[str]:
    """Yield imports of third-party packages outside the layers where they are at home."""
    for place, tree in modules(package):
        for name in imports(tree, place, package.name):
            top = name.split(".")[0]
            home = NOWHERE_BUT.get(top)
            if place[0] in ANYWHERE_BUT.get(top, set()) or (home and place[: len(home)] != home):
                yield f"{'/'.join(place)} imports {name}"


def other_randomness(package: Path) -> Iterator[str]:
    """Yield uses of a random number generator other than the keyed one of ``sampling`` and its kernel."""
    for place, tree in modules(package):
        drawn = {name for name in imports(tree, place, package.name) if name.startswith(RANDOM)}
        attributes = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        drawn |= {name for name in attributes if name in ("np.random", "numpy.random") or name.endswith(".rvs")}
        for what in sorted(drawn):
            yield f"{'/'.join(place)} uses {what}"


def relative_imports(package: Path) -> Iterator[str]:
    """Yield relative imports: the place a name comes from is written out."""
    for place, tree in modules(package):
        if any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(tree)):
            yield f"{'/'.join(place)} imports relatively"


def hidden_imports(package: Path) -> Iterator[str]:
    """Yield imports of ours inside functions: they hide an upward dependency or a ring."""
    for place, tree in modules(package):
        for function in functions(tree):
            inner = ast.Module(body=function.body, type_ignores=[])
            for name in imports(inner, place, package.name):
                if name.split(".")[0] == package.name and place != ("__main__",):
                    yield f"{'/'.join(place)}: {function.name} imports {name}"


def large_files(package: Path) -> Iterator[str]:
    """Yield files of 400 lines or more."""
    for file in sorted(package.rglob("*.py")):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines >= LINES_OF_A_FILE:
            yield f"{file.relative_to(package)}: {lines} lines"


def long_functions(package: Path) -> Iterator[str]:
    """Yield functions whose body, the docstring apart, is over 40 lines."""
    for place, tree in modules(package):
        for function in functions(tree):
            body = function.body[1:] if ast.get_docstring(function) is not None else function.body
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            if lines > LINES_OF_A_FUNCTION:
                yield f"{'/'.join(place)}: the body of {function.name} has {lines} lines"


def banned_words(package: Path) -> Iterator[str]:
    """Yield module names that say nothing, and marks of unfinished work."""
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package).with_suffix("").parts
        yield from (
            f"{file.relative_to(package)}: {part} says nothing of what is in it" for part in BANNED_NAMES & {*parts}
        )
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if BANNED_WORDS.search(line):
                yield f"{file.relative_to(package)}:{number}: {line.strip()}"


def silent_functions(package: Path) -> Iterator[str]:
    """Yield public functions and classes without docstring, and public functions without full types."""
    for place, tree in modules(package):
        if ast.get_docstring(tree) is None:
            yield f"{'/'.join(place)}: no docstring"
        for function, private in public(tree):
            name = f"{'/'.join(place)}: {function.name}"
            if ast.get_docstring(function) is None and not private:
                yield f"{name} has no docstring"
            if not isinstance(function, ast.ClassDef) and place[0] != "kernels" and not typed(function):
                yield f"{name} is not fully typed"


def names_of_modules(package: Path) -> Iterator[str]:
    """Yield the names that a door hands out and a module beside it bears too: whichever is imported first wins."""
    for place, tree in modules(package):
        beside = package.joinpath(*place).parent
        for node in tree.body if place[-1] == "__init__" else []:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_HOMES":
                handed = {name for names in ast.literal_eval(node.value).values() for name in names}
                there = {path.stem for path in beside.iterdir() if path.suffix == ".py" or path.is_dir()}
                yield from (
                    f"{'/'.join(place)} hands out {name}, a module beside it" for name in sorted(handed & there)
                )


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a tree, methods and inner functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def public(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef | ast.ClassDef, bool]]:
    """Yield public functions, classes and methods, and whether the documentation of one may stand in its class."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node, False
            if isinstance(node, ast.ClassDef):
                inner = [item for item in node.body if isinstance(item, ast.FunctionDef)]
                yield from ((item, item.name.startswith("_")) for item in inner)


def typed(function: ast.FunctionDef) -> bool:
    """Return whether every argument, ``self`` and ``cls`` apart, and the result carry a type."""
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    named = [argument for argument in arguments if argument.arg not in ("self", "cls")]
    result = function.returns is not None or function.name == "__init__"
    return result and all(argument.annotation is not None for argument in named)


RULES: list[Rule] = [
    upward_imports,
    cycles,
    foreign_imports,
    other_randomness,
    relative_imports,
    hidden_imports,
    large_files,
    long_functions,
    banned_words,
    silent_functions,
    names_of_modules,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_package_has_no(rule: Rule):
    assert list(rule(PACKAGE)) == []


@pytest.mark.parametrize("word", SEARCH_WORDS)
def test_a_newcomer_who_greps_for_a_word_of_the_field_lands_on_its_home(word: str):
    titles = [(ast.get_docstring(tree) or "").partition("\n")[0] for _, tree in modules(PACKAGE)]
    assert any(re.search(rf"\b{word}s?\b", title, re.IGNORECASE) for title in titles)


SLOW_TO_IMPORT = (
    "pandas", "matplotlib", "scipy.stats", "simpy", "openpyxl", "jinja2", "xml.etree", "defusedxml", "starlette",
    "ipywidgets",
)  # fmt: skip
READ_A_PROGRAM_FILE = (
    "mpxj", "plan_file", "plan_lines", "program_file", "range_cells", "range_file", "range_table", "register",
    "register.joined", "shaping", "workbook", "yaml_faults", "yaml_source", "yaml_text",
)  # fmt: skip


def test_the_forecast_command_starts_without_what_it_does_not_need():
    """Of `io` the modules that read a program file and know which other formats there are, none that reads those."""
    source = (
        "import sys\n"
        "from riskmc.cli import main\n"
        "sys.argv = ['riskmc', 'forecast', sys.argv[1], '--iterations', '300', '--quiet']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "of_io = sorted(name[10:] for name in sys.modules if name.startswith('riskmc.io.'))\n"
        f"print([name for name in {SLOW_TO_IMPORT} if name in sys.modules], of_io)\n"
    )
    model = PACKAGE.parents[1] / "models" / "ferry" / "program.yaml"
    done = subprocess.run([sys.executable, "-c", source, model], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"[] {[*READ_A_PROGRAM_FILE]}"


# ------------------------------------------------------------------------------ the rules themselves


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package that keeps every rule."""
    root = tmp_path / "riskmc"
    write(root, "__init__", '"""The public names."""\nfrom riskmc.forecast import Forecast')
    write(root, "errors", '"""Errors."""')
    write(root, "kernels/forward", '"""The forward pass."""\nimport numpy')
    write(root, "forecast", '"""One outcome."""\nimport pandas\nfrom riskmc.errors import RiskmcError')
    write(root, "program/link", '"""A link."""\nfrom riskmc.errors import RiskmcError')
    write(root, "program/activity", '"""Work."""\nfrom riskmc.program.link import Link')
    write(root, "simulation/discrete_event/clock", '"""The clock."""\nimport simpy')
    write(
        root, "plot/s_curve", '"""The S-curve."""\nfrom matplotlib import pyplot\nfrom riskmc.forecast import Forecast'
    )
    return root


def write(root: Path, module: str, text: str) -> None:
    """Put a module into the made-up package."""
    file = root / f"{module}.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_clean_package_passes(rule: Rule, package: Path):
    assert list(rule(package)) == []


VIOLATIONS: list[tuple[Rule, str, str, str]] = [
    (
        upward_imports,
        "forecast",
        "def plot():\n    from riskmc.plot import s_curve",
        "forecast imports riskmc.plot.s_curve",
    ),
    (upward_imports, "program/risk", "import riskmc.simulation", "program/risk imports riskmc.simulation"),
    (upward_imports, "program/risk", "from ..sampling import key", "program/risk imports riskmc.sampling.key"),
    (upward_imports, "program/risk", "from riskmc import simulate", "program/risk imports riskmc.simulate"),
    (
        upward_imports,
        "kernels/late",
        "from riskmc.errors import RiskmcError",
        "kernels/late imports riskmc.errors.RiskmcError",
    ),
    (upward_imports, "extras", "", "extras: extras is no layer; put it into the order of LAYERS, or elsewhere"),
    (cycles, "program/link", "from riskmc.program.activity import Work", "program.link"),
    (foreign_imports, "network/compile", "def f():\n    import pandas as pd", "network/compile imports pandas"),
    (foreign_imports, "reports/page", "import matplotlib.pyplot", "reports/page imports matplotlib.pyplot"),
    (foreign_imports, "simulation/montecarlo", "import simpy", "simulation/montecarlo imports simpy"),
    (other_randomness, "sampling", "import numpy as np\nnp.random.default_rng()", "sampling uses np.random"),
    (other_randomness, "distributions/pert", "from numpy.random import default_rng", "uses numpy.random.default_rng"),
    (other_randomness, "distributions/pert", "import random", "distributions/pert uses random"),
    (other_randomness, "distributions/pert", "def draw(law):\n    law.rvs()", "distributions/pert uses law.rvs"),
    (relative_imports, "program/risk", "from . import link", "program/risk imports relatively"),
    (hidden_imports, "cli", "def f():\n    from riskmc.io import read", "cli: f imports riskmc.io.read"),
    (large_files, "errors", "x = 1\n" * 400, "errors.py: 400 lines"),
    (long_functions, "errors", "def f():\n" + "    x = 1\n" * 41, "errors: the body of f has 41 lines"),
    (banned_words, "program/utils", "", "program/utils.py: utils says nothing of what is in it"),
    (banned_words, "errors", "# TO" + "DO: more", "errors.py:1: # TO" + "DO: more"),
    (silent_functions, "errors", '"""E."""\ndef f() -> None:\n    pass', "errors: f has no docstring"),
    (silent_functions, "errors", '"""E."""\ndef f(x) -> None:\n    """F."""', "errors: f is not fully typed"),
    (
        silent_functions,
        "errors",
        '"""E."""\nclass C:\n    """C."""\n    def f(self):\n        """F."""',
        "not fully typed",
    ),
    (silent_functions, "errors", "x = 1", "errors: no docstring"),
    (
        names_of_modules,
        "plot/__init__",
        '"""Pictures."""\n_HOMES = {"axes": ("s_curve",)}',
        "plot/__init__ hands out s_curve, a module beside it",
    ),
]


@pytest.mark.parametrize("rule, module, text, said", VIOLATIONS)
def test_a_violation_is_caught(rule: Rule, module: str, text: str, said: str, package: Path):
    write(package, module, text)
    found = list(rule(package))
    assert len(found) == 1
    assert said in found[0]
