### The mailbox of the demonstration

mailbox = Messages sent
mailbox-open = See the messages sent
mailbox-lead = In this demonstration no e-mail or text message leaves. These are the ones that would have been sent.
mailbox-demo = Demonstration
mailbox-none = No e-mails yet
mailbox-subject = Subject
mailbox-from = From
mailbox-to = To
mailbox-sent = Sent
mailbox-preview = Preview
mailbox-text = Plain text
mailbox-texts = Text messages
mailbox-no-texts = No text messages yet
mailbox-text-to = To { $value }
