### Les usages et leurs prix

journal = Journal des usages
journal-kinds = Types d'usage
journal-none = Aucun usage ne correspond
tab-all = Tout
tab-voice = Appels
tab-value-added = Numéros surtaxés
tab-messages = SMS et MMS
tab-data = Données
direction = Sens
direction-made = Émis
direction-received = Reçus
direction-forwarded = Renvoyés
from = Du
to = Au
charged-only = Hors forfait seulement
column-when = Date et heure
column-what = Usage
column-party = Correspondant
column-destination = Destination
column-quantity = Quantité
column-price = Prix HT
usage-call-made = Appel émis
usage-call-received = Appel reçu
usage-call-forwarded = Appel renvoyé
usage-sms-sent = SMS envoyé
usage-sms-received = SMS reçu
usage-mms-sent = MMS envoyé
usage-mms-received = MMS reçu
usage-data = Session de données
roaming-in = depuis : { $value }
verdict-included = Inclus
verdict-free = Gratuit
verdict-stopped = Bloqué
verdict-slowed = Débit réduit
verdict-charged = Facturé
why = Pourquoi ?
why-of = Usage du { $value }
why-this-price = Pourquoi ce prix ?
part-included = Inclus dans « { $value } »
part-free = Gratuit
part-charged = Facturé au tarif « { $value } »
part-stopped = Bloqué au bout du forfait
part-slowed = Débit réduit au bout du forfait, sans surcoût
part-counted = { $quantity } comptées { $counted } ({ $rounding })
rounding-minute = par minute commencée
rounding-increment = par palier de { $value }
part-connection-fee = { $value } de mise en relation
part-balance = Reste avant : { $before } ; après : { $after }
part-unlimited = Sans limite ce mois-ci
rule = Règle :
count-calls = { $count ->
    [one] { $number } appel
   *[other] { $number } appels
 }
count-sessions = { $count ->
    [one] { $number } session
   *[other] { $number } sessions
 }
count-sent = { $count ->
    [one] { $number } envoyé
   *[other] { $number } envoyés
 }
count-sms = { $number } SMS
count-mms = { $number } MMS
record = Enregistrement
line = Ligne
where-from = Depuis
zone = Zone
access = Accès
access-mobile = Réseau mobile
access-vowifi = Appel par Wi-Fi
access-fixed = Ligne fixe
record-reference = Référence
catalogue-version = Catalogue en vigueur depuis le { $value }
