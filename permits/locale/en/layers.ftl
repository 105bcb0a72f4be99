# Layers handed over: what commands and pages say
error-layer-refused = The layer is not taken; it has { $total } faults. Correct them all and hand it in again.
layers-more = and { $count } more faults.
layers-read = { $name }: { $plots } plots, { $sheets } planning sheets, { $streets } streets, in the grid { $grid }
layers-fit = The local grid is fitted to { $grid }: standard error { $sigma } m, scale { $scale }, turned by { $turn }°
layers-fit-unchecked = Two points always fit, and nothing checks them. Add a third.
layers-fit-point = Control point { $name }: residual { $dx }, { $dy } m, its length { $length } m
layers-fit-outlier = ← the other points contradict it. Check it.
layers-sheets-changed = The planning sheet of plot { $number } has changed.
layers-no-change = Nothing changed between the files.
layers-version = version { $number }: valid from { $valid }, imported by { $by } at { $at }, { $plots } plots, hash { $sha }
layers-count-added = { $count } added
layers-count-gone = { $count } gone
layers-count-renumbered = { $count } renumbered
layers-count-moved = { $count } moved
layers-count-reshaped = { $count } reshaped
layers-count-attributes = { $count } with other values
layers-count-sheets = { $count } with another planning sheet
