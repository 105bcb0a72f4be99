desk-home = Cases
desk-queue = Cases under consideration
desk-open = To decide
desk-reason = Reason
desk-decision = Decision
desk-save = Save
desk-elements = Elements ({ $count })
desk-passed = The rest: passed or not applicable ({ $count })
desk-stamp = Syndicate's stamp: { $auditor }
desk-stamp-other = for an earlier model
desk-fault = A fault of ours occurred and was recorded. Try again; if it comes back, ask the platform's administrator.
decision-stands = The failure stands
decision-overridden = Accepted as an exception

sheet-title = Property sheet
sheet-parcel = Parcel number
sheet-show = Show
sheet-extract = Order an extract of this property
sheet-zone = Planning zone
sheet-owners = Owners
sheet-annotations = Annotations
sheet-no-annotations = No annotations on the sheet.

# A file handed in at a desk
file-choose = Choose a file
file-none = No file chosen
file-sending = The file is arriving: %percent %
file-whole = The whole file is here.
file-empty = The file is empty: choose another.
file-large = The file is larger than { $most } MB, so nothing of it was sent.
error-file-coming = Not all of the file is here yet ({ $percent } %). Wait for “The whole file is here”, then try again.
error-file-large = The file is larger than { $most } MB, so nothing of it was sent. Choose a smaller one.
