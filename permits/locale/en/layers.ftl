# Layers handed over: what commands and pages say
error-layer-refused = The layer is not taken; it has { $total } faults. Correct them all and hand it in again.
layers-more = and { $count } more faults.
layers-read = { $name }: { $plots } plots, { $sheets } planning sheets, { $streets } streets, in the grid { $grid }
layers-fit = The local grid is fitted to { $grid }: standard error { $sigma } m, scale { $scale }, turned by { $turn }°
layers-fit-unchecked = Two points always fit, and nothing checks them. Add a third.
layers-fit-point = Control point { $name }: residual { $dx }, { $dy } m, its length { $length } m
layers-fit-outlier = ← the other points contradict it. Check it.
