# The engineer's portal: the guide of a new case, pre-checks, uploads, messages and changes
steps-title = خطوات الإضبارة
step-plot = المقسم
step-title = المشروع
step-upload = رفع النموذج
step-review = التدقيق
step-submit = الإرسال
step-next = متابعة
step-back = رجوع

draft-found = وُجدت مسودة لم تكتمل، وهي مملوءة أدناه.
draft-again = البدء من جديد
draft-kept = حُفظت المسودة.
draft-here = تعذّر الحفظ في الخادم (انقطاع أو انتهاء الجلسة): ما كُتب محفوظ في هذا المتصفح، ويعود بعد تسجيل الدخول.

facts-title = ما يسمح به منهاج الوجائب
facts-all = البيان الكامل للمقسم
facts-none = اختر مقسماً لترى وجائبه باختصار.

case-title-hint = اسم المشروع كما يظهر في الإضبارة والرخصة، حتى { $longest } حرف.
case-kind = نوع الأعمال
case-kind-new = بناء جديد
case-kind-addition = إضافة بناء
case-kind-strengthening = تدعيم
case-amend = حفظ التعديل
case-back = العودة إلى الإضبارة

now-title = ماذا أفعل الآن؟
now-upload = ارفع نموذج البناء ليُدقَّق آلياً.
now-mend = اقرأ ملاحظات الإعادة أدناه، وعدّل النموذج، ثم ارفعه من جديد.
now-review = لا شيء: التدقيق الآلي جارٍ. يمكنك مغادرة الصفحة والعودة إليها.
now-refused = لم يُقبل الملف للسبب المذكور أدناه: أصلحه ثم ارفعه من جديد.
now-again = لم يكتمل التدقيق: ارفع النموذج مرة أخرى.
now-submit = لا مخالفات في التقرير: أرسل الإضبارة إلى نقابة المهندسين.
now-submit-findings = افتح التقرير وأصلح المخالفات وأعد الرفع؛ ولك أن ترسل الإضبارة كما هي ليبتّ فيها المدقق.
now-answer = طُلب منك شيء ولم تُجب عنه بعد: افتح المراسلات وأجب قبل انتهاء المهلة.
now-at-syndicate = لا شيء: الإضبارة لدى نقابة المهندسين.
now-in-review = لا شيء: الإضبارة قيد التدقيق في المكتب.
now-awaiting-approval = لا شيء: الإضبارة بانتظار الاعتماد.
now-awaiting-payment = سدّد الرسم برقم الفاتورة أدناه.
now-paid = لا شيء: سُدّد الرسم، وتصدر الرخصة تلقائياً.
now-permit-issued = نزّل الرخصة واحتفظ بها في موقع العمل.
now-withdrawn = سُحبت هذه الإضبارة. لتتابع افتح إضبارة جديدة.
now-closed = رُفض الترخيص. السبب في سجلّ الإضبارة؛ راجع المكتب أو افتح إضبارة جديدة.

review-running = التدقيق جارٍ
review-leave = يمكنك إغلاق هذه الصفحة: يستمر التدقيق، وتجد نتيجته هنا عند عودتك.
review-state-queued = في انتظار الدور
review-state-running = جارٍ
review-state-refused = لم يُقبل الملف
review-state-failed = تعثّر
review-state-cancelled = أُوقف

upload-largest = الحد الأعلى لحجم الملف { $largest } م.ب.
upload-preparing = جارٍ تحضير الرفع…
upload-sending = جارٍ إرسال الملف. يمكنك إيقافه مؤقتاً ثم متابعته.
upload-paused = الرفع متوقف مؤقتاً. ما أُرسل محفوظ؛ اضغط «متابعة» ليُكمل.
upload-whole = وصل الملف كاملاً؛ يجري تسليمه للتدقيق…
upload-ended = انتهت الجلسة. سجّل الدخول من جديد ثم اختر الملف نفسه: يُستأنف الرفع من حيث توقّف.
upload-too-large-here = حجم الملف %size م.ب، والحد الأعلى %largest م.ب، فلم يُرسل منه شيء. صدّر بناءً واحداً في كل ملف، أو اضغطه بصيغة ifczip.
upload-empty-here = الملف فارغ: أعد تصدير النموذج ثم اختره.
upload-of = %sent من %whole م.ب
upload-pause = إيقاف مؤقت
upload-go-on = متابعة
upload-same = الملف «{ $name }» هو نفسه النموذج الموجود من قبل، فلم يُدقَّق مرة ثانية، والنتيجة السابقة قائمة.
upload-pending = بدأ رفع «{ $name }» ولم يكتمل: وصل { $have } من { $whole } م.ب. اختر الملف نفسه ليُستأنف من حيث توقّف.

