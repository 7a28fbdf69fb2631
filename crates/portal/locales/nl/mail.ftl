### De e-mails

mail-hello = Beste { $value },
mail-hello-nobody = Beste,
mail-first-access-subject = Kies uw wachtwoord
mail-first-access = Uw klantenzone van { $value } staat klaar. Kies uw wachtwoord om binnen te gaan.
mail-first-access-button = Mijn wachtwoord kiezen
mail-first-access-not-you = Hebt u niets gevraagd? Dan hoeft u niets te doen: er wordt geen toegang aangemaakt.
mail-forgotten-password-subject = Kies een nieuw wachtwoord
mail-forgotten-password = U hebt gevraagd om een nieuw wachtwoord te kiezen voor uw klantenzone van { $value }.
mail-forgotten-password-button = Een nieuw wachtwoord kiezen
mail-forgotten-password-not-you = Was u dit niet? Dan hoeft u niets te doen: uw huidige wachtwoord blijft geldig.
mail-invitation-subject = Uw uitnodiging voor { $value }
mail-invitation = { $by } nodigt u uit voor de klantenzone van { $brand }, namens { $party }.
mail-invitation-button = De uitnodiging aanvaarden
mail-invitation-not-you = Kent u deze persoon niet? Dan hoeft u niets te doen: er wordt geen toegang aangemaakt.
mail-confirm-address-subject = Bevestig uw e-mailadres
mail-confirm-address = Bevestig dat dit adres van u is om er de berichten van uw klantenzone van { $value } te ontvangen.
mail-confirm-address-button = Mijn adres bevestigen
mail-confirm-address-not-you = Hebt u niets gevraagd? Dan hoeft u niets te doen: dit adres wordt niet gebruikt.
mail-new-device-subject = Nieuwe aanmelding bij uw klantenzone
mail-new-device = Iemand heeft zich bij uw klantenzone van { $value } aangemeld vanaf een toestel dat wij niet kenden. Was u dit, dan hoeft u niets te doen.
mail-new-device-not-you = Was u dit niet? Wijzig meteen uw wachtwoord en neem contact met ons op: { $value }
mail-password-changed-subject = Uw wachtwoord is gewijzigd
mail-password-changed = Het wachtwoord van uw klantenzone van { $value } is zojuist gewijzigd. Was u dit, dan hoeft u niets te doen.
mail-address-changed-subject = Uw e-mailadres is gewijzigd
mail-address-changed = De berichten van uw klantenzone van { $value } gaan voortaan naar een ander adres. Dit is het laatste dat u hier ontvangt.
mail-identifier-changed-subject = Uw gebruikersnaam is gewijzigd
mail-identifier-changed = De gebruikersnaam van uw klantenzone van { $value } is zojuist gewijzigd. Was u dit, dan hoeft u niets te doen.
mail-numbers-changed-subject = Uw contactnummers zijn gewijzigd
mail-numbers-changed = De nummers waarop { $value } u kan bereiken zijn zojuist gewijzigd. Was u dit, dan hoeft u niets te doen.
mail-changed-not-you = Was u dit niet? Neem meteen contact met ons op: { $value }
mail-test-subject = Testbericht
mail-test = Dit testbericht bevestigt dat { $value } e-mails kan versturen. U hoeft niets te doen.
mail-when = Datum
mail-device = Toestel
mail-network-address = IP-adres
mail-new-address = Nieuw adres
mail-new-identifier = Nieuwe gebruikersnaam
mail-lasts-minutes = { $count ->
    [one] Deze link is { $number } minuut geldig en werkt één keer.
   *[other] Deze link is { $number } minuten geldig en werkt één keer.
 }
mail-lasts-days = { $count ->
    [one] Deze link is { $number } dag geldig en werkt één keer.
   *[other] Deze link is { $number } dagen geldig en werkt één keer.
 }
