"""Capacity: who waits for which pool, how busy pools are, and what one more or one less unit of each is worth."""

from riskmc.analysis.capacity.asked import capacity as capacity
from riskmc.analysis.capacity.gains import Gain as Gain
from riskmc.analysis.capacity.gains import Step as Step
from riskmc.analysis.capacity.orders import Order as Order
from riskmc.analysis.capacity.result import Capacity as Capacity
