### Les lignes

state-in-progress = En cours
state-active = Active
state-suspended = Suspendue
state-ended = Résiliée
line-kind-fixed = Ligne fixe
line-kind-mobile = Ligne mobile
line-kind-data = Données seules
data-open = Données ouvertes
data-slowed = Débit réduit
data-stopped = Données bloquées
number-to-come = Numéro à venir
no-user = Sans utilisateur
lines-found = { $count ->
    [one] { $number } ligne
   *[other] { $number } lignes
 }
lines-caption = Lignes, avec leur état, leur offre et leur consommation du mois
lines-none = Aucune ligne pour l'instant
lines-none-found = Aucune ligne ne correspond à ces filtres
rows-a-page = Lignes par page
column-number = Numéro
column-state = État
column-delivered = Livrée le
column-user = Utilisateur
column-customer = Client
column-offer = Offre
column-sim = Carte SIM
column-data = Données
column-out-of-bundle = Hors forfait
filter-placeholder = Filtrer
filter-number = Filtrer par numéro
filter-state = Filtrer par état
filter-user = Filtrer par utilisateur
filter-customer = Filtrer par client
filter-offer = Filtrer par offre
filter-out-of-bundle = Avec ou sans hors forfait
ceiling = Au bout du forfait
ceiling-capped = Bloqué
ceiling-uncapped = Débit réduit, sans surcoût
ceiling-metered = Facturé à l'usage
network = Réseau
of-included = sur { $value }
left = Reste { $value }
of-which-recharges = dont { $value } de recharges
of-which-options = dont { $value } d'options
of-which-charged = { $value } hors forfait
out-of-bundle = Hors forfait
data-against-allowance = Données du mois et forfait
chart-used = Utilisé
chart-share = { $value } du forfait
chart-included = Inclus
column-sum = Cumul
allowances = Forfaits et options
allowances-none = Rien d'inclus ce mois-ci
unlimited = illimité
alerts = Alertes du mois
alerts-none = Aucune alerte
alert-reached = { $share } atteints : { $allowance }
alert-stopped = Données bloquées
alert-slowed = Débit réduit
alert-lifted = Données rétablies
compare-offers = Comparer les offres
compare-months = De { $from } à { $to }, aux prix d'aujourd'hui, hors TVA
compare-month = { $value }, aux prix d'aujourd'hui, hors TVA
compare-cheapest = { $offer } aurait coûté { $saving } de moins pour le même usage
compare-none = L'offre actuelle est la moins chère pour cet usage
compare-empty = Pas encore d'usage à comparer : revenez après le premier mois
offers-that-serve = Offres qui conviennent
offers-too-small = Offres trop justes
offers-too-small-lead = Une partie de l'usage aurait été bloquée, ralentie ou refusée
offer-current = Offre actuelle
offer-other-family = autre gamme
column-subscription = Abonnement
column-extras = Options et recharges
column-total = Total
column-difference = Écart
held-back = { $value } bloqués ou ralentis
refused = { $count ->
    [one] { $number } appel ou message refusé
   *[other] { $number } appels ou messages refusés
 }
