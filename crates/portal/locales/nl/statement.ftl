statement = Verbruiksoverzicht
statement-title = Verbruiksoverzichten van { $value }
statement-lead = Wat inbegrepen was en wat is aangerekend, maand per maand, tot in detail.
statement-records =
    { $count ->
        [one] { $number } verbruiksregel
       *[other] { $number } verbruiksregels
    }
statement-pdf = Pdf downloaden
statement-csv = Downloaden als CSV
statement-too-many = Een maandoverzicht bevat hoogstens { $value } verbruiksregels. Deze maand telt er meer: vraag het aan de klantendienst.
statement-in-parts = De pdf komt in delen van { $value } verbruiksregels, elk met de totalen van de maand.
statement-pdf-part = Pdf, deel { $value }
statement-erased = De details van deze maand zijn gewist, zoals de wet voorschrijft. De facturen blijven beschikbaar.
statement-numbers = Nummers van de andere partij
statement-numbers-hidden = Op overzichten en verbruiksdetails van facturen zijn de laatste vier cijfers verborgen.
statement-numbers-whole = Op overzichten en verbruiksdetails van facturen staan de nummers volledig, zoals de houder heeft gevraagd.
statement-show-numbers = Nummers volledig tonen
statement-hide-numbers = Laatste vier cijfers verbergen
statement-hour = Uur
statement-abroad = Vanuit
statement-unit = Eenheid
statement-of-which-charged = Waarvan aangerekend
statement-verdict = Resultaat
statement-seconds = seconden
statement-messages = berichten
statement-bytes = bytes
invoice-usage = Verbruiksdetail
invoice-usage-private = Alleen de gebruikers zelf zien wat deze lijnen verbruiken.
invoice-usage-too-many = Het document bevat hoogstens { $value } verbruiksregels. Bij deze factuur horen er meer: download de overzichten lijn per lijn.
invoice-usage-nothing = Bij deze factuur hoort geen verbruik.
journal-line-numbers-shown = Weergave van nummers op overzichten gewijzigd
journal-numbers-whole = volledig
journal-numbers-hidden = laatste vier cijfers verborgen
invoice-usage-in-parts = Het verbruiksdetail komt in verschillende delen:
