menu-orders = Bestellingen
orders-lead = Elke bestelling van lijnen en hoever ze staat.
orders-none = Nog geen bestellingen.
order = Bestelling
order-new = Lijnen bestellen
order-new-lead = U ziet alleen wat samen kan. De prijs ziet u vóór het verzenden.
order-lines = { $count ->
    [one] { $number } lijn
   *[other] { $number } lijnen
 }
order-placed = Geplaatst op
order-by = Door
order-monthly = Per maand
order-once = Eenmalig
order-first-month = Eerste maand, naar rato
order-given-up = Geannuleerd
order-done = Geleverd
order-open = Bezig
order-partly = Deels geleverd
order-is-placed = De bestelling is geplaatst. De lijnen gaan open zodra het netwerk klaar is: deze pagina toont hoever ze staan.
order-late = Dat kon niet meer: de lijn is intussen veranderd. Dit is de stand nu.
order-line-ordered = Besteld
order-line-activating = Wordt geactiveerd
order-line-stuck = Geweigerd door het netwerk
order-number-to-come = Nummer volgt
order-begins-at = Vanaf { $value }
order-more-lines = { $count ->
    [one] { $number } andere lijn staat hier niet.
   *[other] { $number } andere lijnen staan hier niet.
 }
order-again = Opnieuw vragen aan het netwerk
order-give-up = Annuleren
order-give-up-lead = De lijn wordt niet geopend. Simkaart en nummer komen weer vrij.
order-give-up-yes = Ja, deze lijn annuleren
porting-requested = Overdracht gevraagd aan de andere operator
porting-eligible = Overdracht aanvaard
porting-dated = Het nummer komt op { $value }
porting-done = Nummer overgedragen op { $value }
porting-refused = Overdracht geweigerd: { $value }
porting-cancelled = Overdracht geannuleerd
porting-agree = Andere operator gaat akkoord
porting-refuse = Andere operator weigert
porting-refuse-yes = Weigering noteren en lijn annuleren
porting-reason = Opgegeven reden
column-actions = Acties
order-from-file = Bestellen met een bestand
order-what = Welke lijnen?
order-a-month = { $value } per maand
order-paid-once = eenmalig { $value }
order-free = zonder meerprijs
order-capping = Boven de bundel
order-capped = Geblokkeerd
order-uncapped = Niet geblokkeerd
order-count = Aantal lijnen
order-options = Opties
order-choose-again = Keuze bijwerken
order-go-on = Verder
order-customer-hint = Naam of klantnummer.
order-several-customers = Meerdere klanten passen: kies er een uit de lijst van het veld.
order-count-hint = { $count ->
    [one] Hoogstens { $number } lijn per formulier. Stuur een bestand voor meer.
   *[other] Hoogstens { $number } lijnen per formulier. Stuur een bestand voor meer.
 }
order-for-all = Voor alle lijnen
order-account = Facturatieaccount
order-line = Lijn { $value }
order-sim = Simkaart
order-iccid = Nummer van een bepaalde kaart
order-iccid-hint = Zonder kaartnummer wordt er een uit de voorraad genomen.
order-number = Te behouden of gekozen nummer
order-number-hint = Zonder nummer krijgt de lijn een nieuw. Om een nummer van een andere operator te behouden, geeft u het op met het bewijs.
order-number-network = Het netwerk geeft deze lijnen hun nummer.
order-donor-number = Klantnummer bij de andere operator
order-day = Gewenste datum
order-day-hint = Zonder datum gaat de lijn zo snel mogelijk open.
order-check = Controleren en prijs zien
order-place = Bestellen
order-place-good = { $count ->
    [one] Alleen de juiste lijn bestellen
   *[other] Alleen de { $number } juiste lijnen bestellen
 }
order-total = Wat de bestelling kost
order-total-note = Prijzen zonder btw. Er wordt niets besteld zolang u niet bevestigt.
order-file = CSV-bestand
order-file-lead = Elke rij is een lijn. U ziet de prijs en de fouten voordat u bestelt.
order-file-hint = Hoogstens 10.000 rijen, met een kopregel. Bekende kolommen, alleen de eerste twee zijn nodig:
order-file-changed = Sinds de controle is het aantal rijen dat kan worden besteld veranderd: er is niets besteld. Hieronder staat wat nu kan.
order-rows-wrong = { $count ->
    [one] { $number } rij te verbeteren
   *[other] { $number } rijen te verbeteren
 }
order-no-lines = Er is geen lijn om te bestellen.
order-too-many = { $count ->
    [one] Hoogstens { $number } lijn per bestelling.
   *[other] Hoogstens { $number } lijnen per bestelling.
 }
