heading-invoice = Factuur
heading-credit-note = Creditnota
corrects = Deze creditnota corrigeert factuur { $number } van { $day }.
page-of = Pagina { $page } van { $pages }
vat-number = Btw { $number }
register-siren = SIREN { $number }
register-enterprise = Ondernemingsnummer { $number }
register-other = Register { $number }

fact-number = Nummer
fact-issued = Datum
fact-period = Periode
fact-customer = Klantreferentie
fact-account = Facturatieaccount
fact-company = Ondernemingsnummer
fact-vat-number = Btw-nummer

hero-due = Te betalen
hero-due-text = uiterlijk op { $day }
hero-debit = Automatisch afgeschreven
hero-debit-text = op { $day }, u hoeft niets te doen
hero-nothing-text = u hoeft niets te betalen
hero-credit = In uw voordeel
hero-credit-text = bedrag gecrediteerd op uw rekening

chart-title = Uw laatste maanden, inclusief btw

summary-title = Samengevat
chapter-subscriptions = Abonnementen en opties
chapter-usage = Verbruik buiten de bundel
chapter-once = Eenmalige aankopen en kosten
chapter-discounts = Kortingen
sum-net = Totaal exclusief btw
sum-vat = Btw { $rate } op { $base }
sum-reverse-charge = Btw verlegd, op { $base }
sum-exempt = Vrijgesteld van btw, op { $base }
sum-out-of-scope = Buiten het toepassingsgebied van de btw, op { $base }
sum-gross = Totaal inclusief btw
sum-rounding = De btw wordt per tarief op het totaal berekend en op de cent afgerond.

pay-transfer = Betalen met overschrijving
pay-beneficiary = Begunstigde
pay-iban = IBAN
pay-bic = BIC
pay-amount = Bedrag
pay-reference =
    { $country ->
        [NL] Betalingskenmerk
       *[other] Mededeling
    }
pay-due = Vervaldag
pay-qr-alt = QR-code van de overschrijving, te scannen met uw bankapp
pay-qr-hint = Scan met uw bankapp
pay-debit = Europese domiciliëring
pay-debit-text = Het bedrag wordt op { $day } afgeschreven van rekening { $iban }. Is uw rekeningnummer gewijzigd? Geef het dan vóór die datum door in uw klantenzone.
pay-mandate = Mandaatreferentie
pay-creditor = Identificatie van de schuldeiser
pay-nothing = Niets te betalen
pay-nothing-text = Voor deze factuur hoeft u niets te betalen.
pay-credit = Terugbetaling
pay-credit-text = Dit bedrag wordt afgetrokken van wat u nog verschuldigd bent, of terugbetaald als er niets openstaat.

details-title = In detail
details-account = Uw account
details-summed =
    { $lines ->
        [one] { $shown } lijn
       *[other] { $shown } lijnen
    }
details-summed-text = Wat elke lijn kost, staat in het CSV-bestand bij deze factuur in uw klantenzone.
head-charge = Omschrijving
head-period = Periode
head-vat = Btw
head-amount = Bedrag excl. btw

item-activation = Activering
item-activation-of = Activering: { $name }
item-minimum = Aanvulling tot het maandelijkse minimum
item-bundle = Combinatiekorting
item-esim = eSIM-profiel
item-sim-swap = Vervanging van simkaart
item-correction = Verbruik van { $month }
item-free = Overige
item-usage =
    { $kind ->
        [voice]
            { $reach ->
                [home] Nationale oproepen
                [special] Oproepen naar speciale nummers
                [abroad] Oproepen naar het buitenland
                [roaming] Oproepen in het buitenland
               *[any] Oproepen
            }
        [sms]
            { $reach ->
                [home] Nationale sms’en
                [special] Sms’en naar speciale nummers
                [abroad] Sms’en naar het buitenland
                [roaming] Sms’en in het buitenland
               *[any] Sms’en
            }
        [mms]
            { $reach ->
                [home] Nationale mms’en
                [special] Mms’en naar speciale nummers
                [abroad] Mms’en naar het buitenland
                [roaming] Mms’en in het buitenland
               *[any] Mms’en
            }
       *[data]
            { $reach ->
                [roaming] Mobiel internet in het buitenland
               *[any] Mobiel internet
            }
    }

count-pieces = { $pieces } × { $each }
count-days =
    { $days ->
        [one] { $days } dag van { $of }, aan { $each } per maand
       *[other] { $days } dagen van { $of }, aan { $each } per maand
    }
count-lines =
    { $lines ->
        [one] { $shown } lijn
       *[other] { $shown } lijnen
    }
count-lines-by-days =
    { $lines ->
        [one] { $shown } lijn, naar rato, aan { $each } per maand
       *[other] { $shown } lijnen, naar rato, aan { $each } per maand
    }
count-share = uw deel van een totaal van { $whole }
count-calls =
    { $records ->
        [one] { $shown } oproep
       *[other] { $shown } oproepen
    }
count-messages =
    { $records ->
        [one] { $shown } bericht
       *[other] { $shown } berichten
    }
count-sessions =
    { $records ->
        [one] { $shown } verbinding
       *[other] { $shown } verbindingen
    }
count-records =
    { $records ->
        [one] { $shown } registratie
       *[other] { $shown } registraties
    }

no-recovery-fee = Particuliere klant: geen forfaitaire invorderingskosten.
no-late-penalty = Particuliere klant: geen verwijlinteresten.
no-early-discount = Geen korting voor vervroegde betaling.
exempt-reverse-charge = Btw verlegd
exempt-out-of-scope = Buiten het toepassingsgebied van de btw
exempt-other = Vrijgesteld van btw
terms-credit = In mindering te brengen op uw rekening of terug te betalen

annex-title = Verbruiksdetail van factuur { $number }
annex-heading = Verbruiksdetail
annex-intro = Factuur { $number } van { $day }. Bedragen exclusief btw.
annex-hidden = De laatste vier cijfers van de nummers zijn verborgen. De houder van de lijn kan vragen om ze te tonen.
annex-private = Niet gedetailleerd, want alleen voor de gebruikers zelf bestemd: { $numbers }.
annex-when = Datum en uur
annex-kind = Soort
annex-party = Andere partij
annex-country = Land
annex-quantity = Hoeveelheid
annex-amount = Bedrag excl. btw
annex-included = inbegrepen
annex-usage =
    { $kind ->
        [voice] Oproep
        [sms] Sms
        [mms] Mms
       *[data] Internet
    }
