"""Documents people carry: permits, receipts, extracts; printed in Arabic and verifiable without a network."""
