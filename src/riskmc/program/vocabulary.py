"""The closed vocabulary of distributions in a program file, and the rules their parameters obey.

``triangular(low mode high)``, ``pert``, ``lognormal(p10= p90=)`` and the rest: which parameters a family takes, in
which order, and what must hold between them. Values are compared here only where one unit makes that possible;
``pert(3d 1w 1mo)`` is compared at the compile step, where a calendar says how long a week is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from riskmc.errors import ArgumentError, joined, nearest
from riskmc.program.numeral import quantity_text
from riskmc.program.quantity import Quantity

Parameters = tuple[tuple[str, Quantity], ...]


@dataclass(frozen=True)
class Family:
    """One family of the vocabulary: its positional parameters, its options, and those that are bare numbers."""

    positional: tuple[str, ...]
    options: tuple[tuple[str, float], ...] = ()
    numbers: frozenset[str] = frozenset()
    by_percentiles: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Every parameter name in canonical order."""
        return (*self.positional, *(name for name, _ in self.options))


_MODE = ("low", "mode", "high")

FAMILIES: Mapping[str, Family] = {
    "uniform": Family(("low", "high"), by_percentiles=True),
    "triangular": Family(_MODE, by_percentiles=True),
    "trigen": Family(_MODE, (("plow", 0.10), ("phigh", 0.90))),
    "pert": Family(_MODE, (("shape", 4.0),), frozenset({"shape"}), by_percentiles=True),
    "normal": Family(("mean", "sd"), by_percentiles=True),
    "lognormal": Family(("mean", "sd"), by_percentiles=True),
    "beta": Family(("a", "b", "low", "high"), (), frozenset({"a", "b"})),
    "gamma": Family(("shape", "scale"), (), frozenset({"shape"})),
    "weibull": Family(("shape", "scale"), (), frozenset({"shape"})),
    "exponential": Family(("mean",)),
}
LISTS = ("discrete", "empirical")
SHARES = frozenset({"plow", "phigh", "probability"})

# Known without importing scipy.stats, which takes half a second; newer names are looked up there.
_SCIPY = """
alpha anglit arcsine argus bernoulli beta betabinom betanbinom betaprime binom boltzmann bradford burr
burr12 cauchy chi chi2 cosine crystalball dgamma dlaplace dpareto_lognorm dweibull erlang expon exponnorm
exponpow exponweib f fatiguelife fisk foldcauchy foldnorm gamma gausshyper genexpon genextreme gengamma
genhalflogistic genhyperbolic geninvgauss genlogistic gennorm genpareto geom gibrat gompertz gumbel_l
gumbel_r halfcauchy halfgennorm halflogistic halfnorm hypergeom hypsecant invgamma invgauss invweibull
irwinhall jf_skew_t johnsonsb johnsonsu kappa3 kappa4 ksone kstwo kstwobign landau laplace
laplace_asymmetric levy levy_l levy_stable loggamma logistic loglaplace lognorm logser loguniform lomax
maxwell mielke moyal nakagami nbinom ncf nchypergeom_fisher nchypergeom_wallenius nct ncx2 nhypergeom norm
norminvgauss pareto pearson3 planck poisson poisson_binom powerlaw powerlognorm powernorm randint rayleigh
rdist recipinvgauss reciprocal rel_breitwigner rice semicircular skellam skewcauchy skewnorm
studentized_range t trapezoid triang truncexpon truncnorm truncpareto truncweibull_min tukeylambda uniform
vonmises vonmises_line wald weibull_max weibull_min wrapcauchy yulesimon zipf zipfian
"""
SCIPY_NAMES = tuple(_SCIPY.split())

_MEANT = {
    **dict.fromkeys(("triangle", "triag", "threepoint", "three_point"), "triangular"),
    **dict.fromkeys(("betapert", "beta_pert", "pertbeta"), "pert"),
    **dict.fromkeys(("rect", "rectangular", "range", "between"), "uniform"),
    **dict.fromkeys(("gauss", "gaussian"), "normal"),
}
_MOST_SHOWN = 60
_PERCENTILE = re.compile(r"p(\d+(?:\.\d+)?)")
_PERCENT_SUM_TOLERANCE = 1e-6


def percentile(name: str) -> float | None:
    """Return the share that a parameter name such as ``p10`` stands for (0.10), or None for any other name."""
    match = _PERCENTILE.fullmatch(name)
    return float(match[1]) / 100 if match else None


def bare_numbers(family: str | None) -> frozenset[str]:
    """Return the parameters of a family that carry no unit, such as a shape; none for an unknown family."""
    return FAMILIES[family].numbers if family is not None and family in FAMILIES else frozenset()


