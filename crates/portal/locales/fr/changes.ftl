### Ce qu'on demande pour une ligne en service

doing-activate = Mise en service
doing-suspend = Suspension
doing-reactivate = Réactivation
doing-end = Résiliation
doing-plan = Passage à l'offre { $value }
doing-capped = Blocage au bout du forfait
doing-uncapped = Débit réduit au bout du forfait, sans blocage
doing-add = Ajout : { $value }
doing-replace = { $to } à la place de { $from }
doing-leave = Fin : { $value }
doing-cutoff = { $name } : { $value }
doing-swap = Changement de SIM
doing-other = Modification de la ligne
choice-capped = Bloqué au bout du forfait
choice-uncapped = Débit réduit au bout du forfait
act-suspend = Suspendre la ligne
act-reactivate = Réactiver la ligne
act-plan = Changer d'offre
act-capping = Choisir ce qui se passe au bout du forfait
act-option = Ajouter une option
act-block = Bloquer des usages
act-replace = Remplacer une option
act-leave = Mettre fin à une option
act-cutoff = Changer un plafond
act-sim = Changer de SIM
act-end = Résilier la ligne
act-lost = Téléphone perdu ou volé
acts = Ce que vous pouvez faire
services = Services et actions
services-monthly = { $value } par mois, hors TVA
a-month = par mois
once = une fois
since = depuis le { $value }
replace = Remplacer
end-option = Mettre fin
change = Modifier
ended-options = Options passées
planned = À venir
planned-for = Prendra effet le { $value }
take-back = Annuler
underway-closed = Le réseau est fermé : il s'en chargera à partir du { $value }.
underway-telling = La demande part vers le réseau.
underway-taken = Le réseau s'en occupe.
underway-unanswered = Le réseau ne répond pas : notre équipe s'en charge.
underway-withdrawing = Le réseau est prié d'oublier la demande.
underway-since = Demandé { $value }
done-begun = La demande est partie. Cette page dira quand le réseau l'aura exécutée.
done-begun-closed = La demande est enregistrée. Le réseau s'en chargera dès son ouverture.
done-answered = La demande est traitée : voyez l'état de la ligne et l'historique.
done-planned = C'est enregistré. Vous pouvez l'annuler jusqu'à la date indiquée.
done-taken-back = Le changement prévu est annulé.
done-too-late = Trop tard : ce changement a déjà commencé ou n'existe plus.
refusal-over = La ligne est résiliée.
refusal-ending = La ligne est en cours de résiliation.
refusal-activating = La ligne est en cours de mise en service.
refusal-not-active-yet = La ligne n'est pas encore en service.
refusal-in-service = La ligne est déjà en service.
refusal-already-suspended = La ligne est déjà suspendue.
refusal-not-suspended = La ligne n'est pas suspendue.
refusal-leaving = Le numéro part chez un autre opérateur.
refusal-porting-not-due = Le numéro n'est pas encore arrivé.
refusal-underway = Le réseau exécute une autre demande pour cette ligne.
refusal-planned = Un tel changement est déjà prévu : annulez-le d'abord.
refusal-unknown = Cela n'existe plus dans le catalogue.
refusal-other-network = Cette offre n'existe pas sur le réseau de la ligne.
refusal-other-family = La ligne ne peut pas passer à une offre de cette gamme.
refusal-same = La ligne l'a déjà.
refusal-no-cap-choice = L'offre de la ligne ne laisse pas ce choix.
refusal-not-its-cutoff = Ce plafond ne convient pas à la ligne.
refusal-option-instead = Une option de la ligne remplace ce plafond.
refusal-no-such-sim = Cette SIM ne figure pas parmi celles qui vous sont attribuées.
refusal-no-esim = Ce réseau ne propose pas d'eSIM.
refusal-day-passed = Cette date est passée.
refusal-no-day = On ne choisit pas la date de ce changement.
refusal-never-open = Le réseau ne fait pas ce travail.
refusal-option-other-lines = Cette option ne convient pas à l'offre ou au réseau de la ligne.
refusal-option-capping = Cette option ne convient pas à ce que la ligne fait au bout du forfait.
refusal-option-group = La ligne a une option du même groupe : remplacez-la.
refusal-option-needs = Il faut d'abord une autre option.
refusal-option-not-held = La ligne n'a pas cette option.
refusal-option-other-group = Ces deux options ne se remplacent pas.
refusal-option-needed = Une autre option de la ligne en a besoin.
refusal-cutoff-instead = Un plafond de la ligne occupe la place de cette option.
refusal-sim-ended = Cette SIM a déjà servi et ne peut plus servir.
refusal-sim-in-use = Cette SIM est déjà en service.
refusal-sim-reserved = Cette SIM est réservée.
refusal-sim-other-network = Cette SIM est celle d'un autre réseau.
refusal-sim-other-kind = Cette SIM n'est pas du type demandé.
ask-closes-zone = Avec cette valeur, plus aucun usage ne passe dans cette zone.
ask-stays-billed = Pendant la suspension, l'abonnement reste facturé.
ask-for-ever = La résiliation est définitive : ni la SIM ni le numéro ne resserviront.
ask-billed-twice = Ce mois-ci, les deux options sont facturées ; seule la nouvelle compte.
told-effect = Prend effet
told-now = Tout de suite
told-opens = Fermé à ce moment ; exécution à partir du { $value }
told-once = Une fois
told-this-month = Ce mois-ci
told-monthly = Par mois
told-unchanged = inchangé
told-ends = Options qui prennent fin
told-changed = La situation a changé entre-temps : voici ce qui vaut maintenant. Rien n'a été fait.
confirm-plan = Programmer ce changement
confirm-now = Confirmer
do-nothing = Ne rien changer
back-to-line = Retour à la ligne
choose-again = Choisir autre chose
choices = Votre choix
choices-none = Rien à choisir pour l'instant.
look-before = Voir ce que cela change
another-day = Un autre jour
day = Date
day-hint = Sans date, c'est tout de suite. Avec une date, le changement commence ce jour-là à minuit et reste annulable jusque-là.
look-at-day = Voir pour ce jour
next = Continuer
free-of-charge = gratuit
swap-card = Une autre carte SIM
swap-to-card = SIM { $value }
swap-to-esim = Passer à une eSIM
swap-esim-lead = L'eSIM se télécharge dans le téléphone : plus de carte à insérer.
swap-cards = { $count ->
    [one] { $number } carte vous est attribuée : elle se complète pendant la saisie.
   *[other] { $number } cartes vous sont attribuées : le numéro se complète pendant la saisie.
 }
