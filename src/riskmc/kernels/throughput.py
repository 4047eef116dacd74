"""A backlog burnt down at a team's throughput, period by period: each draws how many items are done and how many come.

What is left finishes within its last period, in proportion: items are spread evenly over a period. Sources: Magennis
(2011), Forecasting and Simulating Software Development Projects; Vacanti (2015), Actionable Agile Metrics.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry

UNFINISHED = -1.0


@entry
def burn_down(period: Any, scope: Any, done: Any, more: Any, items: Any, split: Any, out: Any) -> None:
    """Fill ``out`` (float64[lanes]) with the minutes until nothing is left, or UNFINISHED after all periods drawn.

    ``period`` minutes; ``scope`` float64[n x parts + 1], by which the scope of the start has been multiplied after
    each part of a period; ``done`` float32[n, lanes] and ``more`` float32[n or 0, lanes], the items of each period;
    ``items`` float64[lanes] at the start, ``split`` float64[lanes] the pieces that each new one adds. A finish falls
    on the next whole minute.
    """
    parts = (scope.size - 1) // done.shape[0]
    for lane in range(out.size):
        left, part, out[lane] = items[lane], 0, UNFINISHED
        while part < scope.size - 1:
            drawn = part // parts
            speed = np.float64(max(done[drawn, lane], np.float32(0.0)))
            if more.shape[0]:
                speed -= np.float64(more[drawn, lane]) * (1.0 + split[lane])
            net = speed / parts - items[lane] * (scope[part + 1] - scope[part])
            if left <= net:
                out[lane] = part * (period / parts) + np.ceil(left * period / (net * parts))
                break
            left -= net
            part += 1
