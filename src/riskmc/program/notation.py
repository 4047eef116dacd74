"""Sizes as text and back: ``20d``, ``pert(15d 20d 40d)``, ``x normal(100% 8%)``, ``+ triangular(1M 2M 5M)``.

The grammar of the distributions in a program file: an operation (``x`` or ``+``), a value or a family with its
arguments, separated by blanks or commas, and a trailing ``clip(low high)``. `vocabulary` knows the families.
"""

from __future__ import annotations

import re
from functools import lru_cache

from riskmc.errors import ArgumentError
from riskmc.program.numeral import TIME_UNITS, quantity, quantity_text
from riskmc.program.quantity import ELAPSED_UNITS, Operation, Quantity, Size
from riskmc.program.vocabulary import (
    FAMILIES,
    LISTS,
    SHARES,
    Parameters,
    bare_numbers,
    check_family,
    check_parameters,
    percentile,
    require_order,
)

BRACES_HINT = (
    "inside YAML's own braces and brackets a comma belongs to YAML: separate the arguments by blanks, "
    "as pert(15d 20d 40d), or put the value in quotes"
)
NUMBER_HINT = (
    "inside YAML's own braces a comma belongs to YAML: write 1200 for 1,200 and 0.2 for 0,2, or put the value in quotes"
)
_CALL = re.compile(r"([A-Za-z_]\w*)\s*\((.*)\)", re.DOTALL)
_CLIP = re.compile(r"[\s,]*\bclip\s*\(([^()]*)\)\s*(\)?)$")
_MULTIPLIES = re.compile(r"[x×](?=[\s\d.+-]|[a-z_]+\s*\()\s*")
_NAMED = re.compile(r"([A-Za-z_][\w.]*)=(.+)")
_GLUE = re.compile(r"\s*([=:])\s*")
_ORDER = {unit: place for place, unit in enumerate(("min", "h", "d", "w", "mo", "y", *ELAPSED_UNITS))}


def certain(value: Quantity, operation: Operation = "") -> Size:
    """Return the size that is one value."""
    return Size(None, (("value", value),), None, operation)


@lru_cache(maxsize=1 << 16)
def size(text: str) -> Size:
    """Return the size that ``text`` says, with the operation written before it; raise ArgumentError otherwise."""
    operation, body = _operation(text.strip())
    if body.count("(") != body.count(")"):
        raise ArgumentError(f"{text!r} has a parenthesis without its partner; {BRACES_HINT}")
    body, clip = _clip(body)
    call = _CALL.fullmatch(body)
    if call is None:
        value = quantity(body)
        if clip is not None:
            raise ArgumentError(f"{text!r}: a certain value cannot be clipped")
        return certain(value, operation)
    name, parameters = call[1], _parameters(call[1], _tokens(call[2]), call[2])
    _check_units(name, (*parameters, *(("clip", limit) for limit in clip or ())))
    return Size(name, parameters, clip, operation)


def distribution(family: str, values: tuple[Quantity, ...]) -> Size:
    """Return the distribution of a family of the vocabulary whose values stand in order, as `size` reads them."""
    parameters = tuple(zip(FAMILIES[family].positional, values, strict=True))
    check_parameters(family, parameters)
    _check_units(family, parameters)
    return Size(family, parameters)


def _operation(text: str) -> tuple[Operation, str]:
    """Split the leading ``x`` or ``+`` off."""
    if text.startswith("+"):
        return "+", text[1:].strip()
    match = _MULTIPLIES.match(text)
    return ("x", text[match.end() :].strip()) if match else ("", text)


def _clip(body: str) -> tuple[str, tuple[Quantity, Quantity] | None]:
    """Split ``clip(low high)`` off, written after the distribution or as its last argument."""
    match = _CLIP.search(body)
    if match is None or match.start() == 0:
        return body, None
    limits = tuple(map(quantity, _tokens(match[1])))
    if len(limits) != 2:
        raise ArgumentError(f"clip takes two values, clip(low high), got {len(limits)}")
    require_order(("low", "high"), limits, strict=True)
    return body[: match.start()] + match[2], (limits[0], limits[1])


def _tokens(arguments: str) -> list[str]:
    """Return the arguments, which blanks or commas separate."""
    return _GLUE.sub(r"\1", arguments.replace(",", " ")).split()


def _parameters(family: str, tokens: list[str], written: str) -> Parameters:
    """Return the parameters of a distribution in canonical order, checked."""
    check_family(family, " ".join(tokens))
    if family == "discrete":
        parameters = _discrete(tokens)
    elif family == "empirical":
        parameters = tuple(("value", value) for value in sorted(map(quantity, tokens), key=_rank))
    elif family in FAMILIES:
        parameters = _vocabulary(family, tokens, written)
    else:
        parameters = _scipy(tokens)
    if not parameters and family in LISTS:
        raise ArgumentError(f"{family}(...) needs at least one value")
    check_parameters(family, parameters)
    return parameters


def _rank(value: Quantity) -> tuple[int, float]:
    """Order the values of a list by unit and size: the order they were written in has no meaning."""
    return _ORDER.get(value.unit, -1), value.value


