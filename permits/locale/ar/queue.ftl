error-case-claimed = هذه الإضبارة بيد مدقق آخر. لك أن تطّلع عليها، فإن أردت البتّ فيها فتسلّمها منه مع ذكر السبب.
error-claim-own-case = لا يدقق المهندس إضبارة قدّمها بنفسه. أسندها إلى زميل.
error-reviewer-unknown = لا يوجد مدقق فعّال بهذا الاسم. اختر مدققاً من القائمة.
event-case-claimed = تسلّم مدقق الإضبارة
event-case-released = أُعيدت الإضبارة إلى غير المسندة
event-case-assigned = أُسندت الإضبارة إلى مدقق
event-case-taken-over = تسلّم مدقق الإضبارة من زميله
event-standing-recorded = سجّلت النقابة وضع المهندس
event-phrase-added = أُضيفت عبارة إلى مكتبة العبارات
event-phrase-retired = سُحبت عبارة من مكتبة العبارات

queue-filter = تصفية الإضبارات
queue-whose = لمن أُسندت
queue-whose-all = الكل
queue-whose-mine = المسندة إليّ
queue-whose-free = غير المسندة
queue-whose-unread = فيها رسائل لم أقرأها
queue-unread = { $count ->
    [one] رسالة جديدة
    [two] رسالتان جديدتان
    [few] { $count } رسائل جديدة
    [many] { $count } رسالة جديدة
   *[other] { $count } رسالة جديدة
 }
queue-all-open = كل ما لم ينته
queue-any = الكل
queue-zone = المنطقة
queue-text = بحث في الرقم أو الاسم أو المقسم
queue-sort-clock = المهلة
queue-sort-number = رقم الإضبارة
queue-sort-title = المشروع
queue-sort-plot = المقسم
queue-sort-engineer = المهندس الدارس
queue-sort-state = الحالة
queue-sort-claimed = بيد
queue-total = { $count ->
    [zero] لا إضبارات
    [one] إضبارة واحدة
    [two] إضبارتان
    [few] { $count } إضبارات
    [many] { $count } إضبارة
   *[other] { $count } إضبارة
}
queue-none = لا إضبارة بهذه الشروط. غيّر التصفية أو اختر «كل ما لم ينته».
queue-page = الصفحة { $page } من { $pages }
queue-before = السابقة
queue-after = التالية
queue-me = أنا
queue-nobody = غير مسندة
queue-tick-all = تحديد كل إضبارات الصفحة
queue-tick = تحديد الإضبارة { $number }
queue-acts = ما يُعمل بالإضبارات المحددة
queue-ticked = المحدد:
queue-claim = تسلّم المحدد
queue-release = إعادة المحدد إلى غير المسندة
queue-assign = إسناد المحدد
queue-assign-to = المدقق الذي تُسند إليه
queue-load = { $name } — قيد التدقيق لديه: { $count }
queue-did-claim = تسلّمت إضبارات عددها { $count }.
queue-did-release = أُعيدت إلى غير المسندة إضبارات عددها { $count }.
queue-did-assign = أُسندت إضبارات عددها { $count }.
error-nothing-ticked = لم تُحدَّد أي إضبارة. ضع علامة في أول السطر ثم أعد المحاولة.
clock-calm = ضمن المهلة
clock-soon = تقترب نهايتها
clock-late = متأخرة
clock-paused = المهلة متوقفة
clock-ended = منتهية
clock-left = { $days ->
    [0] آخر يوم في المهلة
    [one] بقي يوم عمل واحد
    [two] بقي يوما عمل
    [few] بقيت { $days } أيام عمل
    [many] بقي { $days } يوم عمل
   *[other] بقي { $days } يوم عمل
}
clock-over = { $days ->
    [one] متأخرة يوم عمل واحداً
    [two] متأخرة يومي عمل
    [few] متأخرة { $days } أيام عمل
    [many] متأخرة { $days } يوم عمل
   *[other] متأخرة { $days } يوم عمل
}
clock-until = حتى
clock-was-paused = { $days ->
    [one] توقفت يوم عمل واحداً
    [two] توقفت يومي عمل
    [few] توقفت { $days } أيام عمل
    [many] توقفت { $days } يوم عمل
   *[other] توقفت { $days } يوم عمل
}
clock-with-engineer = متوقفة: لدى المهندس
clock-with-owner = متوقفة: لدى المالك
clock-with-stopped = منتهية
clock-note-fictitious = مدد المراحل وهمية للتجربة، ولم تحددها المحافظة بعد.
clock-note-uncertain = * قائمة العطل الرسمية لهذه السنة لم تُعتمد بعد، فالموعد تقديري.
clock-title = المهلة
clock-spent = { $used } من { $term } يوم عمل
claim-held = بيد: { $name }
claim-mine = هذه الإضبارة بيدك.
claim-free = لم يتسلّم هذه الإضبارة أحد. أول قرار تتخذه فيها يجعلها بيدك.
claim-take = تسلّم الإضبارة
claim-release = إعادتها إلى غير المسندة
claim-take-over = تسلّمها من الزميل
claim-reason = سبب التسلّم من الزميل
desk-review-ended = انتهت مراجعة جديدة لهذه الإضبارة، والنتائج المعروضة من المراجعة السابقة.
desk-reload = اعرض النتائج الجديدة

