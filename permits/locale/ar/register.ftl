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
