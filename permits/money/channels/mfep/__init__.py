"""A dialect in XML for payment switches: of our own, after public documentation, told in docs/mfep.md.

It claims no conformance with the switch of any country.
"""
