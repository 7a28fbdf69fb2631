### La boîte aux lettres de la démonstration

mailbox = E-mails envoyés
mailbox-open = Voir les e-mails envoyés
mailbox-lead = Dans cette démonstration, aucun e-mail ne part. Voici ceux qui seraient partis.
mailbox-demo = Démonstration
mailbox-none = Aucun e-mail pour l'instant
mailbox-subject = Objet
mailbox-from = De
mailbox-to = À
mailbox-sent = Envoyé
mailbox-preview = Aperçu
mailbox-text = Texte brut
