"""Examples: two or three lines for every command that can be typed as they stand, with what each of them does.

``program.yaml`` and ``risks.csv`` are those of `riskmc new library`; ``plan.xer`` is a plan of Primavera P6. A new
command takes its examples from here too: one row in `_EXAMPLES` under its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Example(NamedTuple):
    """A line to type, and what it does, in a few words."""

    line: str
    does: str


def examples_of(command: str) -> tuple[Example, ...]:
    """Return the examples of a command; those of the command line itself under ``""``."""
    return tuple(Example(f"riskmc {words}", does) for words, does in _EXAMPLES.get(command, ()))


_EXAMPLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "": (
        ("new library", "a folder with a program to begin with"),
        ("forecast library/program.yaml", "when it finishes and what it costs"),
        ("forecast --help", "what a command can do, with examples"),
    ),
    "forecast": (
        ("forecast program.yaml", "date, budget, and the chance of each target"),
        ("forecast program.yaml --scenario survey_first --html forecast.html", "one scenario, as a page"),
        ('forecast plan.xer --range "triangular(90% 100% 130%)"', "a plan that has no ranges yet"),
    ),
    "report": (
        ("report program.yaml -o committee.html", "a page that needs no network, and prints"),
        ("report program.yaml -o committee.pptx -o numbers.xlsx", "slides and a workbook, from one run"),
        ("report april.yaml --against march.yaml -o april.pdf", "with what changed since last time, and why"),
    ),
    "drivers": (
        ("drivers program.yaml", "days and money for each risk and each group of ranges"),
        ("drivers program.yaml --at build.open --top 5", "the five that drive one milestone"),
    ),
    "waterfall": (
        ("waterfall program.yaml", "from the plan to P80, step by step"),
        ("waterfall program.yaml --percentile P50 --plots pictures", "to P50, and drawn"),
    ),
    "paths": (
        ("paths program.yaml", "the five most frequent critical paths"),
        ("paths program.yaml --percentile P90 --top 3", "three, and how often each is behind P90"),
    ),
    "sensitivity": (
        ("sensitivity program.yaml", "the activities on which the finish hangs"),
        ("sensitivity program.yaml --variance --top 5", "and the shares of the variance"),
    ),
    "iteration": (
        ("iteration program.yaml P80", "the iteration that is the P80, from start to finish"),
        ("iteration program.yaml 17 --json 17.json", "number 17, with everything it drew"),
    ),
    "diagnose": (
        ("diagnose program.yaml", "what holds P80 close to the plan"),
        ('diagnose plan.xer --range "triangular(90% 100% 130%)"', "the same of a plan that has no ranges"),
    ),
    "responses": (
        ("responses program.yaml", "what each response saves, and whether it pays"),
        ("responses program.yaml --budget 20k", "the best that 20k buy"),
        ("responses program.yaml --cost-of-delay 2k --by cost", "with a price on days, ranked by cost"),
    ),
    "compare": (
        ("compare program.yaml", "every scenario beside the program as it stands"),
        ("compare program.yaml --scenario survey_first", "this one alone"),
    ),
    "explore": (
        ("explore program.yaml", "sliders and switches, in the browser"),
        ('explore program.yaml --duration build.shell --duration "design.*"', "sliders for these activities"),
        ("explore program.yaml --no-browser --port 8123", "on a machine without one"),
    ),
    "joint": (
        ("joint program.yaml", "the chance of date and budget together"),
        ("joint program.yaml --finish 2028-05-31 --budget 3.5M", "of this date and this budget"),
        ("joint program.yaml --level 0.7 --level 0.8", "what 70% and 80% together would take"),
    ),
    "contingency": (
        ("contingency program.yaml", "margin and reserve for the level to commit to"),
        ("contingency program.yaml --percentile P90 --drawdown month", "for P90, month by month"),
    ),
    "capacity": (
        ("capacity portfolio.yaml", "who waits for which pool, and how busy it is"),
        ("capacity portfolio.yaml --pools testers --no-what-ifs", "one pool, without its what-ifs"),
    ),
    "cash": (
        ("cash program.yaml", "money spent and paid, month by month"),
        ("cash program.yaml --by quarter --plots pictures", "by quarter, and drawn"),
    ),
    "value": (
        ("value program.yaml", "net present value, payback, and the price of delay"),
        ('value program.yaml --discount-rate "3.5% real"', "at another rate"),
    ),
    "matrix": (
        ("matrix program.yaml", "the risks on a grid of probability and impact"),
        ("matrix program.yaml --mitigation post", "once the proposed responses act"),
    ),
    "outside-view": (
        ("outside-view program.yaml --reference ratios.csv", "P80 among comparable projects"),
        ('outside-view program.yaml --reference "lognormal(p50=1.1 p80=1.4)"', "among ratios of this shape"),
    ),
    "diff": (
        ("diff march.yaml april.yaml", "what changed, and how far each change moved P80"),
        ("diff march.xer april.xer --groups 8", "two plans, in about eight groups"),
    ),
    "earned-value": (
        ("earned-value program.yaml", "what has been earned, and the finish that follows from it"),
        ("earned-value april.yaml --baseline march.yaml", "against the program as it was"),
    ),
    "check": (
        ("check program.yaml", "what is wrong, doubtful or worth knowing"),
        ("check plan.xer --all --gate", "every finding; exit code 1 where a DCMA point fails"),
        ("check plan.xer --threshold high_duration=60d", "with another limit"),
    ),
    "verify": (
        ("verify plan.xer", "whether the dates of the planning tool are met"),
        ("verify plan.xer --all", "with every field that differs"),
    ),
    "convergence": (
        ("convergence program.yaml", "how well this many iterations know the answer"),
        ('convergence program.yaml --within "P80 finish within 2d"', "how many a goal of your own takes"),
    ),
    "crosscheck": (
        ("crosscheck program.yaml", "1,000 iterations in both engines"),
        ("crosscheck program.yaml --iterations 200 --scenario survey_first", "fewer, of a scenario"),
    ),
    "new": (
        ("new library", "a folder: program, risk register, notebook, and what to do next"),
        ("new plan.yaml", "a program file alone"),
        ("new --excel plan.xlsx", "the same as a workbook"),
    ),
    "convert": (
        ("convert plan.xer program.yaml", "a plan of Primavera P6 as a program file"),
        ("convert program.yaml program.xlsx", "for those who plan in Excel"),
        ("convert program.yaml plan.xml --strict", "for Microsoft Project; not written if it cannot hold all"),
    ),
    "ranges": (
        ("ranges program.yaml", "which range applies to each activity"),
        ("ranges program.yaml --csv ranges.csv", "as a table to edit; --ranges reads it back"),
    ),
    "register": (
        ("register risks.csv --plan program.yaml", "which of its risks are drawn, and how"),
        ("register risks.xlsx --scales scales.yaml", "with what its words mean"),
    ),
    "schema": (("schema", "for editors that complete and check a program file"),),
}
