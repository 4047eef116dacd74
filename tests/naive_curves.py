"""Exact quantiles and modes of the program file's distributions, in float64 with scipy, one value at a time.

Every function takes the parameters as a dict of plain numbers. Tests trust this; nothing else uses it.
"""

import math

from scipy import optimize, special, stats

READINGS = {"p10-p90": (0.10, 0.90), "p5-p95": (0.05, 0.95), "p15-p85": (0.15, 0.85)}


def quantile(family, parameters, u, clip=None, elicited_as=None):
    """Return the value below which a share ``u`` lies; ``clip`` cuts the distribution and scales what is left."""
    if family == "discrete":
        return step(parameters, u)
    if family == "empirical":
        values = sorted(value for _, value in parameters)
        return values[max(math.ceil(u * len(values)), 1) - 1]
    curve = law(family, dict(parameters), elicited_as)
    if clip is None:
        return float(curve.ppf(u))
    low, high = curve.cdf(clip[0]), curve.cdf(clip[1])
    return float(min(max(curve.ppf(low + u * (high - low)), clip[0]), clip[1]))


def step(parameters, u):
    """Return the smallest value whose cumulative probability reaches ``u``."""
    total = 0.0
    outcomes = pairs(parameters)
    for value, share in outcomes:
        total += share
        if u <= total:
            return value
    return outcomes[-1][0]


def pairs(parameters):
    """Return the sorted (value, probability) of a discrete distribution."""
    flat = [number for _, number in parameters]
    return sorted(zip(flat[::2], flat[1::2], strict=True))


def law(family, p, elicited_as=None):
    """Return the frozen scipy distribution of a continuous family."""
    shares = percentile_shares(p)
    if not shares and elicited_as in READINGS and family in ("uniform", "triangular", "pert"):
        shares = dict(zip(("low", "high"), READINGS[elicited_as], strict=True))
    if family == "trigen":
        shares, family = {"low": p.get("plow", 0.10), "high": p.get("phigh", 0.90)}, "triangular"
    if shares:
        return from_percentiles(family, shares, p)
    return BY_FAMILY.get(family, by_scipy(family))(p)


def percentile_shares(p):
    """Return the share of every parameter written as a percentile: p10 is 0.10, p2.5 is 0.025."""
    return {name: float(name[1:]) / 100 for name in p if name[0] == "p" and name[1:].replace(".", "").isdigit()}


def triangular(p):
    width = p["high"] - p["low"]
    return stats.triang((p["mode"] - p["low"]) / width, p["low"], width) if width else Constant(p["mode"])


def pert(p):
    low, mode, high, shape = p["low"], p["mode"], p["high"], p.get("shape", 4.0)
    width = high - low
    if not width:
        return Constant(mode)
    return stats.beta(1 + shape * (mode - low) / width, 1 + shape * (high - mode) / width, low, width)


def lognormal(p):
    sigma2 = math.log1p((p["sd"] / p["mean"]) ** 2)
    return stats.lognorm(math.sqrt(sigma2), scale=p["mean"] * math.exp(-sigma2 / 2))


def beta(p):
    return stats.beta(p["a"], p["b"], p["low"], p["high"] - p["low"])


BY_FAMILY = {
    "uniform": lambda p: stats.uniform(p["low"], p["high"] - p["low"]),
    "triangular": triangular,
    "pert": pert,
    "normal": lambda p: stats.norm(p["mean"], p["sd"]),
    "lognormal": lognormal,
    "beta": beta,
    "gamma": lambda p: stats.gamma(p["shape"], scale=p["scale"]),
    "weibull": lambda p: stats.weibull_min(p["shape"], scale=p["scale"]),
    "exponential": lambda p: stats.expon(scale=p["mean"]),
}


def by_scipy(name):
    """Return the maker of a scipy.stats distribution, its parameters by name or by position (arg0, arg1)."""

    def make(p):
        positional = [p[key] for key in sorted(p) if key.startswith("arg")]
        return getattr(stats, name)(*positional, **{key: p[key] for key in p if not key.startswith("arg")})

    return make


