desk-home = الإضبارات
desk-queue = إضبارات قيد النظر
desk-open = بانتظار البتّ
desk-reason = السبب
desk-decision = القرار
desk-save = تثبيت
desk-elements = العناصر ({ $count })
desk-passed = الباقي: مطابق أو لا ينطبق ({ $count })
desk-stamp = ختم نقابة المهندسين: { $auditor }
desk-stamp-other = لنموذج سابق
desk-fault = حدث خلل داخلي وقد سُجّل. أعد المحاولة، وإن تكرّر راجع مسؤول المنصّة.
decision-stands = المخالفة قائمة
decision-overridden = مقبول بالاستثناء

sheet-title = الصحيفة العقارية
sheet-parcel = رقم العقار
sheet-show = عرض
sheet-extract = طلب بيان قيد لهذا العقار
sheet-zone = المنطقة التنظيمية
sheet-owners = المالكون
sheet-annotations = الإشارات
sheet-no-annotations = لا إشارات على الصحيفة.

# A file handed in at a desk
file-choose = اختيار ملف
file-none = لم يُختر ملف
file-sending = يصل الملف: %percent٪
file-whole = وصل الملف كاملاً.
file-empty = الملف فارغ: اختر غيره.
file-large = حجم الملف أكبر من { $most } م.ب، فلم يُرسل منه شيء.
error-file-coming = لم يصل الملف كله بعد ({ $percent }٪). انتظر حتى تظهر «وصل الملف كاملاً» ثم أعد المحاولة.
error-file-large = حجم الملف أكبر من { $most } م.ب، فلم يُرسل منه شيء. اختر ملفاً أصغر.
