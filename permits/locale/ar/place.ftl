# موضع البناء
place-by-tie-points = بواسطة { $points } من نقاط الربط في { $grid }: دوران { $rotation }°، مقياس { $scale }، النقاط معطاة بوحدة { $unit } م؛ وتخطئ بمقدار { $rms } م (الجذر التربيعي لمتوسط المربعات).
place-by-drawing = المخطط مرسوم في نظام إحداثيات المقسم { $grid }، وحدّ المقسم فيه مطابق لحدّه في الطبقات.
place-by-declaration = بحسب { $method } في النموذج ضمن { $grid }: دوران { $rotation }°، مقياس { $scale }، والإحداثيات محسوبة بوحدة { $unit } م.
place-band = خطأ الموضع ±{ $residual } م؛ ومع خطأ زوايا المقسم ±{ $band } م، وهو يوسع مجال كل حد يتعلق بالموضع.
place-two-points = نقطتان تتطابقان دائماً ولا يدققهما سوى المسافة بينهما: أضف نقطة ثالثة.
place-outliers = تناقضها بقية النقاط: { $points }. أعد مسحها.
place-outliers-of-three = النقاط الثلاث متناقضة، والأرجح أن الخطأ في { $points }: أعد مسحها وأضف رابعة.
place-no-height = لا منسوب معطى، فلا يُحسم ما يقاس على منسوب الصفر: أعط z والمنسوب لنقطة.
place-declared-there = { $method } في النموذج (LoGeoRef { $level }) يعطي الموضع نفسه.
place-declared-apart = { $method } في النموذج (LoGeoRef { $level }) يضع البناء على بعد { $apart } م من هناك.
place-declared-distance = { $method } في النموذج (LoGeoRef { $level }) يقع على بعد { $distance } م من المقسم.
place-declared-default = { $method } في النموذج (LoGeoRef { $level }) هو القيمة الافتراضية للبرنامج ({ $default })، فلا إسناد جغرافياً به.
place-declared = يصرح النموذج أيضاً بـ { $method } (LoGeoRef { $level }، { $grid })، ولا يمكن مقارنته بالمقسم.

# لماذا لا موضع للبناء، أو منسوبه غير محسوم
review-reason-building_too_long = طول البناء { $size } م وطول المقسم { $plot } م: رُسم النموذج بوحدة غير التي يصرح بها؛ اضبط وحدة الطول عند التصدير.
review-reason-tool_default = النموذج غير مسند جغرافياً: خط عرضه وطوله قيمة افتراضية للبرنامج ({ $tool }: { $place }). اضبط IfcMapConversion وIfcProjectedCRS عند التصدير، أو قدم نقاط ربط.
review-reason-latitude_only = لا يصرح النموذج إلا بخط العرض { $latitude } وخط الطول { $longitude } ودقتهما بضعة أمتار فلا يُحكم بهما: اضبط IfcMapConversion وIfcProjectedCRS عند التصدير، أو قدم نقاط ربط.
review-reason-scale_unequal = يقيس إسناد النموذج المحور س بـ { $x } والمحور ع بـ { $y }: صدّره بمقياس واحد للمحورين.
review-reason-declarations_differ = يناقض النموذج نفسه: { $method } فيه يبعد { $apart } م عن الموضع المعتمد. أبق عند التصدير على التصريح الصحيح وحده.
review-reason-north_confused = يعامل النموذج شمال الشبكة كالشمال الحقيقي وبينهما هنا { $convergence }°: تحقق بأيهما أُدير الرسم.
review-reason-no_height = لا منسوب معطى: اضبط OrthogonalHeight عند التصدير، أو أعط z والمنسوب لنقطة ربط (x,y,z=east,north,height).

# طوابق مشكوك في نوعها، وما العمل
review-reason-storey_basement = أرضية { $storey } على { $value } م من منسوب الصفر والقبو يبدأ عند { $limit } م: الفرق { $margin } م ضمن مجال دقة القياس { $band } م، فقد يكون قبواً أو لا. امسح منسوب الصفر أو غيّر منسوب الأرضية.
review-reason-storey_rise = بين { $storey } والمنسوب التالي { $value } م والطابق يبدأ عند { $limit } م: الفرق { $margin } م ضمن مجال دقة القياس { $band } م. اجعل المناسيب فوق الحد أو تحته بوضوح.
review-reason-storey_small = مساحة { $storey } إلى أكبر طابق { $value } والطابق يبدأ عند { $limit }: الفرق { $margin } ضمن مجال دقة القياس { $band }. اجعلها أكبر أو أصغر بوضوح.
review-reason-storey_annex = مساحة { $storey } إلى ما تحته { $value } والملحق ينتهي عند { $limit }: الفرق { $margin } ضمن مجال دقة القياس { $band }، فقد يكون ملحقاً أو طابقاً. اجعلها أكبر أو أصغر بوضوح.
review-reason-half_storeys = { $storey } و{ $other } نصفا طابق متجاوران وبينهما { $rise } م: عدّهما تقرره البلدية. اسألها ثم اجعل في النموذج طابقاً واحداً لكل طابق محسوب.
review-reason-mezzanine = { $storey } ميزانين أو سدة بحسب اسمه ({ $area } م²): هل يُعد طابقاً؟ تقرره البلدية.
review-reason-storey_name = الاسم { $storey } لا يوافق منسوبه { $level } م: صحح الاسم أو المنسوب.
review-reason-storey_level = { $storey } يبعد { $apart } م عن المنسوب الذي يصرح به: صحح منسوبه أو موضعه.
review-reason-storey_order = { $storey } فوق { $below } ورقمه أصغر: رتّب أسماء الطوابق أو مناسيبها.

