### The operator's mails

menu-mails = E-mails
mails-lead = What your brands have written. What waits for your decision comes first.
mails-written = Written
mails-waiting = Waiting
mails-sending = Being sent
mails-sent = Sent
mails-failed = Failed
mails-uncertain = Perhaps received
mails-again = Send again
mails-tab = E-mails
