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
