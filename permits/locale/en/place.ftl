# Where the building is put
place-by-tie-points = By { $points } tie points in { $grid }: turned by { $rotation }°, scale { $scale }, points given in units of { $unit } m; they miss by { $rms } m (root mean square).
place-by-drawing = The drawing is in the plot's own grid { $grid }, and the plot in it is where the layers have it.
place-by-declaration = By the model's { $method } in { $grid }: turned by { $rotation }°, scale { $scale }, coordinates taken in units of { $unit } m.
place-band = Position error ±{ $residual } m; with that of the plot's corners ±{ $band } m, which widens every limit of a position.
place-two-points = Two points always fit: only their distance checks them. Give a third.
place-outliers = The other points contradict: { $points }. Survey them again.
place-outliers-of-three = The three points contradict each other, most likely by { $points }: survey them again, and give a fourth.
place-no-height = No height is given: what stands against the reference level is not decided. Give z and height of a point.
place-declared-there = The model's { $method } (LoGeoRef { $level }) says the same place.
place-declared-apart = The model's { $method } (LoGeoRef { $level }) would put it { $apart } m from there.
place-declared-distance = The model's { $method } (LoGeoRef { $level }) lies { $distance } m from the plot.
place-declared-default = The model's { $method } (LoGeoRef { $level }) is the default of the tool ({ $default }): it is not georeferenced by it.
place-declared = The model also declares { $method } (LoGeoRef { $level }, { $grid }), which cannot be compared with the plot.

# Why there is no place, or an undecided level
review-reason-building_too_long = The building is { $size } m long and the plot { $plot } m: the model is drawn in another unit than it declares; set the length unit in the export.
review-reason-tool_default = The model is not georeferenced: its latitude and longitude are the default of the tool ({ $tool }: { $place }). Set IfcMapConversion and IfcProjectedCRS in the export, or give tie points.
review-reason-latitude_only = The model says only latitude { $latitude } and longitude { $longitude }, good to some metres and so no place for a verdict: set IfcMapConversion and IfcProjectedCRS in the export, or give tie points.
review-reason-scale_unequal = The map conversion scales x by { $x } and y by { $y }: export with one scale for both.
review-reason-declarations_differ = The model contradicts itself: its { $method } lies { $apart } m from the position used. Leave one declaration, the right one, in the export.
review-reason-north_confused = The model takes the grid's north for true north, which differ here by { $convergence }°: check which of both the drawing was turned by.
review-reason-no_height = No height is given: set the OrthogonalHeight of the export, or z and height of a tie point (x,y,z=east,north,height).

# Storeys in doubt, and what to do
review-reason-storey_basement = The floor of { $storey } lies { $value } m from the reference level and a basement begins at { $limit } m: the difference of { $margin } m is within the measuring band { $band } m, so it may be a basement or not. Survey the reference level, or move the floor.
review-reason-storey_rise = From { $storey } to the next level there are { $value } m and a storey begins at { $limit } m: the difference of { $margin } m is within the measuring band { $band } m. Set the levels clearly above or below.
review-reason-storey_small = { $storey } has { $value } of the largest storey's area and a floor begins at { $limit }: the difference of { $margin } is within the measuring band { $band }. Make it clearly larger or smaller.
review-reason-storey_annex = { $storey } has { $value } of the area below it and an annex ends at { $limit }: the difference of { $margin } is within the measuring band { $band }, so it may be an annex or a floor. Make it clearly larger or smaller.
review-reason-half_storeys = { $storey } and { $other } are half storeys, { $rise } m apart and beside each other: how they count is for the municipality to say. Ask it, and set one storey for each floor that counts.
review-reason-mezzanine = { $storey } is a mezzanine by its name ({ $area } m²): whether it counts as a floor is for the municipality to say.
review-reason-storey_name = The name { $storey } says another storey than its level of { $level } m: put name or level right.
review-reason-storey_level = { $storey } stands { $apart } m from the elevation that it says: put its elevation or its placement right.
review-reason-storey_order = { $storey } lies over { $below } though its number is lower: put the names or the levels of the storeys in order.

# Models that stand where none can
review-reason-on_plots = The building stands on other plots too (area there in m²): { $plots }. Move it inside its plot, or apply for the plots together.
review-reason-on_street = The building stands on the right of way of { $streets } with { $area } m²: move it behind the boundary of the plot.
review-reason-on_plots_and_street = The building stands on other plots too (area there in m²): { $plots }; and on the right of way of { $streets } with { $area } m². Move it inside its plot.
review-reason-on_other_plot = The building stands on plot { $other } and not on { $plot }: choose that plot, or check the coordinates.
review-reason-underground = Every storey is a basement, the topmost floor { $depth } m below the reference level: check the height of the placement (OrthogonalHeight, or the height of the tie points) and the elevations of the storeys.
review-reason-above_ground = The ground floor is { $height } m above the reference level: check the height of the placement (OrthogonalHeight, or the height of the tie points) and the elevations of the storeys.
review-reason-terrain_as_building = { $count } slabs as large as the plot were taken for terrain and not measured: model the terrain as IfcSite or IfcGeographicElement.

# Why tie points are refused, and what to do
review-refusal-tie_few = { $count } tie point was given and at least { $least } are needed: add points, three or more check each other.
review-refusal-tie_many = { $count } tie points were given and at most { $most } are taken: choose the best.
review-refusal-tie_unreadable = No tie point can be read in "{ $value }": write x,y=east,north or x,y,z=east,north,height.
review-refusal-tie_file = The file of tie points lacks the columns { $columns }: its first line must name x, y, east and north.
review-refusal-tie_coincident = The tie points { $first } and { $second } are one place: choose points far from each other, such as opposite corners.
review-refusal-tie_swapped = The tie points fit when east and north are exchanged: exchange the two.
review-refusal-tie_disagree = The tie points miss by { $residual } m and the limit is { $limit } m (contradicted: { $points }): survey them again, or check which corner each belongs to.
review-refusal-tie_scale = The tie points give a scale of { $scale }, which is no known unit (m, mm, foot): check the coordinates, or choose points farther apart.
review-refusal-tie_heights = The heights of the tie points differ by { $residual } m from each other and the limit is { $limit } m: check z and height.

# Command line
cli-check-tie = a surveyed point of the model, x,y=east,north or x,y,z=east,north,height; may be repeated, over what the model declares
cli-check-tie-points = such points in a CSV file with the columns x, y, east, north and perhaps z, height, name

# Handing in
upload-ties = Tie points (optional)
upload-ties-hint = A surveyed point of the model in each line, x,y=east,north or x,y,z=east,north,height, in the grid of the plot; at least two, better four. They place the building over what the model declares.
error-ties-refused = { $reason ->
    [tie_few] { review-refusal-tie_few }
    [tie_many] { review-refusal-tie_many }
    [tie_unreadable] { review-refusal-tie_unreadable }
    [tie_file] { review-refusal-tie_file }
    [tie_coincident] { review-refusal-tie_coincident }
    [tie_swapped] { review-refusal-tie_swapped }
    [tie_disagree] { review-refusal-tie_disagree }
    [tie_scale] { review-refusal-tie_scale }
    [tie_heights] { review-refusal-tie_heights }
   *[other] The tie points cannot be used ({ $reason }).
}
