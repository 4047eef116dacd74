"""Names of periods: the same in every record, and written as the language has them."""

from datetime import datetime

import pytest

from riskmc.forecast.instant import minutes_of
from riskmc.forecast.language import speaking
from riskmc.forecast.language_choice import find_language
from riskmc.simulation.periods import period_name, period_text

QUARTERS = {"en": "2027 Q3", "de": "Q3\u00a02027", "fr": "T3\u00a02027", "ja": "2027/Q3", "es": "T3\u00a02027"}


@pytest.mark.parametrize("region", QUARTERS)
def test_a_quarter_is_written_as_the_language_has_it(region):
    name = period_name("quarter", minutes_of(datetime(2027, 7, 1)))
    with speaking(find_language("en", formats=region)):
        assert period_text(name) == QUARTERS[region]
    assert name == "2027 Q3"


@pytest.mark.parametrize("name", ["2027-03", "2027", "FY2028", "Quarry Q7"])
def test_other_periods_keep_their_names(name):
    with speaking(find_language("de")):
        assert period_text(name) == name
