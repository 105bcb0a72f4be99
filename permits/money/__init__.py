"""Money of the procedure: amounts, tariffs, bills, payments and the ledger that never loses a piastre."""
