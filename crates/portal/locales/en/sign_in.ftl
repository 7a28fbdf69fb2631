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
