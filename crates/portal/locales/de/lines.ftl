### Anschlüsse

state-in-progress = In Arbeit
state-active = Aktiv
state-suspended = Gesperrt
state-ended = Beendet
line-kind-fixed = Festnetz
line-kind-mobile = Mobilfunk
line-kind-data = Nur Daten
data-open = Daten offen
data-slowed = Daten gedrosselt
data-stopped = Daten gesperrt
number-to-come = Rufnummer folgt
no-user = Ohne Nutzer
lines-found = { $count ->
    [one] { $number } Anschluss
   *[other] { $number } Anschlüsse
 }
lines-caption = Anschlüsse mit Zustand, Angebot und Verbrauch des Monats
lines-none = Noch keine Anschlüsse
lines-none-found = Kein Anschluss passt zu diesen Filtern
rows-a-page = Zeilen je Seite
column-number = Rufnummer
column-state = Zustand
column-delivered = Geliefert am
column-user = Nutzer
column-customer = Kunde
column-offer = Angebot
column-sim = SIM-Karte
column-data = Daten
column-out-of-bundle = Außer Paket
filter-placeholder = Filtern
filter-number = Nach Rufnummer filtern
filter-state = Nach Zustand filtern
filter-user = Nach Nutzer filtern
filter-customer = Nach Kunde filtern
filter-offer = Nach Angebot filtern
filter-out-of-bundle = Mit oder ohne Kosten außerhalb des Pakets
ceiling = Nach Ende des Pakets
ceiling-capped = Gesperrt
ceiling-uncapped = Gedrosselt, ohne Mehrkosten
ceiling-metered = Nach Verbrauch berechnet
network = Netz
of-included = von { $value }
left = Noch { $value }
of-which-recharges = davon { $value } nachgebucht
of-which-options = davon { $value } aus Optionen
of-which-charged = { $value } außer Paket
out-of-bundle = Außer Paket
data-against-allowance = Daten des Monats und Paket
chart-used = Verbraucht
chart-share = { $value } des Pakets
chart-included = Enthalten
column-sum = Summe
allowances = Pakete und Optionen
allowances-none = Diesen Monat nichts enthalten
unlimited = unbegrenzt
alerts = Hinweise des Monats
alerts-none = Keine Hinweise
alert-reached = { $share } erreicht: { $allowance }
alert-stopped = Daten gesperrt
alert-slowed = Daten gedrosselt
alert-lifted = Daten wieder frei
compare-offers = Tarife vergleichen
compare-months = { $from } bis { $to }, zu heutigen Preisen, ohne MwSt.
compare-month = { $value }, zu heutigen Preisen, ohne MwSt.
compare-cheapest = { $offer } hätte für dieselbe Nutzung { $saving } weniger gekostet
compare-none = Der aktuelle Tarif ist für diese Nutzung der günstigste
compare-empty = Noch keine Nutzung zum Vergleichen: nach dem ersten Monat wieder ansehen
offers-that-serve = Passende Tarife
offers-too-small = Zu knappe Tarife
offers-too-small-lead = Ein Teil der Nutzung wäre gesperrt, gedrosselt oder abgelehnt worden
offer-current = Aktueller Tarif
offer-other-family = andere Tariffamilie
column-subscription = Grundpreis
column-extras = Optionen und Aufladungen
column-total = Gesamt
column-difference = Unterschied
held-back = { $value } gesperrt oder gedrosselt
refused = { $count ->
    [one] { $number } Anruf oder Nachricht abgelehnt
   *[other] { $number } Anrufe oder Nachrichten abgelehnt
 }
