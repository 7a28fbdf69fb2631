### De brievenbus van de demonstratie

mailbox = Verzonden e-mails
mailbox-open = Verzonden e-mails bekijken
mailbox-lead = In deze demonstratie vertrekt geen enkele e-mail. Dit zijn de berichten die vertrokken zouden zijn.
mailbox-demo = Demonstratie
mailbox-none = Nog geen e-mails
mailbox-subject = Onderwerp
mailbox-from = Van
mailbox-to = Aan
mailbox-sent = Verzonden
mailbox-preview = Voorbeeld
mailbox-text = Platte tekst
