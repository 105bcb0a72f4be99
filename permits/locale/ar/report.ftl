# The report for people: page, workbook, BCF and printed summary
report-found-limit = وُجد { $value } والحد { $limit }.
report-found-limit-within = وُجد { $value } والحد { $limit } (دقة القياس { $tolerance }).
report-found-value = وُجد { $value }.
report-found-nothing = النموذج لا يحقق البند.
report-label-asked = يطلب البند
report-label-found = وُجد
report-label-remedy = كيف يُصلَح
report-label-other-tools = في برامج أخرى
report-label-tools = في برنامج النمذجة
report-label-program = برنامج النمذجة والمخطط
report-count-error = مخالفات مانعة
report-count-warning = تنبيهات
report-count-undecided = غير محسوم
report-count-pass = مطابق
report-count-not_applicable = لا ينطبق
report-label-elements-of = العناصر ({ $count })
report-label-more-in-workbook = و{ $count } غيرها، تجدها كلها في ملف Excel
report-label-passed = البنود المطابقة ({ $count })
report-label-not-applicable = البنود التي لا تنطبق ({ $count })
report-label-group = ترتيب حسب
report-label-search = بحث
report-label-search-hint = نص أو GlobalId
report-label-none-found = لا نتيجة لهذا البحث.
report-label-nowhere = بلا طابق محدد
report-group-rule = البند
report-group-storey = الطابق
report-group-discipline = الاختصاص
report-group-severity = الشدة
report-severity-error = مخالفة مانعة
report-severity-warning = تنبيه
report-severity-undecided = غير محسوم
report-discipline-architecture = العمارة
report-discipline-structure = الإنشاء
report-discipline-mep = الميكانيك والكهرباء
report-discipline-site = الموقع
report-discipline-all = كل الاختصاصات
report-discipline-planning = اشتراطات التنظيم والبناء

# The workbook
report-sheet-summary = الخلاصة
report-sheet-findings = النتائج
report-sheet-elements = العناصر
report-sheet-measures = القياسات
report-column-number = الرقم
report-column-code = رمز البند
report-column-title = العنوان
report-column-severity = الشدة
report-column-discipline = الاختصاص
report-column-outcome = الحكم
report-column-subject = الموضوع
report-column-storey = الطابق
report-column-value = القيمة
report-column-limit = الحد
report-column-unit = الوحدة
report-column-tolerance = الدقة
report-column-sentence = ما وُجد
report-column-remedy = كيف يُصلَح
report-column-asked = ما يطلبه البند
report-column-clause = المرجع
report-column-count = عدد العناصر
report-column-class = الصنف
report-column-name = الاسم
report-column-globalid = المعرّف GlobalId
report-column-method = طريقة القياس

# Command line
cli-check-xlsx = كتابة كل النتائج والعناصر في ملف Excel
cli-check-pdf = كتابة ملخص للطباعة بصيغة PDF
cli-check-bcf-version = إصدار BCF: ‏2.1 أو 3.0

# Where a case offers its report
report-pdf = ملخص للطباعة
report-html = تنزيل الصفحة

# The printed summary
document-title-report = ملخص تدقيق نموذج بناء
report-label-fingerprint = بصمة النموذج SHA-256
report-label-plot-zone-grid = المقسم والمنطقة والإحداثيات
report-label-sheet = منهاج الوجائب
report-banner-provisional = بنود مؤقتة لم تعتمدها الوحدة الإدارية بعد: لا يبنى على هذا الملخص ترخيص.
report-note-case = امسح الرمز لفتح الإضبارة بتقريرها الكامل (يلزم تسجيل الدخول).
report-note-file = في الرمز بصمة التقرير الكامل SHA-256، وبها يُعرف أن هذا الملخص منه.
report-note-machine = نتيجة تدقيق آلي للنموذج، والقرار للجهة المختصة. العناصر وطريقة الإصلاح في صفحة التقرير وملف Excel.
report-pdf-checked = ما دُقّق
report-pdf-packs = حزم البنود
report-pdf-errors = المخالفات المانعة
report-pdf-clause = البند
report-pdf-about = الموضوع
report-pdf-value = القيمة
report-pdf-limit = الحد
report-pdf-reference = المرجع
report-pdf-more = و{ $count } مخالفة أخرى في التقرير الكامل.
report-label-storey-plans = مخططات الطوابق
report-storey-plans-note = كل غرفة مرقّمة هنا فيها مخالفة أو أمر لم يُحسم، وتفصيله في الجدول تحت مخططها.
report-storey-plan = الطابق { $storey }
report-label-rooms = الغرف
