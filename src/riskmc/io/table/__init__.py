"""Bare tables of activities, in a workbook or as CSV: reading and writing."""
