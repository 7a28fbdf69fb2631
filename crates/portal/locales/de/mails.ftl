### Die E-Mails des Betreibers

menu-mails = E-Mails
mails-lead = Was Ihre Marken geschrieben haben. Was auf Ihre Entscheidung wartet, steht oben.
mails-written = Geschrieben
mails-waiting = Wartet
mails-sending = Wird gesendet
mails-sent = Gesendet
mails-failed = Fehlgeschlagen
mails-uncertain = Vielleicht angekommen
mails-again = Erneut senden
mails-tab = E-Mails