mail-label = { $value }:
mail-copy-link = Werkt de knop niet? Kopieer dan dit adres naar uw browser:
mail-footer = Automatisch bericht van { $value }. Wij vragen nooit per e-mail naar uw wachtwoord.
mail-codes-switched-on-subject = Eenmalige codes zijn ingeschakeld
mail-codes-switched-on = Uw klantenzone van { $value } vraagt voortaan na uw wachtwoord een eenmalige code. Was u dit, dan hoeft u niets te doen.
mail-codes-switched-off-subject = Eenmalige codes zijn uitgeschakeld
mail-codes-switched-off = Uw klantenzone van { $value } vraagt geen eenmalige code meer: uw wachtwoord volstaat. Was u dit, dan hoeft u niets te doen.
mail-recovery-code-used-subject = Er is een herstelcode gebruikt
mail-recovery-code-used = Een herstelcode heeft uw eenmalige code vervangen in uw klantenzone van { $value }. Was u dit, dan hoeft u niets te doen.
mail-recovery-left = Resterende herstelcodes
mail-passkey = Toegangssleutel
mail-passkey-added-subject = Er is een toegangssleutel toegevoegd
mail-passkey-added = Met een nieuwe toegangssleutel kan voortaan worden aangemeld in uw klantenzone van { $value }. Was u dit, dan hoeft u niets te doen.
mail-passkey-removed-subject = Er is een toegangssleutel verwijderd
mail-passkey-removed = Met een toegangssleutel kan niet meer worden aangemeld in uw klantenzone van { $value }. Was u dit, dan hoeft u niets te doen.
mail-address-asked-subject = Wijziging van uw e-mailadres gevraagd
mail-address-asked = Iemand heeft gevraagd om de berichten van uw klantenzone van { $value } naar een ander adres te sturen. Was u dit, dan hoeft u hier niets te doen: volg de link die naar het nieuwe adres is gestuurd.
mail-effect = Geldt vanaf
mail-effect-at-once = Meteen na de bevestiging
mail-effect-hours = { $count ->
    [one] { $number } uur na de bevestiging
   *[other] { $number } uur na de bevestiging
 }
mail-not-me-button = Ik was dit niet
mail-not-me = Zo annuleert u de wijziging, sluit u alle sessies en krijgt u een link om een nieuw wachtwoord te kiezen. Twijfelt u? Neem contact met ons op: { $value }
mail-lasts-hours = { $count ->
    [one] Deze link is { $number } uur geldig en werkt één keer.
   *[other] Deze link is { $number } uur geldig en werkt één keer.
 }
mail-address-held = Na een verzoek aan onze klantendienst gaan de berichten van uw klantenzone van { $value } naar een ander adres. Was u dit, dan hoeft u niets te doen.
mail-effect-now = Nu
mail-effect-in-hours = { $count ->
    [one] Over { $number } uur
   *[other] Over { $number } uur
 }
