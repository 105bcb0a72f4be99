# How a fee was computed
fee-act = السند: { $act }
fee-on = محسوب بتاريخ { $day }
fee-tariff-hash = بصمة ملف التعرفة: { $hash }
fee-line = { $name } ({ $code }): { $amount } ل.س جديدة
fee-steps = {"    "}{ $formula } = { $steps } = { $exact } { $currency }
fee-rounding = {"    "}بعد التدوير: { $rounded } { $currency }، فرق التدوير { $difference }
fee-input = {"    "}{ $name } = { $value } { $unit }، المصدر: { $source } { $reference } ({ $status })
fee-clause = {"    "}المادة: { $clause }
fee-total = المجموع: { $amount } ل.س جديدة
fee-statuses = حال الأرقام: { $statuses }
fee-hash = بصمة الحساب: { $hash }
fee-currency-old = ل.س قديمة
fee-currency-new = ل.س جديدة
fee-source-measure = قياس من النموذج
fee-source-value_zone = منطقة القيمة الرائجة
fee-source-municipality = قرار الوحدة الإدارية
fee-source-declared = تصريح
fee-source-tariff = نص التعرفة
fee-status-confirmed = مثبت
fee-status-provisional = مؤقت، مصدره الصحافة
fee-status-fictitious = مفترض
# Bills and payments
bill-state-issued = بانتظار الدفع
bill-state-paid = مدفوعة
bill-state-expired = منتهية
bill-state-withdrawn = مسحوبة
payment-state-accepted = مقبولة
payment-state-suspense = موقوفة قيد التسوية
settlement-break-matched = مطابق
settlement-break-missing_here = في ملف التسوية وليس لدينا
settlement-break-missing_there = لدينا وليس في ملف التسوية
settlement-break-amount_differs = المبلغ مختلف
settlement-break-duplicate = مكرر في ملف التسوية
# Refusals
error-bill-exists = للإضبارة فاتورة قائمة: { $reference }.
error-bill-unknown = لا فاتورة بهذا الرقم.
error-bill-reference-misread = رقم الفاتورة غير صحيح.
error-payment-amount = المبلغ غير مقبول.
error-payment-conflict = أُبلغ عن هذه العملية سابقاً بمضمون مختلف.
error-reversal-conflict = أُبلغ عن استرداد هذه العملية سابقاً من حساب مختلف.
error-payment-unknown = لا عملية دفع بهذا الرقم.
error-biller-key-unknown = مفتاح مزود الدفع غير معروف.
error-biller-key-exists = مفتاح مزود الدفع { $key } موجود؛ اختر اسماً آخر.
error-biller-name-needed = لا بدّ من اسم للمفتاح ولمزود الدفع.
error-signature-wrong = توقيع الرسالة غير صحيح.
error-signature-stale = زمن الرسالة خارج المهلة المقبولة.
error-message-too-large = الرسالة أكبر من { $limit } بايت.
error-message-unreadable = الرسالة غير مقروءة: { $fault }.
error-fee-input-missing = لا يُحسب الرسم: قيمة ناقصة ({ $name }).
error-fee-input-unit = لا يُحسب الرسم: وحدة غير مناسبة ({ $name }).
error-fee-input-unknown = لا يُحسب الرسم: قيمة لا تعرفها التعرفة ({ $name }).
error-fee-input-negative = لا يُحسب الرسم: قيمة سالبة ({ $name }).
error-fee-input-not-in-force = التعرفة غير نافذة في هذا التاريخ ({ $name }).
error-settlement-unreadable = ملف التسوية غير مقروء.
error-settlement-trailer = خاتمة ملف التسوية لا توافق سطوره.
error-settlement-hash = بصمة ملف التسوية غير صحيحة.
error-settlement-conflict = استُورد يوم { $day } سابقاً من ملف مختلف.
