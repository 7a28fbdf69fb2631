### Der Verbrauch eines Haushalts

reported-at = Letzte Meldung des Netzes: { $value }
usage-detail = Nutzung im Einzelnen
all-lines = Alle Anschlüsse
kind = Art
kind-voice = Anrufe
kind-sms = SMS
kind-mms = MMS
kind-data = Daten
search-placeholder = Rufnummer oder Ziel