order-no-token = Het formulier is onvolledig. Open de pagina opnieuw.
order-no-account = De klant heeft deze facturatieaccount niet. Kies een andere.
order-lines-wrong = Er is niets besteld: verbeter eerst wat aangegeven is.
order-people-wrong = De gegevens van de gebruiker kloppen niet: kijk de kolom of het veld “{ $value }” na. Vul een nieuwe persoon in, of de lijn die hij al gebruikt, niet allebei.
order-user-of = Zelfde gebruiker als lijn
order-user-more = Meer over de gebruiker
order-user-hint = Gebruikt de persoon al een lijn? Vul dan alleen het nummer van die lijn in; de gegevens worden overgenomen.
order-sim-unknown = Er is geen simkaart met dit nummer voor deze klant. Controleer het.
order-no-sim-left = Er is geen simkaart van deze soort meer in voorraad. Kies een andere soort.
order-number-not-ours = Dit nummer kan hier niet gekozen worden. Neem er een uit de lijst, of geef het bewijs op.
order-no-number-left = Er zijn geen vrije nummers meer. De operator moet er toevoegen.
order-header = De eerste rij moet de kolommen noemen, waaronder “network” en “offer”. Te verbeteren: { $value }
order-row = De rij heeft niet evenveel kolommen als de kopregel.
order-value = “{ $value }” is hier niet geldig.
order-value-missing = Geef het nummer op waarbij dit bewijs hoort.
order-rio-wrong = Deze RIO hoort niet bij het nummer. Bel 3179 vanaf de lijn.
order-twice = Staat al in rij { $value }.
order-network-unknown = Dit netwerk bestaat niet. Kies er een uit de lijst.
order-offer-unknown = Dit aanbod bestaat niet. Kies er een uit de lijst.
order-offer-elsewhere = Dit aanbod wordt niet op dit netwerk verkocht.
order-capping-missing = Kies of de lijn geblokkeerd wordt.
order-no-capping = Dit aanbod laat geen keuze van blokkering.
order-option-wrong = Een van de opties gaat niet samen met dit aanbod of met de andere opties.
order-cutoff-or-option = Een optie vervangt deze limiet al: haal er een weg.
order-cutoff-wrong = Het aanbod heeft deze limiet of waarde niet.
order-cutoff-missing = Kies een waarde voor elke gevraagde limiet.
order-no-esim = Dit netwerk heeft geen eSIM.
order-sim-twice = Dezelfde simkaart staat twee keer in de bestelling.
order-sim-ended = Deze simkaart is gebruikt en kan niet meer dienen.
order-sim-in-use = Deze simkaart hoort bij een andere lijn.
order-sim-reserved = Een andere bestelling heeft deze simkaart gereserveerd.
order-sim-not-theirs = Deze simkaart is aan een andere klant toegekend.
order-sim-other-network = Deze simkaart is van een ander netwerk.
order-sim-other-kind = Deze simkaart is niet van de gevraagde soort.
order-no-picking = Op dit netwerk kan geen nummer gekozen worden. Geef het bewijs op om er een mee te nemen.
order-other-digits = Het nummer heeft niet het aantal cijfers van zulke lijnen.
order-number-twice = Hetzelfde nummer staat twee keer in de bestelling.
order-no-porting = Het netwerk geeft deze nummers zelf: er kan geen meegenomen worden.
order-porting-early = Een nummer kan ten vroegste op { $value } komen. Kies een andere dag.
order-porting-holiday = In het weekend en op feestdagen verhuist geen nummer. Kies een werkdag.
order-day-passed = Deze dag is voorbij of kan niet gekozen worden. Geef een andere datum op.
order-never-open = Dit netwerk opent geen nieuwe lijnen.
order-number-taken = Het nummer is bezet.
order-number-ported = Het nummer wordt al overgedragen.
order-number-rests = Het nummer rust nog na het einde van zijn lijn.
order-number-gone = Het nummer is niet meer van ons. Geef het bewijs op om het terug te halen.
order-promise = Uiterlijk in dienst
order-promise-ported = Met overdracht, in dienst op
order-promised-by = beloofd voor uiterlijk { $value }
order-promised-on = met het nummer beloofd op { $value }
order-closes =
    { $count ->
        [one] Met een limiet van 0 heeft { $number } lijn geen data in deze zone.
       *[other] Met een limiet van 0 hebben { $number } lijnen geen data in deze zone.
    }
order-closes-meant = Dat is de bedoeling: geen data in deze zone
order-promise-word = Ingebruikname
order-closes-unmeant = Er wordt niets besteld zolang het vakje onder de prijs niet is aangevinkt.
