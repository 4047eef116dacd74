"""Event-driven kernels: one replication at a time, the same events as the simpy reference (rules D0 to D9)."""
