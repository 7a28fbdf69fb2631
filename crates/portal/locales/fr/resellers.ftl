menu-resellers = Revendeurs
resellers-lead = Qui revend vos offres, et la société à qui vous facturez les lignes de ses clients.
resellers-none = Vous n'avez pas de revendeur.
resellers-without =
    { $count ->
        [one] Un revendeur a des lignes en service et aucune société désignée : ses lignes ne sont facturées à personne.
       *[other] { $number } revendeurs ont des lignes en service et aucune société désignée : leurs lignes ne sont facturées à personne.
    }
reseller = Revendeur
reseller-open = Facturation du revendeur
reseller-host = Adresse du site
reseller-customers = Clients
reseller-lines = Lignes en service
reseller-company = Société facturée
reseller-no-company = À désigner
reseller-last-invoice = Dernière facture
reseller-not-billed = Aucune société n'est désignée : les lignes des clients de ce revendeur ne sont facturées à personne.
reseller-company-note = Elle reçoit chaque mois une facture pour toutes les lignes des clients du revendeur.
reseller-kept = Les coordonnées sont enregistrées. La prochaine facture en tiendra compte.
reseller-legal-name = Raison sociale
reseller-legal-id = Numéro d'immatriculation
reseller-legal-id-hint = En France, le SIREN (9 chiffres) ou le SIRET (14 chiffres) ; en Belgique, le numéro d'entreprise (10 chiffres).
reseller-vat-number = Numéro de TVA
reseller-country = Pays
reseller-email = E-mail pour les factures
reseller-email-hint = Laissez vide pour prévenir les personnes du revendeur qui ont accès aux factures.
reseller-language = Langue des factures
reseller-no-name = Indiquez la raison sociale, en 70 caractères au plus.
reseller-no-country = « { $value } » n'est pas un pays proposé : choisissez-en un dans la liste.
reseller-siren-missing = Indiquez le SIREN ou le SIRET de la société.
reseller-siren-digits = « { $value } » n'est ni un SIREN (9 chiffres) ni un SIRET (14 chiffres).
reseller-siren-check = « { $value } » contient une erreur : un chiffre est faux, ou deux chiffres sont inversés. Vérifiez le SIREN.
reseller-enterprise-missing = Indiquez le numéro d'entreprise de la société.
reseller-enterprise-digits = « { $value } » n'est pas un numéro d'entreprise belge : il a 10 chiffres et commence par 0 ou 1.
reseller-enterprise-check = « { $value } » contient une erreur : un chiffre est faux, ou deux chiffres sont inversés. Vérifiez le numéro d'entreprise.
reseller-legal-id-missing = Indiquez le numéro de la société au registre de son pays, en 30 caractères au plus.
reseller-vat-country = « { $value } » ne commence pas par le code d'un pays de l'Union européenne, comme FR ou BE.
reseller-vat-wrong = « { $value } » n'est pas un numéro de TVA valable : vérifiez les chiffres et la clé.
reseller-vat-other = « { $value } » n'est pas le numéro de TVA de cette société : il ne correspond pas à son immatriculation ou à son pays.
reseller-vat-missing = Indiquez le numéro de TVA : sans lui, une société de ce pays ({ $value }) ne peut pas être facturée en autoliquidation.
reseller-no-language = « { $value } » n'est pas une langue de vos factures : choisissez-en une dans la liste.
invoice-received-from = Reçue de { $value }
invoice-issued-by-you = Émise
invoice-lines-file = Détail par ligne (CSV)
invoice-summed =
    { $count ->
        [one] Cette facture porte sur une ligne. Son coût figure dans le fichier CSV.
       *[other] Cette facture additionne { $number } lignes. Le coût de chacune figure dans le fichier CSV.
    }
invoice-lines-reference = Référence client
invoice-lines-number = Ligne
invoice-lines-user = Utilisateur
invoice-lines-offer = Offre
invoice-lines-item = Désignation
invoice-lines-amount = Montant HT
bills-without-company =
    { $count ->
        [one] Aucune société désignée : { $number } ligne n'est facturée à personne.
       *[other] Aucune société désignée : { $number } lignes ne sont facturées à personne.
    }
bills-without-company-title = Revendeurs non facturés
journal-reseller-company = Société d'un revendeur
