"""Charts: the numbers of the pictures of `riskmc.plot` as native charts of slides and workbooks, under the same names.

Each function takes the result that the picture is drawn of and returns a `Chart`; ArgumentError where the picture says
the same.
"""

from riskmc.reports.document.charts.cash import cash_flow as cash_flow
from riskmc.reports.document.charts.cash import cumulative_cash as cumulative_cash
from riskmc.reports.document.charts.choices import frontier as frontier
from riskmc.reports.document.charts.choices import scenarios as scenarios
from riskmc.reports.document.charts.curves import contingency as contingency
from riskmc.reports.document.charts.curves import cost_curve as cost_curve
from riskmc.reports.document.charts.curves import finish_curve as finish_curve
from riskmc.reports.document.charts.curves import s_curve as s_curve
from riskmc.reports.document.charts.drivers import tornado as tornado
from riskmc.reports.document.charts.ranges import comparison as comparison
from riskmc.reports.document.charts.ranges import gantt as gantt
from riskmc.reports.document.charts.ranges import milestones as milestones
from riskmc.reports.document.charts.steps import changes as changes
from riskmc.reports.document.charts.steps import waterfall as waterfall
from riskmc.reports.document.charts.together import joint as joint
