"""Risk registers in Excel and CSV -> risks and responses of a program."""
