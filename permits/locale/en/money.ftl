# How a fee was computed
fee-act = Legal basis: { $act }
fee-on = Computed for { $day }
fee-tariff-hash = Fingerprint of the tariff file: { $hash }
fee-line = { $name } ({ $code }): { $amount } new SYP
fee-steps = {"    "}{ $formula } = { $steps } = { $exact } { $currency }
fee-rounding = {"    "}rounded: { $rounded } { $currency }, difference { $difference }
fee-input = {"    "}{ $name } = { $value } { $unit }, source: { $source } { $reference } ({ $status })
fee-clause = {"    "}clause: { $clause }
fee-total = Total: { $amount } new SYP
fee-statuses = Status of the numbers: { $statuses }
fee-hash = Fingerprint of the computation: { $hash }
fee-currency-old = old SYP
fee-currency-new = new SYP
fee-source-measure = measure of the model
fee-source-value_zone = value zone
fee-source-municipality = decision of the administrative unit
fee-source-declared = declared
fee-source-tariff = the tariff
fee-status-confirmed = confirmed
fee-status-provisional = provisional, from the press
fee-status-fictitious = fictitious
# Bills and payments
bill-state-issued = Awaiting payment
bill-state-paid = Paid
bill-state-expired = Expired
bill-state-withdrawn = Withdrawn
payment-state-accepted = Accepted
payment-state-suspense = In suspense
settlement-break-matched = Matched
settlement-break-missing_here = In the settlement file, not here
settlement-break-missing_there = Here, not in the settlement file
settlement-break-amount_differs = Amount differs
settlement-break-duplicate = Twice in the settlement file
# Refusals
error-bill-exists = The case has a live bill: { $reference }.
error-bill-unknown = There is no bill of this number.
error-bill-reference-misread = The bill number is not right.
error-payment-amount = The amount is not acceptable.
error-payment-conflict = This transaction was told before with other content.
error-reversal-conflict = This payment was told before to be taken back from another account.
error-payment-unknown = There is no payment of this number.
error-biller-key-unknown = The payment provider's key is unknown.
error-biller-key-exists = There is a payment provider's key { $key }; choose another name.
error-biller-name-needed = The key and the payment provider need a name.
error-signature-wrong = The signature of the message is wrong.
error-signature-stale = The time of the message is outside the accepted window.
error-message-too-large = The message is larger than { $limit } bytes.
error-message-unreadable = The message cannot be read: { $fault }.
error-fee-input-missing = The fee cannot be computed: { $name } is missing.
error-fee-input-unit = The fee cannot be computed: { $name } has an unsuitable unit.
error-fee-input-unknown = The fee cannot be computed: the tariff does not know { $name }.
error-fee-input-negative = The fee cannot be computed: { $name } is negative.
error-fee-input-not-in-force = The tariff is not in force on this day ({ $name }).
error-settlement-unreadable = The settlement file cannot be read.
error-settlement-trailer = The trailer of the settlement file does not fit its lines.
error-settlement-hash = The hash of the settlement file is wrong.
error-settlement-conflict = Day { $day } was imported before from another file.