class Constant:
    """A distribution of one value."""

    def __init__(self, value):
        self.value = value

    def ppf(self, _u):
        return self.value

    def cdf(self, x):
        return float(x >= self.value)


def from_percentiles(family, shares, p):
    """Return the member of the family that has the given values at the given shares."""
    (low, p_low), (high, p_high) = sorted(((p[name], share) for name, share in shares.items()), key=lambda at: at[1])
    if family in ("triangular", "pert"):
        return with_mode(family, low, p["mode"], high, p_low, p_high, p.get("shape", 4.0))
    if family == "uniform":
        width = (high - low) / (p_high - p_low)
        return stats.uniform(low - p_low * width, width)
    z_low, z_high = special.ndtri(p_low), special.ndtri(p_high)
    if family == "normal":
        sd = (high - low) / (z_high - z_low)
        return stats.norm(low - z_low * sd, sd)
    sigma = math.log(high / low) / (z_high - z_low)
    return stats.lognorm(sigma, scale=low * math.exp(-z_low * sigma))


def with_mode(family, low, mode, high, p_low, p_high, shape):
    """Return the triangular or PERT law with this mode and these percentiles.

    On the unit interval the law has one unknown, the place c of its mode; where the mode stands between the two
    percentiles fixes c, and their distance fixes the width.
    """

    def unit(c):
        return stats.triang(c) if family == "triangular" else stats.beta(1 + shape * c, 1 + shape * (1 - c))

    def place(c):
        first, last = unit(c).ppf([p_low, p_high])
        return (c - first) / (last - first) - (mode - low) / (high - low)

    c = optimize.brentq(place, 1e-12, 1 - 1e-12, xtol=1e-15, rtol=1e-15)
    first, last = unit(c).ppf([p_low, p_high])
    width = (high - low) / (last - first)
    start = mode - c * width
    return triangular_or_pert(family, start, mode, start + width, shape)


def triangular_or_pert(family, low, mode, high, shape):
    p = {"low": low, "mode": mode, "high": high, "shape": shape}
    return triangular(p) if family == "triangular" else pert(p)


def plan_value(family, parameters, clip=None, elicited_as=None):
    """Return the value that stands in a plan for a range (P1): the mode, else the median."""
    value = mode(family, parameters, elicited_as)
    if value is None:
        return quantile(family, parameters, 0.5, clip, elicited_as)
    return value if clip is None else min(max(value, clip[0]), clip[1])


def mode(family, parameters, elicited_as=None):
    """Return the most likely value, or None where there is none, or not one."""
    if family == "discrete":
        outcomes = pairs(parameters)
        top = max(share for _, share in outcomes)
        likeliest = [value for value, share in outcomes if share == top]
        return likeliest[0] if len(likeliest) == 1 else None
    if family in ("empirical", "uniform"):
        return None
    p = dict(parameters)
    if family in ("triangular", "trigen", "pert"):
        return p.get("mode")
    return MODES[family](law(family, p, elicited_as), p) if family in MODES else None


def beta_mode(_law, p):
    if p["a"] > 1 and p["b"] > 1:
        return p["low"] + (p["high"] - p["low"]) * (p["a"] - 1) / (p["a"] + p["b"] - 2)
    return None


def lognormal_mode(curve, _p):
    return math.exp(math.log(curve.median()) - curve.args[0] ** 2)


MODES = {
    "normal": lambda curve, _p: float(curve.mean()),
    "lognormal": lognormal_mode,
    "beta": beta_mode,
    "gamma": lambda _law, p: max(p["shape"] - 1, 0) * p["scale"],
    "weibull": lambda _law, p: p["scale"] * max(1 - 1 / p["shape"], 0) ** (1 / p["shape"]),
    "exponential": lambda _law, _p: 0.0,
}
