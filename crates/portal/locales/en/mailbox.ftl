### The mailbox of the demonstration

mailbox = E-mails sent
mailbox-open = See the e-mails sent
mailbox-lead = In this demonstration no e-mail leaves. These are the ones that would have been sent.
mailbox-demo = Demonstration
mailbox-none = No e-mails yet
mailbox-subject = Subject
mailbox-from = From
mailbox-to = To
mailbox-sent = Sent
mailbox-preview = Preview
mailbox-text = Plain text
