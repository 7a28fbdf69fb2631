### Text messages, without signs that telephones do not have

text-address-asked = { $brand }: a new e-mail address was asked for on your account ({ $at }). It was not you? Cancel it from our e-mail or contact us: { $contact }
text-password-changed = { $brand }: your password was changed ({ $at }). It was not you? Cancel it from our e-mail or contact us: { $contact }
text-identifier-changed = { $brand }: your identifier was changed ({ $at }). It was not you? Cancel it from our e-mail or contact us: { $contact }
text-numbers-changed = { $brand }: your contact numbers were changed ({ $at }). It was not you? Contact us: { $contact }
text-numbers-changed-subject = Your contact numbers were changed
text-second-factor-removed = { $brand }: on request, the codes and passkeys of your account are removed ({ $at }). It was not you? Cancel it from our e-mail or contact us: { $contact }
text-esim-code = { $brand }: your eSIM confirmation code is { $code }. Enter it when the phone asks for it. Three mistakes block it.
text-esim-code-subject = Confirmation code of your eSIM
