### Mails

mail-hello = Hello { $value },
mail-hello-nobody = Hello,
mail-first-access-subject = Choose your password
mail-first-access = Your { $value } account is ready. Choose your password to open it.
mail-first-access-button = Choose my password
mail-first-access-not-you = You did not ask for anything? Ignore this message: no access will be created.
mail-forgotten-password-subject = Choose a new password
mail-forgotten-password = You asked to choose a new password for your { $value } account.
mail-forgotten-password-button = Choose a new password
mail-forgotten-password-not-you = It was not you? Ignore this message: your current password remains valid.
mail-invitation-subject = Your invitation to { $value }
mail-invitation = { $by } invites you to { $brand }, on behalf of { $party }.
mail-invitation-button = Accept the invitation
mail-invitation-not-you = You do not know this person? Ignore this message: no access will be created.
mail-confirm-address-subject = Confirm your e-mail address
mail-confirm-address = Confirm that this address is yours to receive the messages of your { $value } account here.
mail-confirm-address-button = Confirm my address
mail-confirm-address-not-you = You did not ask for anything? Ignore this message: this address will not be used.
mail-new-device-subject = New sign-in to your account
mail-new-device = Somebody signed in to your { $value } account from a device that we did not know. If it was you, there is nothing to do.
mail-new-device-not-you = It was not you? Change your password at once, then contact us: { $value }
mail-password-changed-subject = Your password was changed
mail-password-changed = The password of your { $value } account has just been changed. If it was you, there is nothing to do.
mail-address-changed-subject = Your e-mail address was changed
mail-address-changed = The messages of your { $value } account will go to another address from now on. This is the last one you receive here.
mail-identifier-changed-subject = Your identifier was changed
mail-identifier-changed = The identifier of your { $value } account has just been changed. If it was you, there is nothing to do.
mail-numbers-changed-subject = Your contact numbers were changed
mail-numbers-changed = The numbers at which { $value } can reach you have just been changed. If it was you, there is nothing to do.
mail-changed-not-you = It was not you? Contact us at once: { $value }
mail-test-subject = Test message
mail-test = This test message confirms that { $value } can send e-mails. There is nothing to do.
mail-when = Date
mail-device = Device
mail-network-address = IP address
mail-new-address = New address
mail-new-identifier = New identifier
mail-lasts-minutes = { $count ->
    [one] This link is valid for { $number } minute and works once.
   *[other] This link is valid for { $number } minutes and works once.
 }
mail-lasts-days = { $count ->
    [one] This link is valid for { $number } day and works once.
   *[other] This link is valid for { $number } days and works once.
 }
mail-label = { $value }:
mail-copy-link = If the button does not work, copy this address into your browser:
mail-footer = Automatic message from { $value }. We never ask for your password by e-mail.
mail-codes-switched-on-subject = One-time codes are on
mail-codes-switched-on = Your { $value } account now asks for a one-time code after your password. If it was you, there is nothing to do.
mail-codes-switched-off-subject = One-time codes are off
mail-codes-switched-off = Your { $value } account no longer asks for a one-time code: your password is enough. If it was you, there is nothing to do.
mail-recovery-code-used-subject = A recovery code was used
mail-recovery-code-used = A recovery code stood in for your one-time code in your { $value } account. If it was you, there is nothing to do.
mail-recovery-left = Recovery codes left
mail-passkey = Passkey
mail-passkey-added-subject = A passkey was added
mail-passkey-added = A new passkey can now be used to sign in to your { $value } account. If it was you, there is nothing to do.
mail-passkey-removed-subject = A passkey was removed
mail-passkey-removed = A passkey can no longer be used to sign in to your { $value } account. If it was you, there is nothing to do.
mail-address-asked-subject = A change of your e-mail address was requested
mail-address-asked = Somebody asked that the messages of your { $value } account go to another address. If it was you, there is nothing to do here: follow the link sent to the new address.
mail-effect = Takes effect
mail-effect-at-once = As soon as it is confirmed
mail-effect-hours = { $count ->
    [one] { $number } hour after it is confirmed
   *[other] { $number } hours after it is confirmed
 }