prechecks-title = التدقيق المسبق
prechecks-none = لم تدقّق أي نموذج مسبقاً بعد. ابدأ باختيار المقسم.
precheck-new = تدقيق مسبق جديد
precheck-title = تدقيق مسبق
precheck-about = دقّق نموذجك مجاناً وبلا حدّ لعدد المرات قبل فتح إضبارة. النتيجة هي نفسها التي يراها المكتب، ولا يصل إلى المكتب منها شيء.
precheck-open = متابعة إلى رفع النموذج
precheck-when = التاريخ
precheck-until = يُحذف بعد
precheck-by-day = بموجب الاشتراطات النافذة في
precheck-now-upload = ارفع نموذجك ليُدقَّق على هذا المقسم.
precheck-now-review = لا شيء: التدقيق جارٍ. يمكنك مغادرة الصفحة والعودة إليها.
precheck-now-done = افتح التقرير. إن أصلحت شيئاً ارفع النموذج من جديد؛ وإن رضيت عن النتيجة افتح به إضبارة.
precheck-now-again = لم يكتمل التدقيق: أصلح الملف وارفعه مرة أخرى.
precheck-now-taken = فُتحت إضبارة بهذا النموذج: تابع منها.
precheck-case = فتح إضبارة بهذا النموذج
precheck-case-hint = ينتقل النموذج ونتيجته إلى الإضبارة دون رفع جديد.
precheck-taken = الإضبارة المفتوحة بهذا النموذج
precheck-kept = { $days ->
    [one] يُحذف التدقيق المسبق وملفاته بعد يوم واحد من آخر رفع.
    [two] يُحذف التدقيق المسبق وملفاته بعد يومين من آخر رفع.
    [few] يُحذف التدقيق المسبق وملفاته بعد { $days } أيام من آخر رفع.
   *[other] يُحذف التدقيق المسبق وملفاته بعد { $days } يوماً من آخر رفع.
}

changes-title = ما تغيّر عن النموذج السابق
changes-open = عرض ما تغيّر
changes-none = لا يوجد نموذج سابق مدقَّق يُقارن به.
changes-asked = المقارنة جارية؛ أعد فتح الصفحة بعد قليل.
changes-failed = تعذّرت المقارنة بين النموذجين. لا يؤثر ذلك في سير الإضبارة.
changes-between = من النموذج السابق إلى الحالي
changes-elements = عناصر تغيّرت
changes-nothing = لا شيء.
changes-more = وعناصر أخرى عددها { $count }.

messages-title = المراسلات
messages-open = فتح المراسلات
messages-new = جديدة
messages-none = لا رسائل في هذه الإضبارة بعد. يكتب هنا المهندس والمدقق والنقابة.
messages-none-new = لا رسائل جديدة. تجد رسائل كل إضبارة في صفحتها.
messages-closed = لا يُكتب في مراسلات هذه الإضبارة وهي على حالها هذه.
message-new = جديدة
message-side-engineer = المهندس
message-side-office = المكتب
message-side-syndicate = النقابة
message-side-reminder = تذكير بالمهلة
message-kind-request = طلب
message-kind-answer = جواب
message-kind-withdrawal = سحب طلب
message-about = إلى الطلب
message-finding = الملاحظة
message-element = العنصر
message-write = رسالة جديدة
message-text = النص
message-finding-choose = تخصّ ملاحظة في التقرير
message-finding-none = لا تخصّ ملاحظة بعينها
message-send = إرسال
request-open = بانتظار الجواب
request-answered = أُجيب عنه
request-withdrawn = سُحب
request-due = المطلوب الجواب قبل نهاية
request-overdue = انقضت المهلة
request-due-choose = مهلة الجواب (تجعل الرسالة طلباً)
request-open-until = طلب مفتوح حتى
request-answer = الجواب
request-withdraw = سحب الطلب
request-withdraw-why = سبب سحب الطلب

event-case-amended = عُدّلت بيانات الإضبارة
event-precheck-opened = فُتح تدقيق مسبق
event-precheck-taken-over = انتقل إلى الإضبارة نموذج تدقيق مسبق
event-prechecks-swept = حُذفت تدقيقات مسبقة انقضت مدتها
event-uploads-swept = حُذفت ملفات لم يكتمل رفعها
event-model-same = رُفع النموذج نفسه مرة أخرى
event-comparison-failed = تعذّرت مقارنة النموذج بسابقه
event-case-reminded = ذُكّر باقتراب نهاية المهلة أو بانقضائها
event-message-sent = كُتبت رسالة
event-request-sent = أُرسل طلب
event-request-answered = أُجيب عن طلب
event-request-withdrawn = سُحب طلب

error-upload-no-model = ليس الملف نموذج IFC ولا أرشيف zip، وإن كان اسمه يوحي بذلك. صدّر النموذج من برنامجك بصيغة ‎.ifc (STEP) وارفعه من جديد.
error-case-kind-unknown = اختر نوع الأعمال.
error-precheck-unknown = لا يوجد تدقيق مسبق بهذا الرقم، أو انقضت مدته فحُذف.
error-precheck-taken-over = فُتحت إضبارة بهذا النموذج من قبل.
error-message-text-needed = اكتب نص الرسالة (حتى { $longest } حرف).
error-message-due-past = مهلة الجواب يوم صحيح لم يمضِ.
error-message-pointer = الملاحظة أو العنصر المشار إليه ليس من هذه الإضبارة.
error-request-unknown = لا يوجد طلب بهذا الرقم في هذه الإضبارة.
error-request-ended = أُجيب عن هذا الطلب أو سُحب من قبل.
