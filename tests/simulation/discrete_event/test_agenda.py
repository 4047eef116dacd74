"""The agenda: minute, class, number, and what was planned first; and the end of all patience."""

from functools import partial

from riskmc.kernels.discrete_event.codes import ARRIVAL, COMPLETION, GATE
from riskmc.simulation.discrete_event.agenda import Agenda


def run(agenda):
    """Let everything happen; return the minutes at which anything did."""
    minutes = []
    while agenda.size and not agenda.exhausted:
        minutes.append(agenda.env.peek())
        agenda.happen(minutes[-1])
    return minutes


def test_a_minute_happens_by_class_then_number_then_as_planned():
    agenda, said = Agenda(100), []
    plans = [(5, ARRIVAL, 0), (5, GATE, 2), (5, COMPLETION, 9), (5, GATE, 1), (3, ARRIVAL, 7), (5, GATE, 1)]
    for ticket, (minute, kind, number) in enumerate(plans):
        agenda.call(minute, kind, number, partial(said.append, ticket))
    assert run(agenda) == [3, 5]
    assert said == [4, 2, 3, 5, 1, 0]


def test_what_is_planned_for_the_minute_that_happens_has_its_turn_in_it():
    agenda, said = Agenda(100), []

    def gate():
        said.append("gate")
        agenda.call(5, GATE, 0, partial(said.append, "again"))

    agenda.call(5, GATE, 0, gate)
    agenda.call(5, ARRIVAL, 0, partial(said.append, "arrival"))
    assert run(agenda) == [5]
    assert said == ["gate", "again", "arrival"]


def test_a_minute_without_end_stops_after_one_event_too_many():
    agenda, said = Agenda(10), []

    def forever():
        said.append(agenda.size)
        agenda.call(5, GATE, 0, forever)

    agenda.call(5, GATE, 0, forever)
    assert run(agenda) == [5]
    assert agenda.exhausted
    assert said == [0] * 11
