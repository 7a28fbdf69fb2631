### Wat voor een lijn in dienst gevraagd wordt

doing-activate = Ingebruikname
doing-suspend = Schorsing
doing-reactivate = Heractivering
doing-end = Opzegging
doing-plan = Overstap naar { $value }
doing-capped = Geblokkeerd aan het einde van de bundel
doing-uncapped = Tragere snelheid aan het einde van de bundel, zonder blokkering
doing-add = Toegevoegd: { $value }
doing-replace = { $to } in plaats van { $from }
doing-leave = Beëindigd: { $value }
doing-cutoff = { $name }: { $value }
doing-swap = Nieuwe simkaart
doing-other = Wijziging van de lijn
choice-capped = Geblokkeerd aan het einde van de bundel
choice-uncapped = Tragere snelheid aan het einde van de bundel
act-suspend = Lijn schorsen
act-reactivate = Lijn heractiveren
act-plan = Ander abonnement kiezen
act-capping = Kiezen wat er aan het einde van de bundel gebeurt
act-option = Optie toevoegen
act-block = Gebruik blokkeren
act-replace = Optie vervangen
act-leave = Optie beëindigen
act-cutoff = Limiet wijzigen
act-sim = Simkaart vervangen
act-end = Lijn opzeggen
act-lost = Telefoon verloren of gestolen
acts = Wat u kunt doen
services = Diensten en acties
services-monthly = { $value } per maand, excl. btw
a-month = per maand
once = eenmalig
since = sinds { $value }
replace = Vervangen
end-option = Beëindigen
change = Wijzigen
ended-options = Vroegere opties
planned = Gepland
planned-for = Gaat in op { $value }
take-back = Annuleren
underway-closed = Het netwerk is gesloten en begint eraan vanaf { $value }.
underway-telling = De aanvraag gaat naar het netwerk.
underway-taken = Het netwerk is ermee bezig.
underway-unanswered = Het netwerk antwoordt niet: ons team bekijkt het.
underway-withdrawing = Het netwerk wordt gevraagd de aanvraag te vergeten.
underway-since = Gevraagd { $value }
done-begun = De aanvraag is vertrokken. Deze pagina toont wanneer het netwerk ze heeft uitgevoerd.
done-begun-closed = De aanvraag is geregistreerd. Het netwerk begint eraan zodra het opent.
done-answered = De aanvraag is behandeld: zie de staat van de lijn en de geschiedenis.
done-planned = Het is genoteerd. U kunt het tot die datum annuleren.
done-taken-back = De geplande wijziging is geannuleerd.
done-too-late = Te laat: deze wijziging is al begonnen of bestaat niet meer.
refusal-over = De lijn is opgezegd.
refusal-ending = De lijn wordt opgezegd.
refusal-activating = De lijn wordt in gebruik genomen.
refusal-not-active-yet = De lijn is nog niet in dienst.
refusal-in-service = De lijn is al in dienst.
refusal-already-suspended = De lijn is al geschorst.
refusal-not-suspended = De lijn is niet geschorst.
refusal-leaving = Het nummer gaat naar een andere operator.
refusal-porting-not-due = Het nummer is nog niet aangekomen.
refusal-underway = Het netwerk voert een andere aanvraag voor deze lijn uit.
refusal-planned = Zo'n wijziging is al gepland: annuleer die eerst.
refusal-unknown = Dit staat niet meer in de catalogus.
refusal-other-network = Dit abonnement bestaat niet op het netwerk van de lijn.
refusal-other-family = De lijn kan niet naar een abonnement uit deze reeks overstappen.
refusal-same = De lijn heeft dit al.
refusal-no-cap-choice = Het abonnement van de lijn laat deze keuze niet.
refusal-not-its-cutoff = Deze limiet past niet bij de lijn.
refusal-option-instead = Een optie van de lijn vervangt deze limiet.
refusal-no-such-sim = Deze simkaart is u niet toegewezen.
refusal-no-esim = Dit netwerk biedt geen eSIM aan.
refusal-day-passed = Deze datum is voorbij.
refusal-no-day = Voor deze wijziging kiest u geen datum.
refusal-never-open = Het netwerk doet dit niet.
refusal-option-other-lines = Deze optie past niet bij het abonnement of het netwerk van de lijn.
refusal-option-capping = Deze optie past niet bij wat er aan het einde van de bundel gebeurt.
refusal-option-group = De lijn heeft een optie uit dezelfde groep: vervang die.
refusal-option-needs = Eerst is een andere optie nodig.
refusal-option-not-held = De lijn heeft deze optie niet.
refusal-option-other-group = Deze twee opties vervangen elkaar niet.
refusal-option-needed = Een andere optie van de lijn heeft ze nodig.
refusal-cutoff-instead = Een limiet van de lijn staat op de plaats van deze optie.
refusal-sim-ended = Deze simkaart is gebruikt en dient niet meer.
refusal-sim-in-use = Deze simkaart is al in gebruik.
refusal-sim-reserved = Deze simkaart is gereserveerd.
refusal-sim-other-network = Deze simkaart is van een ander netwerk.
refusal-sim-other-kind = Deze simkaart is niet van het gevraagde type.
ask-closes-zone = Met deze waarde gaat er in deze zone niets meer door.
ask-stays-billed = Tijdens de schorsing loopt de facturatie van het abonnement door.
ask-for-ever = Opzeggen is definitief: de simkaart en het nummer worden nooit meer gebruikt.
ask-billed-twice = Deze maand worden beide opties aangerekend; alleen de nieuwe telt.
told-effect = Gaat in
told-now = Meteen
told-opens = Dan gesloten; uitvoering vanaf { $value }
told-once = Eenmalig
told-this-month = Deze maand
told-monthly = Per maand
told-unchanged = ongewijzigd
told-ends = Opties die eindigen
told-changed = De toestand is intussen veranderd: dit geldt nu. Er is niets gedaan.
confirm-plan = Deze wijziging inplannen
confirm-now = Bevestigen
do-nothing = Niets wijzigen
back-to-line = Terug naar de lijn
choose-again = Iets anders kiezen
choices = Uw keuze
choices-none = Er is nu niets te kiezen.
look-before = Bekijken wat er verandert
another-day = Een andere dag
day = Datum
day-hint = Zonder datum is het meteen. Met een datum gaat de wijziging die dag om middernacht in; tot dan kunt u ze annuleren.
look-at-day = Bekijken voor die dag
next = Verder
free-of-charge = gratis
swap-card = Een andere simkaart
swap-to-card = Simkaart { $value }
swap-to-esim = Overstappen naar een eSIM
swap-esim-lead = De eSIM wordt in de telefoon gedownload: geen kaart meer om in te steken.
swap-cards = { $count ->
    [one] U hebt { $number } toegewezen kaart: het nummer wordt tijdens het typen aangevuld.
   *[other] U hebt { $number } toegewezen kaarten: het nummer wordt tijdens het typen aangevuld.
 }
