"""What cases can change: the events that differ between them, and the effects, durations and costs that hang on these.

Everything else of an iteration is the same in every case, and is computed once for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.kernels.variants import WORD
from riskmc.network.calendar_risks import Stretches
from riskmc.network.durations import DurationTable
from riskmc.network.events import EventTable
from riskmc.network.impacts import EffectTable
from riskmc.network.layout import NONE, Layout
from riskmc.network.network import Network
from riskmc.network.pushing import pushed_nodes
from riskmc.network.ragged import flat, picked, pointers
from riskmc.network.spending import CostTable
from riskmc.network.weather import LostTime

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Hanging(NamedTuple):
    """Drawn events that hang on events which cases change, as arrays for the kernel `distinguish`; events are bits."""

    bit: NDArray[np.int32]
    score: NDArray[np.int32]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    override_ptr: NDArray[np.int32]
    override_bit: NDArray[np.int32]
    override_high: NDArray[np.float32]
    given_ptr: NDArray[np.int32]
    given_bit: NDArray[np.int32]
    given_high: NDArray[np.float32]


class Fading(NamedTuple):
    """Events that act only as terms of conjunctions, as arrays for the kernel `distinguish`; events are bits.

    ``ptr`` lists the conjunctions of each, ``term_ptr`` the other terms of each of these; a term that is itself a
    conjunction is left out, as if it held.
    """

    bit: NDArray[np.int32]
    ptr: NDArray[np.int32]
    term_ptr: NDArray[np.int32]
    term_bit: NDArray[np.int32]
    term_negated: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Switching:
    """The events of which variants are made: ``chosen[b]`` is bit b; ``plain`` is the same, -1 for those that hang.

    ``allowed`` uint64[cases, words] has a 1 where a case allows an event; ``still`` are the other drawn events, and
    ``varies`` bool[events] tells of every event, conjunctions included, whether cases can change it.
    """

    chosen: NDArray[np.int32]
    plain: NDArray[np.int32]
    still: NDArray[np.int32]
    allowed: NDArray[np.uint64]
    hanging: Hanging | None
    fading: Fading | None
    varies: Flags


@dataclass(frozen=True, eq=False)
class Varying:
    """What has to be computed for each variant, in tables of its own.

    ``values`` and ``money`` are the rows of sizes needed; ``factors``, ``sums``, ``durations`` and ``moving`` count
    them from 0. ``sized`` are those of the values that every variant needs, and not its durations alone. ``nodes`` are
    those whose duration varies. ``still`` are the cost items that no case changes, with the program's own rows; what
    is certain is booked with the moving ones. ``code`` finds no driving links.
    """

    switching: Switching
    values: Ints
    money: Ints
    sized: Ints
    factors: EffectTable
    sums: EffectTable
    nodes: Ints
    durations: DurationTable
    still: CostTable
    moving: CostTable
    code: NDArray[np.int32]
    lost: LostTime | None


def varying(network: Network, allowed: NDArray[np.uint8]) -> Varying:
    """Return what the cases that ``allowed`` (uint8[cases, drawn events]) describes can change."""
    switching = _switching(network.events, allowed, _direct(network))
    factors, sums = (_struck(table, switching.varies) for table in (network.factors, network.sums))
    nodes = np.flatnonzero(_durations_vary(network.durations, factors))
    moving = _costs_vary(network, nodes, factors, sums)
    durations, costs = _durations(network.durations, nodes), _costs(network.costs, np.flatnonzero(moving))
    struck = _stretches(network)
    rivalled = durations.base[durations.mixed_node]
    sized = np.concatenate((network.factors.value, struck.size, struck.moment, rivalled[rivalled >= 0]))
    values = np.union1d(sized, durations.base[durations.base >= 0]).astype(np.int64)
    money = np.union1d(network.sums.value, costs.fixed[costs.fixed >= 0]).astype(np.int64)
    still = _costs(network.costs, np.flatnonzero(~moving))
    code = network.logic.code
    return Varying(
        switching, values, money, np.searchsorted(values, np.unique(sized)),
        network.factors._replace(value=_renumbered(network.factors.value, values)),
        network.sums._replace(value=_renumbered(network.sums.value, money)),
        nodes, durations._replace(base=_renumbered(durations.base, values)),
        still._replace(certain=np.zeros_like(still.certain)), costs._replace(fixed=_renumbered(costs.fixed, money)),
        np.ascontiguousarray(code[code[:, 0] != rows.TIGHT]), _lost(network, values),
    )  # fmt: skip


def _stretches(network: Network) -> Stretches:
    """Return what risks take from calendars."""
    found = None if network.lost is None else network.lost.risks
    none = np.zeros(0, np.int32)
    return Stretches(none, none, none, none, np.zeros(0, np.int64)) if found is None else found


def _lost(network: Network, values: Ints) -> LostTime | None:
    """Return the lost time with its rows of values counted among those kept."""
    if network.lost is None:
        return None
    found = _stretches(network)
    moved = found._replace(size=_renumbered(found.size, values), moment=_renumbered(found.moment, values))
    return replace(network.lost, risks=moved)


def _renumbered(row: NDArray[np.int32], kept: Ints) -> NDArray[np.int32]:
    """Return rows as positions among those kept; what is no row (below 0) stays as it is."""
    return np.where(row < 0, row, np.searchsorted(kept, row)).astype(np.int32)


def _direct(network: Network) -> Flags:
    """Return which events decide an effect, a share or who exists by themselves, not as terms of others."""
    direct = np.zeros(network.events.size + 2, np.bool_)  # the last two stand for events that are none
    for used in (network.factors.event, network.sums.event, network.exists_event, _stretches(network).event):
        direct[used] = True
    direct[np.concatenate((network.factors.share_event, network.sums.share_event))] = True
    return direct[: network.events.size]


def _switching(table: EventTable, allowed: NDArray[np.uint8], direct: Flags) -> Switching:
    drawn = table.score.size
    varies = np.zeros(table.size, np.bool_)
    varies[:drawn] = (allowed == 0).any(axis=0)
    needed, hanging = varies[:drawn].copy(), []
    for event in range(drawn):
        before = np.concatenate((_of(table.override_event, table.override_ptr, event), _given(table, event)))
        if varies[before].any():
            hanging.append(event)
            varies[event] = needed[event] = True
            needed[before] = True
    for number in range(table.term_ptr.size - 1):
        terms = _of(table.term_event, table.term_ptr, number)
        varies[drawn + number] = varies[terms].any()
        if varies[drawn + number]:
            needed[terms[terms < drawn]] = True
    chosen = np.flatnonzero(needed).astype(np.int32)
    plain = np.where(np.isin(chosen, hanging), -1, chosen).astype(np.int32)
    still = np.flatnonzero(~needed).astype(np.int32)
    fading = _fading(table, chosen[varies[chosen] & ~direct[chosen]], chosen)
    words, hangs = _words(allowed[:, chosen]), _hanging(table, hanging, chosen)
    return Switching(
        chosen, plain, still, words, hangs if hangs.bit.size else None, fading if fading.bit.size else None, varies
    )


def _fading(table: EventTable, events: NDArray[np.int32], chosen: NDArray[np.int32]) -> Fading:
    lists: list[list[int]] = []
    terms: list[tuple[list[int], list[int]]] = []
    for event in events:
        lists.append([])
        for number in range(table.term_ptr.size - 1):
            others = _of(table.term_event, table.term_ptr, number)
            if event in others:
                kept = (others != event) & (others < table.score.size)
                negated = _of(table.term_negated, table.term_ptr, number)[kept]
                lists[-1].append(number)
                terms.append((np.searchsorted(chosen, others[kept]).tolist(), negated.tolist()))
    return Fading(
        np.searchsorted(chosen, events).astype(np.int32), pointers(lists), pointers([t for t, _ in terms]),
        flat([t for t, _ in terms], np.int32), flat([n for _, n in terms], np.uint8),
    )  # fmt: skip


def _of(entries: NDArray[Any], pointer: NDArray[np.int32], number: int) -> NDArray[Any]:
    return np.asarray(entries[pointer[number] : pointer[number + 1]])


def _given(table: EventTable, event: int) -> NDArray[Any]:
    return _of(table.given_event, table.given_ptr, event)


def _words(flags: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return rows of flags as bits in words of 64, uint64[rows, words], at least one word."""
    width = max(1, -(-flags.shape[1] // WORD))
    padded = np.zeros((len(flags), width * WORD), np.uint64)
    padded[:, : flags.shape[1]] = flags
    bits = padded.reshape(len(flags), width, WORD) << np.arange(WORD, dtype=np.uint64)
    return np.asarray(np.bitwise_or.reduce(bits, axis=2))


def _hanging(table: EventTable, events: list[int], chosen: NDArray[np.int32]) -> Hanging:
    rows_ = np.array(events, np.int64)
    override_ptr, overrides = picked(table.override_ptr, rows_)
    given_ptr, givens = picked(table.given_ptr, rows_)
    return Hanging(
        np.searchsorted(chosen, rows_).astype(np.int32), table.score[rows_], table.low[rows_], table.high[rows_],
        override_ptr, np.searchsorted(chosen, table.override_event[overrides]).astype(np.int32),
        table.override_high[overrides],
        given_ptr, np.searchsorted(chosen, table.given_event[givens]).astype(np.int32), table.given_high[givens],
    )  # fmt: skip


def _struck(table: EffectTable, varies: Flags) -> Flags:
    """Return which rows of effects, those of groups included, hang on an event that varies."""
    certain = np.append(varies, False)  # an event below 0 is none
    struck = certain[np.maximum(table.event, -1)] | _any(certain[np.maximum(table.share_event, -1)], table.share_ptr)
    return np.concatenate((struck, _any(struck[table.member_effect], table.member_ptr)))


def _any(flags: Flags, pointer: NDArray[np.int32]) -> Flags:
    """Return of every list whether any of its entries is flagged."""
    counts = np.concatenate(([0], np.cumsum(flags)))
    return np.asarray(counts[pointer[1:]] > counts[pointer[:-1]])


def _durations_vary(table: DurationTable, factors: Flags) -> Flags:
    found = _any(factors[table.factor], table.factor_ptr) | _any(factors[table.addition], table.addition_ptr)
    found[table.mixed_node] |= _any(factors[table.rival], table.rival_ptr)
    return found


def _costs_vary(network: Network, nodes: Ints, factors: Flags, sums: Flags) -> Flags:
    """Return which cost items may differ between cases: struck, perhaps not there, or of minutes that may differ."""
    table = network.costs
    found = _any(factors[table.factor], table.factor_ptr) | _any(sums[table.addition], table.addition_ptr)
    found |= _any(factors[table.rate_factor], table.rate_ptr) | _any(factors[table.total_factor], table.total_ptr)
    lasting = _lasting(network.logic.layout)
    lasting[nodes] = False
    return np.asarray(found | (table.exists >= 0) | ((table.node >= 0) & ~lasting[table.node]))


def _lasting(layout: Layout) -> Flags:
    """Return the nodes that last their duration and nothing else, whatever comes before them (finish - start)."""
    nodes = layout.nodes
    other = nodes.level_of_effort | layout.may_vanish | layout.fixed | layout.ceiled | layout.has_moment | layout.kept
    other = other | (nodes.expected_finish != NONE) | nodes.takes_least | layout.loses
    other[pushed_nodes(layout)] = True
    return np.asarray(~other)


def _durations(table: DurationTable, nodes: Ints) -> DurationTable:
    """Return the durations of some nodes, numbered from 0."""
    factor_ptr, factors = picked(table.factor_ptr, nodes)
    addition_ptr, additions = picked(table.addition_ptr, nodes)
    mixed = np.flatnonzero(np.isin(table.mixed_node, nodes))
    rival_ptr, rivals = picked(table.rival_ptr, mixed)
    return DurationTable(
        table.base[nodes], table.constant[nodes], table.floor[nodes], factor_ptr, table.factor[factors],
        addition_ptr, table.addition[additions], table.weight[additions],
        np.searchsorted(nodes, table.mixed_node[mixed]).astype(np.int32), table.mixed_drivers[mixed],
        rival_ptr, table.rival[rivals], table.rival_weight[rivals], table.rival_kind[rivals], table.rival_group[rivals],
    )  # fmt: skip


def _costs(table: CostTable, items: Ints) -> CostTable:
    """Return some of the cost items."""
    factor_ptr, factors = picked(table.factor_ptr, items)
    addition_ptr, additions = picked(table.addition_ptr, items)
    rate_ptr, rates = picked(table.rate_ptr, items)
    total_ptr, totals = picked(table.total_ptr, items)
    return CostTable(
        table.fixed[items], table.constant[items], factor_ptr, table.factor[factors],
        addition_ptr, table.addition[additions], table.weight[additions], table.rate[items], table.node[items],
        rate_ptr, table.rate_factor[rates], total_ptr, table.total_factor[totals],
        table.exists[items], table.project[items], table.certain,
    )  # fmt: skip
