### Wie een lijn betaalt

payer = Factuurrekening
payer-now = betaalt nu
payer-from = vanaf { $value }
payer-choose = Rekening die de lijn zal betalen
payer-lead = Een maand wordt aan één rekening gefactureerd: de wijziging geldt vanaf { $value } en u kunt ze tot dan annuleren.
payer-save = Wijzigen vanaf { $value }
payer-only-one = De klant heeft alleen deze rekening.
payer-same = Deze rekening betaalt de lijn al, of zal dat doen.
payer-unknown = De klant heeft die rekening niet.
payer-open = Rekening wijzigen
journal-line-account-planned = Heeft een andere factuurrekening gepland
journal-line-account-taken-back = Heeft de wissel van factuurrekening geannuleerd
journal-line-account-changed = Een andere factuurrekening betaalt de lijn
