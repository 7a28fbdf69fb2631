### Verbruiksbestanden

usage-files-lead = Wat de netwerken hebben doorgegeven, en wat niet kon worden gelezen.
usage-files-none = Nog geen bestanden ontvangen
usage-file = Bestand
layout = Indeling
taken-in = Ontvangen
taken-in-at = Ontvangen { $value }
records = Records
duplicates = Dubbels
set-aside = Apart gezet
rows-set-aside = Apart gezette rijen
set-aside-none = Geen rijen apart gezet
row = Rij
reason = Reden
raw = Inhoud
file-reading = Wordt gelezen
file-done = Verwerkt
file-failed = Mislukt
