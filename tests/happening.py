"""A small program in which everything happens: queues, rework, approvals, arrivals, scope growth, staff who leave."""

import riskmc as rm

WORDS = {
    "program": "Two labs",
    "start": "2027-01-04",
    "currency": "EUR",
    "targets": [{"name": "Promise", "finish": "2027-09-30", "cost": "600k"}],
    "resources": {
        "testers": {
            "capacity": "2",
            "cost": "80/h",
            "turnover": {"leaves": "exponential(300d)", "vacancy": "uniform(5d 20d)"},
        },
        "rig": {"capacity": "1"},
    },
    "projects": {
        "alpha": {
            "priority": "1",
            "activities": {
                "design": {"duration": "triangular(15d 20d 35d)", "cost": {"fixed": "20k", "per_day": "1k"}},
                "build": {"duration": "triangular(25d 30d 50d)", "after": ["design"], "cost": {"per_day": "2k"}},
                "test": {
                    "duration": "triangular(12d 15d 25d)",
                    "after": ["build"],
                    "uses": {"testers": "2", "rig": "1"},
                    "quality_gate": {
                        "fail": "40%", "redo": "triangular(20% 40% 80%)", "of": ["test", "build"], "at_most": "3",
                    },
                },
                "done": {"milestone": "true", "after": ["test"]},
            },
        },
        "beta": {
            "activities": {
                "design": {"duration": "triangular(40d 50d 70d)", "cost": {"fixed": "10k"}},
                "test": {
                    "duration": "triangular(18d 20d 30d)",
                    "after": ["design"],
                    "uses": {"testers": "1", "rig": "1"},
                },
                "approve": {
                    "duration": "2d",
                    "after": ["test"],
                    "approval": {
                        "takes": "triangular(2d 5d 15d)", "approvers": "2", "reject": "20%", "redo": "30%",
                        "at_most": "2",
                    },
                },
            },
        },
    },
    "risks": {
        "soil": {
            "probability": "30%",
            "impacts": [{"on": ["alpha.build"], "duration": "+ triangular(5d 10d 30d)"}, {"cost": "+ 50k"}],
        },
        "rig": {"probability": "50%", "impacts": [{"on": ["*.test"], "duration": "x triangular(110% 120% 150%)"}]},
        "changes": {
            "arrivals": {"rate": "12/y", "while": "alpha", "at_most": "5"},
            "impacts": [{"on": ["alpha.build"], "duration": "+ triangular(2d 5d 10d)"}, {"cost": "+ 10k"}],
        },
    },
    "responses": {
        "survey": {"cost": "triangular(10k 15k 30k)", "acts_on": {"soil": {"probability": "10%"}}},
        "spares": {"cost": "5k", "acts_on": {"rig": {"probability": "20%"}}},
    },
    "scenarios": {"hire": {"set": {"resources.testers.capacity": "3"}}},
    "scope": {
        "wishes": {
            "on": ["beta.*"], "spread": "once", "rate": "1/mo", "size": "triangular(1d 2d 5d)", "approved": "70%",
        },
    },
}  # fmt: skip


def program(**words):
    """Return the program, with some of its words changed."""
    return rm.Program(**{**WORDS, **words})
