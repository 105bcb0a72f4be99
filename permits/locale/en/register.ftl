# The property register
register-temporary = Temporary register
register-permanent = Permanent land register
act-opened = Sheet opened
act-annotated = Annotation placed
act-transferred = Ownership transferred
act-lifted = Annotation lifted
annotation-permit = Building permit no. { $detail }
annotation-mortgage = Mortgage: { $detail }
annotation-lawsuit = Lawsuit: { $detail }
annotation-attachment = Attachment: { $detail }
error-shares-not-whole = The shares of property { $parcel } sum to { $total }, not to one.
error-sheet-unknown = There is no sheet of property { $parcel }.
error-sheet-ambiguous = Property number { $parcel } has more than one sheet.
error-sheet-not-yet-open = The sheet of property { $parcel } was not open on this day.
