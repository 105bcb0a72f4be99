# The reviewer's case page: what is left, the list of findings, two versions, views, drafts
case-part-decide = To be decided
case-part-versions = Two versions side by side
case-part-thread = { $new ->
    [0] Messages
   *[other] Messages ({ $new } new)
}
case-part-record = File and record of the case
case-parts = Parts of the case's page
case-clause-open = { $open } of { $count } left
case-decide-all = Save for all ({ $count })
case-decide-again = Change the decision
left-title = Left before the decision
left-findings = Findings that wait for you: { $open } · decided: { $decided }
left-progress = Findings decided
left-before = “{ $action }” is not possible yet, because:
left-ready = Nothing stands in the way: “{ $action }” is possible now. Write the reason, then press the button.
left-nothing = No decision is asked of you on this case as it stands.
error-finding-decided-meanwhile = This finding was decided in another window after this page was opened. The list shows the decision now: read it, then change it if you must.
error-pair-unknown = Choose two different reviewed models of this case.
error-view-none = There is no view to attach: open the building in 3D first and turn it to what the engineer should see.

keys-open = Keyboard shortcuts (?)
keys-title = Keyboard shortcuts
keys-close = Close
keys-next = Next finding
keys-previous = Finding before
keys-open-one = Next finding that is not decided
keys-stands = It stands; then write the reason
keys-overridden = Override it; then write the reason
keys-phrase = Choose a ready phrase
keys-clause = One decision for the rest of the clause
keys-model = Show it on the building
keys-send = Save, from the field of the reason
keys-leave = Leave the field for the finding
keys-help = This list. Letters by their place on the keyboard, whatever its language

versions-before = Earlier version
versions-after = Later version
versions-outcome = Outcome
versions-none = Only one model of this case was reviewed. The comparison appears here once the engineer has handed in an amended one.
versions-same = Choose two different models.
versions-asked = The comparison is running; what it finds appears here soon.
versions-elements = The elements that changed
versions-model = Show both versions in 3D
versions-removed = Removed
versions-changed = Changed
versions-added = Added

message-view = Open the attached view in 3D
message-view-elements = Elements chosen: { $count }
message-view-attach = Attach what the 3D view shows now with the elements chosen in it
message-view-choose = What the engineer sees with the message
message-view-none = No view

desk-lost = The connection to the server is lost. What you typed is kept on this device. We keep trying, and the page opens anew once the server is back.
draft-restored = A draft that was not sent was restored.
desk-lost-cash = To go on without the office’s server open the offline desk with the command: rukhsa cash. Its receipts are sent when the connection is back.

# The property sheet as of a day
sheet-on = As of (empty for today)
sheet-as-of = The sheet as it was at the end of
sheet-blocks = Blocks:
sheet-blocks-nothing = Blocks nothing
gate-permit-act = grant of a building permit
error-sheet-day-to-come = There is no sheet of a day to come. Write a day that is past, or leave the field.
