"""Sentences: the titles of pictures, composed by rule from the figures of a forecast.

One target: ``Ferry finish: P80 is 22 Aug 2029, 82 days after the target``, the days or the amount counted between the
printed digits. No target: ``P50 is ..., P80 is ...``. One value only: that value, and that it does not vary.
"""

from __future__ import annotations

from collections.abc import Sequence

from riskmc.forecast import Forecast
from riskmc.forecast.figures import level_name, shortened
from riskmc.forecast.language import formats, said
from riskmc.forecast.outcome import DATE, STEERING_LEVELS
from riskmc.plot.lettering import on_one_line
from riskmc.plot.marks import Mark
from riskmc.plot.scale import gap_words

NAME = 60  # characters of a name in a sentence


def named(text: str) -> str:
    """Return a name as a sentence holds it: on_one_line, and not overlong."""
    return shortened(on_one_line(text), NAME)


def varies(forecast: Forecast) -> bool:
    """Return whether the iterations differ at all."""
    return bool(forecast.ordered[0] != forecast.ordered[-1])


def headline(forecast: Forecast, marks: Sequence[Mark]) -> str:
    """Return the title of a picture of one forecast."""
    name, p50, p80 = named(forecast.label), forecast.quantile(0.50), forecast.quantile(0.80)
    if not varies(forecast):
        return said("{name}: {value}, {certainty}", name=name, value=forecast.text(p50), certainty=certainty(forecast))
    target = next((mark for mark in marks if not mark.plan), None)
    if target is None:
        return said("{name}: P50 is {p50}, P80 is {p80}", name=name, p50=forecast.text(p50), p80=forecast.text(p80))
    what = said("the target") if target.unnamed else said("“{name}”", name=named(target.name))
    beside = gap_words(forecast, p80, target.value, what)
    return said("{name}: P80 is {p80}, {beside}", name=name, p80=forecast.text(p80), beside=beside)


def certainty(forecast: Forecast) -> str:
    """Return the words for a forecast that does not vary: a plan, or the same in every iteration."""
    n = len(forecast)
    if n == 1:
        return said("a plan and not a forecast")
    return said("the same in all {count} iterations", count=formats().number(n))


def question(forecast: Forecast) -> str:
    """Return what an S-curve of the forecast shows."""
    if forecast.unit == DATE:
        return said("Chance of finishing by each date")
    if forecast.is_money:
        return said("Chance of costing no more than each amount")
    return said("Chance of a value of no more than each amount")


def describe(forecast: Forecast, marks: Sequence[Mark]) -> str:
    """Return the numbers of a forecast in words: its percentiles, and the chance of each mark."""
    if not varies(forecast):
        told = [f"{forecast.text(forecast.quantile(0.5))}, {certainty(forecast)}"]
    else:
        told = [f"{level_name(p)} {forecast.text(forecast.quantile(p))}" for p in STEERING_LEVELS]
    told += [f"{mark.name} {mark.words}" for mark in marks]
    return f"{on_one_line(forecast.label)}: {'; '.join(map(on_one_line, told))}."
