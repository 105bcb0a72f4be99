# The catalogue of services
services-title = Services of the office
services-intro = What to bring, what it costs, how long it takes; and a calculator that works with the code that bills.
services-search = Search
services-category = Category
services-all = All
services-show = Show
services-none = No service fits this search.
services-count = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
services-back = All services
service-category-building = Building
service-category-public-property = Public property
service-category-documents = Documents and statements
service-category-register = Register
service-category-violations = Violations
service-category-trade = Shops and trades
service-channel-portal = portal
service-channel-centre = citizen centre
service-channel-post = post
service-days = { $days ->
    [one] { $days } working day
   *[other] { $days } working days
}
service-time = Time
service-channels = Where
service-number = Number in bill references
service-documents = Documents
service-document-optional = if there is one
service-fees = Fees
service-fee-free = The service asks for no number: its fee is fixed.
service-calculator = Fee calculator
service-on = Day of the application
service-optional = optional
service-exemptions = Exemptions
service-exemption-hint = To claim one, write what proves it: { $evidence }.
service-calculate = Calculate
service-example = for example { $example }
service-result = How the fee is computed
service-estimate = An estimate: the office's bill alone is binding.
service-estimate-provisional = Some numbers are provisional, from the press, and await confirmation against the official text.
service-estimate-fictitious = Some numbers are fictitious, for trial, and are nobody's tariff.
service-details = Numbers and sources
service-fee-of = Service: { $name }
service-fee-total = Owed for the service: { $amount } new SYP
service-total = Total
service-fee-cash = Paid in cash: { $amount } new SYP
service-cash = Paid in cash
service-fee-hash = Fingerprint of the service's fee: { $hash }
service-tariff-hash = Fingerprint of the tariff file
service-hash = Fingerprint of the computation
service-again = The same on the command line
service-status = Status of the card
service-sources = Sources
service-answer-missing = This is needed.
service-answer-unreadable = Not a number, or not a day.
service-answer-on = Not a day.
service-unit-m2 = m²
service-unit-m = m
service-unit-km = km
service-unit-date = day
service-unit-sheet = sheets
service-unit-copy = copies
service-unit-page = pages
service-unit-SYP = new SYP
service-unit-SYP-m2 = new SYP per m²
# Refusals
error-service-unknown = There is no service { $service }.
