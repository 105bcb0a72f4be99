# The governor's desk
governor-title = Figures
governor-month = Month
governor-print = Print the page
governor-none = There are no figures for this month: nobody worked with the platform yet. Choose a later month, or come back when the first case has come.
governor-office = Office { $office } · reckoned { $made } from the records themselves.
governor-running = { $month } has not ended: its figures are up to this moment.
governor-uncertain = Working days were counted in a year whose public holidays are not confirmed yet, so durations may change a little.
governor-words = { $month } beside the month before
governor-first-month = This is the first month on record; there is none before it.
governor-table = Figures month by month
governor-figure = Figure
governor-charts = Charts
governor-chart-flow = Received and issued (cases)
governor-chart-days = Median of working days to the decision
governor-chart-money = Demanded and collected (thousand new pounds)
governor-failures = Clauses that failed most, { $month }
governor-cases = { $count ->
    [one] one case
   *[other] { $count } cases
}
governor-no-failures = No model failed a clause in this month.
governor-offline = Minutes that centres worked offline, { $month }
governor-minutes = { $count } minutes
governor-not-known = not known
governor-no-centres = No centre outside the office is registered.
governor-offline-hint = From the shifts of cash desks whose packages have arrived. A cut of power or network itself is not recorded, and packages still to come are not counted.
governor-map = Permits issued by zone, { $month }
governor-permits = { $count ->
    [0] no permits
    [one] one permit
   *[other] { $count } permits
}
governor-open = What of it is published:
open-title = Open data
governor-chart-empty = No figures yet for this chart.
