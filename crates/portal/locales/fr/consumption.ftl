### La consommation d'un foyer

reported-at = Dernier relevé du réseau : { $value }
usage-detail = Détail des usages
all-lines = Toutes les lignes
kind = Type
kind-voice = Appels
kind-sms = SMS
kind-mms = MMS
kind-data = Données
search-placeholder = Numéro ou destination