# نماذج حيث لا يصح بناء
review-reason-on_plots = يقع البناء على مقاسم أخرى أيضاً (المساحة عليها بالمتر المربع): { $plots }. انقله إلى داخل مقسمه، أو قدم الطلب للمقاسم معاً.
review-reason-on_street = يقع البناء على حرم الشارع { $streets } بمساحة { $area } م²: أرجعه إلى ما وراء حد المقسم.
review-reason-on_plots_and_street = يقع البناء على مقاسم أخرى أيضاً (المساحة عليها بالمتر المربع): { $plots }؛ وعلى حرم الشارع { $streets } بمساحة { $area } م². انقله إلى داخل مقسمه.
review-reason-on_other_plot = يقع البناء على المقسم { $other } لا على المقسم { $plot }: اختر ذلك المقسم أو راجع الإحداثيات.
review-reason-underground = كل الطوابق أقبية، وأعلى أرضية تحت منسوب الصفر بمقدار { $depth } م: راجع منسوب الإسناد (OrthogonalHeight أو منسوب نقاط الربط) ومناسيب الطوابق.
review-reason-above_ground = أرضية الطابق الأرضي فوق منسوب الصفر بمقدار { $height } م: راجع منسوب الإسناد (OrthogonalHeight أو منسوب نقاط الربط) ومناسيب الطوابق.
review-reason-terrain_as_building = { $count } من البلاطات بسعة المقسم فعُدّت أرضاً طبيعية ولم تُقس: مثّل الأرض بعنصر IfcSite أو IfcGeographicElement.

# لماذا تُرفض نقاط الربط، وما العمل
review-refusal-tie_few = عدد نقاط الربط { $count } والمطلوب { $least } على الأقل: أضف نقاطاً، فثلاث أو أكثر يدقق بعضها بعضاً.
review-refusal-tie_many = عدد نقاط الربط { $count } والحد الأعلى { $most }: اختر أفضلها.
review-refusal-tie_unreadable = لا تُقرأ نقطة ربط في «{ $value }»: اكتبها x,y=east,north أو x,y,z=east,north,height.
review-refusal-tie_file = تنقص ملف نقاط الربط الأعمدة { $columns }: يجب أن يسمي سطره الأول x وy وeast وnorth.
review-refusal-tie_coincident = نقطتا الربط { $first } و{ $second } في موضع واحد: اختر نقاطاً متباعدة، كالزوايا المتقابلة.
review-refusal-tie_swapped = تتطابق نقاط الربط إذا تبادل الشرق والشمال موضعيهما: بدّل بينهما.
review-refusal-tie_disagree = تخطئ نقاط الربط بمقدار { $residual } م والحد { $limit } م (المتناقضة: { $points }): أعد مسحها أو تحقق من زاوية كل نقطة.
review-refusal-tie_scale = مقياس نقاط الربط { $scale } وليس لوحدة معروفة (متر أو ميليمتر أو قدم): تحقق من الإحداثيات أو اختر نقاطاً أبعد.
review-refusal-tie_heights = تختلف مناسيب نقاط الربط بمقدار { $residual } م والحد { $limit } م: تحقق من z والمنسوب.

# سطر الأوامر
cli-check-tie = نقطة ممسوحة من النموذج: x,y=east,north أو x,y,z=east,north,height؛ تُكرر، وتُقدم على ما يصرح به النموذج
cli-check-tie-points = نقاط كهذه في ملف CSV أعمدته x وy وeast وnorth، وربما z وheight وname

# التقديم
upload-ties = نقاط الربط (اختيارية)
upload-ties-hint = في كل سطر نقطة ممسوحة من النموذج: x,y=east,north أو x,y,z=east,north,height بنظام إحداثيات المقسم؛ نقطتان على الأقل، والأفضل أربع. وهي تُقدم على ما يصرح به النموذج في تحديد موضع البناء.
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
   *[other] لا تصلح نقاط الربط ({ $reason }).
}
