# What anybody may know without a login: where a case is, what was permitted where, and checking without a network
status-title = أين إضبارتي؟
status-number = رقم الإضبارة
status-number-hint = الرقم مكتوب على إيصال التقديم وعلى كل ورقة من الإضبارة، مثل { $example }.
status-show = اعرض
status-state = الحالة
status-turn = العمل الآن على
status-turn-office = الدائرة
status-turn-engineer = المهندس الدارس
status-turn-owner = صاحب العلاقة
status-turn-stopped = لا أحد: انتهت المعاملة
status-since = منذ
status-applied = تاريخ فتح الإضبارة
status-next = الخطوة التالية
status-next-at-syndicate = تدقق نقابة المهندسين النموذج. لا يُطلب منك شيء الآن.
status-next-in-review = يدقق المكتب المخططات والقياسات. لا يُطلب منك شيء الآن.
status-next-awaiting-approval = القرار لدى صاحب الصلاحية. لا يُطلب منك شيء الآن.
status-next-awaiting-payment = يُدفع الرسم برقم الفاتورة أدناه في أي قناة دفع أو لدى صندوق المكتب، ثم تصدر الرخصة.
status-next-paid = دُفع الرسم، والرخصة قيد الإصدار. لا يُطلب منك شيء الآن.
status-next-permit-issued = صدرت الرخصة. يحمّلها المهندس أو صاحب العلاقة من حسابه، ويتحقق منها من شاء برمزها.
status-next-returned = أُعيدت الإضبارة إلى المهندس وفيها ملاحظات عليه إتمامها ثم إعادة تقديمها. راجع مهندسك.
status-next-refused = رُفض الطلب. يُبلَّغ المهندس بالأسباب، ولك مراجعة الدائرة.
status-next-withdrawn = سحب المهندس الطلب.
status-fee = الرسم
status-fee-left = الباقي منه
status-fee-due = آخر يوم للدفع
status-bill = رقم الفاتورة للدفع
status-permit = رقم الرخصة
status-permit-ends = صالحة لغاية
status-permit-revoked = أُلغيت هذه الرخصة.
status-private = لا تُعرض هنا أسماء ولا مخططات. يراها صاحب العلاقة والمهندس من حسابيهما.
status-others = طلب بيان قيد أو إشغال رصيف؟ لكل منهما صفحة متابعة.
error-case-number-unknown = لا إضبارة بالرقم { $number }. تحقق من الرقم كما كُتب على الإيصال. المسودات لا تظهر هنا قبل تقديمها.
notices-title = لوحة الإعلانات
notices-hint = ما صدر من رخص البناء وتراخيص إشغال الأملاك العامة في هذه المنطقة. لا تُذكر أسماء.
notices-zone = المنطقة التنظيمية
notices-standing = الحالة
notices-any = الكل
notices-show = اعرض
notices-map = اعرض على الخريطة
notices-file = حمّل الكل (GeoJSON)
notices-none = لم يصدر شيء بهذه الحالة في هذه المنطقة بعد.
notices-first = تُعرض أحدث { $shown } من { $count }. حمّل الملف لتراها كلها.
notices-kind-permit = رخصة بناء
notices-kind-occupancy = ترخيص إشغال
notices-number = الرقم
notices-plot = المقسم
notices-what = الاستعمال
notices-floors = { $count ->
    [one] طابق واحد
    [two] طابقان
    [few] { $count } طوابق
    [many] { $count } طابقاً
   *[other] { $count } طابق
}
notices-days = من { $first } إلى { $last }
standing-in_force = سارٍ
standing-coming = لم يبدأ بعد
standing-ended = انتهت مدته
standing-revoked = ملغى
verify-issuer = الجهة المصدرة
verify-device-day = بحسب ساعة جهازك، فتأكد من صحتها:
verify-no-list = لا قائمة إلغاءات محفوظة على جهازك: لا يُعرف إن كانت الوثيقة قد أُلغيت.
verify-list-of = بحسب قائمة الإلغاءات المؤرخة في
verify-list-old = القائمة قديمة: قد تكون الوثيقة أُلغيت بعدها. اتصل بالشبكة لتجديدها.
verify-clock-behind = ساعة جهازك متأخرة عن ساعة الدائرة: صحّحها، فالحكم على المدة يتبعها.
verify-no-camera = تعذّر فتح الكاميرا. افتح رمز الوثيقة بكاميرا الهاتف أو الصق نصه.
verify-ready = حُفظت الصفحة والمفاتيح على جهازك: تعمل الآن دون شبكة.
verify-scan = امسح الرمز بالكاميرا
verify-offline-title = للمفتشين: التحقق دون شبكة
verify-offline-hint = افتح هذه الصفحة مرة واحدة وأنت متصل. بعدها تتحقق من أي وثيقة دون شبكة، بالمفاتيح العامة وبآخر قائمة إلغاءات حُفظت.
verify-offline-open = افتح صفحة التحقق دون شبكة
