"""A national register to try announcements with: a process of its own with its own database.

Nothing of the product imports it and it shares no code with it, so that envelopes are read by a second reader.
"""