swap-no-cards = U hebt voor dit netwerk geen vrije toegewezen kaart.
swap-no-number = Dit is geen simkaartnummer: op de kaart staan 19 of 20 cijfers.
swap-no-esim-left = Er is op dit moment geen eSIM beschikbaar.
swap-address = Dit is geen e-mailadres.
swap-old-ends = Zodra het netwerk de wissel heeft gedaan, werkt de huidige simkaart nooit meer.
swap-is-told = De huidige simkaart krijgt een sms, en wie de lijn beheert een e-mail.
swap-email = E-mailadres voor contact
swap-email-card = Niet verplicht: voor berichten over deze lijn.
swap-email-esim = Hier schrijven we naar over de eSIM.
swap-number = Telefoonnummer voor contact
lost-title = Telefoon verloren of gestolen
lost-suspend = 1. Schors de lijn
lost-suspend-lead = Niemand kan dan nog bellen, berichten sturen of data gebruiken met uw simkaart. De aanvraag gaat meteen naar het netwerk.
lost-suspend-now = Meteen schorsen
lost-suspended = De lijn is geschorst.
lost-being-suspended = De schorsing is gevraagd: het netwerk voert ze uit.
lost-police = 2. Doe aangifte
lost-police-lead = Bij diefstal doet u aangifte bij de politie en geeft u het IMEI-nummer van het toestel op: daarmee kan het op alle netwerken geblokkeerd worden.
lost-imei = Het IMEI-nummer staat op de factuur en de doos van het toestel. Zolang u een toestel in handen hebt: toets *#06# in en noteer het.
lost-sim = 3. Vraag een nieuwe simkaart
lost-sim-lead = Met een andere kaart of een eSIM behoudt u uw nummer. De oude simkaart werkt nooit meer.
lost-sim-contact = Met een nieuwe simkaart behoudt u uw nummer. Vraag ze aan bij { $value }.
lost-found = Teruggevonden?
lost-found-lead = U kunt de lijn op elk moment heractiveren zolang de simkaart niet vervangen is.
bulk-title = { $count ->
    [one] { $number } lijn wijzigen
   *[other] { $number } lijnen wijzigen
 }
