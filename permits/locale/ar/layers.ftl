# استلام الطبقات: ما تقوله الأوامر والصفحات
error-layer-refused = لم تُقبل الطبقة، وفيها { $total } عيباً. صحّحها كلها ثم أعد تقديمها.
layers-more = وعيوب أخرى عددها { $count }.
layers-read = { $name }: عدد المقاسم { $plots }، والبطاقات { $sheets }، والشوارع { $streets }، في الجملة { $grid }
layers-fit = رُبطت الجملة المحلية بالجملة { $grid }: الخطأ المعياري { $sigma } م، المقياس { $scale }، الدوران { $turn }°
layers-fit-unchecked = نقطتان تتطابقان دوماً ولا شيء يتحقق منهما. أضف نقطة ثالثة.
layers-fit-point = نقطة الضبط { $name }: البقية { $dx }، { $dy } م، طولها { $length } م
layers-fit-outlier = ← تناقضها بقية النقاط. تحقق منها.
layers-sheets-changed = تغيّرت البطاقة التنظيمية للمقسم { $number }.
layers-no-change = لا تغيير بين الملفين.
layers-version = الإصدار { $number }: نافذ من { $valid }، استورده { $by } في { $at }، مقاسمه { $plots }، بصمته { $sha }
layers-count-added = المضاف { $count }
layers-count-gone = الزائل { $count }
layers-count-renumbered = المعاد ترقيمه { $count }
layers-count-moved = المنزاح { $count }
layers-count-reshaped = المتغيّر حدّه { $count }
layers-count-attributes = المتغيّرة بياناته { $count }
layers-count-sheets = المتغيّرة بطاقته { $count }
