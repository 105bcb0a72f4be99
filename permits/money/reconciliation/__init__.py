"""Reconciliation (المطابقة): our payments, the provider's file and the bank's statement, day by day, to the piastre."""
