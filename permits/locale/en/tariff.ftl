# Lines of an assessment
fee-cash-rounding = Cash rounding
fee-decided = Decided on { $day }
fee-due = Due on { $day }
fee-paid = Paid on { $day }
fee-source-computed = lines above
fee-minimum = {"    "}the minimum holds: { $amount } { $currency }
fee-maximum = {"    "}the maximum holds: { $amount } { $currency }
fee-band-choice = {"    "}table { $table }: class { $at } gives { $value }
fee-band-flat-to = {"    "}table { $table }: { $at } lies above { $above } and up to { $to }, which gives { $value }
fee-band-flat-open = {"    "}table { $table }: { $at } lies above { $above }, which gives { $value }
fee-band-marginal-to = {"    "}table { $table }: { $part } above { $above } and up to { $to }, at { $value } each
fee-band-marginal-open = {"    "}table { $table }: { $part } above { $above }, at { $value } each
fee-evidence = {"    "}granted on: { $evidence }
fee-refundable = {"    "}given back if what it is for does not come about
# Refusals
error-fee-input-range = The fee cannot be computed: { $name } is out of range.
error-fee-input-choice = The fee cannot be computed: { $name } is none of the classes of the tariff.
error-fee-input-dates = The fee cannot be computed: the last day is before the first ({ $name }).
error-fee-input-zero = The fee cannot be computed: a division by nought ({ $name }).
error-fee-input-twice = The fee cannot be computed: { $name } is given twice.
error-fee-input-exemption-unknown = The tariff knows no exemption { $name }.
error-fee-input-exemption-not-in-force = Exemption { $name } is not in force on this day.
error-fee-input-exemption-idle = Exemption { $name } applies to none of these fees.
error-fee-input-evidence = Exemption { $name } needs its evidence.
fee-status-declared = as declared
fee-source-terms = terms of payment
