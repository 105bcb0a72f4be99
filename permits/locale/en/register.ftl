# The property register
register-temporary = Temporary register
register-permanent = Permanent land register
act-opened = Sheet opened
act-annotated = Annotation placed
act-transferred = Ownership transferred
act-lifted = Annotation lifted
annotation-permit = Building permit no. { $detail }
annotation-mortgage = Mortgage: { $detail }
annotation-lawsuit = Lawsuit: { $detail }
annotation-attachment = Attachment: { $detail }
