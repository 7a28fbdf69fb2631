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
