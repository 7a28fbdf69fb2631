heading-invoice = Rechnung
heading-credit-note = Gutschrift
corrects = Diese Gutschrift berichtigt die Rechnung { $number } vom { $day }.
page-of = Seite { $page } von { $pages }
vat-number = USt-IdNr. { $number }
register-siren = SIREN { $number }
register-enterprise = Unternehmensnummer { $number }
register-other = Register { $number }

fact-number = Nummer
fact-issued = Datum
fact-period = Zeitraum
fact-customer = Kundennummer
fact-account = Rechnungskonto
fact-company = Unternehmensnummer
fact-vat-number = USt-IdNr.

hero-due = Zu zahlen
hero-due-text = bis zum { $day }
hero-debit = Wird automatisch abgebucht
hero-debit-text = am { $day }, Sie müssen nichts tun
hero-nothing-text = es ist keine Zahlung nötig
hero-credit = Zu Ihren Gunsten
hero-credit-text = wird Ihrem Konto gutgeschrieben

chart-title = Ihre letzten Monate, inkl. MwSt.

summary-title = Auf einen Blick
chapter-subscriptions = Tarife und Optionen
chapter-usage = Verbrauch außerhalb des Tarifs
chapter-once = Einmalige Käufe und Kosten
chapter-discounts = Rabatte
sum-net = Summe ohne MwSt.
sum-vat = MwSt. { $rate } auf { $base }
sum-reverse-charge = Steuerschuld des Leistungsempfängers, auf { $base }
sum-exempt = Steuerfrei, auf { $base }
sum-out-of-scope = Nicht steuerbar, auf { $base }
sum-gross = Summe mit MwSt.
sum-rounding = Die MwSt. wird je Steuersatz auf die Summe berechnet und auf den Cent gerundet.

pay-transfer = Per Überweisung zahlen
pay-beneficiary = Empfänger
pay-iban = IBAN
pay-bic = BIC
pay-amount = Betrag
pay-reference =
    { $country ->
        [BE] Mitteilung
       *[other] Verwendungszweck
    }
pay-due = Fällig am
pay-qr-alt = QR-Code der Überweisung für Ihre Banking-App
pay-qr-hint = Mit der Banking-App scannen
pay-debit = SEPA-Lastschrift
pay-debit-text = Der Betrag wird am { $day } vom Konto { $iban } abgebucht. Hat sich Ihre Bankverbindung geändert, teilen Sie sie uns bitte vorher im Kundenbereich mit.
pay-mandate = Mandatsreferenz
pay-creditor = Gläubiger-Identifikationsnummer
pay-nothing = Nichts zu zahlen
pay-nothing-text = Für diese Rechnung ist keine Zahlung nötig.
pay-credit = Erstattung
pay-credit-text = Dieser Betrag wird mit offenen Beträgen verrechnet oder Ihnen erstattet, wenn nichts offen ist.

details-title = Im Einzelnen
details-account = Ihr Konto
details-summed =
    { $lines ->
        [one] { $shown } Anschluss
       *[other] { $shown } Anschlüsse
    }
details-summed-text = Was jeder Anschluss kostet, steht in der CSV-Datei zu dieser Rechnung in Ihrem Kundenbereich.
head-charge = Leistung
head-period = Zeitraum
head-vat = MwSt.
head-amount = Betrag netto

item-activation = Bereitstellung
item-activation-of = Bereitstellung: { $name }
item-minimum = Auffüllung auf den monatlichen Mindestbetrag
item-bundle = Kombirabatt
item-esim = eSIM-Profil
item-sim-swap = Austausch der SIM-Karte
item-correction = Verbrauch im { $month }
item-free = Sonstiges
item-usage =
    { $kind ->
        [voice]
            { $reach ->
                [home] Anrufe im Inland
                [special] Anrufe zu Sonderrufnummern
                [abroad] Anrufe ins Ausland
                [roaming] Anrufe im Ausland
               *[any] Anrufe
            }
        [sms]
            { $reach ->
                [home] SMS im Inland
                [special] SMS an Sonderrufnummern
                [abroad] SMS ins Ausland
                [roaming] SMS aus dem Ausland
               *[any] SMS
            }
        [mms]
            { $reach ->
                [home] MMS im Inland
                [special] MMS an Sonderrufnummern
                [abroad] MMS ins Ausland
                [roaming] MMS aus dem Ausland
               *[any] MMS
            }
       *[data]
            { $reach ->
                [roaming] Mobiles Internet im Ausland
               *[any] Mobiles Internet
            }
    }

count-pieces = { $pieces } × { $each }
count-days =
    { $days ->
        [one] { $days } von { $of } Tagen, zu { $each } im Monat
       *[other] { $days } von { $of } Tagen, zu { $each } im Monat
    }
count-lines =
    { $lines ->
        [one] { $shown } Anschluss
       *[other] { $shown } Anschlüsse
    }
count-lines-by-days =
    { $lines ->
        [one] { $shown } Anschluss, anteilig, zu { $each } im Monat
       *[other] { $shown } Anschlüsse, anteilig, zu { $each } im Monat
    }
count-share = Ihr Anteil an insgesamt { $whole }
count-calls =
    { $records ->
        [one] { $shown } Anruf
       *[other] { $shown } Anrufe
    }
count-messages =
    { $records ->
        [one] { $shown } Nachricht
       *[other] { $shown } Nachrichten
    }
count-sessions =
    { $records ->
        [one] { $shown } Verbindung
       *[other] { $shown } Verbindungen
    }
count-records =
    { $records ->
        [one] { $shown } Einzelverbindung
       *[other] { $shown } Einzelverbindungen
    }

no-recovery-fee = Privatkunde: keine Pauschale für Beitreibungskosten.
no-late-penalty = Privatkunde: keine Verzugszinsen.
no-early-discount = Kein Skonto bei vorzeitiger Zahlung.
exempt-reverse-charge = Steuerschuldnerschaft des Leistungsempfängers
exempt-out-of-scope = Nicht steuerbar
exempt-other = Steuerfrei
terms-credit = Wird verrechnet oder erstattet

annex-title = Einzelverbindungsnachweis zur Rechnung { $number }
annex-heading = Einzelverbindungsnachweis
annex-intro = Rechnung { $number } vom { $day }. Beträge ohne MwSt.
annex-hidden = Die letzten vier Ziffern der Rufnummern sind verborgen. Der Inhaber des Anschlusses kann verlangen, dass sie angezeigt werden.
annex-private = Nicht aufgeführt, da nur für die Nutzer selbst bestimmt: { $numbers }.
annex-when = Tag und Uhrzeit
annex-kind = Art
annex-party = Gegenstelle
annex-country = Land
annex-quantity = Menge
annex-amount = Betrag netto
annex-included = inklusive
annex-usage =
    { $kind ->
        [voice] Anruf
        [sms] SMS
        [mms] MMS
       *[data] Internet
    }
