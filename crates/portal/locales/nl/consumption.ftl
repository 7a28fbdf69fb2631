### Het verbruik van een gezin

reported-at = Laatste melding van het netwerk: { $value }
usage-detail = Verbruik in detail
all-lines = Alle lijnen
kind = Soort
kind-voice = Oproepen
kind-sms = SMS
kind-mms = MMS
kind-data = Data
search-placeholder = Nummer of bestemming
