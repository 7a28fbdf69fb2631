menu-orders = Commandes
orders-lead = Chaque commande de lignes, et où elle en est.
orders-none = Aucune commande pour l'instant.
order = Commande
order-new = Commander des lignes
order-new-lead = Seul ce qui peut aller ensemble est proposé. Le prix s'affiche avant l'envoi.
order-lines = { $count ->
    [one] { $number } ligne
   *[other] { $number } lignes
 }
order-placed = Passée le
order-by = Par
order-monthly = Par mois
order-once = Une fois
order-first-month = Premier mois, au prorata
order-given-up = Annulée
order-done = Livrée
order-open = En cours
order-partly = Livrée en partie
order-is-placed = La commande est enregistrée. Les lignes s'ouvrent dès que le réseau est prêt : cette page vous dit où elles en sont.
order-late = Ce n'était plus possible : la ligne a changé entre-temps. Voici où elle en est maintenant.
order-line-ordered = Commandée
order-line-activating = Activation en cours
order-line-stuck = Refusée par le réseau
order-number-to-come = Numéro à venir
order-begins-at = À partir du { $value }
order-more-lines = { $count ->
    [one] { $number } autre ligne n'est pas affichée ici.
   *[other] { $number } autres lignes ne sont pas affichées ici.
 }
order-again = Redemander au réseau
order-give-up = Abandonner
order-give-up-lead = La ligne ne sera pas ouverte. Sa carte SIM et son numéro redeviennent libres.
order-give-up-yes = Oui, abandonner cette ligne
porting-requested = Portabilité demandée à l'autre opérateur
porting-eligible = Portabilité acceptée
porting-dated = Portage du numéro le { $value }
porting-done = Numéro porté le { $value }
porting-refused = Portabilité refusée : { $value }
porting-cancelled = Portabilité annulée
porting-agree = L'autre opérateur accepte
porting-refuse = L'autre opérateur refuse
porting-refuse-yes = Noter le refus et abandonner la ligne
porting-reason = Motif donné
column-actions = Actions
order-from-file = Commander par fichier
order-what = Quelles lignes ?
order-a-month = { $value } par mois
order-paid-once = { $value } une fois
order-free = sans supplément
order-capping = Au-delà du forfait
order-capped = Bloqué
order-uncapped = Non bloqué
order-count = Nombre de lignes
order-options = Options
order-choose-again = Mettre à jour le choix
order-go-on = Continuer
order-customer-hint = Nom ou référence du client.
order-several-customers = Plusieurs clients correspondent : choisissez-en un dans la liste du champ.
order-count-hint = { $count ->
    [one] { $number } ligne au plus par formulaire. Au-delà, envoyez un fichier.
   *[other] { $number } lignes au plus par formulaire. Au-delà, envoyez un fichier.
 }
order-for-all = Pour toutes les lignes
order-account = Compte de facturation
order-line = Ligne { $value }
order-sim = Carte SIM
order-iccid = Numéro d'une carte précise
order-iccid-hint = Sans numéro de carte, une carte du stock est attribuée.
order-number = Numéro à garder ou choisi
order-number-hint = Sans numéro, la ligne en reçoit un nouveau. Pour garder un numéro d'un autre opérateur, indiquez-le avec la preuve demandée.
order-number-network = Le réseau attribue le numéro de ces lignes.
order-donor-number = Numéro de client chez l'autre opérateur
order-day = Date souhaitée
order-day-hint = Sans date, la ligne s'ouvre dès que possible.
order-check = Vérifier et voir le prix
order-place = Commander
order-place-good = { $count ->
    [one] Commander seulement la ligne correcte
   *[other] Commander seulement les { $number } lignes correctes
 }
order-total = Ce que coûte la commande
order-total-note = Prix hors TVA. Rien n'est commandé tant que vous ne confirmez pas.
order-file = Fichier CSV
order-file-lead = Chaque rangée est une ligne. Vous voyez le prix et les erreurs avant de commander.
order-file-hint = 10 000 rangées au plus, avec un en-tête. Colonnes connues, dont seules les deux premières sont obligatoires :
order-file-changed = Depuis la vérification, le nombre de lignes qui peuvent être commandées a changé : rien n'a été commandé. Voyez ci-dessous ce qui peut l'être maintenant.
order-rows-wrong = { $count ->
    [one] { $number } rangée à corriger
   *[other] { $number } rangées à corriger
 }
order-no-lines = Il n'y a aucune ligne à commander.
order-too-many = { $count ->
    [one] { $number } ligne au plus par commande.
   *[other] { $number } lignes au plus par commande.
 }
