"""Yields: what each benefit brings a year, drawn by iteration under ``benefit/PATH/per_year`` (R1).

Of several benefits at one activity the second and later ones have their number behind that name.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.draws import Draws, renaming
from riskmc.network.estimates import money
from riskmc.network.sampler import Sampler, sampler
from riskmc.network.sizes import spread
from riskmc.program.program import Program
from riskmc.sampling import split_seed
from riskmc.sampling.correlation import Mixing

LANES = 256


def drawn_yields(program: Program, seed: int, iterations: range, stratified: bool) -> NDArray[np.float64]:
    """Return float64[benefits, n]: what each benefit brings a year in every iteration, in currency units.

    Raises ProgramError where the size of a benefit breaks a rule of its family.
    """
    rows = _sampler(program)
    first, last = iterations.start // LANES, (iterations.stop - 1) // LANES + 1
    out = np.empty((len(program.benefits), (last - first) * LANES))
    z, standard = np.zeros((rows.rows, LANES), np.float32), np.zeros((len(out), LANES), np.float32)
    nothing, amounts = np.zeros((0, LANES), np.float32), np.zeros((len(out), LANES))
    for place in range(first, last) if len(out) else ():
        rows.fill(split_seed(seed), place, stratified, z, nothing, standard, amounts)
        out[:, (place - first) * LANES : (place - first + 1) * LANES] = amounts
    begin = iterations.start - first * LANES
    return out[:, begin : begin + len(iterations)]


def _sampler(program: Program) -> Sampler:
    draws, met = Draws(renaming(program)), Counter[str]()
    for place, benefit in enumerate(program.benefits):
        path = program.path(benefit.at)
        met[path] += 1
        number = f"/{met[path]}" if met[path] > 1 else ""
        try:
            size = spread(benefit.per_year, money(None), program.elicited_as)
        except ArgumentError as error:
            raise ProgramError([(f"benefits[{place}].per_year", str(error))]) from None
        draws.money(f"benefit/{path}/per_year{number}", size, 1.0)
    nothing, none = np.zeros(0, np.int32), np.zeros(0, np.float32)
    return sampler(draws, Mixing(nothing, np.zeros(1, np.int32), nothing, none, (), ()))
