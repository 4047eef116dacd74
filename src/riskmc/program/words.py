"""The typed words of a program file: each parses its text or a Python value, and is written as one canonical text.

Money, durations, shares, rates, dates and sizes, each with what it may measure and the operation it may carry.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from riskmc.errors import ArgumentError
from riskmc.program import notation, numeral
from riskmc.program.moment import Moment, as_moment
from riskmc.program.plain_words import found_text
from riskmc.program.quantity import ELAPSED_UNITS, Quantity, Rate, Size
from riskmc.program.vocabulary import FAMILIES, LISTS, SHARES, bare_numbers

_TIME_WORDS = "min h d w mo y, or elapsed with a leading e: 5ed"
_MOST_YEARS = 200
IN_A_YEAR = {"min": 525_600, "h": 8760, "d": 365, "w": 365 / 7, "mo": 12, "y": 1}  # in a year of the clock
_BARE_FACTOR_LIMIT = 10.0
_MOST_OF_A_LAG = 100.0
_MONEY_TAKEN_FOR_A_SHARE = 20.0
_LOWEST = frozenset({"low", "value"})  # the parameters that bound a size from below; a normal has none


def text_type(parse: Callable[[Any], Any], write: Callable[[Any], Any], what: str, *examples: str) -> tuple[Any, ...]:
    """Return the pydantic parts of a word that is one text: how it is read, written and described."""
    schema = {"type": ["string", "number"], "description": what, "examples": list(examples)}
    return PlainValidator(parse), PlainSerializer(write), WithJsonSchema(schema)


def as_quantity(value: Any) -> Quantity:
    """Return a quantity from text, a number or a quantity."""
    if isinstance(value, Quantity):
        return value
    if isinstance(value, str):
        return numeral.quantity(value)
    return Quantity(_number(value), "")


def as_size(value: Any) -> Size:
    """Return a size from text, a number, a quantity or a size."""
    if isinstance(value, Size):
        return value
    if isinstance(value, str):
        return notation.size(value)
    return notation.certain(as_quantity(value))


def _number(value: Any) -> float:
    """Return a Python number (numpy's too) as a float; refuse everything else."""
    if isinstance(value, bool | dict | list | tuple) or not hasattr(value, "__float__"):
        raise ArgumentError(f"one value is needed, got {_several(value)}")
    if not math.isfinite(value):
        raise ArgumentError(f"a finite number is needed, got {value!r}")
    return float(value)


def _several(value: Any) -> str:
    """Return what is no one value, and how two or three values would be one range."""
    if isinstance(value, dict):
        return f"a mapping{numeral.range_hint(value.values())}"
    return f"a list{numeral.range_hint(value)}" if isinstance(value, list | tuple) else repr(value)


def as_share(value: Any) -> float:
    """Return a share from 0 to 1, from text (``35%``), a number or a quantity."""
    if isinstance(value, str):
        return numeral.share(value)
    if isinstance(value, Quantity):
        return numeral.share(numeral.quantity_text(value))
    return numeral.checked_share(_number(value), value)


def as_duration(value: Any) -> Quantity:
    """Return a duration of at least zero; a bare 0 is 0 minutes."""
    found = _timed(as_quantity(value))
    if found.value < 0:
        raise ArgumentError(f"a duration cannot be negative, got {numeral.quantity_text(found)}")
    return found


def _timed(found: Quantity) -> Quantity:
    """Return a quantity of time, or refuse it."""
    if found.unit in numeral.TIME_UNITS:
        if abs(found.value) > _MOST_YEARS * IN_A_YEAR[found.unit.removeprefix("e")]:
            raise ArgumentError(f"a time of at most {_MOST_YEARS} years is needed, got {numeral.quantity_text(found)}")
        return found
    if found == Quantity(0.0, ""):
        return Quantity(0.0, "min")
    raise ArgumentError(f"a duration needs a unit of time ({_TIME_WORDS}), got {numeral.quantity_text(found)}")


def as_money(value: Any) -> Quantity:
    """Return an amount of money in currency units."""
    found = as_quantity(value)
    if found.unit:
        raise ArgumentError(f"an amount of money is needed, as 120k or 1.2M, got {numeral.quantity_text(found)}")
    return found


def as_rate(value: Any) -> Rate:
    """Return an amount per unit of time from text (``95/h``) or a rate."""
    if isinstance(value, Rate):
        return value
    if isinstance(value, str):
        return numeral.rate(value)
    raise ArgumentError(f"a rate is an amount per unit of time, as 95/h, got {found_text(value)}")


def timed(size: Size) -> Size:
    """Return a size of time, its bare zeros given the unit of the rest; refuse shares and money."""
    if size.family is None:
        found = _timed(size.value)
        return size if found is size.value else replace(size, parameters=(("value", found),))
    if notation.kind(size) != "time":
        raise ArgumentError(f"a duration needs a unit of time ({_TIME_WORDS}), got {notation.size_text(size)}")
    for _, found in size.parameters:
        if found.unit in numeral.TIME_UNITS:
            _timed(found)
    if all(q.unit for _, q in size.parameters):
        return size
    unit = next(q.unit for _, q in size.parameters if q.unit in numeral.TIME_UNITS)
    return _each(size, lambda q: Quantity(0.0, unit) if q == Quantity(0.0, "") else q)


def worked(size: Size) -> Size:
    """Return the size of a piece of work, which lasts no less than nothing; refuse a bounded one from below zero."""
    found = least(size)
    if found is not None and found.value < 0:
        told = f"work lasts no less than nothing: low >= 0 must hold, got {numeral.quantity_text(found)}"
        raise ArgumentError(f"{told} in {notation.size_text(size)}")
    return size


def least(size: Size) -> Quantity | None:
    """Return the least value of a bounded size, None for one without a bound below."""
    if size.clip is not None:
        return size.clip[0]
    return min((q for name, q in size.parameters if name in _LOWEST), key=lambda q: q.value, default=None)


def lagged(size: Size) -> Size:
    """Return the size of a lag: time, or one certain share of the predecessor's planned duration."""
    if size.family is not None or size.value.unit != "%":
        return timed(size)
    if abs(size.value.value) > _MOST_OF_A_LAG:
        raise ArgumentError(f"a lag of at most 10000% of the predecessor is needed, got {notation.size_text(size)}")
    return size


def priced(size: Size) -> Size:
    """Return a size of money; refuse durations and shares."""
    if notation.kind(size) != "number":
        raise ArgumentError(f"an amount of money is needed, as 120k or 1.2M, got {notation.size_text(size)}")
    return size


def factored(size: Size) -> Size:
    """Return a size of shares, in which 1.1 means 110%; refuse durations, and what was surely meant as a percentage."""
    if notation.kind(size) == "time":
        raise ArgumentError(f"a share of the planned value is needed, as 90% or 110%, got {notation.size_text(size)}")
    if size.family is not None and size.family not in FAMILIES and size.family not in LISTS:
        return size
    return _each(size, _factor)


def _factor(found: Quantity) -> Quantity:
    if not found.unit and abs(found.value) > _BARE_FACTOR_LIMIT:
        raise ArgumentError(f"a share is needed, got {found.value:g}; did you mean {found.value:g}%?")
    return Quantity(found.value, "%")


def _of_work(read: Callable[[Any], Size]) -> Callable[[Any], Size]:
    """Return the parser of a size of work, from one of any size."""
    return lambda value: worked(read(value))


def _each(size: Size, change: Callable[[Quantity], Quantity]) -> Size:
    """Return the size with every value changed, shape parameters left as they are."""
    bare = SHARES | bare_numbers(size.family)
    parameters = tuple((name, q if name in bare else change(q)) for name, q in size.parameters)
    clip = (change(size.clip[0]), change(size.clip[1])) if size.clip else None
    return Size(size.family, parameters, clip, size.operation)


def _plainly(check: Callable[[Size], Size]) -> Callable[[Any], Size]:
    """Return the parser of a size that carries no operation."""

    def parse(value: Any) -> Size:
        size = as_size(value)
        if size.operation:
            raise ArgumentError(f"no x or + may stand before this value, got {notation.size_text(size)}")
        return check(size)

    return parse


def _in_impact(added: Callable[[Size], Size], what: str) -> Callable[[Any], Size]:
    """Return the parser of an impact's size: x multiplies, + adds ``what``."""

    def parse(value: Any) -> Size:
        size = as_size(value)
        if size.operation == "x":
            return factored(size)
        if size.operation == "+" and notation.kind(size) == "share":
            raise ArgumentError(f"+ adds {what}; to change by a share write x 110%, got {notation.size_text(size)}")
        if size.operation == "+":
            return added(size)
        raise ArgumentError(f"must begin with x (multiplies) or + (adds {what}), got {notation.size_text(size)}")

    return parse


def _in_range(absolute: Callable[[Size], Size]) -> Callable[[Any], Size]:
    """Return the parser of a size in `ranges`: shares of the planned value, or absolute values; x changes nothing."""

    def parse(value: Any) -> Size:
        size = as_size(value)
        if size.operation == "+":
            raise ArgumentError(
                f"a range adds nothing: write shares of the plan, as 90%, got {notation.size_text(size)}"
            )
        if size.operation == "x" or notation.kind(size) == "share":
            return factored(replace(size, operation=""))
        return absolute(size)

    return parse


def _spent(size: Size) -> Size:
    """Return a size of money that nobody can have meant as shares."""
    if size.family and all(abs(q.value) < _MONEY_TAKEN_FOR_A_SHARE for _, q in size.parameters):
        raise ArgumentError(f"money, or shares? For shares of the plan write 90%, got {notation.size_text(size)}")
    return priced(size)


def _as_template(value: Any) -> Size:
    size = as_size(value)
    if size.operation == "+":
        raise ArgumentError(f"a template holds shares of the planned value, got {notation.size_text(size)}")
    return factored(replace(size, operation=""))


def _as_factor(value: Any) -> Size:
    size = as_size(value)
    if size.operation == "+":
        raise ArgumentError(f"must multiply (x), not add, got {notation.size_text(size)}")
    return factored(replace(size, operation="x"))


def listed(value: Any) -> Any:
    """Return a list from one value or several; an empty text is no item."""
    if isinstance(value, list | tuple):
        return value
    return () if value == "" else (value,)


def _bare_id(section: str) -> Callable[[Any], Any]:
    """Return the parser of one identifier of a section."""
    return lambda word: word.removeprefix(f"{section}.") if isinstance(word, str) else word


def _bare_ids(section: str) -> Callable[[Any], Any]:
    """Return the parser of identifiers of one section, which may be written with it: ``risks.soil`` is ``soil``."""

    bare = _bare_id(section)
    return lambda value: tuple(map(bare, listed(value)))


def _bare_keys(section: str) -> Callable[[Any], Any]:
    """Return the parser of a mapping by identifiers of one section; what is no mapping is left as it is."""
    bare = _bare_id(section)
    return lambda value: {bare(word): said for word, said in value.items()} if isinstance(value, dict) else value


_QUANTITY, _SIZE = numeral.quantity_text, notation.size_text

Share = Annotated[float, *text_type(as_share, numeral.share_text, "a share", "35%", "0.35")]
Duration = Annotated[
    Quantity, *text_type(as_duration, _QUANTITY, "a duration: min h d w mo y, elapsed: ed", "15d", "5ed")
]
Money = Annotated[Quantity, *text_type(as_money, _QUANTITY, "money in the program's currency", "120k", "1.2M")]
AnyQuantity = Annotated[Quantity, *text_type(as_quantity, _QUANTITY, "a value with its unit", "15d", "120k")]
AmountPerTime = Annotated[Rate, *text_type(as_rate, numeral.rate_text, "an amount per unit of time", "95/h", "0.8/y")]
When = Annotated[Moment, *text_type(as_moment, str, "a local date or time", "2027-06-30", "2027-06-30T08:00")]

AnySize = Annotated[
    Size, *text_type(_plainly(lambda size: size), _SIZE, "a value or a distribution", "20d", "pert(15d 20d 40d)")
]
DurationSize = Annotated[
    Size, *text_type(_plainly(timed), _SIZE, "a duration or a distribution", "20d", "pert(15d 20d 40d)")
]
LagSize = Annotated[
    Size, *text_type(_plainly(lagged), _SIZE, "a duration, a share of the predecessor's, a distribution", "5d", "50%")
]
MoneySize = Annotated[Size, *text_type(_plainly(priced), _SIZE, "money or a distribution", "18M", "pert(1M 2M 4M)")]
ShareSize = Annotated[Size, *text_type(_as_template, _SIZE, "shares of the planned value", "triangular(90% 100% 130%)")]
Factor = Annotated[Size, *text_type(_as_factor, _SIZE, "a factor", "x pert(95% 105% 125%)")]
WorkSize = Annotated[
    Size, *text_type(_of_work(_plainly(timed)), _SIZE, "a duration or a distribution", "20d", "pert(15d 20d 40d)")
]
WorkShareSize = Annotated[
    Size, *text_type(_of_work(_as_template), _SIZE, "shares of the planned value", "triangular(90% 100% 130%)")
]
DurationRange = Annotated[
    Size, *text_type(_of_work(_in_range(timed)), _SIZE, "shares of the plan, or durations", "pert(90% 100% 130%)")
]
CostRange = Annotated[Size, *text_type(_in_range(_spent), _SIZE, "shares of the plan, or money", "normal(100% 8%)")]
DurationImpact = Annotated[
    Size,
    *text_type(_in_impact(timed, "time"), _SIZE, "x multiplies, + adds", "x pert(110% 130% 180%)", "+ uniform(5d 20d)"),
]
CostImpact = Annotated[
    Size, *text_type(_in_impact(priced, "money"), _SIZE, "x multiplies, + adds", "x 105%", "+ triangular(1M 2M 5M)")
]


class _OneOrMore:
    """A list that may be written as its one item."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(listed, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        found = handler(core)
        return {"anyOf": [found["items"], found]}


ONE_OR_MORE = _OneOrMore()
Words = Annotated[tuple[str, ...], ONE_OR_MORE]
ResponseIds = Annotated[tuple[str, ...], ONE_OR_MORE, BeforeValidator(_bare_ids("responses"))]
RiskIds = Annotated[tuple[str, ...], ONE_OR_MORE, BeforeValidator(_bare_ids("risks"))]
BareRisks = BeforeValidator(_bare_keys("risks"))
ResourceId = Annotated[str, BeforeValidator(_bare_id("resources"))]
BareResources = BeforeValidator(_bare_keys("resources"))
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Coefficient = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]


def is_elapsed(size: Size) -> bool:
    """Return True where a size is elapsed time (5ed), which runs on the 24-hour calendar."""
    return any(q.unit in ELAPSED_UNITS for _, q in size.parameters)
