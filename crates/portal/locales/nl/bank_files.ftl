bank-files = Domiciliëringen en bank
bank-files-lead = Bestanden voor de bank, wat ze antwoordt, en overschrijvingen die nog toe te wijzen zijn.
collect-title = Te innen
collect-until = Tot en met
debit-day-of = Dag van debitering
collect-debits = Debiteringen
collect-nothing = Er is niets te innen tot die dag.
collect-announced = Daarnaast worden deze facturen aan de klanten aangekondigd en op de aangekondigde dag geïnd: { $value }.
collect-announced-only = { $count ->
    [one] Niets te innen; { $number } factuur is aangekondigd.
   *[other] Niets te innen; { $number } facturen zijn aangekondigd.
 }
collect-without-mandate = { $count ->
    [one] { $number } factuur kan niet worden geïnd: het mandaat is niet bruikbaar.
   *[other] { $number } facturen kunnen niet worden geïnd: hun mandaten zijn niet bruikbaar.
 }
collect-make = Bestand aanmaken
collect-wrong-day = Kies een dag tussen vandaag en over 30 dagen.
collect-files = Domiciliëringsbestanden
collect-none = Nog geen bestanden.
collect-made = Aangemaakt
collection-title = Debiteringen { $value }
collection-fetch = Downloaden voor de bank
debit-under-way = Bij de bank
debit-settled = Ontvangen
debit-rejected = Geweigerd
debit-returned = Teruggeboekt
bank-take = Bestand van de bank
bank-file = Bestand
bank-send = Inlezen
bank-hint = pain.002, camt.053 of camt.054, zoals de bank het stuurde, hoogstens 16 MB. Hetzelfde bestand tweemaal telt één keer.
bank-waiting = Te beslissen
bank-nothing-waits = Er wacht niets op een beslissing.
bank-party = Tegenpartij
bank-why = Waarom
bank-decide = Beslissing
bank-number = Factuurnummer
bank-assign = Toewijzen
bank-what = Of: wat is het?
bank-say = Noteren
bank-message = Bericht
bank-taken = Bestanden van de bank
bank-none-taken = Nog geen bestanden ingelezen.
bank-taken-at = Ingelezen
bank-items = Regels
bank-waits = Wacht
bank-came-back = Teruggekomen
bank-not-counted = Niet geteld
bank-counted = Geteld
bank-booked = Geboekt
bank-became = Resultaat
bank-report = Statusbericht van de bank
bank-statements = Rekeninguittreksel
bank-taken-before = Dit bestand is al ingelezen: niets telt dubbel. Dit was het resultaat.
bank-file-empty = Dit bestand bevat niets nieuws.
bank-accepted = Aanvaard door de bank: { $value }
bank-credit = { $value } ten gunste van de account
bank-settled = { $count ->
    [one] { $number } debitering ontvangen
   *[other] { $number } debiteringen ontvangen
 }
bank-again = Opnieuw aangeboden op { $value }
bank-customer-pays = De klant betaalt anders
bank-look = Na te kijken
bank-says-nothing = Geen gestructureerde mededeling en geen factuurnummer
bank-unknown-reference = De mededeling { $value } hoort bij geen enkele factuur
bank-several-accounts = Noemt facturen van verschillende accounts
bank-noted-by-hand = Voor deze facturatieaccount is al een betaling van dit bedrag met de hand geregistreerd. Is het dezelfde, maak die dan op haar pagina ongedaan en wijs daarna deze overschrijving toe.
bank-not-euros = In { $value }, en facturen zijn in euro
bank-went-out = Uitgaand geld
bank-twice = Al geteld
bank-unknown-debit = Geen enkele debitering heeft deze referentie: { $value }
bank-told-before = Al bekend: { $value }
bank-other-amount = Het bedrag is niet wat er geïnd werd: { $value }
bank-other-currency = In een andere munt dan de euro: { $value }
bank-busy = Iemand anders is ermee bezig: probeer het zo dadelijk opnieuw.
bank-other-account = Dit uittreksel is van een andere rekening ({ $value }) dan die waarop klanten betalen.
bank-no-account = De operator heeft hiervoor geen rekening of schuldeisersnummer.
bank-decided = Genoteerd.
bank-decided-before = Iemand heeft dit al behandeld.
bank-no-invoice = Geen enkele factuur heeft nummer { $value }: controleer het.
bank-invoice-missing = Vul een factuurnummer in.
bank-no-money = Dit is geen inkomend geld in euro: er wordt geen factuur mee betaald.
bank-say-what = Zeg in hoogstens 200 tekens wat het is.
bank-file-too-large = { $count ->
    [one] Het bestand is te groot: hoogstens { $number } MB. Vraag de bank om kortere periodes.
   *[other] Het bestand is te groot: hoogstens { $number } MB. Vraag de bank om kortere periodes.
 }
bank-file-encoding = Het bestand is niet in UTF-8: bewaar het zoals de bank het stuurde.
bank-file-cut = Het bestand houdt halverwege op: haal het opnieuw op. Er is niets geteld.
bank-file-no-xml = Dit is geen XML-bestand van een bank.
bank-file-other = Dit bericht ({ $value }) is geen pain.002, camt.053 of camt.054 in een versie die hier gelezen wordt.
bank-file-missing = Er ontbreekt een element in het bestand: { $value }. Er is niets geteld.
bank-file-value = Het bestand bevat een onmogelijke waarde, { $value }. Er is niets geteld.
reason-ac01 = verkeerd rekeningnummer
reason-ac04 = rekening afgesloten
reason-ac06 = rekening geblokkeerd
reason-ag01 = geen debiteringen van dit soort rekening
reason-ag02 = verkeerde verrichting
reason-am04 = onvoldoende saldo
reason-am05 = tweemaal geïnd
reason-be05 = schuldeiser onbekend
reason-ff05 = verkeerde soort domiciliëring
reason-md01 = geen geldig mandaat
reason-md06 = terugbetaling gevraagd door de betaler
reason-md07 = houder overleden
reason-ms02 = geweigerd door de betaler
reason-ms03 = de bank zegt niet waarom
reason-rc01 = verkeerde BIC
reason-rr01 = verplichte gegevens ontbreken
reason-other = reden { $value }
collection-stop = Niet innen
collection-stop-lead = De klant betaalt ze anders. Een debitering die al bij de bank is, gaat nog door.
collection-stop-yes = Ja, niet innen
collection-stopped = Deze factuur wordt niet meer geïnd: u betaalt ze per overschrijving of met de kaart.
