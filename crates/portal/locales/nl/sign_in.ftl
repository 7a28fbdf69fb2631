### Aanmelden

sign-in = Aanmelden
sign-in-to = Uw omgeving bij { $value }
identifier = Gebruikersnaam
identifier-hint = Telefoonnummer, e-mailadres of klantnummer
password = Wachtwoord
sign-in-wrong = Gebruikersnaam of wachtwoord onjuist. Controleer uw invoer en probeer opnieuw.
sign-in-too-many = { $count ->
    [one] Te veel pogingen. Probeer het over { $number } minuut opnieuw.
   *[other] Te veel pogingen. Probeer het over { $number } minuten opnieuw.
 }
demo-title = Demonstratie
demo-lead = Meld u met één klik aan met een van deze profielen.
