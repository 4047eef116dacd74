"""The readable reference of the discrete-event engine, in simpy: one behaviour a module (rules D0 to D9)."""
