# The reviewer's case page: what is left, the list of findings, two versions, views, drafts
case-part-decide = ما يُبتّ فيه
case-part-versions = نسختان جنباً إلى جنب
case-part-thread = { $new ->
    [0] المراسلات
   *[other] المراسلات ({ $new } جديدة)
}
case-part-record = ملف الإضبارة وسجلّها
case-parts = أقسام صفحة الإضبارة
case-clause-open = بقي { $open } من { $count }
case-decide-all = تثبيت للكل ({ $count })
case-decide-again = تعديل القرار
left-title = ما بقي قبل البتّ
left-findings = ملاحظات تنتظر قرارك: { $open } · بُتّ فيها: { $decided }
left-progress = ما بُتّ فيه من الملاحظات
left-before = لا يُتاح «{ $action }» بعد، لأن:
left-ready = لم يبق مانع: يُتاح الآن «{ $action }». اكتب السبب ثم اضغط الزر.
left-nothing = لا قرار مطلوباً منك على هذه الإضبارة في حالتها الراهنة.
error-finding-decided-meanwhile = بُتّ في هذه الملاحظة من نافذة أخرى بعد فتح الصفحة. يظهر القرار الآن في القائمة: اقرأه، ثم عدّله إن لزم.
error-pair-unknown = اختر نموذجين مختلفين مدقَّقين من هذه الإضبارة.
error-view-none = لا مشهد يُرفق: افتح العرض ثلاثي الأبعاد أولاً، ووجّهه إلى ما تريد أن يراه المهندس.

keys-open = اختصارات لوحة المفاتيح (؟)
keys-title = اختصارات لوحة المفاتيح
keys-close = إغلاق
keys-next = الملاحظة التالية
keys-previous = الملاحظة السابقة
keys-open-one = الملاحظة التالية التي لم يُبتّ فيها
keys-stands = المخالفة قائمة، ثم كتابة السبب
keys-overridden = قبول بالاستثناء، ثم كتابة السبب
keys-phrase = اختيار عبارة جاهزة
keys-clause = قرار واحد لبقية ملاحظات البند
keys-model = إظهارها على البناء
keys-send = تثبيت القرار من حقل السبب
keys-leave = الخروج من الحقل إلى الملاحظة
keys-help = هذه القائمة. الأحرف بمواضعها على اللوحة، أياً كانت لغتها

versions-before = النسخة السابقة
versions-after = النسخة اللاحقة
versions-outcome = النتيجة
versions-none = لم يُدقَّق في هذه الإضبارة سوى نموذج واحد. تظهر المقارنة هنا بعد أن يعيد المهندس تقديم نموذج معدّل.
versions-same = اختر نموذجين مختلفين.
versions-asked = المقارنة جارية، وتظهر نتيجتها هنا بعد قليل.
versions-elements = قائمة العناصر التي تغيّرت
versions-model = عرض النسختين ثلاثي الأبعاد
versions-removed = أُزيل
versions-changed = تغيّر
versions-added = أُضيف

message-view = فتح المشهد المرفق في العرض ثلاثي الأبعاد
message-view-elements = العناصر المحددة: { $count }
message-view-attach = أرفق المشهد الظاهر في العرض ثلاثي الأبعاد مع العناصر المحددة فيه
message-view-choose = ما يراه المهندس مع الرسالة
message-view-none = بلا مشهد

desk-lost = انقطع الاتصال بالخادم. ما كتبته محفوظ على هذا الجهاز. نعيد المحاولة تلقائياً، وتُفتح الصفحة من جديد حين يعود.
draft-restored = استُعيدت مسودة لم تُرسل.
desk-lost-cash = وللمتابعة بلا خادم المكتب افتح الصندوق غير المتصل بالأمر: rukhsa cash، وتُرسل إيصالاته حين يعود الاتصال.

# The property sheet as of a day
sheet-on = في يوم (اتركه لليوم)
sheet-as-of = الصحيفة كما كانت في آخر يوم
sheet-blocks = توقف:
sheet-blocks-nothing = لا توقف شيئاً
gate-permit-act = منح رخصة البناء
error-sheet-day-to-come = لا صحيفة ليوم لم يأتِ بعد. اكتب يوماً مضى أو اترك الحقل.
