error-scene-pending = The 3D view is being prepared; open the page again in a minute.
error-scene-none = There is no 3D view of this model: its shapes could not be drawn. Report and plan stay valid.

viewer-title = The building in 3D
viewer-open = See the building in 3D
viewer-open-finding = Show on the building
viewer-label = The building in its allowed envelope; arrow keys turn it, + and − zoom
viewer-loading = Loading the building…
viewer-no-webgl = This browser cannot draw in 3D (WebGL is not available). Use the list below, open the page in a newer browser, or switch graphics acceleration on in its settings.
viewer-lost = 3D drawing has stopped in this browser. Reload the page, or use the list below.
viewer-failed = The building did not arrive from the server. Check the connection and reload the page.
viewer-storey = Storey
viewer-all-storeys = All storeys
viewer-unnamed-storey = unnamed storey
viewer-no-storey = Outside of storeys
viewer-cut = Section
viewer-cut-none = No section
viewer-cut-height = Horizontal: what is below a height
viewer-cut-east = Vertical: what is east of the plane
viewer-cut-north = Vertical: what is north of the plane
viewer-cut-at = Place of the section
viewer-measure = Measure a distance
viewer-measure-first = Choose the first point on the building, or turn it with the arrows and press Enter for the middle of the picture.
viewer-measure-second = Choose the second point.
viewer-measured = Distance { $length } m (horizontally { $flat } m, in height { $rise } m)
viewer-reset = Whole view
viewer-fit = Zoom to the selection
viewer-left = Turn left
viewer-right = Turn right
viewer-up = Turn up
viewer-down = Turn down
viewer-nearer = Nearer
viewer-farther = Farther
viewer-ghost = Bring findings out
viewer-envelope = Allowed envelope
viewer-tools = Tools of the view
viewer-picked = Selected: { $name } ({ $kind })
viewer-picked-storey = Selected: { $name } ({ $kind }), storey { $storey }
viewer-chosen = Elements of the chosen finding: { $count }
viewer-picked-none = No element is selected. Click one to see its findings.
viewer-lost-elements = { $count ->
    [one] one element could not be drawn
    [two] two elements could not be drawn
    [few] { $count } elements could not be drawn
   *[other] { $count } elements could not be drawn
  }
viewer-legend = What the colours mean
viewer-legend-error = violation
viewer-legend-warning = warning or undecided
viewer-legend-selected = selected
viewer-legend-allowed = allowed envelope
viewer-legend-beyond = what breaks out of the envelope
viewer-list = Failing elements by storey
viewer-list-none = No element fails.
viewer-findings-of = Findings of the selected element
viewer-no-findings-of = The selected element has no findings.

viewer-place = Place
viewer-place-plan = Plan
viewer-place-model = 3D
viewer-show = Show it
viewer-filter-outcome = Outcome
viewer-filter-all = All
viewer-filter-open = To be decided
viewer-filter-none = No findings under this filter. Widen outcome or storey.
viewer-filter-element = Only the findings of the selected element
viewer-filter-clear = All findings
viewer-earlier = This view was made of an earlier version of the model ({ $name }, { $at }), which is shown here with its findings. A newer one was handed in since.
viewer-newest = Open the newest version
viewer-back = Back to the case
viewer-map-setback = { $role } setback { $width }
viewer-map-legend = Key to the plan
viewer-map-allowed = Building line: the most that is allowed on the plot
viewer-map-setbacks = Setback lines with their required widths
viewer-map-ground = Ground storey
viewer-map-envelope = Upper storeys and projections
viewer-map-breakout = What is outside of what is allowed
viewer-map-marked = Elements of the chosen finding
