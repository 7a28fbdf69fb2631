### Lijnen

state-in-progress = In behandeling
state-active = Actief
state-suspended = Opgeschort
state-ended = Beëindigd
line-kind-fixed = Vaste lijn
line-kind-mobile = Mobiele lijn
line-kind-data = Alleen data
data-open = Data open
data-slowed = Vertraagde data
data-stopped = Data geblokkeerd
number-to-come = Nummer volgt
no-user = Geen gebruiker
lines-found = { $count ->
    [one] { $number } lijn
   *[other] { $number } lijnen
 }
lines-caption = Lijnen met hun status, aanbod en verbruik van deze maand
lines-none = Nog geen lijnen
lines-none-found = Geen enkele lijn past bij deze filters
rows-a-page = Rijen per pagina
column-number = Nummer
column-state = Status
column-delivered = Geleverd op
column-user = Gebruiker
column-customer = Klant
column-offer = Aanbod
column-sim = Simkaart
column-data = Data
column-out-of-bundle = Buiten bundel
filter-placeholder = Filter
filter-number = Filteren op nummer
filter-state = Filteren op status
filter-user = Filteren op gebruiker
filter-customer = Filteren op klant
filter-offer = Filteren op aanbod
filter-out-of-bundle = Met of zonder verbruik buiten bundel
ceiling = Aan het einde van de bundel
ceiling-capped = Geblokkeerd
ceiling-uncapped = Vertraagd, zonder meerkosten
ceiling-metered = Aangerekend per verbruik
network = Netwerk
of-included = van { $value }
left = Nog { $value }
of-which-recharges = waarvan { $value } herladen
of-which-options = waarvan { $value } uit opties
of-which-charged = { $value } buiten bundel
out-of-bundle = Buiten bundel
data-against-allowance = Data van de maand en bundel
chart-used = Verbruikt
chart-share = { $value } van de bundel
chart-included = Inbegrepen
column-sum = Totaal
allowances = Bundels en opties
allowances-none = Niets inbegrepen deze maand
unlimited = onbeperkt
alerts = Meldingen van de maand
alerts-none = Geen meldingen
alert-reached = { $share } bereikt: { $allowance }
alert-stopped = Data geblokkeerd
alert-slowed = Data vertraagd
alert-lifted = Data hersteld
compare-offers = Abonnementen vergelijken
compare-months = Van { $from } tot { $to }, tegen de prijzen van vandaag, zonder btw
compare-month = { $value }, tegen de prijzen van vandaag, zonder btw
compare-cheapest = { $offer } had voor hetzelfde verbruik { $saving } minder gekost
compare-none = Het huidige abonnement is het goedkoopst voor dit verbruik
compare-empty = Nog geen verbruik om te vergelijken: kom terug na de eerste maand
offers-that-serve = Passende abonnementen
offers-too-small = Te krappe abonnementen
offers-too-small-lead = Een deel van het verbruik zou geblokkeerd, vertraagd of geweigerd zijn
offer-current = Huidig abonnement
offer-other-family = ander gamma
column-subscription = Abonnement
column-extras = Opties en herlaadbeurten
column-total = Totaal
column-difference = Verschil
held-back = { $value } geblokkeerd of vertraagd
refused = { $count ->
    [one] { $number } oproep of bericht geweigerd
   *[other] { $number } oproepen of berichten geweigerd
 }
