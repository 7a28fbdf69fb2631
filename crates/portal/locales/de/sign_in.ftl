### Die Anmeldung

sign-in = Anmelden
sign-in-to = Ihr Bereich bei { $value }
identifier = Kennung
identifier-hint = Rufnummer, E-Mail-Adresse oder Kundennummer
password = Passwort
sign-in-wrong = Kennung oder Passwort falsch. Prüfen Sie Ihre Eingabe und versuchen Sie es noch einmal.
sign-in-too-many = { $count ->
    [one] Zu viele Versuche. Versuchen Sie es in { $number } Minute wieder.
   *[other] Zu viele Versuche. Versuchen Sie es in { $number } Minuten wieder.
 }
demo-title = Vorführung
demo-lead = Melden Sie sich mit einem Klick als eine dieser Personen an.
