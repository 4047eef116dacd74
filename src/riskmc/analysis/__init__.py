"""Analysis: questions put to Trials: targets, joint confidence, criticality."""
