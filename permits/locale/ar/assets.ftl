# Council-owned property
event-assets-listed = أُدرجت أملاك في جرد المجلس
event-asset-advanced = تقدّمت مرحلة توثيق العقار
event-contract-signed = وُقّع عقد على عقار للمجلس
event-contract-ended = أُنهي عقد على عقار للمجلس
