"""The program's own words: its currency, and the activity that is its finish."""

import pytest

import fabricated
import riskmc as rm
from riskmc.reports.answers.forecast import tell
from riskmc.reports.records.forecast import compose


def test_without_a_currency_amounts_stand_alone():
    words = {word: said for word, said in fabricated.HARBOUR.items() if word != "currency"}
    trials = fabricated.trials(program=rm.Program(**words))
    assert trials.program.currency is None
    assert "EUR" not in tell(trials)
    assert " 446M " in tell(trials)
    assert compose(trials)["currency"] is None


@pytest.mark.parametrize("currency", ["€", "EUR", "US$", "kr"])
def test_a_currency_is_printed_in_one_form(currency):
    trials = fabricated.trials(program=fabricated.program(currency=currency))
    told = tell(trials)
    assert f"P80 is {currency} 446M" in " ".join(told.split())
    assert f"P80 {currency} 446M" in repr(trials.cost())


def test_a_date_where_the_finish_activity_belongs_is_pointed_to_targets():
    with pytest.raises(rm.ProgramError) as error:
        fabricated.program(finish="2027-06-01")
    assert "names the activity that is the finish, got a date, 2027-06-01" in str(error.value)
    assert "targets: [{name: Promise, finish: 2027-06-01}]" in str(error.value)
