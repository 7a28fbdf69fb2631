### De e-mails van de operator

menu-mails = E-mails
mails-lead = Wat uw merken hebben geschreven. Wat op uw beslissing wacht, staat bovenaan.
mails-written = Geschreven
mails-waiting = Wacht
mails-sending = Wordt verzonden
mails-sent = Verzonden
mails-failed = Mislukt
mails-uncertain = Misschien ontvangen
mails-again = Opnieuw verzenden
mails-tab = E-mails
