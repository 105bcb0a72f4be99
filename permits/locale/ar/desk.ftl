desk-home = الإضبارات
desk-queue = إضبارات قيد النظر
desk-show = اعرض
desk-mine = ما ينتظرني
desk-all = كل الإضبارات
desk-waiting = الانتظار
desk-open = بانتظار البتّ
desk-none = لا شيء ينتظر الآن.
desk-days = { $days ->
    [0] اليوم
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
    [many] { $days } يوماً
   *[other] { $days } يوم
}
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
sheet-extract = استخراج بيان قيد
sheet-zone = المنطقة التنظيمية
sheet-owners = المالكون
sheet-annotations = الإشارات
sheet-no-annotations = لا إشارات على الصحيفة.
