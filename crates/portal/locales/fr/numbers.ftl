inventory-numbers = Numéros
numbers-all = Tous
numbers-by-state = Numéros par état
numbers-found =
    { $count ->
        [one] { $number } numéro
       *[other] { $number } numéros
    }
numbers-more-than = Plus de { $value } numéros
numbers-empty = Aucun numéro pour l'instant.
numbers-none-found = Aucun numéro ne correspond à ces filtres.
numbers-begin = Commence par…
numbers-end = Finit par…
numbers-any = Tous
number-kind = Usage
number-kind-mobile = Mobile
number-kind-data = Données seules
number-kind-m2m = Machines (M2M)
number-kind-fixed = Fixe
number-free = Libre
number-given = Attribué
number-reserved = Réservé
number-in-use = En service
number-porting-in = Portage entrant
number-porting-out = Portage sortant
number-resting = En repos
number-gone = Plus chez nous
numbers-free = Libres
numbers-given = Attribués
numbers-reserved = Réservés
numbers-in-use = En service
numbers-porting-in = Portages entrants
numbers-porting-out = Portages sortants
numbers-resting = En repos
numbers-gone = Plus chez nous
number-until = jusqu'au { $value }
number-since = depuis le { $value }
number-taken = Utilisé par une ligne ou une commande
number-ported = En cours de portage
numbers-take-in = Ajouter des numéros
numbers-intake-lead = Toute la série entre en stock, ou rien du tout.
numbers-intake-hint = 100 000 numéros au plus, du premier au dernier. Pour un seul numéro, laissez le dernier vide.
numbers-no-network = Choisissez le réseau sur lequel ces numéros serviront.
numbers-no-kind = Ce réseau n'a pas de lignes de ce type : choisissez un autre usage.
numbers-digits =
    { $count ->
        [one] Les numéros de ce type ont { $number } chiffre.
       *[other] Les numéros de ce type ont { $number } chiffres.
    }
numbers-known =
    { $count ->
        [one] { $number } numéro est déjà en stock : rien n'a été ajouté.
       *[other] { $number } numéros sont déjà en stock : rien n'a été ajouté.
    }
numbers-give-title = Attribuer des numéros
numbers-release-title = Libérer des numéros
numbers-transfer-lead = Un seul numéro ou toute une série. Rien ne change avant votre confirmation.
numbers-first = Premier numéro
numbers-last = Dernier numéro
numbers-range-hint = Dans l'ordre croissant. Pour un seul numéro, laissez le dernier vide.
numbers-first-wrong = Le premier numéro n'est pas un numéro de ce pays. Vérifiez-le.
numbers-last-wrong = Le dernier numéro n'est pas un numéro de ce pays. Vérifiez-le.
numbers-descending = Le dernier numéro vient avant le premier : donnez-les dans l'ordre croissant.
numbers-too-many =
    { $count ->
        [one] { $number } numéro au plus à la fois.
       *[other] { $number } numéros au plus à la fois.
    }
numbers-would-give =
    { $count ->
        [one] { $number } numéro à attribuer
       *[other] { $number } numéros à attribuer
    }
numbers-would-release =
    { $count ->
        [one] { $number } numéro à libérer
       *[other] { $number } numéros à libérer
    }
numbers-unchanged =
    { $count ->
        [one] { $number } numéro est déjà dans cette situation.
       *[other] { $number } numéros sont déjà dans cette situation.
    }
numbers-refused =
    { $count ->
        [one] { $number } numéro empêche l'opération : aucun ne changera.
       *[other] { $number } numéros empêchent l'opération : aucun ne changera.
    }
numbers-given-done =
    { $count ->
        [one] { $number } numéro a été attribué.
       *[other] { $number } numéros ont été attribués.
    }
numbers-released-done =
    { $count ->
        [one] { $number } numéro a été libéré.
       *[other] { $number } numéros ont été libérés.
    }
numbers-taken-done =
    { $count ->
        [one] { $number } numéro est entré en stock.
       *[other] { $number } numéros sont entrés en stock.
    }
journal-numbers-taken-in = A ajouté des numéros au stock
journal-numbers-given = A attribué des numéros
journal-numbers-released = A libéré des numéros
