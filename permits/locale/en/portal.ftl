# The engineer's portal: the guide of a new case, pre-checks, uploads, messages and changes
steps-title = Steps of the case
step-plot = Plot
step-title = Project
step-upload = Upload
step-review = Review
step-submit = Submit
step-next = Continue
step-back = Back

draft-found = An unfinished draft was found; it is filled in below.
draft-again = Start anew
draft-kept = Draft kept.
draft-here = The server could not keep it (no network, or the session has ended): what you typed is kept in this browser and comes back after you log in.

facts-title = What the planning sheet allows
facts-all = The plot's whole statement
facts-none = Choose a plot to see its requirements in short.

case-title-hint = The project's name as it stands in the file and on the permit, up to { $longest } letters.
case-kind = Kind of works
case-kind-new = New building
case-kind-addition = Addition
case-kind-strengthening = Strengthening
case-amend = Save the change
case-back = Back to the case

now-title = What do I do now?
now-upload = Upload the building's model, so that it is reviewed.
now-mend = Read the remarks below, change the model, and upload it again.
now-review = Nothing: the review is running. You may leave this page and come back.
now-refused = The file was not accepted for the reason below: mend it and upload it again.
now-again = The review did not finish: upload the model once more.
now-submit = The report has no errors: submit the case to the engineers' syndicate.
now-submit-findings = Open the report, mend the errors and upload again; or submit the case as it is for the reviewer to decide.
now-answer = You were asked for something and have not answered: open the messages and answer before the day it is due.
now-at-syndicate = Nothing: the case is with the engineers' syndicate.
now-in-review = Nothing: the office is reviewing the case.
now-awaiting-approval = Nothing: the case awaits approval.
now-awaiting-payment = Pay the fee by the bill's number below.
now-paid = Nothing: the fee is paid and the permit is issued by itself.
now-permit-issued = Download the permit and keep it at the site.
now-withdrawn = This case was withdrawn. To go on, open a new one.
now-closed = The permit was refused. The reason is in the record; see the office or open a new case.

review-running = The review is running
review-leave = You may close this page: the review goes on, and you find its result here.
review-state-queued = waiting
review-state-running = running
review-state-refused = file not accepted
review-state-failed = failed
review-state-cancelled = stopped

upload-largest = The largest file is { $largest } MB.
upload-preparing = Preparing the upload…
upload-sending = The file is being sent. You may pause and go on.
upload-paused = The upload is paused. What was sent is kept; press “Continue”.
upload-whole = The whole file has arrived and is handed over for review…
upload-ended = The session has ended. Log in again and choose the same file: the upload goes on from where it stopped.
upload-too-large-here = The file has %size MB and the largest is %largest MB, so nothing of it was sent. Export one building per file, or compress it as ifczip.
upload-empty-here = The file is empty: export the model again and choose it.
upload-of = %sent of %whole MB
upload-pause = Pause
upload-go-on = Continue
upload-same = The file “{ $name }” is the same model as before, so it was not judged again; the earlier result stands.
upload-pending = The upload of “{ $name }” was begun and not finished: { $have } of { $whole } MB have arrived. Choose the same file to go on from where it stopped.

prechecks-title = Pre-checks
prechecks-none = You have not pre-checked any model yet. Begin with the plot.
precheck-new = New pre-check
precheck-title = Pre-check
precheck-about = Have your model judged free of charge and as often as you like before you open a case. The verdict is the one the office will see, and nothing of it reaches the office.
precheck-open = Go on to the upload
precheck-when = Date
precheck-until = Removed after
precheck-by-day = By the rules in force on
precheck-now-upload = Upload your model to have it judged on this plot.
precheck-now-review = Nothing: the review is running. You may leave this page and come back.
precheck-now-done = Open the report. If you mend something, upload the model again; if you are content, open a case with it.
precheck-now-again = The review did not finish: mend the file and upload it again.
precheck-now-taken = A case was opened with this model: go on there.
precheck-case = Open a case with this model
precheck-case-hint = The model and its result go along into the case without another upload.
precheck-taken = The case opened with this model
precheck-kept = { $days ->
    [one] A pre-check and its files are removed one day after the last upload.
   *[other] A pre-check and its files are removed { $days } days after the last upload.
}

changes-title = What changed since the previous model
changes-open = Show what changed
changes-none = There is no earlier reviewed model to compare with.
changes-asked = The comparison is running; open this page again in a moment.
changes-failed = The two models could not be compared. The case goes on all the same.
changes-between = From the previous model to this one
changes-elements = Elements changed
changes-nothing = Nothing.
changes-more = And { $count } other elements.

messages-title = Messages
messages-open = Open the messages
messages-new = new
messages-none = No messages in this case yet. Engineer, reviewer and syndicate write here.
messages-none-new = No new messages. The messages of each case are on its page.
messages-closed = Nothing is written to this case's messages as it stands now.
message-new = New
message-side-engineer = Engineer
message-side-office = Office
message-side-syndicate = Syndicate
message-side-reminder = Reminder of the time limit
message-kind-request = Request
message-kind-answer = Answer
message-kind-withdrawal = Withdrawal
message-about = To the request
message-finding = Finding
message-element = Element
message-write = New message
message-text = Text
message-finding-choose = About a finding of the report
message-finding-none = About no finding in particular
message-send = Send
request-open = awaits an answer
request-answered = answered
request-withdrawn = withdrawn
request-due = Answer due by the end of
request-overdue = the day has passed
request-due-choose = Answer due by (makes the message a request)
request-open-until = Request open until
request-answer = Answer
request-withdraw = Withdraw the request
request-withdraw-why = Why the request is withdrawn

event-case-amended = Case amended
event-precheck-opened = Pre-check begun
event-precheck-taken-over = The model of a pre-check was taken over
event-prechecks-swept = Pre-checks past their time were removed
event-uploads-swept = Unfinished uploads were removed
event-model-same = The same model was uploaded again
event-comparison-failed = The model could not be compared with the one before
event-case-reminded = A reminder of the time limit was written
event-message-sent = A message was written
event-request-sent = A request was sent
event-request-answered = A request was answered
event-request-withdrawn = A request was withdrawn

error-upload-no-model = The file is neither an IFC model nor a zip archive, whatever its name says. Export the model from your program as .ifc (STEP) and upload it again.
error-case-kind-unknown = Choose the kind of works.
error-precheck-unknown = There is no pre-check of this number, or its time is over and it was removed.
error-precheck-taken-over = A case was already opened with this model.
error-message-text-needed = Write the message (up to { $longest } letters).
error-message-due-past = The day an answer is due must be a day that has not passed.
error-message-pointer = The finding or element pointed at is not of this case.
error-request-unknown = There is no request of this number in this case.
error-request-ended = This request was answered or withdrawn before.
