"""What a coordinator's spreadsheet means: its columns, its cells, what each row would do, and doing it."""
