### Proof, e-mail address and numbers

proof-title = Confirm that it is you
proof-lead = This page is protected. After five minutes we ask for your password again.
proof-button = Continue
proof-back = Back to my account
proof-hint = To protect you, we ask for it again.
proof-needed = Enter your password to confirm. The rest of what you typed is kept.
email-title = E-mail address
email-none = No address
email-change = Change the e-mail address
email-now = Present address: { $value }
email-wanted = New address
email-again = New address, once more
email-link-hint = We will send a link there, to be followed within 24 hours. Your present address and your mobile phone will be told.
email-at-once = The change takes effect as soon as you have confirmed it.
email-held = { $count ->
    [one] The change takes effect { $number } hour after you confirm it; until then you can cancel it.
   *[other] The change takes effect { $number } hours after you confirm it; until then you can cancel it.
 }
email-button = Get the link
email-no-address = That is not a valid e-mail address. Check what you typed.
email-differ = The two addresses are not the same. Type the same one twice.
email-same = That is your address already. Give another one.
email-too-many = { $count ->
    [one] Too many requests. Try again in { $number } minute.
   *[other] Too many requests. Try again in { $number } minutes.
 }
email-asked = A link is on its way to the new address. Follow it within 24 hours.
email-confirmed = The new address is confirmed. It will replace the present one at the time shown.
email-changed = The new address is saved.
email-taken-back = The change is cancelled. Your address stays the same.
email-to-come = New address
email-from = Takes effect
email-waits = Once the link is followed
email-take-back = Cancel this change
email-confirm-title = Confirm your new address
email-confirm-button = Confirm this address
email-link-over = It was used, has expired, or a later request replaced it. If it was asked for from another account, sign in with that one first.
numbers = Contact numbers
numbers-lead = To reach you, and to warn you by text message if you have no mobile line with us.
numbers-none = No number
numbers-change = Change the numbers
numbers-hint = With the country code (+33…) for a number abroad. An empty field removes the number.
numbers-button = Save the numbers
numbers-saved = Your numbers are saved.
number-mobile = Mobile
number-home = Home
number-other = Other or abroad
number-none = { $value }: there is no such number. Please check it.
number-not-mobile = { $value }: that is not a mobile number. Give one, or leave the field empty.
not-me-title = It was not you?
not-me-email = Somebody asked to change the e-mail address of your account. If it was not you, we put everything right:
not-me-password = Somebody changed the password of your account. If it was not you, we put everything right:
not-me-identifier = Somebody changed the identifier of your account. If it was not you, we put everything right:
not-me-step-back = the change is cancelled, and so is whatever was changed since;
not-me-step-sessions = every open session is closed;
not-me-step-password = the current password is no longer valid, and you get a link to choose another.
not-me-button = It was not me
not-me-done-title = Your account is protected
not-me-done = The change is cancelled, and every session is closed.
not-me-link-sent = A link to choose a new password is on its way to { $value }. It is valid for 15 minutes.
not-me-no-address = We have no address to write to you: contact us to choose a new password.
not-me-over = It was used, or has expired. If you fear that somebody knows your password, choose a new one at once.
proof-code-needed = Enter the code from the app too, or a recovery code.
proof-with-passkey = Confirm with a passkey
proof-passkey-not-shown = No passkey was used. Try again.
proof-passkey-required = Your operator asks for more than a password. Use your passkey to continue.
proof-passkey-no-script = Passkeys cannot be used in this browser, or JavaScript is switched off. Try another browser or device.
proof-passkey-elsewhere = Your passkey belongs to another of our sites: sign in where you made it.
not-me-second-factor = Somebody had the codes and passkeys of your account removed. If it was not you, we put everything right:
not-me-numbers = Somebody changed the contact numbers of your account. If it was not you, we put everything right:
not-me-codes = Somebody switched on the one-time codes of your account. If it was not you, we put everything right:
not-me-passkey = Somebody added a passkey to your account. If it was not you, we put everything right:
