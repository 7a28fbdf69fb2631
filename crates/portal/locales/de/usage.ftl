### Nutzung und Preise

journal = Nutzungsverlauf
journal-kinds = Arten der Nutzung
journal-none = Keine passende Nutzung
tab-all = Alles
tab-voice = Anrufe
tab-value-added = Sonderrufnummern
tab-messages = SMS und MMS
tab-data = Daten
direction = Richtung
direction-made = Abgehend
direction-received = Eingehend
direction-forwarded = Umgeleitet
from = Von
to = Bis
charged-only = Nur mit Zusatzkosten
column-when = Datum und Zeit
column-what = Nutzung
column-party = Gegenstelle
column-destination = Ziel
column-quantity = Menge
column-price = Preis zzgl. MwSt.
usage-call-made = Abgehender Anruf
usage-call-received = Eingehender Anruf
usage-call-forwarded = Umgeleiteter Anruf
usage-sms-sent = SMS gesendet
usage-sms-received = SMS empfangen
usage-mms-sent = MMS gesendet
usage-mms-received = MMS empfangen
usage-data = Datensitzung
roaming-in = aus: { $value }
verdict-included = Enthalten
verdict-free = Kostenlos
verdict-stopped = Gesperrt
verdict-slowed = Gedrosselt
verdict-charged = Berechnet
why = Warum?
why-of = Nutzung vom { $value }
why-this-price = Warum dieser Preis?
part-included = Enthalten in „{ $value }“
part-free = Kostenlos
part-charged = Berechnet zum Tarif „{ $value }“
part-stopped = Gesperrt am Ende des Pakets
part-slowed = Gedrosselt am Ende des Pakets, ohne Mehrkosten
part-counted = { $quantity }, gezählt als { $counted } ({ $rounding })
rounding-minute = je angefangene Minute
rounding-increment = in Schritten von { $value }
part-connection-fee = { $value } Verbindungsentgelt
part-balance = Rest vorher: { $before }; nachher: { $after }
part-unlimited = Diesen Monat ohne Grenze
rule = Regel:
count-calls = { $count ->
    [one] { $number } Anruf
   *[other] { $number } Anrufe
 }
count-sessions = { $count ->
    [one] { $number } Sitzung
   *[other] { $number } Sitzungen
 }
count-sent = { $number } gesendet
count-sms = { $number } SMS
count-mms = { $number } MMS
record = Datensatz
line = Anschluss
where-from = Aus
zone = Zone
access = Zugang
access-mobile = Mobilfunknetz
access-vowifi = WLAN-Anruf
access-fixed = Festnetz
record-reference = Referenz
catalogue-version = Katalog gültig ab { $value }
