"""Value: net present value, payback, cost of delay, and which projects to fund under a budget."""

from riskmc.analysis.value.delay import DelayCosts as DelayCosts
from riskmc.analysis.value.delay import cost_of_delay as cost_of_delay
from riskmc.analysis.value.funding import Funding as Funding
from riskmc.analysis.value.funding import fund as fund
from riskmc.analysis.value.worth import Value as Value
from riskmc.analysis.value.worth import value as value