order-no-token = Le formulaire est incomplet. Rouvrez la page et recommencez.
order-no-account = Ce client n'a pas ce compte de facturation. Choisissez-en un autre.
order-lines-wrong = Rien n'est commandé : corrigez d'abord ce qui est signalé.
order-people-wrong = Les données de l'utilisateur ne sont pas valables : vérifiez la colonne ou le champ « { $value } ». Indiquez une personne nouvelle ou le numéro d'une ligne qu'elle utilise déjà, pas les deux.
order-user-of = Même utilisateur que la ligne
order-user-more = Plus sur l'utilisateur
order-user-hint = Pour une personne qui utilise déjà une ligne, indiquez le numéro de cette ligne et laissez ses données vides : elles sont reprises.
order-sim-unknown = Aucune carte SIM de ce numéro n'est disponible pour ce client. Vérifiez le numéro.
order-no-sim-left = Il n'y a plus de carte SIM de ce type en stock. Choisissez un autre type, ou approvisionnez le stock.
order-number-not-ours = Ce numéro n'est pas à choisir ici. Prenez-en un de la liste, ou indiquez la preuve pour le porter.
order-no-number-left = Il n'y a plus de numéro libre. L'opérateur doit en ajouter.
order-header = La première rangée doit nommer les colonnes, dont « network » et « offer ». À corriger : { $value }
order-row = La rangée n'a pas autant de colonnes que l'en-tête.
order-value = « { $value } » n'est pas valable ici.
order-value-missing = Indiquez le numéro auquel se rapporte cette preuve.
order-rio-wrong = Ce RIO n'est pas celui de ce numéro. Composez le 3179 depuis la ligne pour l'obtenir.
order-twice = Figure déjà à la rangée { $value }.
order-network-unknown = Ce réseau n'existe pas. Choisissez-en un de la liste.
order-offer-unknown = Cette offre n'existe pas. Choisissez-en une de la liste.
order-offer-elsewhere = Cette offre n'est pas vendue sur ce réseau.
order-capping-missing = Choisissez si la ligne est bloquée au-delà du forfait.
order-no-capping = Cette offre ne laisse pas le choix du blocage.
order-option-wrong = Une des options ne va pas avec cette offre ou avec les autres options.
order-cutoff-or-option = Une option remplace déjà cette limite : retirez l'une ou l'autre.
order-cutoff-wrong = Cette limite ou cette valeur n'existe pas pour cette offre.
order-cutoff-missing = Choisissez une valeur pour chaque limite demandée.
order-no-esim = Ce réseau n'a pas d'eSIM.
order-sim-twice = La même carte SIM figure deux fois dans la commande.
order-sim-ended = Cette carte SIM a déjà servi et ne peut plus être utilisée.
order-sim-in-use = Cette carte SIM est celle d'une autre ligne.
order-sim-reserved = Cette carte SIM est réservée par une autre commande.
order-sim-not-theirs = Cette carte SIM est attribuée à un autre client.
order-sim-other-network = Cette carte SIM est d'un autre réseau.
order-sim-other-kind = Cette carte SIM n'est pas du type demandé.
order-no-picking = Sur ce réseau, un numéro ne peut pas être choisi. Pour le porter, indiquez la preuve.
order-other-digits = Ce numéro n'a pas le nombre de chiffres de ces lignes.
order-number-twice = Le même numéro figure deux fois dans la commande.
order-no-porting = Le réseau attribue lui-même les numéros de ces lignes : aucun ne peut être porté.
order-porting-early = Un numéro porté peut arriver au plus tôt le { $value }. Choisissez un autre jour.
order-porting-holiday = Aucun numéro n'est porté un week-end ou un jour férié. Choisissez un jour ouvré.
order-day-passed = Ce jour est passé ou ne peut pas être choisi. Indiquez une autre date.
order-never-open = Ce réseau n'ouvre pas de nouvelles lignes.
order-number-taken = Ce numéro est déjà pris.
order-number-ported = Ce numéro est déjà en cours de portage.
order-number-rests = Ce numéro se repose après la fin de sa ligne : il n'est pas encore libre.
order-number-gone = Ce numéro n'est plus chez nous. Pour le reprendre, indiquez la preuve.
order-promise = En service au plus tard
order-promise-ported = Avec portabilité, en service le
order-promised-by = promise au plus tard le { $value }
order-promised-on = promise, avec son numéro, le { $value }
order-closes =
    { $count ->
        [one] Avec un plafond de 0, { $number } ligne n'aura aucune donnée dans cette zone.
       *[other] Avec un plafond de 0, { $number } lignes n'auront aucune donnée dans cette zone.
    }
order-closes-meant = C'est voulu : pas de données dans cette zone
order-promise-word = Mise en service
order-closes-unmeant = Rien n'est commandé tant que la case sous le prix n'est pas cochée.
