# مكتب المحافظ
governor-title = مؤشرات العمل
governor-month = الشهر
governor-print = اطبع الصفحة
governor-none = لا مؤشرات لهذا الشهر: لم يبدأ العمل على المنصة قبله. اختر شهراً أحدث، أو عد إلى هذه الصفحة بعد ورود أول إضبارة.
governor-office = المكتب { $office } · حُسبت في { $made } من السجلات نفسها.
governor-running = شهر { $month } لم ينته بعد: مؤشراته حتى هذه اللحظة.
governor-uncertain = عُدّت أيام العمل في سنة لم تُثبَّت عطلها الرسمية بعد، فقد تتغير المدد قليلاً.
governor-words = { $month } مقارنة بالشهر السابق
governor-first-month = هذا أول شهر في السجلات، فلا شهر قبله يُقارن به.
governor-table = المؤشرات شهراً بشهر
governor-figure = المؤشر
governor-charts = الرسوم البيانية
governor-chart-flow = الوارد والصادر (عدد الإضبارات)
governor-chart-days = وسيط أيام العمل حتى القرار
governor-chart-money = التحقق والجباية (ألف ليرة جديدة)
governor-failures = أكثر البنود مخالفةً في نماذج { $month }
governor-cases = { $count ->
    [one] إضبارة واحدة
    [two] إضبارتان
    [few] { $count } إضبارات
    [many] { $count } إضبارة
   *[other] { $count } إضبارة
}
governor-no-failures = لم يخالف أي نموذج بنداً في هذا الشهر.
governor-offline = دقائق العمل دون اتصال في المراكز، { $month }
governor-minutes = { $count } دقيقة
governor-not-known = غير معروف
governor-no-centres = لا مراكز خارج المكتب مسجلة.
governor-offline-hint = من ورديات الصناديق التي وصلت حزمها. انقطاع الكهرباء أو الشبكة نفسه لا يُسجَّل، والحزم التي لم تصل بعد ليست محسوبة.
governor-map = الرخص الصادرة بحسب المنطقة، { $month }
governor-permits = { $count ->
    [0] لا رخص
    [one] رخصة واحدة
    [two] رخصتان
    [few] { $count } رخص
    [many] { $count } رخصة
   *[other] { $count } رخصة
}
governor-open = ما يُنشر منها للعموم:
open-title = البيانات المفتوحة
governor-chart-empty = لا أرقام بعد لهذا الرسم.
