"""Sample land and buildings: generators of fictitious data, and what they wrote."""
