"""Words of registers: states of risks and of responses, opportunities, and how an impact is spread over activities."""

from __future__ import annotations

CLOSED = {
    "closed", "retired", "expired", "resolved", "cancelled", "canceled", "avoided", "rejected", "obsolete", "void",
    "inactive", "withdrawn", "dormant", "superseded", "deleted", "complete", "completed", "done", "passed",
}  # fmt: skip
OCCURRED = {
    "occurred", "realised", "realized", "materialised", "materialized", "issue", "impacted", "happened", "triggered",
}  # fmt: skip
OPEN = {
    "", "open", "active", "live", "current", "identified", "new", "assessed", "managed", "monitored", "monitoring",
    "treated", "treating", "in", "ongoing", "accepted", "proposed", "draft", "pending", "under", "escalated", "watch",
}  # fmt: skip
RESPONSES = {
    **dict.fromkeys(("", "proposed", "planned", "draft", "new", "open", "not", "identified", "pending"), "proposed"),
    **dict.fromkeys(("approved", "agreed", "funded", "committed", "accepted", "active", "ongoing"), "approved"),
    **dict.fromkeys(("started", "in progress", "underway", "under way", "implementing", "live"), "approved"),
    **dict.fromkeys(("in plan", "in schedule", "planned in", "scheduled", "in place"), "in_plan"),
    **dict.fromkeys(("done", "complete", "completed", "implemented", "closed", "finished"), "done"),
    **dict.fromkeys(("rejected", "cancelled", "canceled", "withdrawn", "declined"), ""),
}  # fmt: skip
OPPORTUNITY = {"opportunity", "opp", "o", "upside", "positive", "chance"}
APPLIES = {"once": ("once", False), "each": ("each", False), "own": ("each", True), "split": ("split", False)}
