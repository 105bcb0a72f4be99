# The report for people: page, workbook, BCF and printed summary
report-found-limit = Found { $value }, the limit is { $limit }.
report-found-limit-within = Found { $value }, the limit is { $limit } (measured within { $tolerance }).
report-found-value = Found { $value }.
report-found-nothing = The model does not meet the clause.
report-label-asked = The clause asks
report-label-found = Found
report-label-remedy = How to put it right
report-label-other-tools = In other programs
report-label-tools = In the modelling program
report-label-program = Modelling program and schema
report-count-error = Errors
report-count-warning = Warnings
report-count-undecided = Undecided
report-count-pass = Complies
report-count-not_applicable = Does not apply
report-label-elements-of = Elements ({ $count })
report-label-more-in-workbook = and { $count } more, all of them in the Excel file
report-label-passed = Clauses that are met ({ $count })
report-label-not-applicable = Clauses that do not apply ({ $count })
report-label-group = Group by
report-label-search = Search
report-label-search-hint = text or GlobalId
report-label-none-found = Nothing is found.
report-label-nowhere = On no storey
report-group-rule = clause
report-group-storey = storey
report-group-discipline = discipline
report-group-severity = severity
report-severity-error = Error
report-severity-warning = Warning
report-severity-undecided = Undecided
report-discipline-architecture = Architecture
report-discipline-structure = Structure
report-discipline-mep = Services
report-discipline-site = Site
report-discipline-all = All disciplines
report-discipline-planning = Planning and building rules

# The workbook
report-sheet-summary = Summary
report-sheet-findings = Findings
report-sheet-elements = Elements
report-sheet-measures = Measures
report-column-number = Number
report-column-code = Clause
report-column-title = Title
report-column-severity = Severity
report-column-discipline = Discipline
report-column-outcome = Outcome
report-column-subject = Subject
report-column-storey = Storey
report-column-value = Value
report-column-limit = Limit
report-column-unit = Unit
report-column-tolerance = Tolerance
report-column-sentence = What was found
report-column-remedy = How to put it right
report-column-asked = What the clause asks
report-column-clause = Reference
report-column-count = Elements
report-column-class = Class
report-column-name = Name
report-column-globalid = GlobalId
report-column-method = Method

# Command line
cli-check-xlsx = write all findings and elements into an Excel file
cli-check-pdf = write a summary for printing as PDF
cli-check-bcf-version = version of BCF, 2.1 or 3.0

# Where a case offers its report
report-pdf = Summary to print
report-html = Download the page

# The printed summary
document-title-report = Summary of a model review
report-label-fingerprint = SHA-256 of the model
report-label-plot-zone-grid = Plot, zone and grid
report-label-sheet = Planning sheet
report-banner-provisional = Provisional clauses that the authority has not confirmed: no permit rests on this summary.
report-note-case = The code opens the case with its whole report (a login is needed).
report-note-file = The code holds the SHA-256 of the whole report, by which this summary is known to be of it.
report-note-machine = The result of an automatic review; the authority decides. Elements and remedies are in the report's page and workbook.
report-pdf-checked = What was reviewed
report-pdf-packs = Clauses in force
report-pdf-errors = Errors
report-pdf-clause = Clause
report-pdf-about = Subject
report-pdf-value = Value
report-pdf-limit = Limit
report-pdf-reference = Reference
report-pdf-more = and { $count } more errors in the whole report.
report-label-storey-plans = Storey plans
report-storey-plans-note = Each numbered room has a violation or something undecided, told in the table below its plan.
report-storey-plan = Storey { $storey }
report-label-rooms = Rooms
