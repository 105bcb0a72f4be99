# The property register
register-temporary = السجل المؤقت
register-permanent = السجل العقاري الدائم
act-opened = فتح صحيفة
act-annotated = وضع إشارة
act-transferred = نقل ملكية
act-lifted = ترقين إشارة
annotation-permit = رخصة بناء رقم { $detail }
annotation-mortgage = رهن: { $detail }
annotation-lawsuit = دعوى: { $detail }
annotation-attachment = حجز: { $detail }
error-shares-not-whole = حصص العقار { $parcel } مجموعها { $total } وليس واحداً.
error-sheet-unknown = لا صحيفة للعقار { $parcel }.
error-sheet-ambiguous = لرقم العقار { $parcel } أكثر من صحيفة.
error-sheet-not-yet-open = لم تكن صحيفة العقار { $parcel } مفتوحة في هذا التاريخ.
