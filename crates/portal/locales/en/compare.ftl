### What other offers would have cost

comparison-lead = What the lines would have cost over the last three months on each offer they could have.
comparison-all-lines = All lines
comparison-customer-hint = Enter a customer's reference or exact name, or leave it empty for all lines.
comparison-begin = Calculate
comparison-again = Calculate again
comparison-stop = Stop
comparison-waiting = The calculation is about to begin
comparison-running = Calculating
comparison-progress = { $count ->
    [one] { $done } of { $number } line ({ $share })
   *[other] { $done } of { $number } lines ({ $share })
 }
comparison-of = Customer: { $value }.
comparison-leave = You may leave this page: the calculation goes on, and its result stays here for an hour.
comparison-stopped = The calculation was stopped.
comparison-failed = The calculation failed. Start it again; if the problem persists, give support the reference { $value }.
comparison-unknown-customer = No customer has this name or reference.
comparison-several-customers = Several customers have this name: enter the reference.
comparison-busy = Too many calculations are running. Try again in a few minutes.
comparison-at = Calculated { $value }
comparison-verdict = { $count ->
    [one] { $number } line would have cost { $saving } less a month on another offer
   *[other] { $number } lines would have cost { $saving } less a month on another offer
 }
comparison-all-well = Every line is already on the cheapest offer for its use
comparison-now = Cost on the current offers
comparison-then = Cost on the best offers
comparison-saving = Saving
comparison-lines = Lines compared
comparison-well = Already on the best offer
comparison-passed-over = { $count ->
    [one] { $number } line was not compared: its offer is no longer in the catalogue.
   *[other] { $number } lines were not compared: their offer is no longer in the catalogue.
 }
comparison-savings = Lines better off on another offer
comparison-largest = The { $value } largest savings
comparison-cheapest = Best offer
comparison-cost = Cost
comparison-would-cost = Would have cost

## A change of the catalogue
draft-title = Try a price change
draft-lead = What a change of the catalogue would have earned or cost over the last three months. Nothing is changed.
draft-change = Changed catalogue
draft-files = Changed files
draft-hint = Choose only the files that you changed, { $value } in all at most; the others stay as they are in the catalogue in force.
draft-file-names = Possible names:
draft-begin = Check and calculate
draft-no-file = Choose at least one file.
draft-too-many-files = There are more files than a catalogue has. Choose only those that you changed.
draft-too-large = These files are too large: { $value } in all at most.
draft-faults = { $count ->
    [one] { $number } mistake to correct
   *[other] { $number } mistakes to correct
 }
draft-faults-caption = Mistakes, with their file, line and field
draft-not-begun = The calculation was not started.
draft-more-faults = { $count ->
    [one] And { $number } more mistake
   *[other] And { $number } more mistakes
 }
draft-fault-line = Line
draft-fault-field = Field
draft-would-earn = This change would have earned { $value } a month
draft-would-cost = This change would have cost { $value } a month
draft-changes-nothing = This change would have changed nothing in all
draft-in-force = Catalogue in force
draft-drafted = Changed catalogue
draft-by-offer = Difference by offer
draft-serves-less = Part of the use would be stopped, slowed or refused
