### Wer einen Anschluss zahlt

payer = Rechnungskonto
payer-now = zahlt derzeit
payer-from = ab dem { $value }
payer-choose = Konto, das künftig für den Anschluss zahlt
payer-lead = Ein Monat wird einem einzigen Konto berechnet: Die Änderung gilt ab dem { $value } und lässt sich bis dahin zurücknehmen.
payer-save = Ab dem { $value } ändern
payer-only-one = Der Kunde hat nur dieses Konto.
payer-same = Dieses Konto zahlt bereits für den Anschluss oder wird es tun.
payer-unknown = Der Kunde hat dieses Konto nicht.
payer-open = Konto ändern
journal-line-account-planned = Hat ein anderes Rechnungskonto vorgemerkt
journal-line-account-taken-back = Hat den Wechsel des Rechnungskontos zurückgenommen
journal-line-account-changed = Ein anderes Rechnungskonto zahlt für den Anschluss
