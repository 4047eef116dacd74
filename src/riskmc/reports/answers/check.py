"""Check, printed: what `riskmc check` says: what matters most for P80 first, then every rule that found something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from riskmc.analysis.check.effects import P80, Variant
from riskmc.analysis.check.finding import SEVERITIES, Effect, Finding, Severity
from riskmc.analysis.check.findings import Findings
from riskmc.analysis.check.registry import RULE
from riskmc.analysis.paired import Difference
from riskmc.forecast import Forecast
from riskmc.forecast.figures import MINUS, iterations_text, level_name, printable, shortened, span
from riskmc.forecast.language import formats, said
from riskmc.forecast.written import Written
from riskmc.reports.answers.check_gate import points_section, practices_section, verdict
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered, with_interval

FIRST_ROWS = 5
MATTERS_MOST = 3
HEADINGS: dict[Severity, str] = {"wrong": "Wrong", "doubtful": "Doubtful", "to know": "To know"}
_NAME, _TITLE = 60, 120


def tell_check(findings: Findings, width: int = WIDTH, colour: bool = False, everything: bool = False) -> str:
    """Return the printed answer of a check; ``everything``: all findings of each rule, not only the first five."""
    return rendered(list(check_sentences(findings)), list(_sections(findings, everything)), width, colour)


def check_sentences(findings: Findings) -> Iterator[str]:
    """Yield the verdict, how much was found, where P80 stands, and what moves it most."""
    yield from gate_sentences(findings)
    yield _moved_most(findings)


def gate_sentences(findings: Findings) -> Iterator[str]:
    """Yield the verdict of the gate, and how much was found."""
    severities = Counter(finding.severity for finding in findings)
    wrong, doubtful, known = (severities[word] for word in SEVERITIES)
    name = shortened(printable(findings.trials.program.program), _TITLE)
    yield verdict(name, findings)
    others = {"doubtful": formats().number(doubtful), "known": formats().number(known)}
    if not wrong:
        yield said("Findings: nothing wrong, {doubtful} doubtful, {known} to know.", **others)
    else:
        yield said("Findings: {wrong} wrong, {doubtful} doubtful, {known} to know.", wrong=wrong, **others)


def _moved_most(findings: Findings) -> str:
    finish = findings.trials.finish()
    made = iterations_text(len(findings.trials))
    stands = f"P80 of the finish is {finish.text(finish.quantile(P80))}, from {made}{_incomplete(findings)}"
    if not findings.trials.random:
        stands = f"Nothing is random in it: it finishes on {finish.text(finish.quantile(P80))} in every iteration"
    return f"{stands}. {moves_sentence(findings)}"


def _incomplete(findings: Findings) -> str:
    """Return what qualifies a P80 that a forecast will not confirm: the check runs the Monte Carlo engine."""
    rule = "not-simulated"
    left_out = len(findings.of(rule))
    return f", with {RULE[rule].counted(left_out)}" if left_out else ""


def moves_sentence(findings: Findings) -> str:
    """Return which findings move P80 most, each in a paired run of its own."""
    told = [_clause(effect) for effect in findings.effects().values() if effect.size]
    if not told:
        return said("No finding moves it by more than simulation error.")
    return said("What moves it most: {effects}.", effects="; ".join(told[:MATTERS_MOST]))


def _clause(effect: Effect) -> str:
    return said("{moved} {change}", moved=_moved(effect.finish_days), change=said(effect.change))


def _moved(days: Difference) -> str:
    """Return ``12 days later``."""
    if round(abs(days.value)) == 0:
        return said("the same day")
    apart = span(days.value)
    return said("{days} later", days=apart) if days.value > 0 else said("{days} earlier", days=apart)


def _sections(findings: Findings, everything: bool) -> Iterator[Section]:
    yield from check_sections(findings, everything)
    yield _provenance(findings)


def check_sections(findings: Findings, everything: bool = False) -> Iterator[Section]:
    """Yield the gate, what the file shows, correlations, and what every rule found."""
    if findings.dcma:
        yield points_section(findings.dcma)
    if findings.gao:
        yield practices_section(findings.gao)
    if findings.correlations:
        yield _correlations(findings)
    for severity in SEVERITIES:
        chosen = [finding for finding in findings if finding.severity == severity]
        if chosen:
            yield Section(notes=[HEADINGS[severity]], warning=True)
        for rule in _ranked(chosen):
            yield _rule(findings, [finding for finding in chosen if finding.rule == rule], everything)


def _correlations(findings: Findings) -> Section:
    """Return P80 with every pair of estimates at correlation 0, as given, and at 0.3."""
    cost = findings.trials.has_cost
    columns = [Column("Correlation"), Column("Finish P80"), *with_interval("Difference")]
    rows = [
        (Written(f"{value:g}", value, "number"), *_variant(variant, cost)) for value, variant in findings.correlations
    ]
    given: tuple[str, ...] = ("as given", _p80(findings.trials.finish()), "", "")
    if cost:
        columns.append(Column("Cost P80", right=True))
        given = (*given, _p80(findings.trials.cost()))
    rows.insert(1, given)
    note = "Correlation: of every pair of estimates, durations and costs apart; risks and drivers stay as they are."
    return Section(columns, rows, [note])


def _variant(variant: Variant, cost: bool) -> tuple[str, ...]:
    cells = (_p80(variant.trials.finish()), _signed(variant.finish_days.value), _interval(variant.finish_days))
    return (*cells, _p80(variant.trials.cost())) if cost else cells


def _p80(forecast: Forecast) -> str:
    return forecast.text(forecast.quantile(P80))


def _signed(days: float) -> str:
    """Return ``+12 d``, ``−3 d``, ``0 d``."""
    whole = round(days)
    return Written(f"{'+' if whole > 0 else MINUS if whole < 0 else ''}{abs(whole):,} d", days, "days")


def _interval(days: Difference) -> str:
    if days.low is None or days.high is None:
        return ""
    low, high = _signed(days.low), _signed(days.high)
    return low if low == high else f"{low.removesuffix(' d')} to {high}"


def _ranked(findings: Sequence[Finding]) -> list[str]:
    """Return the rules that found something, those first that move P80 most."""
    sizes = {finding.rule: finding.effect.size if finding.effect is not None else 0.0 for finding in findings}
    return sorted(sizes, key=lambda rule: -sizes[rule])


def _rule(findings: Findings, found: Sequence[Finding], everything: bool) -> Section:
    """Return the findings of one rule as a table, with the reason and the effect on P80."""
    rule, shown = RULE[found[0].rule], found if everything else found[:FIRST_ROWS]
    cells = [(_cell(f.place), _cell(f.detail), f.figure, _alone(f), _line(f, findings.file)) for f in shown]
    headings = (rule.counted(len(found)), "", rule.figure, "P80 alone", "Line")
    used = [place for place in range(len(headings)) if place == 0 or any(row[place] for row in cells)]
    columns = [Column(headings[place], right=place > 1, yields=place < 2) for place in used]
    rows = [[row[place] for place in used] for row in cells]
    more = [f"and {len(found) - len(shown):,} more: --all shows them."] if len(found) > len(shown) else []
    return Section(columns, rows, [*more, *_reasons(found, rule.why), *_effect(found[0].effect)])


def _alone(finding: Finding) -> str:
    """Return what P80 does with this finding put right by itself, where a run of its own was made."""
    return "" if finding.alone is None else _signed(finding.alone.finish_days.value)


def _line(finding: Finding, file: str | None) -> str:
    """Return the line of a finding; with the name of its file where that is not the program file."""
    if not finding.file or not finding.line:
        return ""
    if finding.file != file:
        return f"{Path(finding.file).name}:{finding.line}"
    return Written(str(finding.line), finding.line, "number") if isinstance(finding.line, int) else finding.line


def _cell(text: str) -> str:
    return shortened(printable(text), _NAME)


def _reasons(found: Sequence[Finding], why: str) -> list[str]:
    """Return the reasons of findings: their own where they are few, else what is common to them."""
    own = list(dict.fromkeys(finding.reason for finding in found))
    told = _together(own) if len(own) <= 2 else [why or own[0]]
    return [f"{text[0].upper()}{text[1:]}{'' if text.endswith('?') else '.'}" for text in map(printable, told)]


def _together(own: Sequence[str]) -> Sequence[str]:
    """Return two reasons that begin alike as one: ``nothing comes before it: this; or that``."""
    if len(own) < 2:
        return own
    shorter, longer = sorted(own, key=len)
    if longer.startswith(f"{shorter}; "):
        return [f"{shorter}; for some, {longer.removeprefix(f'{shorter}; ')}"]
    (cause, colon, one), (same, _, other) = (text.partition(": ") for text in own)
    return [f"{cause}: {one}; or {other}"] if colon and cause == same else own


def _effect(effect: Effect | None) -> list[str]:
    if effect is None:
        return []
    interval = _interval(effect.finish_days)
    told = f" ({interval})" if interval else ""
    return [f"P80 is {_moved(effect.finish_days)}{told} {effect.change}."]


def _provenance(findings: Findings) -> Section:
    trials = findings.trials
    parts = [
        f"{level_name(P80)} effects: {iterations_text(len(trials))} each, paired",
        f"seed {trials.seed}",
        f"program {trials.hash}",
        *([f"scenario {trials.scenario}"] if trials.scenario else []),
        f"mitigation {trials.mitigation}",
        f"riskmc {trials.version}",
    ]
    return Section(notes=[", ".join(parts)])
