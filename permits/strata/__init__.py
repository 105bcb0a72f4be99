"""Floor-wise division told to people: the check itself, the table of sections as page and workbook, legal volumes."""
