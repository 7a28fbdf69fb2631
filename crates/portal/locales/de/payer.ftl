### Wer einen Anschluss zahlt

payer = Rechnungskonto
payer-now = zahlt derzeit
payer-from = ab dem { $value }
payer-choose = Konto, das den Anschluss zahlen wird
payer-lead = Ein Monat wird einem einzigen Konto berechnet: Die Änderung gilt ab dem { $value } und lässt sich bis dahin zurücknehmen.
payer-save = Ab dem { $value } ändern
payer-only-one = Der Kunde hat nur dieses Konto.
payer-same = Dieses Konto zahlt den Anschluss bereits oder wird es tun.
payer-unknown = Der Kunde hat dieses Konto nicht.
payer-open = Konto ändern
journal-line-account-planned = Hat ein anderes Rechnungskonto vorgesehen
journal-line-account-taken-back = Hat den Wechsel des Rechnungskontos zurückgenommen
journal-line-account-changed = Ein anderes Rechnungskonto zahlt den Anschluss