swap-no-cards = Aucune carte libre ne vous est attribuée pour ce réseau.
swap-no-number = Ce n'est pas un numéro de SIM : 19 ou 20 chiffres figurent sur la carte.
swap-no-esim-left = Il n'y a plus d'eSIM disponible pour l'instant.
swap-address = Cette adresse e-mail n'en est pas une.
swap-old-ends = Dès que le réseau a fait le changement, la SIM actuelle ne sert plus jamais.
swap-is-told = Un SMS part vers la SIM actuelle, et un e-mail vers les personnes qui gèrent la ligne.
swap-email = E-mail de contact
swap-email-card = Facultatif : pour les messages concernant cette ligne.
swap-email-esim = C'est là que nous écrirons au sujet de l'eSIM.
swap-number = Numéro de contact
lost-title = Téléphone perdu ou volé
lost-suspend = 1. Suspendez la ligne
lost-suspend-lead = Plus personne ne peut appeler, écrire ou utiliser les données avec votre SIM. La demande part aussitôt vers le réseau.
lost-suspend-now = Suspendre tout de suite
lost-suspended = La ligne est suspendue.
lost-being-suspended = La suspension est demandée : le réseau l'exécute.
lost-police = 2. Portez plainte
lost-police-lead = En cas de vol, déclarez-le à la police et donnez le numéro IMEI du téléphone : il permet de le bloquer sur tous les réseaux.
lost-imei = L'IMEI figure sur la facture et la boîte du téléphone. Pour le connaître tant que vous avez un téléphone en main : composez *#06# et notez-le.
lost-sim = 3. Demandez une nouvelle SIM
lost-sim-lead = Une autre carte ou une eSIM garde votre numéro. L'ancienne SIM ne servira plus jamais.
lost-sim-contact = Une nouvelle SIM garde votre numéro. Demandez-la à { $value }.
lost-found = Vous l'avez retrouvé ?
lost-found-lead = La ligne se réactive à tout moment, tant que la SIM n'a pas été remplacée.
bulk-title = { $count ->
    [one] Modifier { $number } ligne
   *[other] Modifier { $number } lignes
 }
