### L'accueil

greeting = Bonjour { $value }
data-until = Données à jour au { $value }
data-none = Aucun usage reçu pour l'instant
your-lines = Vos lignes
lines-in-all = { $count ->
    [one] { $number } ligne
   *[other] { $number } lignes
 }
states-in-progress = En cours
states-active = Actives
states-suspended = Suspendues
states-ending = En cours de résiliation
states-ended = Résiliées
data-over-month = Données, { $value }
same-days-before = { $value } aux mêmes jours du mois précédent
out-of-bundle-by-day = Hors forfait par jour
attention-title = À surveiller
attention-count = { $count ->
    [one] { $number } ligne concernée
   *[other] { $number } lignes concernées
 }
attention-none = Rien à signaler ce mois-ci
all-out-of-bundle = Toutes les lignes avec du hors forfait
concern-allowance = { $value } des données
concern-out-of-bundle = { $value } hors forfait
lines-by-offer = Lignes par offre
column-day = Jour
calls-made = Appels émis
