"""The only home of random numbers: names become keys, distributions become curves, coefficients become weights."""

from riskmc.sampling.correlation import Mixing, Repair, correlate
from riskmc.sampling.names import key, keys, split_seed
from riskmc.sampling.orders import orders
from riskmc.sampling.variables import Variables, thresholds

__all__ = ["Mixing", "Repair", "Variables", "correlate", "key", "keys", "orders", "split_seed", "thresholds"]