bulk-lead = De wijziging geldt voor al deze lijnen of voor geen enkele.
bulk-what = Wat wilt u wijzigen?
bulk-change = Wijziging
bulk-before = Voordien, per maand
bulk-after = Nadien, per maand
bulk-nothing = Er is geen lijn gekozen.
bulk-too-many = { $count ->
    [one] U wijzigt niet meer dan { $number } lijn tegelijk: verfijn de filters.
   *[other] U wijzigt niet meer dan { $number } lijnen tegelijk: verfijn de filters.
 }
bulk-choose-lines = Lijnen kiezen
bulk-able = { $count ->
    [one] { $number } lijn wijzigt
   *[other] { $number } lijnen wijzigen
 }
bulk-unable = { $count ->
    [one] { $number } lijn kan dit niet.
   *[other] { $number } lijnen kunnen dit niet.
 }
bulk-all-or-nothing = Zolang ze erbij zijn, verandert er niets.
bulk-only-able = { $count ->
    [one] Alleen de lijn houden die het kan
   *[other] De { $number } lijnen houden die het kunnen
 }
bulk-confirm = { $count ->
    [one] Toepassen op { $number } lijn
   *[other] Toepassen op { $number } lijnen
 }
bulk-more = { $count ->
    [one] En nog { $number } lijn.
   *[other] En nog { $number } lijnen.
 }
bulk-latest = Laatste wijzigingen in groep
bulk-pick = { $value } kiezen
bulk-pick-page = Deze hele pagina
bulk-pick-all = { $count ->
    [one] De lijn van deze lijst
   *[other] De { $number } lijnen van deze lijst
 }
bulk-pick-change = Gekozen lijnen wijzigen
bulk-moving = Het netwerk voert de wijzigingen uit
bulk-over = Het is klaar
bulk-to-come = Alles is ingepland
bulk-leave = U kunt deze pagina verlaten: het werk gaat door.
bulk-refused = Geweigerd
bulk-unanswered = Geen antwoord
bulk-asked = Gevraagd
bulk-planned = Ingepland
bulk-taken-back = Geannuleerd
bulk-done = Gedaan
mail-sim-swapped-subject = Nieuwe simkaart gevraagd voor uw lijn
mail-sim-swapped = Voor een lijn van uw klantenzone { $value } is een andere simkaart gevraagd. Zodra het netwerk de wissel heeft gedaan, werkt de huidige simkaart niet meer. Was u dat zelf, dan hoeft u niets te doen.
mail-new-sim = Nieuwe simkaart
text-sim-swapped = { $brand }: voor uw lijn is een andere simkaart gevraagd ({ $at }). Deze zal niet meer werken. Was u dat niet? Neem contact op: { $contact }
journal-order-placed = Bestelde lijnen
journal-line-ordered = Lijn besteld
journal-line-given-up = Bestelling opgegeven
journal-line-porting-agreed = Datum van nummeroverdracht afgesproken
journal-line-porting-refused = Nummeroverdracht geweigerd
journal-line-change-planned = Plande een wijziging
journal-line-change-taken-back = Annuleerde een geplande wijziging
journal-line-change-dropped = Een geplande wijziging kon niet doorgaan
journal-line-work-begun = Aan het netwerk gevraagd
journal-line-work-done = Door het netwerk gedaan
journal-line-work-not-done = Door het netwerk niet gedaan
journal-line-needs-staff = Wacht op ons team
journal-change = Wijziging
journal-new = Toegevoegd
journal-ended = Beëindigd
journal-option = Optie
journal-cutoffs = Limieten
journal-note = Opmerking
journal-cause = Reden
journal-order = Bestelling
journal-ported = Nummer behouden
journal-cause-asked = Op vraag
journal-cause-ported-away = Nummer naar een andere operator
journal-note-unanswered = Het netwerk antwoordt niet
journal-note-refused = Het netwerk weigerde
journal-note-done-despite-cancel = Het netwerk deed het ondanks de annulering
journal-note-contradiction = Het netwerk spreekt zich tegen
