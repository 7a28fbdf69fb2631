menu-resellers = Wiederverkäufer
resellers-lead = Wer Ihre Angebote weiterverkauft und welchem Unternehmen Sie die Anschlüsse seiner Kunden berechnen.
resellers-none = Sie haben keine Wiederverkäufer.
resellers-without =
    { $count ->
        [one] Ein Wiederverkäufer hat Anschlüsse in Betrieb, aber kein Unternehmen: Seine Anschlüsse werden niemandem berechnet.
       *[other] { $number } Wiederverkäufer haben Anschlüsse in Betrieb, aber kein Unternehmen: Ihre Anschlüsse werden niemandem berechnet.
    }
reseller = Wiederverkäufer
reseller-open = Abrechnung des Wiederverkäufers
reseller-host = Adresse der Website
reseller-customers = Kunden
reseller-lines = Anschlüsse in Betrieb
reseller-company = Rechnungsempfänger
reseller-no-company = Noch anzugeben
reseller-last-invoice = Letzte Rechnung
reseller-not-billed = Es ist kein Unternehmen angegeben: Die Anschlüsse der Kunden dieses Wiederverkäufers werden niemandem berechnet.
reseller-company-note = Es erhält jeden Monat eine Rechnung über alle Anschlüsse der Kunden des Wiederverkäufers.
reseller-kept = Die Angaben sind gespeichert und gelten ab der nächsten Rechnung.
reseller-legal-name = Firma
reseller-legal-id = Registernummer
reseller-legal-id-hint = In Frankreich die SIREN-Nummer (9 Ziffern) oder SIRET-Nummer (14 Ziffern), in Belgien die Unternehmensnummer (10 Ziffern).
reseller-vat-number = Umsatzsteuer-Identifikationsnummer
reseller-country = Land
reseller-email = E-Mail für Rechnungen
reseller-email-hint = Leer lassen, um die Mitarbeiter des Wiederverkäufers zu benachrichtigen, die Rechnungen sehen.
reseller-language = Sprache der Rechnungen
reseller-no-name = Geben Sie die Firma an, mit höchstens 70 Zeichen.
reseller-no-country = „{ $value }“ steht nicht zur Auswahl: Wählen Sie ein Land aus der Liste.
reseller-siren-missing = Geben Sie die SIREN- oder SIRET-Nummer des Unternehmens an.
reseller-siren-digits = „{ $value }“ ist weder eine SIREN-Nummer (9 Ziffern) noch eine SIRET-Nummer (14 Ziffern).
reseller-siren-check = „{ $value }“ enthält einen Fehler: Eine Ziffer ist falsch, oder zwei sind vertauscht. Prüfen Sie die SIREN-Nummer.
reseller-enterprise-missing = Geben Sie die Unternehmensnummer an.
reseller-enterprise-digits = „{ $value }“ ist keine belgische Unternehmensnummer: Sie hat 10 Ziffern und beginnt mit 0 oder 1.
reseller-enterprise-check = „{ $value }“ enthält einen Fehler: Eine Ziffer ist falsch, oder zwei sind vertauscht. Prüfen Sie die Unternehmensnummer.
reseller-legal-id-missing = Geben Sie die Nummer des Unternehmens im Register seines Landes an, mit höchstens 30 Zeichen.
reseller-vat-country = „{ $value }“ beginnt nicht mit dem Kürzel eines Landes der Europäischen Union, etwa FR oder BE.
reseller-vat-wrong = „{ $value }“ ist keine gültige Umsatzsteuer-Identifikationsnummer: Prüfen Sie die Ziffern.
reseller-vat-other = „{ $value }“ ist nicht die Umsatzsteuer-Identifikationsnummer dieses Unternehmens: Sie passt nicht zu Registernummer oder Land.
reseller-vat-missing = Geben Sie die Umsatzsteuer-Identifikationsnummer an: Ohne sie ist für ein Unternehmen dieses Landes ({ $value }) keine Rechnung im Reverse-Charge-Verfahren möglich.
reseller-no-language = „{ $value }“ ist keine Sprache Ihrer Rechnungen: Wählen Sie eine aus der Liste.
invoice-received-from = Erhalten von { $value }
invoice-issued-by-you = Ausgestellt
invoice-lines-file = Nach Anschluss (CSV)
invoice-summed =
    { $count ->
        [one] Diese Rechnung betrifft einen Anschluss. Was er kostet, steht in der CSV-Datei.
       *[other] Diese Rechnung fasst { $number } Anschlüsse zusammen. Was jeder kostet, steht in der CSV-Datei.
    }
invoice-lines-reference = Kundennummer
invoice-lines-number = Anschluss
invoice-lines-user = Nutzer
invoice-lines-offer = Tarif
invoice-lines-item = Bezeichnung
invoice-lines-amount = Nettobetrag
bills-without-company =
    { $count ->
        [one] Kein Unternehmen angegeben: { $number } Anschluss wird niemandem berechnet.
       *[other] Kein Unternehmen angegeben: { $number } Anschlüsse werden niemandem berechnet.
    }
bills-without-company-title = Nicht abgerechnete Wiederverkäufer
journal-reseller-company = Unternehmen eines Wiederverkäufers
