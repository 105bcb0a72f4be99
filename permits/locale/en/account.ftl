# One's own account
account-title = My account
account-roles = I am
account-reading = How I read
account-language = Language
account-language-ar = العربية
account-language-en = English
account-digits = Digits
account-digits-asis = As written: in Arabic, amounts in Arabic digits and measures in Latin ones
account-digits-arab = All Arabic (٠١٢٣)
account-digits-latn = All Latin (0123)
account-digits-hint = Numbers of cases and bills, and codes, stay as they are in any case, and so do printed documents.
account-save = Save
account-password = Password
account-password-old = Present password
account-password-new = New password
account-password-hint = At least { $shortest } characters.
account-password-change = Change the password
account-logins = My other logins
account-logins-count = { $count ->
    [0] No other login of your account is open.
    [one] One other login of your account is open.
   *[other] { $count } other logins of your account are open.
}
account-logins-end = End the other logins
account-done-password = The password is changed, and your other logins have ended.
account-done-logins = Your other logins have ended.
error-preference-unknown = Choose language and digits from the lists.
error-password-short = The new password has at least { $shortest } characters and is not the login name.
account-password-first = Your password is temporary and the administrator knows it. Choose another one below; the other pages open then.
error-password-first = Your password is temporary. Choose another one on your account page first.
error-password-same = The new password is the present one. Choose another.
error-password-wrong = The present password is wrong.
event-password-changed = password changed
role-planner = planner
