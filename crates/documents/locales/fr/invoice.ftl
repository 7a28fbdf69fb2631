heading-invoice = Facture
heading-credit-note = Avoir
corrects = Cet avoir corrige la facture { $number } du { $day }.
page-of = Page { $page } sur { $pages }
vat-number = TVA { $number }
register-siren = SIREN { $number }
register-enterprise = Numéro d’entreprise { $number }
register-other = Registre { $number }

fact-number = Numéro
fact-issued = Date
fact-period = Période
fact-customer = Référence client
fact-account = Compte de facturation
fact-company = Numéro d’entreprise
fact-vat-number = Numéro de TVA

hero-due = À payer
hero-due-text = au plus tard le { $day }
hero-debit = Prélevé automatiquement
hero-debit-text = le { $day }, vous n’avez rien à faire
hero-nothing-text = aucun paiement n’est attendu
hero-credit = En votre faveur
hero-credit-text = montant porté au crédit de votre compte

chart-title = Vos derniers mois, TTC

summary-title = En résumé
chapter-subscriptions = Abonnements et options
chapter-usage = Consommations hors forfait
chapter-once = Achats et frais ponctuels
chapter-discounts = Remises
sum-net = Total hors TVA
sum-vat = TVA { $rate } sur { $base }
sum-reverse-charge = Autoliquidation sur { $base }
sum-exempt = Exonéré de TVA, sur { $base }
sum-out-of-scope = Hors champ de la TVA, sur { $base }
sum-gross = Total TTC
sum-rounding = TVA calculée par taux sur le total, arrondie au centime.

pay-transfer = Régler par virement
pay-beneficiary = Bénéficiaire
pay-iban = IBAN
pay-bic = BIC
pay-amount = Montant
pay-reference =
    { $country ->
        [BE] Communication
       *[other] Référence à indiquer
    }
pay-due = Échéance
pay-qr-alt = Code QR du virement, à lire avec votre application bancaire
pay-qr-hint = À scanner avec votre application bancaire
pay-debit = Prélèvement SEPA
pay-debit-text = Le montant sera prélevé le { $day } sur le compte { $iban }. Si vos coordonnées bancaires ont changé, indiquez-les dans votre espace client avant cette date.
pay-mandate = Référence unique du mandat
pay-creditor = Identifiant du créancier (ICS)
pay-nothing = Rien à payer
pay-nothing-text = Cette facture ne demande aucun paiement.
pay-credit = Remboursement
pay-credit-text = Ce montant vient en déduction de ce que vous devez, ou vous est remboursé si votre compte est à jour.

details-title = Le détail
details-account = Votre compte
details-summed =
    { $lines ->
        [one] { $shown } ligne
       *[other] { $shown } lignes
    }
details-summed-text = Le coût de chaque ligne figure dans le fichier CSV de cette facture, sur votre espace.
head-charge = Désignation
head-period = Période
head-vat = TVA
head-amount = Montant HT

item-activation = Mise en service
item-activation-of = Mise en service : { $name }
item-minimum = Complément au minimum mensuel
item-bundle = Remise multi-services
item-esim = Profil eSIM
item-sim-swap = Remplacement de carte SIM
item-correction = Consommations antérieures ({ $month })
item-free = Autre
item-usage =
    { $kind ->
        [voice]
            { $reach ->
                [home] Appels nationaux
                [special] Appels vers les numéros spéciaux
                [abroad] Appels vers l’étranger
                [roaming] Appels depuis l’étranger
               *[any] Appels
            }
        [sms]
            { $reach ->
                [home] SMS nationaux
                [special] SMS vers les numéros spéciaux
                [abroad] SMS vers l’étranger
                [roaming] SMS depuis l’étranger
               *[any] SMS
            }
        [mms]
            { $reach ->
                [home] MMS nationaux
                [special] MMS vers les numéros spéciaux
                [abroad] MMS vers l’étranger
                [roaming] MMS depuis l’étranger
               *[any] MMS
            }
       *[data]
            { $reach ->
                [roaming] Internet mobile à l’étranger
               *[any] Internet mobile
            }
    }

count-pieces = { $pieces } × { $each }
count-days =
    { $days ->
        [one] { $days } jour sur { $of }, à { $each } par mois
       *[other] { $days } jours sur { $of }, à { $each } par mois
    }
count-lines =
    { $lines ->
        [one] { $shown } ligne
       *[other] { $shown } lignes
    }
count-lines-by-days =
    { $lines ->
        [one] { $shown } ligne, au prorata, à { $each } par mois
       *[other] { $shown } lignes, au prorata, à { $each } par mois
    }
count-share = votre part d’un total de { $whole }
count-calls =
    { $records ->
        [one] { $shown } appel
       *[other] { $shown } appels
    }
count-messages =
    { $records ->
        [one] { $shown } message
       *[other] { $shown } messages
    }
count-sessions =
    { $records ->
        [one] { $shown } connexion
       *[other] { $shown } connexions
    }
count-records =
    { $records ->
        [one] { $shown } communication
       *[other] { $shown } communications
    }

no-recovery-fee = Client particulier : pas d’indemnité forfaitaire pour frais de recouvrement.
no-late-penalty = Client particulier : pas de pénalité de retard.
no-early-discount = Pas d’escompte pour paiement anticipé.
exempt-reverse-charge = Autoliquidation par le preneur
exempt-out-of-scope = Hors du champ d’application de la TVA
exempt-other = Exonéré de TVA
terms-credit = À déduire de votre compte ou à rembourser

annex-title = Détail des communications de la facture { $number }
annex-heading = Détail des communications
annex-intro = Facture { $number } du { $day }. Montants hors TVA.
annex-hidden = Les quatre derniers chiffres des numéros sont masqués. Le titulaire de la ligne peut demander qu’ils soient affichés.
annex-private = Non détaillé, car réservé à leurs utilisateurs : { $numbers }.
annex-when = Date et heure
annex-kind = Type
annex-party = Correspondant
annex-country = Pays
annex-quantity = Quantité
annex-amount = Montant HT
annex-included = inclus
annex-usage =
    { $kind ->
        [voice] Appel
        [sms] SMS
        [mms] MMS
       *[data] Internet
    }
