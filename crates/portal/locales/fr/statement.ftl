statement = Relevé
statement-title = Relevés de { $value }
statement-lead = Ce qui était compris et ce qui a été facturé, mois par mois, communication par communication.
statement-records =
    { $count ->
        [one] { $number } communication
       *[other] { $number } communications
    }
statement-pdf = Télécharger le PDF
statement-csv = Télécharger en CSV
statement-too-many = Le relevé d'un mois contient { $value } communications au plus. Ce mois en compte davantage : demandez-le à votre service clients.
statement-in-parts = Le PDF est découpé en parties de { $value } communications, chacune avec les totaux du mois.
statement-pdf-part = PDF, partie { $value }
statement-erased = Le détail de ce mois a été effacé, comme la loi l'exige. Les factures restent disponibles.
statement-numbers = Numéros des correspondants
statement-numbers-hidden = Sur les relevés et le détail des factures, les quatre derniers chiffres sont masqués.
statement-numbers-whole = Sur les relevés et le détail des factures, les numéros figurent en entier, comme le titulaire l'a demandé.
statement-show-numbers = Afficher les numéros en entier
statement-hide-numbers = Masquer les quatre derniers chiffres
statement-hour = Heure
statement-abroad = Depuis
statement-unit = Unité
statement-of-which-charged = Dont facturé
statement-verdict = Résultat
statement-seconds = secondes
statement-messages = messages
statement-bytes = octets
invoice-usage = Détail des communications
invoice-usage-private = Seuls leurs utilisateurs voient ce que ces lignes consomment.
invoice-usage-too-many = Le document contient { $value } communications au plus. Cette facture en compte davantage : téléchargez les relevés ligne par ligne.
invoice-usage-nothing = Cette facture ne porte sur aucune communication.
journal-line-numbers-shown = Affichage des numéros changé sur les relevés
journal-numbers-whole = en entier
journal-numbers-hidden = quatre derniers chiffres masqués
invoice-usage-in-parts = Le détail est en plusieurs parties :
