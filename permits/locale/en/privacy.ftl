privacy-hidden = withheld
privacy-name = name
privacy-identity = identity document
privacy-contact = contact
sheet-looks = Who looked at the owners’ data
event-accesses-sealed = The log of looks at personal data was sealed
