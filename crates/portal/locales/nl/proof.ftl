### Bewijs, e-mailadres en nummers

proof-title = Bevestig dat u het bent
proof-lead = Deze pagina is beveiligd. Na vijf minuten vragen wij uw wachtwoord opnieuw.
proof-button = Doorgaan
proof-back = Terug naar mijn account
proof-hint = Om u te beschermen vragen wij het nog eens.
proof-needed = Voer uw wachtwoord in om te bevestigen. Wat u hebt ingevuld, is er nog.
email-title = E-mailadres
email-none = Geen adres
email-change = E-mailadres wijzigen
email-now = Huidig adres: { $value }
email-wanted = Nieuw adres
email-again = Nieuw adres, nog een keer
email-link-hint = Wij sturen er een link heen die u binnen 24 uur volgt. Uw huidige adres en uw gsm krijgen bericht.
email-at-once = De wijziging geldt zodra u ze hebt bevestigd.
email-held = { $count ->
    [one] De wijziging geldt { $number } uur nadat u ze hebt bevestigd; tot dan kunt u ze annuleren.
   *[other] De wijziging geldt { $number } uur nadat u ze hebt bevestigd; tot dan kunt u ze annuleren.
 }
email-button = Link ontvangen
email-no-address = Dat is geen geldig e-mailadres. Controleer uw invoer.
email-differ = De twee adressen zijn niet gelijk. Vul twee keer hetzelfde in.
email-same = Dat is al uw adres. Vul een ander in.
email-too-many = { $count ->
    [one] Te veel aanvragen. Probeer het over { $number } minuut opnieuw.
   *[other] Te veel aanvragen. Probeer het over { $number } minuten opnieuw.
 }
email-asked = Er is een link naar het nieuwe adres vertrokken. Volg die binnen 24 uur.
email-confirmed = Het nieuwe adres is bevestigd. Het vervangt het oude op het vermelde tijdstip.
email-changed = Het nieuwe adres is opgeslagen.
email-taken-back = De wijziging is geannuleerd. Uw adres blijft hetzelfde.
email-to-come = Nieuw adres
email-from = Geldt vanaf
email-waits = Zodra de link gevolgd is
email-take-back = Deze wijziging annuleren
email-confirm-title = Bevestig uw nieuwe adres
email-confirm-button = Dit adres bevestigen
email-link-over = De link is al gebruikt, is verlopen of is vervangen door een recentere aanvraag. Is hij vanuit een andere account aangevraagd, meld u dan eerst daarmee aan.
numbers = Contactnummers
numbers-lead = Om u te bereiken, en om u per sms te verwittigen als u geen mobiele lijn bij ons hebt.
numbers-none = Geen nummer
numbers-change = Nummers wijzigen
numbers-hint = Met landnummer (+33…) voor een nummer in het buitenland. Een leeg veld wist het nummer.
numbers-button = Nummers opslaan
numbers-saved = Uw nummers zijn opgeslagen.
number-mobile = Mobiel
number-home = Thuis
number-other = Ander of buitenlands
number-none = { $value }: dit nummer bestaat niet. Kijk het even na.
number-not-mobile = { $value }: dit is geen mobiel nummer. Vul een mobiel nummer in of laat het veld leeg.
not-me-title = Was u dit niet?
not-me-email = Iemand heeft gevraagd het e-mailadres van uw account te wijzigen. Was u dit niet, dan zetten wij alles recht:
not-me-password = Iemand heeft het wachtwoord van uw account gewijzigd. Was u dit niet, dan zetten wij alles recht:
not-me-identifier = Iemand heeft de gebruikersnaam van uw account gewijzigd. Was u dit niet, dan zetten wij alles recht:
not-me-step-back = de wijziging wordt geannuleerd, net als wat erna is gewijzigd;
not-me-step-sessions = alle open sessies worden gesloten;
not-me-step-password = het huidige wachtwoord werkt niet meer, en u krijgt een link om een ander te kiezen.
not-me-button = Ik was dit niet
not-me-done-title = Uw account is beschermd
not-me-done = De wijziging is geannuleerd en alle sessies zijn gesloten.
not-me-link-sent = Een link om een nieuw wachtwoord te kiezen is vertrokken naar { $value }. Hij is 15 minuten geldig.
not-me-no-address = Wij hebben geen adres om u te schrijven: neem contact met ons op om een nieuw wachtwoord te kiezen.
not-me-over = De link is al gebruikt of is verlopen. Vreest u dat iemand uw wachtwoord kent, kies dan meteen een nieuw.
proof-code-needed = Vul ook de code van de app of een herstelcode in.
proof-with-passkey = Bevestigen met een toegangssleutel
proof-passkey-not-shown = Er is geen toegangssleutel gebruikt. Probeer het opnieuw.
proof-passkey-required = Uw operator vraagt meer dan een wachtwoord. Gebruik uw toegangssleutel om verder te gaan.
proof-passkey-no-script = In deze browser kunt u geen toegangssleutel gebruiken, of JavaScript staat uit. Probeer een andere browser of een ander toestel.
proof-passkey-elsewhere = Uw toegangssleutel hoort bij een andere site van ons: meld u aan waar u hem hebt gemaakt.
not-me-second-factor = Iemand heeft de codes en toegangssleutels van uw account laten verwijderen. Was u dit niet, dan zetten wij alles recht:
not-me-numbers = Iemand heeft de contactnummers van uw account gewijzigd. Was u dit niet, dan zetten wij alles recht:
not-me-codes = Iemand heeft de eenmalige codes van uw account ingeschakeld. Was u dit niet, dan zetten wij alles recht:
not-me-passkey = Iemand heeft een toegangssleutel aan uw account toegevoegd. Was u dit niet, dan zetten wij alles recht:
