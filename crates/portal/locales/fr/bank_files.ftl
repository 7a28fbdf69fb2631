bank-files = Prélèvements et banque
bank-files-lead = Les fichiers pour la banque, ce qu'elle répond, et les virements à rattacher.
collect-title = À prélever
collect-until = Jusqu'au
debit-day-of = Jour de prélèvement
collect-debits = Prélèvements
collect-nothing = Rien à prélever jusqu'à ce jour.
collect-announced = De plus, ces factures seront annoncées à leurs clients, puis prélevées à la date annoncée : { $value }.
collect-announced-only = { $count ->
    [one] Rien à prélever ; { $number } facture a été annoncée.
   *[other] Rien à prélever ; { $number } factures ont été annoncées.
 }
collect-without-mandate = { $count ->
    [one] { $number } facture ne peut pas être prélevée : son mandat ne peut pas servir.
   *[other] { $number } factures ne peuvent pas être prélevées : leur mandat ne peut pas servir.
 }
collect-make = Créer le fichier
collect-wrong-day = Choisissez un jour entre aujourd'hui et dans 30 jours.
collect-files = Fichiers de prélèvement
collect-none = Aucun fichier pour l'instant.
collect-made = Créé
collection-title = Prélèvements { $value }
collection-fetch = Télécharger pour la banque
debit-under-way = Transmis
debit-settled = Encaissés
debit-rejected = Rejeté
debit-returned = Remboursé au débiteur
bank-take = Fichier reçu de la banque
bank-file = Fichier
bank-send = Intégrer
bank-hint = pain.002, camt.053 ou camt.054, tel que la banque l'a envoyé, de 16 Mo au plus. Le même fichier deux fois ne compte qu'une fois.
bank-waiting = À traiter
bank-nothing-waits = Rien n'attend de décision.
bank-party = Tiers
bank-why = Pourquoi
bank-decide = Décision
bank-number = Numéro de facture
bank-assign = Rattacher
bank-what = Ou : de quoi s'agit-il ?
bank-say = Noter
bank-message = Message
bank-taken = Fichiers de la banque
bank-none-taken = Aucun fichier reçu pour l'instant.
bank-taken-at = Intégré
bank-items = Lignes
bank-waits = À traiter
bank-came-back = Rejetés
bank-not-counted = Sans effet
bank-counted = Compté
bank-booked = Écriture du
bank-became = Résultat
bank-report = Compte rendu de la banque
bank-statements = Relevé de compte
bank-taken-before = Ce fichier a déjà été intégré : rien n'est compté deux fois. Voici ce qu'il a donné.
bank-file-empty = Ce fichier n'apporte rien de nouveau.
bank-accepted = Accepté par la banque : { $value }
bank-credit = { $value } en faveur du compte
bank-settled = { $count ->
    [one] { $number } prélèvement encaissé
   *[other] { $number } prélèvements encaissés
 }
bank-again = Présenté de nouveau le { $value }
bank-customer-pays = Le client paie autrement
bank-look = À examiner
bank-says-nothing = Ni communication structurée ni numéro de facture
bank-unknown-reference = La communication { $value } ne correspond à aucune facture
bank-several-accounts = Nomme des factures de plusieurs comptes
bank-noted-by-hand = Un paiement de ce montant a déjà été enregistré à la main pour ce compte. Si c'est le même, annulez-le sur sa page, puis affectez ce virement.
bank-not-euros = En { $value }, et les factures sont en euros
bank-went-out = Sortie d'argent
bank-twice = Déjà compté
bank-unknown-debit = Aucun prélèvement ne porte cette référence : { $value }
bank-told-before = Déjà connu : { $value }
bank-other-amount = Le montant n'est pas celui qui a été prélevé : { $value }
bank-other-currency = Dans une autre monnaie que l'euro : { $value }
bank-busy = Quelqu'un d'autre est en train de le faire : réessayez dans un instant.
bank-other-account = Ce relevé est d'un autre compte ({ $value }) que celui où les clients paient.
bank-no-account = L'opérateur n'a ni compte ni identifiant de créancier pour cela.
bank-decided = C'est noté.
bank-decided-before = Quelqu'un l'a déjà traité.
bank-no-invoice = Aucune facture ne porte le numéro { $value } : vérifiez-le.
bank-invoice-missing = Indiquez le numéro d'une facture.
bank-no-money = Ce n'est pas une rentrée d'argent en euros : elle ne paie aucune facture.
bank-say-what = Dites en 200 signes au plus de quoi il s'agit.
bank-file-too-large = { $count ->
    [one] Le fichier est trop grand : { $number } Mo au plus. Demandez à la banque des périodes plus courtes.
   *[other] Le fichier est trop grand : { $number } Mo au plus. Demandez à la banque des périodes plus courtes.
 }
bank-file-encoding = Le fichier n'est pas en UTF-8 : enregistrez-le tel que la banque l'a envoyé.
bank-file-cut = Le fichier s'arrête au milieu : téléchargez-le de nouveau. Rien n'a été compté.
bank-file-no-xml = Ce n'est pas un fichier XML d'une banque.
bank-file-other = Ce message ({ $value }) n'est ni un pain.002, ni un camt.053, ni un camt.054 dans une version lue ici.
bank-file-missing = Il manque un élément dans le fichier : { $value }. Rien n'a été compté.
bank-file-value = Le fichier contient une valeur impossible, { $value }. Rien n'a été compté.
reason-ac01 = numéro de compte erroné
reason-ac04 = compte clos
reason-ac06 = compte bloqué
reason-ag01 = prélèvements impossibles sur ce compte
reason-ag02 = opération erronée
reason-am04 = provision insuffisante
reason-am05 = prélevé deux fois
reason-be05 = créancier inconnu
reason-ff05 = type de prélèvement erroné
reason-md01 = pas de mandat valable
reason-md06 = remboursement demandé par le débiteur
reason-md07 = titulaire décédé
reason-ms02 = refusé par le débiteur
reason-ms03 = la banque ne dit pas pourquoi
reason-rc01 = BIC erroné
reason-rr01 = mentions légales manquantes
reason-other = motif { $value }
collection-stop = Ne pas prélever
collection-stop-lead = Le client la paiera autrement. Un prélèvement déjà transmis à la banque a encore lieu.
collection-stop-yes = Oui, ne pas prélever
collection-stopped = Cette facture n'est pas ou plus prélevée : elle se paie par virement ou par carte.
