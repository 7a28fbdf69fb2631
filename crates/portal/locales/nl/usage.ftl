### Verbruik en prijzen

journal = Verbruikslogboek
journal-kinds = Soorten verbruik
journal-none = Geen passend verbruik
tab-all = Alles
tab-voice = Oproepen
tab-value-added = Betaalnummers
tab-messages = SMS en MMS
tab-data = Data
direction = Richting
direction-made = Uitgaand
direction-received = Inkomend
direction-forwarded = Doorgeschakeld
from = Van
to = Tot
charged-only = Alleen buiten bundel
column-when = Datum en tijd
column-what = Verbruik
column-party = Andere partij
column-destination = Bestemming
column-quantity = Hoeveelheid
column-price = Prijs excl. btw
usage-call-made = Uitgaande oproep
usage-call-received = Inkomende oproep
usage-call-forwarded = Doorgeschakelde oproep
usage-sms-sent = SMS verstuurd
usage-sms-received = SMS ontvangen
usage-mms-sent = MMS verstuurd
usage-mms-received = MMS ontvangen
usage-data = Datasessie
roaming-in = vanuit: { $value }
verdict-included = Inbegrepen
verdict-free = Gratis
verdict-stopped = Geblokkeerd
verdict-slowed = Vertraagd
verdict-charged = Aangerekend
why = Waarom?
why-of = Verbruik van { $value }
why-this-price = Waarom deze prijs?
part-included = Inbegrepen in “{ $value }”
part-free = Gratis
part-charged = Aangerekend aan tarief “{ $value }”
part-stopped = Geblokkeerd aan het einde van de bundel
part-slowed = Vertraagd aan het einde van de bundel, zonder meerkosten
part-counted = { $quantity }, geteld als { $counted } ({ $rounding })
rounding-minute = per begonnen minuut
rounding-increment = per stap van { $value }
part-connection-fee = { $value } verbindingskosten
part-balance = Resterend voor: { $before }; na: { $after }
part-unlimited = Zonder limiet deze maand
rule = Regel:
count-calls = { $count ->
    [one] { $number } oproep
   *[other] { $number } oproepen
 }
count-sessions = { $count ->
    [one] { $number } sessie
   *[other] { $number } sessies
 }
count-sent = { $number } verstuurd
count-sms = { $number } SMS
count-mms = { $number } MMS
record = Record
line = Lijn
where-from = Vanuit
zone = Zone
access = Toegang
access-mobile = Mobiel netwerk
access-vowifi = Bellen via wifi
access-fixed = Vaste lijn
record-reference = Referentie
catalogue-version = Catalogus van kracht sinds { $value }
