### La boîte aux lettres de la démonstration

mailbox = Messages envoyés
mailbox-open = Voir les messages envoyés
mailbox-lead = Dans cette démonstration, aucun e-mail ni SMS ne part. Voici ceux qui seraient partis.
mailbox-demo = Démonstration
mailbox-none = Aucun e-mail pour l'instant
mailbox-subject = Objet
mailbox-from = De
mailbox-to = À
mailbox-sent = Envoyé
mailbox-preview = Aperçu
mailbox-text = Texte brut
mailbox-texts = SMS
mailbox-no-texts = Aucun SMS pour l'instant
mailbox-text-to = Au { $value }
