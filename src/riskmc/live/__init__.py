"""Live what-ifs: knobs on a program, and the forecast that follows them, in a notebook and as a local page.

Each name is imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.doors import door

if TYPE_CHECKING:
    from riskmc.live.answer import Answer
    from riskmc.live.explorer import Explorer, explore
    from riskmc.live.knob import Knob
    from riskmc.live.knobs import Chosen
    from riskmc.live.server import Served, serve
    from riskmc.live.what_if import WhatIf, prepare

__all__ = ["Answer", "Chosen", "Explorer", "Knob", "Served", "WhatIf", "explore", "prepare", "serve"]

_HOMES = {
    "answer": ("Answer",),
    "explorer": ("Explorer", "explore"),
    "knob": ("Knob",),
    "knobs": ("Chosen",),
    "server": ("Served", "serve"),
    "what_if": ("WhatIf", "prepare"),
}

if not TYPE_CHECKING:  # else every misspelt name would pass the type checker
    __getattr__ = door(__name__, _HOMES, globals())
