### Das Postfach der Demo

mailbox = Gesendete Nachrichten
mailbox-open = Gesendete Nachrichten ansehen
mailbox-lead = In dieser Demo wird weder eine E-Mail noch eine SMS verschickt. Diese hier wären verschickt worden.
mailbox-demo = Demo
mailbox-none = Noch keine E-Mails
mailbox-subject = Betreff
mailbox-from = Von
mailbox-to = An
mailbox-sent = Gesendet
mailbox-preview = Vorschau
mailbox-text = Nur Text
mailbox-texts = SMS
mailbox-no-texts = Noch keine SMS
mailbox-text-to = An { $value }
