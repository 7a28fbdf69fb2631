### Aanmelden

sign-in = Aanmelden
sign-in-to = Uw klantenzone van { $value }
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
sign-in-over = De code kwam niet op tijd, of te veel codes waren fout. Meld u opnieuw aan.
sign-in-passkey-unknown = Met deze toegangssleutel kunt u zich hier niet aanmelden. Gebruik uw wachtwoord.
sign-in-with-passkey = Aanmelden met een toegangssleutel
passkey-not-shown = Er is geen toegangssleutel gebruikt. Probeer het opnieuw of gebruik uw wachtwoord.
code-title = Uw eenmalige code
code-lead = Dag { $value }. Open uw authenticatie-app en typ de getoonde code.
code = Code van zes cijfers
code-button = Doorgaan
code-no-app = Ik heb mijn telefoon niet bij me
recovery-code = Herstelcode
recovery-hint = Een van de tien codes die u hebt bewaard toen u de eenmalige codes inschakelde. Hij werkt één keer.
recovery-button = Deze herstelcode gebruiken
