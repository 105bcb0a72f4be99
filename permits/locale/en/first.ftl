# Who comes for the first time: what to try, what to do next, where to ask without an account
sample-title = First time here?
sample-hint = Try the whole way with a ready model before you export your own. Choose its plot; the file is offered in the step that uploads the model.
sample-complies = A model that complies
sample-violations = A model with violations planted on purpose
sample-choose = Choose plot { $plot }
sample-here = A ready model for this plot:
sample-elsewhere = The ready models were drawn for other plots ({ $plots }) and do not stand on this one.
sample-change-plot = Change the plot
sample-download = Download { $file }

cases-first = A case takes five steps: the plot, the project, the model, the automatic review, and sending. What you type is kept; you may stop and come back. You need the plot's number and the building's model as IFC; if you have no model yet, a ready one is there to try.
cases-first-plain = A case takes five steps: the plot, the project, the model, the automatic review, and sending. What you type is kept; you may stop and come back. You need the plot's number and the building's model as IFC.

now-submit-undecided = The report holds no violation, but some clauses could not be decided automatically: read why in the report. If the model lacks something, complete it and upload it again; otherwise send the case and the reviewer decides.
now-submit-unplaced = Where the building stands on plot { $plot } is not known, so nothing that depends on its place was decided. Check the plot's number, then the model's coordinates, and upload it again. The report gives the reason in numbers.
now-to-plot = Check the plot
now-to-upload = To the upload
now-to-bill = Open the bill and pay
giving-up = Not going on?
giving-up-hint = Withdrawing ends the case and cannot be undone. To go on afterwards you open a new case.
report-other-forms = Download the report in other forms
report-back = Back to the model's page

map-loading = The map is loading… You may type the plot's number without waiting for it.

doors-title = Without an account
doors-hint = This login is for engineers, owners and the office's staff. For everybody else:
error-doors = You may be looking for:

verify-camera = Point your phone's camera at the code printed on the document and open the address it shows: the answer comes here. Or paste the text of the code below.
verify-other = You have a case number and no code? Ask here:

bill-pay-here = Pay with this number at:
extract-plot-hint = The plot's number in its zone, not the parcel's. The property's page and an earlier extract name it.
extract-pay = Pay the bill
left-next = To the next case
upload-choose = Choose the file
upload-none-chosen = No file chosen yet
