error-scene-pending = يُحضَّر العرض ثلاثي الأبعاد الآن؛ أعد فتح الصفحة بعد دقيقة.
error-scene-none = لا عرض ثلاثي الأبعاد لهذا النموذج: تعذّر رسم أشكاله. يبقى التقرير والمخطط صالحين.

viewer-title = البناء ثلاثي الأبعاد
viewer-open = عرض البناء ثلاثي الأبعاد
viewer-open-finding = أظهرها على البناء
viewer-label = البناء ضمن الغلاف المسموح؛ يُدار بالأسهم ويُقرَّب بعلامتي + و−
viewer-loading = يُحمَّل البناء…
viewer-no-webgl = لا يستطيع هذا المتصفح الرسم ثلاثي الأبعاد (WebGL غير متاح). استعمل القائمة أدناه، أو افتح الصفحة في متصفح أحدث، أو فعِّل تسريع الرسوم في إعداداته.
viewer-lost = توقف الرسم ثلاثي الأبعاد في هذا المتصفح. أعد تحميل الصفحة، أو استعمل القائمة أدناه.
viewer-failed = لم يصل البناء من الخادم. تحقق من الاتصال ثم أعد تحميل الصفحة.
viewer-storey = الطابق
viewer-all-storeys = كل الطوابق
viewer-unnamed-storey = طابق بلا اسم
viewer-no-storey = خارج الطوابق
viewer-cut = القطع
viewer-cut-none = بلا قطع
viewer-cut-height = أفقي: ما تحت الارتفاع
viewer-cut-east = شاقولي: ما شرق المستوي
viewer-cut-north = شاقولي: ما شمال المستوي
viewer-cut-at = موضع القطع
viewer-measure = قياس مسافة
viewer-measure-first = اختر النقطة الأولى على البناء، أو حرّك الأسهم ثم اضغط Enter في وسط الصورة.
viewer-measure-second = اختر النقطة الثانية.
viewer-measured = المسافة { $length } م (أفقياً { $flat } م، ارتفاعاً { $rise } م)
viewer-reset = العرض كاملاً
viewer-fit = تقريب المحدد
viewer-left = إدارة إلى اليسار
viewer-right = إدارة إلى اليمين
viewer-up = إدارة إلى الأعلى
viewer-down = إدارة إلى الأسفل
viewer-nearer = تقريب
viewer-farther = إبعاد
viewer-ghost = إبراز الملاحظات
viewer-envelope = الغلاف المسموح
viewer-tools = أدوات العرض
viewer-picked = المحدد: { $name } ({ $kind })
viewer-picked-storey = المحدد: { $name } ({ $kind })، الطابق { $storey }
viewer-chosen = عناصر الملاحظة المختارة: { $count }
viewer-picked-none = لم يُحدَّد عنصر. انقر عنصراً لترى ملاحظاته.
viewer-lost-elements = { $count ->
    [one] عنصر واحد لم يمكن رسمه
    [two] عنصران لم يمكن رسمهما
    [few] { $count } عناصر لم يمكن رسمها
   *[other] { $count } عنصراً لم يمكن رسمها
  }
viewer-legend = دلالة الألوان
viewer-legend-error = مخالفة
viewer-legend-warning = تنبيه أو لم يُبَت فيها
viewer-legend-selected = المحدد
viewer-legend-allowed = الغلاف المسموح
viewer-legend-beyond = ما يخرج عن الغلاف
viewer-list = العناصر المخالفة حسب الطابق
viewer-list-none = لا عناصر مخالفة.
viewer-findings-of = ملاحظات العنصر المحدد
viewer-no-findings-of = لا ملاحظات على العنصر المحدد.

viewer-place = المكان
viewer-place-plan = المخطط
viewer-place-model = ثلاثي الأبعاد
viewer-show = أظهرها
viewer-filter-outcome = النتيجة
viewer-filter-all = الكل
viewer-filter-open = ما يحتاج قراراً
viewer-filter-none = لا ملاحظات بهذا الفرز. وسّع النتيجة أو الطابق.
viewer-filter-element = ملاحظات العنصر المحدد فقط
viewer-filter-clear = كل الملاحظات
viewer-earlier = صُنع هذا المشهد على نسخة سابقة من النموذج ({ $name }، { $at })، فهي المعروضة هنا بملاحظاتها. وقد رُفعت بعدها نسخة أحدث.
viewer-newest = افتح النسخة الأحدث
viewer-back = العودة إلى الإضبارة
viewer-map-setback = وجيبة { $role } { $width }
viewer-map-legend = مفتاح المخطط
viewer-map-allowed = خط البناء: أقصى ما يُسمح به في المقسم
viewer-map-setbacks = خطوط الوجائب بعرضها المطلوب
viewer-map-ground = الطابق الأرضي
viewer-map-envelope = الطوابق العليا والبروزات
viewer-map-breakout = ما يخرج عن المسموح
viewer-map-marked = عناصر الملاحظة المختارة
