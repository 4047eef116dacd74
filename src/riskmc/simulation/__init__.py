"""Simulation: a program and a seed become Trials, what happened in every iteration."""
