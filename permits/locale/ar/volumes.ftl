# البناء على الغلاف المسموح
volume-title = تجاوز الغلاف المسموح
volume-note = المواضع التي يخرج فيها البناء عما يسمح به منهاج الوجائب بأكثر من هامش القياس، والمناسيب من منسوب الصفر. ما دون الهامش لا يُذكر هنا بل في بنوده.
volume-label-kind = التجاوز
volume-label-storey = الطابق
volume-label-depth = أقصى مقداره
volume-label-area = المساحة
volume-label-levels = من منسوب إلى منسوب، م
volume-beyond_plot = خارج حدود المقسم
volume-beyond_setback = في الوجيبة
volume-beyond_height = فوق الارتفاع المسموح
volume-beyond_floors = فوق عدد الطوابق المسموح
volume-beyond_projection = بروز فوق المسموح
volume-beyond_basement = قبو خارج المسموح

# Command line
cli-check-geojson = كتابة البناء والغلاف المسموح والتجاوزات طبقةً لخريطة بصيغة GeoJSON
cli-check-cityjson = كتابتها مجسمات بصيغة CityJSON
cli-check-glb = كتابتها مشهداً ثلاثي الأبعاد بصيغة GLB
