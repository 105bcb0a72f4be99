# One's own account
account-title = حسابي
account-roles = صفتي
account-reading = كيف أقرأ
account-language = اللغة
account-language-ar = العربية
account-language-en = الإنكليزية (English)
account-digits = الأرقام
account-digits-asis = كما كُتبت: المبالغ بالأرقام العربية والقياسات باللاتينية
account-digits-arab = كلها عربية (٠١٢٣)
account-digits-latn = كلها لاتينية (0123)
account-digits-hint = أرقام الإضبارات والفواتير والرموز تبقى كما هي في كل الأحوال، وكذلك الوثائق المطبوعة.
account-save = احفظ
account-password = كلمة المرور
account-password-old = كلمة المرور الحالية
account-password-new = كلمة المرور الجديدة
account-password-hint = { $shortest } محارف على الأقل.
account-password-change = غيّر كلمة المرور
account-logins = جلساتي الأخرى
account-logins-count = { $count ->
    [0] لا جلسة أخرى مفتوحة لحسابك.
    [one] جلسة واحدة أخرى مفتوحة لحسابك.
    [two] جلستان أخريان مفتوحتان لحسابك.
    [few] { $count } جلسات أخرى مفتوحة لحسابك.
   *[other] { $count } جلسة أخرى مفتوحة لحسابك.
}
account-logins-end = أنهِ الجلسات الأخرى
account-done-password = تغيّرت كلمة المرور، وانتهت جلساتك الأخرى.
account-done-logins = انتهت جلساتك الأخرى.
error-preference-unknown = اختر اللغة والأرقام من القائمتين.
error-password-short = كلمة المرور الجديدة { $shortest } محارف على الأقل، وغير اسم الدخول.
account-password-first = كلمة مرورك مؤقتة يعرفها مدير النظام. اختر كلمة غيرها أدناه، ثم تُفتح لك بقية الصفحات.
error-password-first = كلمة مرورك مؤقتة. اختر كلمة غيرها في صفحة حسابك أولًا.
error-password-same = كلمة المرور الجديدة هي الحالية نفسها. اختر غيرها.
error-password-wrong = كلمة المرور الحالية غير صحيحة.
event-password-changed = تغيير كلمة المرور
role-planner = مهندس تنظيم
