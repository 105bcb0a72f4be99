# Sun and shadow
sun-title = Sun and shadow
sun-shadows = The building's shadow on its neighbours, and the sun its windows get
sun-windows = Windows of outer faces by their hours of sun
sun-label-day = Day
sun-label-at = Time
sun-label-elevation = Height of the sun
sun-label-shaded = Neighbouring plots and the area in shadow
sun-label-none = None
sun-label-two = Up to two hours
sun-label-four = Up to four hours
sun-label-more = More than four
sun-none = no shadow on a neighbour
sun-winter_solstice = 21 December
sun-equinox = 20 March
sun-summer_solstice = 21 June
sun-note = Simplified on purpose: the ground is flat at the zero level, the building alone casts a shadow, a window's middle is 1.5 m above its floor, times are those of Syria in steps of half an hour while the sun is above 3°. No clause is judged by these figures; they are for information.