mail-second-factor-removed-subject = Uw codes en toegangssleutels worden verwijderd
mail-second-factor-removed = Na een verzoek aan onze klantendienst worden de eenmalige codes en toegangssleutels van uw klantenzone van { $value } verwijderd: uw wachtwoord volstaat dan. Was u dit, dan hoeft u niets te doen.
mail-access-taken-away-subject = Uw toegang is ingetrokken
mail-access-taken-away = U hebt geen toegang meer tot de klantenzone van { $value } voor { $party }. Uw sessies zijn gesloten.
mail-access-given-back-subject = U hebt opnieuw toegang
mail-access-given-back = U hebt opnieuw toegang tot de klantenzone van { $value } voor { $party }. Meld u aan met uw wachtwoord van vroeger.
mail-line-joined-subject = Uw lijn heeft geen eigen toegang meer
mail-line-joined = Uw lijn hoort in de klantenzone van { $value } opnieuw bij de account van { $party }. Uw eigen toegang bestaat niet meer.
mail-access-question = Een vraag? Neem contact met ons op: { $value }
mail-line = Lijn
mail-esim-ready-subject = Uw eSIM is klaar om te installeren
mail-esim-ready = Uw eSIM van { $value } wacht op uw telefoon.
mail-esim-step-wifi = Verbind de telefoon met wifi.
mail-esim-step-scan = Voeg in de instellingen een eSIM toe en scan de QR-code op een ander scherm.
mail-esim-step-code = Voer de bevestigingscode van zes cijfers in, die op aanvraag per sms naar een ander nummer gaat.
mail-esim-by-hand = Zonder QR-code: voer op iPhone het SM-DP+-adres en de activeringscode in, op Android de volledige code.
mail-esim-ready-help = Een eSIM wordt maar één keer geïnstalleerd: verwijder hem daarna niet van de telefoon. Een vraag? Neem contact met ons op: { $value }
mail-sims-asked-subject = { $value }: uw simkaarten zijn besteld
mail-sims-asked = Uw bestelling van blanco simkaarten is geregistreerd. We schrijven u zodra ze verzonden zijn.
mail-sims-sent-subject = { $value }: uw simkaarten zijn onderweg
mail-sims-sent = Uw blanco simkaarten zijn onderweg. Bevestig de aankomst op de pagina van de levering: dan kunt u ze gebruiken.
mail-debit-begun-subject = Uw domiciliëring is ingesteld
mail-debit-begun = De facturen van uw account bij { $value } worden voortaan van de onderstaande bankrekening gedebiteerd. Elke debitering wordt minstens 14 dagen vooraf aangekondigd.
mail-debit-changed-subject = De gedebiteerde bankrekening is gewijzigd
mail-debit-changed = De facturen van uw account bij { $value } worden voortaan van een andere bankrekening gedebiteerd. Het vorige mandaat is beëindigd. Was u dit zelf, dan hoeft u niets te doen.
mail-debit-ended-subject = Uw domiciliëring is stopgezet
mail-debit-ended = De facturen van uw account bij { $value } worden niet meer gedebiteerd: u betaalt ze per overschrijving of met de kaart.
mail-debit-account = Facturatieaccount
mail-debit-before = Vorige bankrekening
mail-debit-after = Nieuwe bankrekening
mail-debit-iban = Bankrekening
mail-debit-mandate = Mandaatreferte
mail-debit-creditor = Schuldeiser
mail-invoices-elsewhere-subject = Het adres voor uw facturen is gewijzigd
mail-invoices-elsewhere = Nieuwe facturen van uw account bij { $value } worden voortaan op het onderstaande adres aangekondigd. Was u dit zelf, dan hoeft u niets te doen.
mail-invoices-nowhere = Nieuwe facturen van uw account bij { $value } worden niet meer per e-mail aangekondigd. Ze blijven in uw klantenzone.
mail-debit-announced-subject = Er is een debitering gepland
mail-debit-announced = Het onderstaande bedrag wordt gedebiteerd voor uw account bij { $value }. U kunt zich daartegen verzetten tot de vermelde dag.
mail-debit-invoice = Factuur
mail-debit-amount = Bedrag
mail-debit-on = Dag van debitering
mail-debit-came-back-subject = Een debitering is niet gelukt
mail-debit-once-more = Uw bank heeft een debitering voor uw account bij { $value } niet aanvaard. Ze wordt op de vermelde dag opnieuw aangeboden: zorg dat er genoeg geld op de rekening staat.
mail-debit-pay-otherwise = Uw bank heeft een debitering voor uw account bij { $value } niet aanvaard. Betaal dit bedrag per overschrijving of met de kaart: het wordt niet opnieuw gedebiteerd.
mail-payment-received-subject = Betaling ontvangen
mail-payment-given-back-subject = Terugbetaling
mail-payment-received = Wij hebben uw betaling goed ontvangen. { $value } dankt u.
mail-payment-given-back = { $value } betaalt u terug op de kaart waarmee betaald werd. Afhankelijk van uw bank duurt dat enkele dagen.
mail-payment-button = Betaling bekijken
mail-payment-sign-in = Meld u aan om uw facturen en betalingen in detail te zien.
