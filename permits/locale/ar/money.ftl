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
