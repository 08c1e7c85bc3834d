"""What we take, and how we say that we do not."""

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_UNPACKED = 150 * 1024 * 1024
"""A workbook is a zip file: this is how much we unpack at most, all parts together."""
MOST_PARTS = 1_000
FORMULA = "\ue000"
"""Stands in a cell that held a formula or one of the spreadsheet's own errors; a sign that nobody types."""


class UnreadableSheetError(Exception):
    """It is not a sheet that we can read; the message says why, and what would help."""
