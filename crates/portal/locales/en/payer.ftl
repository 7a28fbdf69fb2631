### Who pays for a line

payer = Billing account
payer-now = pays now
payer-from = from { $value }
payer-choose = Account that will pay for the line
payer-lead = A month is billed to one account: the change applies from { $value }, and you can take it back until then.
payer-save = Change from { $value }
payer-only-one = The customer has this account only.
payer-same = This account pays for the line already, or will.
payer-unknown = The customer has no such account.
payer-open = Change account
journal-line-account-planned = Planned another billing account
journal-line-account-taken-back = Took the change of billing account back
journal-line-account-changed = Another billing account pays for the line
