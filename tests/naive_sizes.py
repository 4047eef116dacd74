"""Sizes as written become numbers: a quantile of the size's distribution, in minutes, factors or money.

A percentage is a share of ``share_of`` where that is given, else a plain factor. Tests trust this; nothing else does.
"""

import naive_curves

PLAIN = {"a", "b", "shape", "plow", "phigh", "probability"}


def drawn(size, number, u, share_of=None, elicited_as=None):
    """Return the value of a size at the uniform ``u``; ``number`` turns a quantity into a float."""
    if size.family is None:
        return constant(size.value, number, share_of)
    parameters, clip = numbers(size, number, share_of)
    return naive_curves.quantile(size.family, parameters, u, clip, elicited_as)


def central(size, number, share_of=None, elicited_as=None):
    """Return the value of a size that stands in the plan (P1)."""
    if size.family is None:
        return constant(size.value, number, share_of)
    parameters, clip = numbers(size, number, share_of)
    return naive_curves.plan_value(size.family, parameters, clip, elicited_as)


def numbers(size, number, share_of):
    """Return the parameters and the clip of a size as plain numbers."""
    plain = PLAIN if size.family in ("beta", "gamma", "weibull", "pert", "trigen", "discrete") else ()
    parameters = [
        (name, quantity.value if name in plain else constant(quantity, number, share_of))
        for name, quantity in size.parameters
    ]
    clip = None if size.clip is None else tuple(constant(quantity, number, share_of) for quantity in size.clip)
    return parameters, clip


def in_shares(size):
    """Return whether a size is written in shares: its values, not the probabilities beside them."""
    return any(quantity.unit == "%" for name, quantity in size.parameters if name not in PLAIN)


def constant(quantity, number, share_of=None):
    """Return a quantity as a number."""
    if quantity.unit == "%":
        return quantity.value * (1.0 if share_of is None else share_of)
    return number(quantity)
