"""Primavera P6 XML files, read as the tables of an XER file."""