def check_family(name: str, arguments: str = "") -> None:
    """Raise ArgumentError where ``name`` is no distribution, with the nearest known one and how it would be written."""
    if name in FAMILIES or name in LISTS or name in SCIPY_NAMES:
        return
    from scipy import stats  # heavy, and only reached by a name that no list holds

    if isinstance(getattr(stats, name, None), stats.rv_continuous | stats.rv_discrete):
        return
    known = [*FAMILIES, *LISTS]
    word = name.casefold()
    meant = _MEANT.get(word) or next((family for family in known if family.startswith(word)), None)
    written = f"{meant}({arguments})" if len(arguments) <= _MOST_SHOWN else meant
    hint = f"; did you mean {written!r}?" if meant else nearest(name, known) or nearest(name, SCIPY_NAMES)
    told = joined(hint, f"known: {', '.join(known)}, and any name of scipy.stats")
    raise ArgumentError(f"unknown distribution {name!r}{told}")


def check_parameters(family: str, parameters: Parameters) -> None:
    """Raise ArgumentError where the parameters break a rule of their family that one unit lets us see."""
    values = dict(parameters)
    if family == "discrete":
        _check_probabilities([q.value for name, q in parameters if name == "probability"])
    elif family in FAMILIES and family not in LISTS:
        if any(percentile(name) is not None for name in values):
            _check_percentiles(family, parameters)
        else:
            _check_order(family, values)
        _check_positive(family, values)


def comparable(*quantities: Quantity) -> bool:
    """Return True where the values can be compared as they stand: one unit, zero fitting any."""
    return len({q.unit for q in quantities if q.value != 0 or q.unit}) <= 1


def require_order(names: tuple[str, ...], quantities: tuple[Quantity, ...], strict: bool = False) -> None:
    """Raise ArgumentError unless the quantities rise (strictly, if asked), where they can be compared."""
    if not comparable(*quantities):
        return
    values = [q.value for q in quantities]
    if any(a > b or (strict and a == b) for a, b in pairwise(values)):
        rule = (" < " if strict else " <= ").join(names)
        hint = "; swap them?" if len(values) == 2 and values[0] > values[1] else ""
        raise ArgumentError(f"{rule} must hold, got {', '.join(map(quantity_text, quantities))}{hint}")


def _check_order(family: str, values: Mapping[str, Quantity]) -> None:
    """Check low <= mode <= high, and the percentiles that a trigen gives to its low and high."""
    names = tuple(name for name in _MODE if name in values)
    require_order(names, tuple(values[name] for name in names), strict=family == "beta")
    if family == "trigen":
        levels = [values[name].value if name in values else default for name, default in FAMILIES["trigen"].options]
        if not 0 < levels[0] < levels[1] < 1:
            raise ArgumentError(f"0% < plow < phigh < 100% must hold, got {levels[0]:.6g}, {levels[1]:.6g}")


def _check_percentiles(family: str, parameters: Parameters) -> None:
    """Check that a family given by two percentiles has exactly two, rising, and its mode where it has one."""
    if not FAMILIES[family].by_percentiles:
        raise ArgumentError(f"{family} cannot be given by percentiles; give {' '.join(FAMILIES[family].positional)}")
    pairs = [(name, q) for name, q in parameters if percentile(name) is not None]
    has_mode = "mode" in FAMILIES[family].positional
    needed = {"mode"} if has_mode else set()
    others = {name for name, _ in parameters} - {name for name, _ in pairs} - dict(FAMILIES[family].options).keys()
    if len(pairs) != 2 or others != needed:
        form = "p10= mode= p90=" if has_mode else "p10= p90="
        raise ArgumentError(f"{family} by percentiles takes two of them{' and the mode' * has_mode}: {family}({form})")
    if any(not 0 < (percentile(name) or 0) < 1 for name, _ in pairs):
        raise ArgumentError(f"percentiles lie between p0 and p100, got {', '.join(name for name, _ in pairs)}")
    require_order(tuple(name for name, _ in pairs), tuple(q for _, q in pairs), strict=True)


def _check_positive(family: str, values: Mapping[str, Quantity]) -> None:
    """Check what must be above zero: spreads, shapes, scales, and everything of a lognormal."""
    positive = {"sd", "shape", "scale", "a", "b"} | ({"mean"} if family in ("lognormal", "exponential") else set())
    for name, value in values.items():
        if (name in positive or (family == "lognormal" and percentile(name))) and not value.value > 0:
            raise ArgumentError(f"{name} > 0 must hold, got {quantity_text(value)}")


def _check_probabilities(shares: list[float]) -> None:
    """Check that the probabilities of a discrete distribution are shares that add up to 100%."""
    if any(not 0 <= share <= 1 for share in shares) or abs(sum(shares) - 1) > _PERCENT_SUM_TOLERANCE:
        listed = " + ".join(quantity_text(Quantity(share, "%")) for share in shares)
        raise ArgumentError(f"the probabilities of discrete(...) must add up to 100%, got {listed}")