audit-title = تدقيق النقابة
audit-waiting = إضبارات بانتظار تدقيق النقابة
audit-none = لا إضبارة تنتظر التدقيق الآن. تظهر هنا كل إضبارة فور إرسالها إلى النقابة.
audit-choose = اختر إضبارة من القائمة لتقرأ تقريرها ثم تختم نموذجها أو تعيدها بملاحظات.
audit-given = آخر الأختام
audit-none-given = لم يُمنح أي ختم بعد.
audit-by = المدقق
audit-at = الوقت
audit-stamp = ختم هذا النموذج
audit-remarks = ملاحظات التدقيق
audit-remarks-before = ملاحظات سابقة
audit-engineer = وضع المهندس الدارس
audit-membership = رقم العضوية
audit-valid = سارية حتى { $day }
audit-expired = انتهت في { $day }
audit-no-standing = لم تسجّل النقابة عضويته بعد
audit-open-cases = إضباراته غير المنتهية: { $count }
error-engineer-unknown = لا يوجد مهندس بهذا الحساب. تحقّق من اسم الدخول.
error-membership-needed = اكتب رقم العضوية (حتى { $longest } حرفاً) وتاريخ سريانها.
error-account-of-syndicate = حساب مدقق النقابة لا يحمل صفة أخرى: من يعمل في المكتب أو يقدّم إضبارات له حساب آخر.

phrase-ready = عبارة جاهزة
phrase-none = — اختر عبارة لتُكتب في السبب —
phrase-keep = احفظ السبب عبارةً للمكتب
phrase-retire = اسحب هذه العبارة من المكتبة
error-phrase-invalid = العبارة فارغة أو أطول من { $longest } حرف أو فيها رمز غير معروف. المسموح: clause وvalue وlimit بين معقوفتين.
error-phrase-unknown = لا توجد عبارة كهذه، أو أضافها غيرك. يسحبها من أضافها أو المعتمِد.
reminder-before = { $days ->
    [one] بقي يوم عمل واحد من مهلة مرحلة «{ $stage }»، وتنتهي بنهاية يوم { $day }.
    [two] بقي يوما عمل من مهلة مرحلة «{ $stage }»، وتنتهي بنهاية يوم { $day }.
    [few] بقيت { $days } أيام عمل من مهلة مرحلة «{ $stage }»، وتنتهي بنهاية يوم { $day }.
    [many] بقي { $days } يوم عمل من مهلة مرحلة «{ $stage }»، وتنتهي بنهاية يوم { $day }.
   *[other] بقي { $days } يوم عمل من مهلة مرحلة «{ $stage }»، وتنتهي بنهاية يوم { $day }.
}
reminder-today = اليوم { $day } آخر يوم في مهلة مرحلة «{ $stage }».
reminder-late = { $days ->
    [one] انقضت مهلة مرحلة «{ $stage }» بنهاية يوم { $day }، وتأخرت يوم عمل واحداً.
    [two] انقضت مهلة مرحلة «{ $stage }» بنهاية يوم { $day }، وتأخرت يومي عمل.
    [few] انقضت مهلة مرحلة «{ $stage }» بنهاية يوم { $day }، وتأخرت { $days } أيام عمل.
    [many] انقضت مهلة مرحلة «{ $stage }» بنهاية يوم { $day }، وتأخرت { $days } يوم عمل.
   *[other] انقضت مهلة مرحلة «{ $stage }» بنهاية يوم { $day }، وتأخرت { $days } يوم عمل.
}
reminder-next-at-syndicate = الخطوة التالية: تختم النقابة النموذج فينتقل إلى تدقيق المكتب، أو تعيده إلى المهندس بملاحظاتها.
reminder-next-in-review = الخطوة التالية: يوصي المدقق بالاعتماد، أو يعيد الإضبارة إلى المهندس بملاحظاته.
reminder-next-awaiting-approval = الخطوة التالية: يعتمد المعتمِد الإضبارة فتُطلب الرسوم، أو يعيدها إلى التدقيق، أو يرفضها.
reminder-next-paid = الخطوة التالية: تصدر الرخصة.
