# A resubmission beside what it replaces
cli-command-compare = مقارنة نموذج معاد تقديمه بسابقه: ما أصلح وما استجد
cli-compare-old = النموذج السابق
cli-compare-new = النموذج المعاد تقديمه
cli-compare-json = كتابة المقارنة بصيغة JSON
compare-course-mended = ملاحظات أصلحت
compare-course-new = ملاحظات جديدة
compare-course-stays = ملاحظات باقية
compare-counts = (عناصر أصلحت: { $mended }، عناصر جديدة: { $newly })
compare-elements = عناصر تغيرت: { $count } (عناصر عرفت من جديد بالشكل والنوع تحت معرفات جديدة: { $rekeyed })
compare-change-added = مضاف
compare-change-removed = محذوف
compare-change-moved = منقول
compare-change-reshaped = تغير شكله
compare-change-information = تغيرت معلوماته
