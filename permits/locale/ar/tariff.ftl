# Lines of an assessment
fee-cash-rounding = فرق تدوير
fee-decided = تاريخ القرار { $day }
fee-due = تاريخ الاستحقاق { $day }
fee-paid = تاريخ الدفع { $day }
fee-source-computed = البنود أعلاه
fee-minimum = {"    "}طُبّق الحد الأدنى: { $amount } { $currency }
fee-maximum = {"    "}طُبّق الحد الأقصى: { $amount } { $currency }
fee-band-choice = {"    "}الجدول { $table }: الصنف { $at } قيمته { $value }
fee-band-flat-to = {"    "}الجدول { $table }: { $at } ضمن الشريحة فوق { $above } وحتى { $to }، وقيمتها { $value }
fee-band-flat-open = {"    "}الجدول { $table }: { $at } ضمن الشريحة فوق { $above }، وقيمتها { $value }
fee-band-marginal-to = {"    "}الجدول { $table }: { $part } من الشريحة فوق { $above } وحتى { $to }، بمعدل { $value }
fee-band-marginal-open = {"    "}الجدول { $table }: { $part } من الشريحة فوق { $above }، بمعدل { $value }
fee-evidence = {"    "}مُنح استناداً إلى: { $evidence }
fee-refundable = {"    "}يُردّ إذا لم يُنفّذ ما استُوفي من أجله
# Refusals
error-fee-input-range = لا يُحسب الرسم: قيمة خارج الحدود المقبولة ({ $name }).
error-fee-input-choice = لا يُحسب الرسم: قيمة ليست من أصناف التعرفة ({ $name }).
error-fee-input-dates = لا يُحسب الرسم: اليوم الأخير سابق لليوم الأول ({ $name }).
error-fee-input-zero = لا يُحسب الرسم: قسمة على صفر ({ $name }).
error-fee-input-twice = لا يُحسب الرسم: القيمة معطاة مرتين ({ $name }).
error-fee-input-exemption-unknown = لا تعرف التعرفة الإعفاء { $name }.
error-fee-input-exemption-not-in-force = الإعفاء { $name } غير نافذ في هذا التاريخ.
error-fee-input-exemption-idle = الإعفاء { $name } لا يشمل أياً من هذه الرسوم.
error-fee-input-evidence = الإعفاء { $name } بحاجة إلى مستنده.
fee-status-declared = بتصريح صاحب الطلب
fee-source-terms = شروط الدفع المعتمدة
