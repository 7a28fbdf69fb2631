### Les fichiers d'usage

usage-files-lead = Ce que les réseaux ont transmis, et ce qui n'a pas pu être lu.
usage-files-none = Aucun fichier reçu pour l'instant
usage-file = Fichier
layout = Format
taken-in = Reçu
taken-in-at = Reçu { $value }
records = Enregistrements
duplicates = Doublons
set-aside = Écartés
rows-set-aside = Lignes du fichier écartées
set-aside-none = Aucune ligne écartée
row = Rang
reason = Motif
raw = Contenu
file-reading = En lecture
file-done = Intégré
file-failed = Interrompu
file-waiting = En attente

## Dépôt d'un fichier
upload-title = Déposer un fichier
upload-choose-layout = Choisissez un format
upload-send = Déposer
upload-hint = Tel quel ou compressé (gzip, zstd), { $value } au plus. Un fichier déjà intégré n'est pas compté deux fois.
upload-received = « { $value } » est bien reçu. Il apparaît dans la liste dès que sa lecture commence.
upload-no-file = Choisissez un fichier.
upload-empty = Ce fichier est vide. Choisissez-en un autre.
upload-unknown-layout = Choisissez le format du fichier dans la liste.
upload-too-large = Ce fichier est trop volumineux : { $value } au plus. Compressez-le, ou déposez-le en plusieurs parties.
refused-files = Fichiers refusés
dismiss = Ne plus afficher

## Reprise des lignes écartées
aside-filter = Motifs
aside-open = À reprendre
aside-taken = Reprises
aside-all-done = Toutes les lignes écartées ont été reprises
actions = Actions
take-again = Reprendre
take-all-again = { $count ->
    [one] Reprendre cette ligne
   *[other] Reprendre les { $number } lignes
 }
correct = Corriger
correct-row = Corriger la ligne { $value } du fichier
row-number = la ligne { $value }
row-text = Texte de la ligne
take-corrected = Reprendre la ligne corrigée
taken-again-at = Reprise { $value }
again-taken = { $count ->
    [one] { $number } ligne a été reprise.
   *[other] { $number } lignes ont été reprises.
 }
again-aside = { $count ->
    [one] { $number } ligne reste écartée.
   *[other] { $number } lignes restent écartées.
 }
again-cut = { $count ->
    [one] { $number } ligne n'a pas été conservée en entier : il faut la compléter.
   *[other] { $number } lignes n'ont pas été conservées en entier : il faut les compléter.
 }
again-still-aside = La ligne { $row } reste écartée. Motif : « { $reason } ».
again-nothing = Cette ligne a déjà été reprise.
again-blank = Saisissez le texte de la ligne.
again-too-long = Ce texte est trop long pour une ligne. Raccourcissez-le.
again-row-cut = Cette ligne n'a pas été conservée en entier : complétez son texte, puis reprenez-la corrigée.
again-not-readable = Cette ligne ne peut pas être reprise seule : l'en-tête de son fichier n'a pas été conservé ou son format n'existe plus. Déposez-la avec son en-tête dans un nouveau fichier.
again-busy = Un autre import est en cours pour cet opérateur. Rien n'a été modifié : réessayez dans un instant.

## Motifs
aside-unreadable = Ligne illisible
aside-wrong-column-count = Nombre de colonnes inattendu
aside-bad-number = Numéro invalide
aside-no-line = Abonnement non indiqué
aside-bad-time = Date ou heure invalide
aside-bad-quantity = Quantité invalide
aside-unknown-kind = Type d'usage inconnu
aside-unknown-direction = Sens inconnu
aside-bad-visited = Réseau ou pays visité invalide
aside-unknown-access = Type d'accès inconnu
aside-not-answered = Appel sans réponse
aside-too-many-legs = Appel en trop de segments
aside-unknown-line = Numéro inconnu chez l'opérateur
aside-from-the-future = Date dans le futur
aside-unknown-destination = Destination inconnue
aside-unknown-network = Réseau visité inconnu
aside-before-start = Avant la mise en service
aside-after-end = Après la résiliation
aside-not-allowed = Usage non prévu par l'offre
aside-not-in-catalogue = Offre ou option absente du catalogue
aside-too-large = Quantité démesurée
aside-other = Autre motif