bulk-lead = Le changement vaut pour toutes ces lignes ou pour aucune.
bulk-what = Que voulez-vous changer ?
bulk-change = Changement
bulk-before = Avant, par mois
bulk-after = Après, par mois
bulk-nothing = Aucune ligne n'est choisie.
bulk-too-many = { $count ->
    [one] On ne change pas plus de { $number } ligne à la fois : affinez les filtres.
   *[other] On ne change pas plus de { $number } lignes à la fois : affinez les filtres.
 }
bulk-choose-lines = Choisir des lignes
bulk-able = { $count ->
    [one] { $number } ligne change
   *[other] { $number } lignes changent
 }
bulk-unable = { $count ->
    [one] { $number } ligne ne le peut pas.
   *[other] { $number } lignes ne le peuvent pas.
 }
bulk-all-or-nothing = Tant qu'elles sont du lot, rien ne change.
bulk-only-able = { $count ->
    [one] Garder la seule ligne qui le peut
   *[other] Garder les { $number } lignes qui le peuvent
 }
bulk-confirm = { $count ->
    [one] Appliquer à { $number } ligne
   *[other] Appliquer aux { $number } lignes
 }
bulk-more = { $count ->
    [one] Et { $number } autre ligne.
   *[other] Et { $number } autres lignes.
 }
bulk-latest = Derniers changements groupés
bulk-pick = Choisir { $value }
bulk-pick-page = Toute cette page
bulk-pick-all = { $count ->
    [one] La ligne de cette liste
   *[other] Les { $number } lignes de cette liste
 }
bulk-pick-change = Modifier les lignes choisies
bulk-moving = Le réseau exécute les changements
bulk-over = C'est terminé
bulk-to-come = Tout est programmé
bulk-leave = Vous pouvez quitter cette page : le travail continue.
bulk-refused = Refusé
bulk-unanswered = Sans réponse
bulk-asked = Demandé
bulk-planned = Programmé
bulk-taken-back = Annulé
bulk-done = Fait
mail-sim-swapped-subject = Changement de SIM demandé pour votre ligne
mail-sim-swapped = Une autre SIM a été demandée pour une ligne de votre espace client { $value }. Dès que le réseau a fait le changement, la SIM actuelle ne fonctionne plus. Si c'était vous, vous n'avez rien à faire.
mail-new-sim = Nouvelle SIM
text-sim-swapped = { $brand } : une autre SIM a été demandée pour votre ligne ({ $at }). Celle-ci cessera de fonctionner. Ce n'était pas vous ? Contactez-nous : { $contact }
journal-order-placed = A commandé des lignes
journal-line-ordered = Ligne commandée
journal-line-given-up = Commande abandonnée
journal-line-porting-agreed = Date de portabilité convenue
journal-line-porting-refused = Portabilité refusée
journal-line-change-planned = A programmé un changement
journal-line-change-taken-back = A annulé un changement prévu
journal-line-change-dropped = Un changement prévu n'a pas pu se faire
journal-line-work-begun = Demandé au réseau
journal-line-work-done = Fait par le réseau
journal-line-work-not-done = Non exécuté par le réseau
journal-line-needs-staff = Attend notre équipe
journal-change = Changement
journal-new = Ajouté
journal-ended = Terminé
journal-option = Option
journal-cutoffs = Plafonds
journal-note = Remarque
journal-cause = Cause
journal-order = Commande
journal-ported = Numéro conservé
journal-cause-asked = À la demande
journal-cause-ported-away = Numéro parti chez un autre opérateur
journal-note-unanswered = Le réseau ne répond pas
journal-note-refused = Le réseau a refusé
journal-note-done-despite-cancel = Le réseau l'a fait malgré l'annulation
journal-note-contradiction = Le réseau se contredit
