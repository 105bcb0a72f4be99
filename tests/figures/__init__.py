"""Monthly figures: their definitions by literals, the same on both databases, and what is told to everybody."""
