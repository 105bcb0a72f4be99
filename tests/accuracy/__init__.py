"""How far our measures lie from what models declare, from what designs intend, and from themselves when moved."""
