### De startpagina

greeting = Dag { $value }
data-until = Gegevens bijgewerkt tot { $value }
data-none = Nog geen verbruik ontvangen
your-lines = Uw lijnen
lines-in-all = { $count ->
    [one] { $number } lijn
   *[other] { $number } lijnen
 }
states-in-progress = In behandeling
states-active = Actief
states-suspended = Opgeschort
states-ending = Worden beëindigd
states-ended = Beëindigd
data-over-month = Data, { $value }
same-days-before = { $value } op dezelfde dagen vorige maand
out-of-bundle-by-day = Buiten bundel per dag
attention-title = Aandacht nodig
attention-count = { $count ->
    [one] { $number } lijn
   *[other] { $number } lijnen
 }
attention-none = Niets te melden deze maand
all-out-of-bundle = Alle lijnen met verbruik buiten bundel
concern-allowance = { $value } van de data
concern-out-of-bundle = { $value } buiten bundel
lines-by-offer = Lijnen per abonnement
column-day = Dag
calls-made = Uitgaande oproepen
