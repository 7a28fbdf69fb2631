### Qui paie une ligne

payer = Compte de facturation
payer-now = paie actuellement
payer-from = à partir du { $value }
payer-choose = Compte qui paiera la ligne
payer-lead = Un mois est facturé à un seul compte : le changement s'applique à partir du { $value }, et vous pouvez l'annuler jusque-là.
payer-save = Changer à partir du { $value }
payer-only-one = Le client n'a que ce compte.
payer-same = Ce compte paie déjà la ligne ou la paiera.
payer-unknown = Le client n'a pas ce compte.
payer-open = Changer de compte
journal-line-account-planned = A prévu un autre compte de facturation
journal-line-account-taken-back = A annulé le changement de compte de facturation
journal-line-account-changed = Un autre compte de facturation paie la ligne
