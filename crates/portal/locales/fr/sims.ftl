menu-sims = Cartes SIM
sims-all = Toutes
sims-by-state = Cartes par état
sims-found =
    { $count ->
        [one] { $number } SIM
       *[other] { $number } SIM
    }
sims-of-batch = lot { $value }
sims-none = Aucune SIM pour l’instant.
sims-none-found = Aucune SIM ne correspond à ces filtres.
sims-export = Exporter en CSV
sims-give = Attribuer
sims-release = Libérer
sims-give-title = Attribuer des SIM
sims-release-title = Libérer des SIM
sims-given-done =
    { $count ->
        [one] { $number } SIM a été attribuée.
       *[other] { $number } SIM ont été attribuées.
    }
sims-released-done =
    { $count ->
        [one] { $number } SIM a été libérée.
       *[other] { $number } SIM ont été libérées.
    }
sims-taken-done =
    { $count ->
        [one] { $number } SIM est entrée en stock.
       *[other] { $number } SIM sont entrées en stock.
    }
sim-title = SIM { $value }
sim-iccid = Numéro de SIM
sim-kind = Type
sim-holder = Détenteur
sim-stock = Stock
sim-line = Ligne
sim-batch = Lot
sim-free = Libre
sim-given = Attribuée
sim-reserved = Réservée
sim-in-use = En service
sim-ended = Hors service
sims-free = Libres
sims-given = Attribuées
sims-reserved = Réservées
sims-in-use = En service
sims-ended = Hors service
sim-card-with-pin = Carte avec code PIN
sim-card-without-pin = Carte sans code PIN
sim-esim = eSIM
sim-puk = Code PUK
sim-puk-lead = Le code PUK débloque la carte après trois codes PIN erronés. Chaque consultation est inscrite au journal.
sim-puk-show = Afficher le code PUK
sim-puk-tries = Après dix codes PUK erronés, la carte est définitivement bloquée.
sim-batches = Lots de SIM
sim-batches-lead = Les fichiers des fabricants : un fichier entre en entier, ou pas du tout.
batch-upload = Importer un fichier de fabricant
batch-file = Fichier
batch-send = Importer
batch-choose-network = Choisir un réseau
batch-hint = Un fichier CSV de 10 000 cartes au plus, avec les colonnes iccid, imsi, pin1, puk1, pin2, puk2. Les codes sont chiffrés dès leur arrivée.
batch-cards = Cartes
batches-none = Aucun lot pour l’instant.
batch-before = Ce fichier est déjà entré en stock sous le nom { $value } : rien n’a changé.
batch-too-large = Le fichier dépasse 2 Mo. Répartissez les cartes en plusieurs fichiers.
batch-not-text = Le fichier n'est pas un texte en UTF-8. Enregistrez-le dans ce format.
batch-no-network = Choisissez le réseau pour lequel les cartes sont faites.
batch-header = La première ligne doit nommer les colonnes iccid, imsi, pin1, puk1, pin2, puk2, dans cet ordre.
batch-empty = Le fichier ne contient aucune carte. Choisissez-en un autre.
batch-too-many =
    { $count ->
        [one] Un fichier contient au plus { $number } carte.
       *[other] Un fichier contient au plus { $number } cartes.
    }
batch-rows-wrong =
    { $count ->
        [one] { $number } ligne est erronée : rien n’a été importé.
       *[other] { $number } lignes sont erronées : rien n’a été importé.
    }
batch-faults = Lignes erronées
batch-row = Ligne du fichier
batch-column = Colonne
batch-what = Motif
batch-known = { $value } est déjà en stock
batch-more =
    { $count ->
        [one] et { $number } autre
       *[other] et { $number } autres
    }
transfer-lead = Une seule SIM ou toute une série. Rien ne change avant votre confirmation.
transfer-range = Série
transfer-first = Première SIM
transfer-last = Dernière SIM
transfer-to = Destinataire
transfer-customer = Client (référence ou nom exact)
transfer-reseller = ou revendeur
transfer-look = Vérifier
transfer-hint = Dans l’ordre croissant, sans compter le chiffre de contrôle. Pour une seule SIM, laissez la dernière vide.
transfer-confirm = Confirmer
transfer-changed = La situation a changé depuis la vérification : rien n’a été fait. Vérifiez à nouveau.
transfer-would-give =
    { $count ->
        [one] { $number } SIM à attribuer
       *[other] { $number } SIM à attribuer
    }
transfer-would-release =
    { $count ->
        [one] { $number } SIM à libérer
       *[other] { $number } SIM à libérer
    }
transfer-unchanged =
    { $count ->
        [one] { $number } SIM est déjà dans cette situation.
       *[other] { $number } SIM sont déjà dans cette situation.
    }
