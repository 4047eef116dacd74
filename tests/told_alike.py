"""The twin check of tests: simpy and the kernel tell the same of a program, event by event."""

from riskmc.errors import ProgramError
from riskmc.network.compiling import Settings
from riskmc.simulation.agreement import compare_events
from riskmc.simulation.stretching import stretched


def assert_told_alike(program):
    """Assert that both implementations agree on four iterations of a program, unless it is refused before the run."""
    try:
        told = stretched(program, Settings(engine="discrete-event"), lambda network: compare_events(network, 1, 4))
    except ProgramError:
        return
    assert told.first is None
    assert told.agree == 4
