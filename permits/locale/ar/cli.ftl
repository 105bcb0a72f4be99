cli-command-fee = حساب رسم من قرار تعرفة
cli-command-verify = التحقق من رمز رخصة بلا شبكة
cli-command-demo = تجربة كاملة: إضبارتان من نموذج IFC إلى الرخصة
cli-command-serve = تشغيل المنصّة
cli-command-worker = تشغيل أعمال التدقيق على هذا الجهاز
cli-command-office = إعداد المكتب: قاعدة البيانات والمناطق والحسابات
cli-command-audit = إثبات سلسلة التدقيق
cli-command-sandbox-switch = محوّل دفع تجريبي يلعب دور المصرف
