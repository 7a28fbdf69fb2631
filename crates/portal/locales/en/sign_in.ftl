### Signing in

sign-in = Sign in
sign-in-to = Your { $value } account
identifier = Identifier
identifier-hint = Telephone number, e-mail address or customer reference
password = Password
sign-in-wrong = Wrong identifier or password. Check what you typed, then try again.
sign-in-too-many = { $count ->
    [one] Too many attempts. Try again in { $number } minute.
   *[other] Too many attempts. Try again in { $number } minutes.
 }
demo-title = Demonstration
demo-lead = Sign in with one click as one of these people.
sign-in-over = The code did not come in time, or too many were wrong. Sign in again.
sign-in-passkey-unknown = This passkey does not let you sign in here. Use your password.
sign-in-with-passkey = Sign in with a passkey
passkey-not-shown = No passkey was used. Try again, or use your password.
code-title = Your one-time code
code-lead = Hello { $value }. Open your authenticator app and type the code it shows.
code = Six-digit code
code-button = Continue
code-no-app = I do not have my phone
recovery-code = Recovery code
recovery-hint = One of the ten codes you kept when you switched one-time codes on. It works once.
recovery-button = Use this recovery code