transfer-refused =
    { $count ->
        [one] { $number } SIM empêche l’opération : aucune ne changera.
       *[other] { $number } SIM empêchent l’opération : aucune ne changera.
    }
transfer-unknown = Inconnue
transfer-not-theirs = Déjà attribuée à un client
transfer-other-stock = Dans le stock d’un autre revendeur
transfer-first-wrong = Le premier numéro n’est pas celui d’une SIM : 19 ou 20 chiffres, avec un chiffre de contrôle juste.
transfer-last-wrong = Le dernier numéro n’est pas celui d’une SIM : 19 ou 20 chiffres, avec un chiffre de contrôle juste.
transfer-descending = La dernière SIM vient avant la première : donnez-les dans l’ordre croissant.
transfer-lengths = Les deux numéros n'ont pas la même longueur. Vérifiez-les.
transfer-too-many =
    { $count ->
        [one] { $number } SIM au plus à la fois.
       *[other] { $number } SIM au plus à la fois.
    }
transfer-no-customer = Aucun client ne porte cette référence ou ce nom. Vérifiez votre saisie.
transfer-several-customers = Plusieurs clients portent ce nom : donnez la référence.
transfer-no-reseller = Ce revendeur n'existe pas. Choisissez-en un dans la liste.
journal-sims-taken-in = A importé un lot de SIM
journal-sim-given = A attribué une SIM
journal-sim-released = A libéré une SIM
journal-puk-shown = A consulté un code PUK
journal-sim = SIM n° { $value }
journal-sim-batch = Lot de SIM n° { $value }
sim-on-its-way = En route
sims-on-their-way = En route
deliveries = Livraisons de cartes
deliveries-lead = Des cartes SIM vierges, par paquets de dix, livrées sous deux jours ouvrés.
deliveries-none = Aucune livraison pour l'instant.
deliveries-to-send =
    { $count ->
        [one] { $number } livraison à expédier
       *[other] { $number } livraisons à expédier
    }
delivery = Livraison
delivery-title = Livraison n° { $value }
delivery-asked = Demandée
delivery-promised = Arrivée prévue
delivery-ordered = Demandée
delivery-sent = Expédiée
delivery-arrived = Arrivée
delivery-cancelled = Annulée
delivery-order = Commander des cartes vierges
delivery-order-now = Commander
delivery-there-on = Commandées maintenant, elles arrivent le { $value }.
delivery-what = Cartes et adresse
delivery-cards = Nombre de cartes (par dizaines)
delivery-recipient = Destinataire
delivery-street = Numéro et rue
delivery-postcode = Code postal
delivery-city = Localité
delivery-address = Adresse de livraison
delivery-by-packs =
    { $count ->
        [one] Les cartes se commandent par paquets de { $number }.
       *[other] Les cartes se commandent par paquets de { $number }.
    }
delivery-how-many =
    { $count ->
        [one] Commandez entre 10 et { $number } cartes.
       *[other] Commandez entre 10 et { $number } cartes.
    }
delivery-no-network = Choisissez le réseau des cartes.
delivery-no-kind = Choisissez le type de carte.
delivery-no-address = Remplissez toutes les lignes de l'adresse, de 100 caractères au plus chacune.
delivery-send = Expédier le colis
delivery-send-now = Expédier
delivery-send-note = Des cartes libres du stock de ce réseau et de ce type, autant qu'il en a été commandé. Une fois les cartes dans le colis, personne d'autre ne peut les utiliser.
delivery-range-wrong = Ces numéros de SIM ne forment pas une série dans l'ordre croissant. Vérifiez-les.
delivery-count-wrong =
    { $count ->
        [one] La série compte { $number } carte : ce n'est pas le nombre commandé.
       *[other] La série compte { $number } cartes : ce n'est pas le nombre commandé.
    }
delivery-cards-wrong =
    { $count ->
        [one] { $number } carte ne peut pas partir : elle n'est pas libre, ou pas de ce réseau ou de ce type.
       *[other] { $number } cartes ne peuvent pas partir : elles ne sont pas libres, ou pas de ce réseau ou de ce type.
    }
delivery-receive = Les cartes sont arrivées
delivery-receive-note = Dès que vous confirmez leur arrivée, les cartes figurent dans votre liste et peuvent servir.
delivery-cancel = Annuler la commande
journal-blank-sims-asked = A commandé des cartes vierges
journal-blank-sims-sent = A expédié des cartes vierges
journal-blank-sims-arrived = A confirmé l'arrivée des cartes
journal-blank-sims-cancelled = A annulé une commande de cartes
