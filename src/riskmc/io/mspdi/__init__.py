"""Microsoft Project XML files: reading, writing, and results in custom fields of a copy."""