mail-not-me-button = It was not me
mail-not-me = This cancels the change, closes every session and sends you a link to choose a new password. In doubt? Contact us: { $value }
mail-lasts-hours = { $count ->
    [one] This link is valid for { $number } hour and works once.
   *[other] This link is valid for { $number } hours and works once.
 }
mail-address-held = After a request to our customer service, messages of your { $value } account will go to another address. If it was you, there is nothing to do.
mail-effect-now = Now
mail-effect-in-hours = { $count ->
    [one] In { $number } hour
   *[other] In { $number } hours
 }
mail-second-factor-removed-subject = Your codes and passkeys are removed
mail-second-factor-removed = After a request to our customer service, the one-time codes and passkeys of your { $value } account are removed: your password is then enough. If it was you, there is nothing to do.
mail-access-taken-away-subject = Your access was taken away
mail-access-taken-away = You no longer have access to { $value } for { $party }. Your sessions are closed.
mail-access-given-back-subject = You have access again
mail-access-given-back = You have access to { $value } for { $party } again. Sign in with the password you had.
mail-line-joined-subject = Your line no longer has its own access
mail-line-joined = Your line is part of the { $value } account of { $party } again. Your own access no longer exists.
mail-access-question = A question? Contact us: { $value }
mail-line = Line
mail-esim-ready-subject = Your eSIM is ready to install
mail-esim-ready = Your { $value } eSIM is waiting for your phone.
mail-esim-step-wifi = Connect the phone to Wi-Fi.
mail-esim-step-scan = In the settings, add an eSIM and scan the QR code from another screen.
mail-esim-step-code = Enter the six-digit confirmation code, which is sent on request by text message to another number.
mail-esim-by-hand = Without the QR code: on iPhone, type the SM-DP+ address and the activation code; on Android, the whole code.
mail-esim-ready-help = An eSIM installs only once: do not delete it from the phone afterwards. A question? Reach us at { $value }
mail-sims-asked-subject = { $value }: your SIM cards are ordered
mail-sims-asked = We have received your order for blank SIM cards. We will write to you as soon as they are sent.
mail-sims-sent-subject = { $value }: your SIM cards are on their way
mail-sims-sent = Your blank SIM cards are on their way. When they arrive, confirm it on the page of the delivery: you can then use them.
mail-debit-begun-subject = Your direct debit is set up
mail-debit-begun = The invoices of your { $value } account will be debited from the bank account below from now on. Each debit is announced to you at least 14 days before.
mail-debit-changed-subject = The bank account debited has changed
mail-debit-changed = The invoices of your { $value } account will be debited from another bank account from now on. The mandate before is ended. If it was you, there is nothing to do.
mail-debit-ended-subject = Your direct debit is ended
mail-debit-ended = The invoices of your { $value } account will not be debited any more: they are paid by transfer or by card.
mail-debit-account = Billing account
mail-debit-before = Bank account before
mail-debit-after = New bank account
mail-debit-iban = Bank account
mail-debit-mandate = Mandate reference
mail-debit-creditor = Creditor
mail-invoices-elsewhere-subject = Your invoices are told elsewhere
mail-invoices-elsewhere = New invoices of your { $value } account will be announced at the address below from now on. If it was you, there is nothing to do.
mail-invoices-nowhere = New invoices of your { $value } account will not be announced by e-mail any more. They stay in your customer area.
mail-debit-announced-subject = A debit is planned
mail-debit-announced = The amount below will be debited for your { $value } account. You can object to it until the day given.
mail-debit-invoice = Invoice
mail-debit-amount = Amount
mail-debit-on = Day of the debit
mail-debit-came-back-subject = A debit did not go through
mail-debit-once-more = Your bank did not accept a debit for your { $value } account. It will be presented once more on the day given: please see that there is enough money on the account.
mail-debit-pay-otherwise = Your bank did not accept a debit for your { $value } account. Please pay the amount by transfer or by card: it will not be debited again.
mail-payment-received-subject = Payment received
mail-payment-given-back-subject = Refund
mail-payment-received = { $value } has received your payment. Thank you.
mail-payment-given-back = { $value } gives money back to the card that was used to pay. Depending on your bank, it arrives in a few days.
mail-payment-button = See the payment
mail-payment-sign-in = Sign in to see your invoices and payments in detail.
