# صفات حدود المقسم
edge-role-title = صفات حدود المقسم
edge-role-corrected = مصحَّحة
edge-role-used = صحّح المكتب صفة الحدّ { $place } إلى: { $role }.
edge-role-lost = صفة صحّحها المكتب لم يُعثر على حدّها في الطبقات الحالية ولم تُطبَّق: { $place }، { $role }.
edge-role-edge = الحدّ
edge-role-length = الطول
edge-role-street = الشارع
edge-role-role = الصفة
edge-role-new = الصفة الجديدة
edge-role-save = تصحيح الصفة
edge-role-again = إعادة التدقيق
edge-role-stale = صُحّحت الصفات بعد هذا التدقيق، ولا يُبتّ في الإضبارة قبل إعادته.
edge-role-running = يجري التدقيق الآلي من جديد. تُعرض نتيجته عند إعادة فتح الصفحة.
edge-role-history = التصحيحات
edge-role-told = الحدّ { $edge }: من { $named } إلى { $role }، { $name }
edge-role-told-lost = حدّ غير موجود اليوم: من { $named } إلى { $role }، { $name }
edge-role-lost-count = صفات صحّحها المكتب ولم يُعثر على حدودها في الطبقات الحالية: { $count }
