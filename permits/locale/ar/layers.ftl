# استلام الطبقات: ما تقوله الأوامر والصفحات
error-layer-refused = لم تُقبل الطبقة، وفيها { $total } عيباً. صحّحها كلها ثم أعد تقديمها.
layers-more = وعيوب أخرى عددها { $count }.
layers-read = { $name }: عدد المقاسم { $plots }، والبطاقات { $sheets }، والشوارع { $streets }، في الجملة { $grid }
layers-fit = رُبطت الجملة المحلية بالجملة { $grid }: الخطأ المعياري { $sigma } م، المقياس { $scale }، الدوران { $turn }°
layers-fit-unchecked = نقطتان تتطابقان دوماً ولا شيء يتحقق منهما. أضف نقطة ثالثة.
layers-fit-point = نقطة الضبط { $name }: البقية { $dx }، { $dy } م، طولها { $length } م
layers-fit-outlier = ← تناقضها بقية النقاط. تحقق منها.
