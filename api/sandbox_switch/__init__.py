"""A sandbox of the payment switch: a bank that asks for bills, takes money and tells the biller, in its own process.

It shares no code and no database with the product it pays: it speaks HTTP alone, as a real switch would.
Nothing here claims to be the protocol of any real switch.
"""
