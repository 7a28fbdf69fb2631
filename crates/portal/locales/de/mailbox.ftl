### Das Postfach der Vorführung

mailbox = Gesendete E-Mails
mailbox-open = Gesendete E-Mails ansehen
mailbox-lead = In dieser Vorführung geht keine E-Mail hinaus. Diese hier wären gesendet worden.
mailbox-demo = Vorführung
mailbox-none = Noch keine E-Mails
mailbox-subject = Betreff
mailbox-from = Von
mailbox-to = An
mailbox-sent = Gesendet
mailbox-preview = Vorschau
mailbox-text = Nur Text
