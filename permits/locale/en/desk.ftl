desk-home = Cases
desk-queue = Cases under consideration
desk-show = Show
desk-mine = What waits for me
desk-all = All cases
desk-waiting = Waiting
desk-open = To decide
desk-none = Nothing waits now.
desk-days = { $days ->
    [0] today
    [one] one day
   *[other] { $days } days
}
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
sheet-extract = Issue an extract
sheet-zone = Planning zone
sheet-owners = Owners
sheet-annotations = Annotations
sheet-no-annotations = No annotations on the sheet.
