"""The discrete-event engine as simpy tells it: the readable reference, and the home of behaviour written by users.

It reads the same compiled arrays and the same draws as the kernels of `kernels/discrete_event`, shares no code of
behaviour with them, and must write the same event log.
"""
