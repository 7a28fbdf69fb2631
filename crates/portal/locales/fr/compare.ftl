### Ce qu'auraient coûté d'autres offres

comparison-lead = Ce que les lignes auraient coûté ces trois derniers mois avec chacune des offres possibles.
comparison-all-lines = Toutes les lignes
comparison-customer-hint = Indiquez la référence ou le nom exact d'un client, ou laissez vide pour calculer toutes les lignes.
comparison-begin = Lancer le calcul
comparison-again = Relancer le calcul
comparison-stop = Arrêter
comparison-waiting = Le calcul va commencer
comparison-running = Calcul en cours
comparison-progress = { $count ->
    [one] { $done } sur { $number } ligne ({ $share })
   *[other] { $done } sur { $number } lignes ({ $share })
 }
comparison-of = Client : { $value }.
comparison-leave = Vous pouvez quitter cette page : le calcul se poursuit et son résultat reste disponible une heure.
comparison-stopped = Le calcul a été arrêté.
comparison-failed = Le calcul n'a pas abouti. Relancez-le ; si l'incident persiste, communiquez la référence { $value } à l'assistance.
comparison-unknown-customer = Aucun client ne porte ce nom ni cette référence.
comparison-several-customers = Plusieurs clients portent ce nom : indiquez la référence.
comparison-busy = Trop de calculs sont en cours. Réessayez dans quelques minutes.
comparison-at = Calculé { $value }
comparison-verdict = { $count ->
    [one] { $number } ligne aurait coûté { $saving } de moins par mois avec une autre offre
   *[other] { $number } lignes auraient coûté { $saving } de moins par mois avec une autre offre
 }
comparison-all-well = Chaque ligne est déjà sur l'offre la moins chère pour son usage
comparison-now = Coût avec les offres actuelles
comparison-then = Coût avec les meilleures offres
comparison-saving = Économie
comparison-lines = Lignes comparées
comparison-well = Déjà sur la meilleure offre
comparison-passed-over = { $count ->
    [one] { $number } ligne n'a pas été comparée : son offre ne figure plus au catalogue.
   *[other] { $number } lignes n'ont pas été comparées : leur offre ne figure plus au catalogue.
 }
comparison-savings = Lignes à faire changer d'offre
comparison-largest = Les { $value } plus fortes économies
comparison-cheapest = Meilleure offre
comparison-cost = Coût
comparison-would-cost = Aurait coûté

## Modification du catalogue
draft-title = Simuler un changement de tarifs
draft-lead = Ce qu'une modification du catalogue aurait rapporté ou coûté ces trois derniers mois. Rien n'est modifié.
draft-change = Catalogue modifié
draft-files = Fichiers modifiés
draft-hint = Choisissez seulement les fichiers que vous avez modifiés, { $value } au plus en tout ; les autres restent ceux du catalogue en vigueur.
draft-file-names = Noms possibles :
draft-begin = Vérifier et calculer
draft-no-file = Choisissez au moins un fichier.
draft-too-many-files = Il y a plus de fichiers que n'en compte un catalogue. Choisissez seulement ceux que vous avez modifiés.
draft-too-large = Ces fichiers sont trop volumineux : { $value } au plus en tout.
draft-faults = { $count ->
    [one] { $number } erreur à corriger
   *[other] { $number } erreurs à corriger
 }
draft-faults-caption = Erreurs, avec leur fichier, leur ligne et leur champ
draft-not-begun = Le calcul n'a pas été lancé.
draft-more-faults = { $count ->
    [one] Et { $number } autre erreur
   *[other] Et { $number } autres erreurs
 }
draft-fault-line = Ligne
draft-fault-field = Champ
draft-would-earn = Cette modification aurait rapporté { $value } par mois
draft-would-cost = Cette modification aurait coûté { $value } par mois
draft-changes-nothing = Cette modification n'aurait rien changé au total
draft-in-force = Catalogue en vigueur
draft-drafted = Catalogue modifié
draft-by-offer = Écart par offre
draft-serves-less = Une partie de l'usage serait bloquée, ralentie ou refusée
