# The catalogue of services
services-title = دليل الخدمات
services-intro = ما الأوراق المطلوبة، وكم الرسم، وكم المدة؛ مع حاسبة تعمل بالطريقة نفسها التي تُحسب بها الفاتورة.
services-search = بحث
services-category = التصنيف
services-all = الكل
services-show = عرض
services-none = لا توجد خدمة توافق هذا البحث.
services-count = { $count ->
    [zero] لا خدمات
    [one] خدمة واحدة
    [two] خدمتان
    [few] { $count } خدمات
    [many] { $count } خدمة
   *[other] { $count } خدمة
}
services-back = كل الخدمات
service-category-building = البناء
service-category-public-property = الأملاك العامة
service-category-documents = الوثائق والبيانات
service-category-register = السجل
service-category-violations = المخالفات
service-category-trade = المحال والمهن
service-channel-portal = البوابة
service-channel-centre = مركز خدمة المواطن
service-channel-post = البريد
service-days = { $days ->
    [zero] فوراً
    [one] يوم عمل واحد
    [two] يوما عمل
    [few] { $days } أيام عمل
    [many] { $days } يوم عمل
   *[other] { $days } يوم عمل
}
service-time = مدة الإنجاز
service-channels = قنوات التقديم
service-number = رمز الخدمة في رقم الفاتورة
service-documents = الوثائق المطلوبة
service-document-optional = إن وجدت
service-fees = الرسوم
service-fee-free = رسم هذه الخدمة مقطوع، فلا حاجة إلى إدخال قيم.
service-calculator = حاسبة الرسم
service-on = تاريخ تقديم الطلب
service-optional = اختياري
service-exemptions = الإعفاءات
service-exemption-hint = للاستفادة منه اكتب المستند المثبت: { $evidence }.
service-calculate = احسب
service-example = مثلاً { $example }
service-result = كيف حُسب الرسم
service-estimate = تقديري: الفاتورة الصادرة عن المديرية وحدها ملزمة.
service-estimate-provisional = بعض الأرقام مؤقت، مصدره الصحافة، بانتظار مطابقته مع النص الرسمي.
service-estimate-fictitious = بعض الأرقام مفترض للتجربة، وليس تعرفة أي جهة.
service-details = الأرقام ومصادرها
service-fee-of = الخدمة: { $name }
service-fee-total = المستحق عن الخدمة: { $amount } ل.س جديدة
service-total = المجموع
service-fee-cash = المدفوع نقداً: { $amount } ل.س جديدة
service-cash = المدفوع نقداً
service-fee-hash = بصمة حساب الخدمة: { $hash }
service-tariff-hash = بصمة ملف التعرفة
service-hash = بصمة الحساب
service-again = الحساب نفسه من سطر الأوامر
service-status = حال البطاقة
service-sources = المصادر
service-answer-missing = هذه القيمة مطلوبة.
service-answer-unreadable = ليست رقماً أو تاريخاً مقروءاً.
service-answer-on = ليس تاريخاً مقروءاً.
service-unit-m2 = م²
service-unit-m = م
service-unit-km = كم
service-unit-date = تاريخ
service-unit-sheet = لوحة
service-unit-copy = نسخة
service-unit-page = صفحة
service-unit-SYP = ل.س جديدة
service-unit-SYP-m2 = ل.س جديدة للمتر المربع
# Refusals
error-service-unknown = لا خدمة بهذا الرمز: { $service }.
