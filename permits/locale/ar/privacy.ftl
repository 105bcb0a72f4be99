privacy-hidden = محجوب
privacy-name = الاسم
privacy-identity = وثيقة الهوية
privacy-contact = وسيلة الاتصال
sheet-looks = من اطّلع على بيانات المالكين
event-accesses-sealed = خُتم سجل الاطلاع على البيانات الشخصية
