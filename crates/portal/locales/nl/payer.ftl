### Wie een lijn betaalt

payer = Facturatieaccount
payer-now = betaalt nu
payer-from = vanaf { $value }
payer-choose = Account die de lijn zal betalen
payer-lead = Een maand wordt aan één account gefactureerd: de wijziging geldt vanaf { $value } en u kunt ze tot dan annuleren.
payer-save = Wijzigen vanaf { $value }
payer-only-one = De klant heeft alleen deze account.
payer-same = Deze account betaalt de lijn al, of zal dat doen.
payer-unknown = De klant heeft die account niet.
payer-open = Account wijzigen
journal-line-account-planned = Heeft een andere facturatieaccount gepland
journal-line-account-taken-back = Heeft de wissel van facturatieaccount geannuleerd
journal-line-account-changed = Een andere facturatieaccount betaalt de lijn
