### Die Anmeldung

sign-in = Anmelden
sign-in-to = Ihr Kundenbereich von { $value }
identifier = Kennung
identifier-hint = Rufnummer, E-Mail-Adresse oder Kundennummer
password = Passwort
sign-in-wrong = Kennung oder Passwort falsch. Prüfen Sie Ihre Eingabe und versuchen Sie es noch einmal.
sign-in-too-many = { $count ->
    [one] Zu viele Versuche. Versuchen Sie es in { $number } Minute wieder.
   *[other] Zu viele Versuche. Versuchen Sie es in { $number } Minuten wieder.
 }
demo-title = Demo
demo-lead = Melden Sie sich mit einem Klick als eine dieser Personen an.
sign-in-over = Der Code kam nicht rechtzeitig, oder zu viele waren falsch. Melden Sie sich noch einmal an.
sign-in-passkey-unknown = Mit diesem Passkey können Sie sich hier nicht anmelden. Verwenden Sie Ihr Passwort.
sign-in-with-passkey = Mit einem Passkey anmelden
passkey-not-shown = Es wurde kein Passkey verwendet. Versuchen Sie es noch einmal oder verwenden Sie Ihr Passwort.
code-title = Ihr Einmalcode
code-lead = Guten Tag, { $value }. Öffnen Sie Ihre Authentifizierungs-App und geben Sie den angezeigten Code ein.
code = Sechsstelliger Code
code-button = Weiter
code-no-app = Ich habe mein Telefon nicht da
recovery-code = Wiederherstellungscode
recovery-hint = Einer der zehn Codes, die Sie beim Einschalten der Einmalcodes notiert haben. Er gilt nur einmal.
recovery-button = Diesen Wiederherstellungscode verwenden
