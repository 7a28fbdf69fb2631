### Les e-mails de l'opérateur

menu-mails = E-mails
mails-lead = Ce que vos marques ont écrit. Ce qui attend votre décision est en tête.
mails-written = Écrit
mails-waiting = En attente
mails-sending = En cours d'envoi
mails-sent = Envoyé
mails-failed = Échec
mails-uncertain = Peut-être reçu
mails-again = Renvoyer
mails-tab = E-mails
