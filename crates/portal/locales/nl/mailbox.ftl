### De brievenbus van de demonstratie

mailbox = Verzonden berichten
mailbox-open = Verzonden berichten bekijken
mailbox-lead = In deze demonstratie vertrekt geen enkele e-mail of sms. Dit zijn de berichten die vertrokken zouden zijn.
mailbox-demo = Demonstratie
mailbox-none = Nog geen e-mails
mailbox-subject = Onderwerp
mailbox-from = Van
mailbox-to = Aan
mailbox-sent = Verzonden
mailbox-preview = Voorbeeld
mailbox-text = Platte tekst
mailbox-texts = Sms'en
mailbox-no-texts = Nog geen sms'en
mailbox-text-to = Naar { $value }
