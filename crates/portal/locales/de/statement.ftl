statement = Verbindungsübersicht
statement-title = Verbindungsübersichten von { $value }
statement-lead = Was enthalten war und was berechnet wurde, Monat für Monat, Verbindung für Verbindung.
statement-records =
    { $count ->
        [one] { $number } Verbindung
       *[other] { $number } Verbindungen
    }
statement-pdf = PDF herunterladen
statement-csv = Als CSV herunterladen
statement-too-many = Eine Verbindungsübersicht fasst höchstens { $value } Verbindungen. Dieser Monat hat mehr: Wenden Sie sich an den Kundendienst.
statement-in-parts = Das PDF kommt in Teilen zu je { $value } Verbindungen, jeder mit den Summen des Monats.
statement-pdf-part = PDF, Teil { $value }
statement-erased = Die Einzelheiten dieses Monats wurden gelöscht, wie es das Gesetz verlangt. Die Rechnungen bleiben verfügbar.
statement-numbers = Rufnummern der Gegenstellen
statement-numbers-hidden = In Übersichten und Einzelverbindungsnachweisen sind die letzten vier Ziffern verborgen.
statement-numbers-whole = In Übersichten und Einzelverbindungsnachweisen stehen die Rufnummern vollständig, wie vom Inhaber gewünscht.
statement-show-numbers = Rufnummern vollständig anzeigen
statement-hide-numbers = Letzte vier Ziffern verbergen
statement-hour = Uhrzeit
statement-abroad = Aus
statement-unit = Einheit
statement-of-which-charged = Davon berechnet
statement-verdict = Ergebnis
statement-seconds = Sekunden
statement-messages = Nachrichten
statement-bytes = Byte
invoice-usage = Einzelverbindungsnachweis
invoice-usage-private = Nur die Nutzer selbst sehen, was diese Anschlüsse verbrauchen.
invoice-usage-too-many = Das Dokument fasst höchstens { $value } Verbindungen. Zu dieser Rechnung gehören mehr: Laden Sie die Übersichten der einzelnen Anschlüsse herunter.
invoice-usage-nothing = Zu dieser Rechnung gehören keine Verbindungen.
journal-line-numbers-shown = Anzeige der Rufnummern in Verbindungsübersichten geändert
journal-numbers-whole = vollständig
journal-numbers-hidden = letzte vier Ziffern verborgen
invoice-usage-in-parts = Der Einzelverbindungsnachweis kommt in mehreren Teilen:
