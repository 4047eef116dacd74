"""Tables as texts, whatever file they stand in: workbooks and CSV, read safely."""