def _discrete(tokens: list[str]) -> Parameters:
    """Return value and probability in turn, by rising value."""
    pairs = [token.rpartition(":") for token in tokens]
    if any(not value for value, _, _ in pairs):
        raise ArgumentError("discrete(...) takes values with their probabilities, as discrete(10d:20% 15d:80%)")
    outcomes = sorted(((quantity(value), _share(chance)) for value, _, chance in pairs), key=lambda o: _rank(o[0]))
    return tuple(part for value, chance in outcomes for part in (("value", value), ("probability", chance)))


def _share(text: str) -> Quantity:
    """Return a share written as 20% or 0.2."""
    found = quantity(text)
    if found.unit not in ("", "%") or not 0 <= found.value <= 1:
        raise ArgumentError(f"a share between 0% and 100% is needed, got {text}")
    return Quantity(found.value, "%")


def _vocabulary(family: str, tokens: list[str], written: str) -> Parameters:
    """Return the parameters of a family of the vocabulary, by position and by name."""
    spec, found = FAMILIES[family], {}
    for place, token in enumerate(tokens):
        named = _NAMED.fullmatch(token)
        name = named[1] if named else (spec.words[place] if place < len(spec.words) else "")
        if name in found or (name not in spec.words and (percentile(name) is None or not spec.by_percentiles)):
            raise ArgumentError(_wrong_arguments(family, tokens, written, name if named else ""))
        found[name] = (_share if name in SHARES else quantity)(named[2] if named else token)
    by_percentiles = any(percentile(name) is not None for name in found)
    if not by_percentiles and not set(spec.positional) <= found.keys():
        raise ArgumentError(_wrong_arguments(family, tokens, written, ""))
    defaults = dict(spec.options)
    kept = [(name, q) for name, q in found.items() if defaults.get(name) != q.value]
    return tuple(sorted(kept, key=lambda item: _position(family, item[0])))


def _position(family: str, name: str) -> float:
    """Return the place of a parameter in canonical order; a mode stands between two percentiles."""
    level = percentile(name)
    words = FAMILIES[family].words
    if level is not None:
        return level if level <= 0.5 else level + 1
    return float(words.index(name))


def _wrong_arguments(family: str, tokens: list[str], written: str, name: str) -> str:
    """Return the text for arguments that do not fit their family."""
    spec = FAMILIES[family]
    form = f"{family}({' '.join(spec.positional)})"
    if name:
        return f"{family} has no parameter {name!r} left to give; it is {form}"
    hint = "; commas separate arguments, so write 1000000, not 1,000,000" if re.search(r"\d,\d{3}\b", written) else ""
    return f"{family} takes {len(spec.positional)} values, {form}, got {len(tokens)}{hint}"


def _scipy(tokens: list[str]) -> Parameters:
    """Return the parameters of a scipy.stats distribution: by its own names, or ``arg0``, ``arg1`` by position."""
    named = [(place, token, _NAMED.fullmatch(token)) for place, token in enumerate(tokens)]
    return tuple((m[1], quantity(m[2])) if m else (f"arg{place}", quantity(token)) for place, token, m in named)


def _check_units(family: str, parameters: Parameters) -> None:
    """Check that all values of a size are of one kind: working time, elapsed time, shares, or bare numbers."""
    numbers = bare_numbers(family)
    values = [q for name, q in parameters if name not in numbers | SHARES]
    for name, q in parameters:
        if name in numbers and q.unit:
            raise ArgumentError(f"{name} of {family} is a bare number, got {quantity_text(q)}")
    kinds = {_kind(q) for q in values if q.unit or (q.value != 0 and family in (*FAMILIES, *LISTS))}
    if len(kinds) > 1:
        listed = ", ".join(quantity_text(q) for q in values)
        raise ArgumentError(f"{family} mixes {' and '.join(sorted(kinds))}, got {listed}")


def _kind(value: Quantity) -> str:
    """Return the kind of a value in words."""
    if value.unit in TIME_UNITS:
        return "elapsed time" if value.unit in ELAPSED_UNITS else "working time"
    return "shares" if value.unit == "%" else "bare numbers"


def kind(size: Size) -> str:
    """Return what a size measures: "time", "share" or "number" (money, or a bare number)."""
    aside = bare_numbers(size.family) | SHARES
    units = {q.unit for name, q in size.parameters if name not in aside}
    if not units.isdisjoint(TIME_UNITS):
        return "time"
    return "share" if units - {""} else "number"


@lru_cache(maxsize=1 << 16)
def size_text(size: Size) -> str:
    """Return the one text of a size, which `size` reads back as the same."""
    prefix = f"{size.operation} " if size.operation else ""
    if size.family is None:
        return prefix + quantity_text(size.value)
    clip = f" clip({' '.join(map(quantity_text, size.clip))})" if size.clip else ""
    return f"{prefix}{size.family}({' '.join(_arguments(size))}){clip}"


def _arguments(size: Size) -> list[str]:
    """Return the arguments of a distribution as text: by position where that is canonical, else by name."""
    texts = [(name, quantity_text(q)) for name, q in size.parameters]
    if size.family == "discrete":
        return [f"{value}:{chance}" for (_, value), (_, chance) in zip(texts[::2], texts[1::2], strict=True)]
    bare = FAMILIES[size.family].positional if size.family is not None and size.family in FAMILIES else ()
    by_position = {name for name, _ in texts} >= set(bare)
    return [
        text if name == "value" or (by_position and name in bare) or name.startswith("arg") else f"{name}={text}"
        for name, text in texts
    ]
