"""Monthly figures of the office, computed from rows whenever somebody asks and never stored by hand.

What each figure means is written down in docs/figures.md and, for readers of the pages, in permits/locale.
"""
