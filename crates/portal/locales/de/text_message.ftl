### SMS, ohne Zeichen, die Telefone nicht kennen

text-address-asked = { $brand }: Für Ihr Konto wurde eine neue E-Mail-Adresse verlangt ({ $at }). Das waren nicht Sie? Nehmen Sie es über unsere E-Mail zurück oder wenden Sie sich an uns: { $contact }
text-password-changed = { $brand }: Ihr Passwort wurde geändert ({ $at }). Das waren nicht Sie? Nehmen Sie es über unsere E-Mail zurück oder wenden Sie sich an uns: { $contact }
text-identifier-changed = { $brand }: Ihre Kennung wurde geändert ({ $at }). Das waren nicht Sie? Nehmen Sie es über unsere E-Mail zurück oder wenden Sie sich an uns: { $contact }
text-numbers-changed = { $brand }: Ihre Kontaktnummern wurden geändert ({ $at }). Das waren nicht Sie? Wenden Sie sich an uns: { $contact }
text-numbers-changed-subject = Ihre Kontaktnummern wurden geändert
text-second-factor-removed = { $brand }: Auf Anfrage werden Codes und Passkeys Ihres Kontos entfernt ({ $at }). Das waren nicht Sie? Nehmen Sie es über unsere E-Mail zurück oder wenden Sie sich an uns: { $contact }
