### Das Postfach der Vorführung

mailbox = Gesendete Nachrichten
mailbox-open = Gesendete Nachrichten ansehen
mailbox-lead = In dieser Vorführung geht weder E-Mail noch SMS hinaus. Diese hier wären gesendet worden.
mailbox-demo = Vorführung
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
