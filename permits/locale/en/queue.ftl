error-case-claimed = This case is in another reviewer's hands. You may read it; to decide on it, take it over with a reason.
error-claim-own-case = An engineer does not review a case of his own. Assign it to a colleague.
error-reviewer-unknown = There is no active reviewer of this name. Choose one from the list.
event-case-claimed = a reviewer claimed the case
event-case-released = the case was put back as unclaimed
event-case-assigned = the case was assigned to a reviewer
event-case-taken-over = a reviewer took the case over from a colleague
event-standing-recorded = the syndicate recorded the engineer's standing
event-phrase-added = a phrase was added to the library
event-phrase-retired = a phrase was withdrawn from the library

queue-filter = Filter the cases
queue-whose = Claimed by
queue-whose-all = Anybody
queue-whose-mine = Me
queue-whose-free = Nobody
queue-whose-unread = With messages I have not read
queue-unread = { $count ->
    [one] New message
   *[other] { $count } new messages
 }
queue-all-open = Every open case
queue-any = Any
queue-zone = Zone
queue-text = Search in number, name or plot
queue-sort-clock = Time limit
queue-sort-number = Case number
queue-sort-title = Project
queue-sort-plot = Plot
queue-sort-engineer = Design engineer
queue-sort-state = State
queue-sort-claimed = With
queue-total = { $count ->
    [one] one case
   *[other] { $count } cases
}
queue-none = No case is like that. Change the filter, or choose "Every open case".
queue-page = Page { $page } of { $pages }
queue-before = Previous
queue-after = Next
queue-me = me
queue-nobody = nobody
queue-tick-all = Tick every case of the page
queue-tick = Tick case { $number }
queue-acts = What to do with the ticked cases
queue-ticked = Ticked:
queue-claim = Claim the ticked
queue-release = Put the ticked back
queue-assign = Assign the ticked
queue-assign-to = The reviewer to assign to
queue-load = { $name } — in review: { $count }
queue-did-claim = Cases claimed: { $count }.
queue-did-release = Cases put back: { $count }.
queue-did-assign = Cases assigned: { $count }.
error-nothing-ticked = No case is ticked. Tick the first column of a row and try again.
clock-calm = in time
clock-soon = due soon
clock-late = late
clock-paused = clock stopped
clock-ended = ended
clock-left = { $days ->
    [0] last day of the term
    [one] one working day left
   *[other] { $days } working days left
}
clock-over = { $days ->
    [one] one working day late
   *[other] { $days } working days late
}
clock-until = until
clock-was-paused = { $days ->
    [one] stopped for one working day
   *[other] stopped for { $days } working days
}
clock-with-engineer = stopped: with the engineer
clock-with-owner = stopped: with the owner
clock-with-stopped = ended
clock-note-fictitious = The terms of the stages are fictitious, for the demonstration; the governorate has not set them yet.
clock-note-uncertain = * The list of holidays of this year is not confirmed yet, so the date is an estimate.
clock-title = Time limit
clock-spent = { $used } of { $term } working days
claim-held = With: { $name }
claim-mine = This case is yours.
claim-free = Nobody has claimed this case. The first decision you take on it makes it yours.
claim-take = Claim the case
claim-release = Put it back
claim-take-over = Take it over
claim-reason = Why you take it over
desk-review-ended = A new review of this case has ended; what is shown is of the review before.
desk-reload = Show the new results

audit-title = Syndicate's audit
audit-waiting = Cases that wait for the syndicate's audit
audit-none = No case waits for the audit now. A case appears here as soon as it is sent to the syndicate.
audit-choose = Choose a case from the list to read its report and then stamp its model or return it with remarks.
audit-given = Last stamps
audit-none-given = No stamp has been given yet.
audit-by = Auditor
audit-at = Time
audit-stamp = Stamp this model
audit-remarks = Remarks of the audit
audit-remarks-before = Earlier remarks
audit-engineer = Standing of the design engineer
audit-membership = Membership number
audit-valid = valid until { $day }
audit-expired = expired on { $day }
audit-no-standing = the syndicate has not recorded his membership yet
audit-open-cases = His open cases: { $count }
error-engineer-unknown = There is no engineer with this account. Check the login name.
error-membership-needed = Write the membership number (up to { $longest } characters) and until when it holds.
error-account-of-syndicate = An auditor's account of the syndicate holds no other role: who works at the office or hands in cases has another account.

phrase-ready = Ready phrase
phrase-none = — choose one to write it into the reason —
phrase-keep = Keep the reason as a phrase of the office
phrase-retire = Take this phrase out of the library
error-phrase-invalid = The phrase is empty, longer than { $longest } letters, or names something unknown. Allowed in braces: clause, value, limit.
error-phrase-unknown = There is no such phrase, or another person added it. Who added it or an approver withdraws it.
reminder-before = { $days ->
    [one] One working day is left of the term of the stage “{ $stage }”, which ends with { $day }.
   *[other] { $days } working days are left of the term of the stage “{ $stage }”, which ends with { $day }.
}
reminder-today = Today, { $day }, is the last day of the term of the stage “{ $stage }”.
reminder-late = { $days ->
    [one] The term of the stage “{ $stage }” ended with { $day }; it is one working day late.
   *[other] The term of the stage “{ $stage }” ended with { $day }; it is { $days } working days late.
}
reminder-next-at-syndicate = Next: the syndicate stamps the model, which then goes to review, or sends it back to the engineer with remarks.
reminder-next-in-review = Next: the reviewer recommends approval, or sends the case back to the engineer with remarks.
reminder-next-awaiting-approval = Next: the approver approves and the fee is demanded, sends the case back to review, or refuses it.
reminder-next-paid = Next: the permit is issued.
