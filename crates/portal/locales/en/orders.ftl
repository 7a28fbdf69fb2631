menu-orders = Orders
orders-lead = Every order of lines, and how far it is.
orders-none = No orders yet.
order = Order
order-new = Order lines
order-new-lead = Only what can go together is offered. You see the price before you send it.
order-lines = { $count ->
    [one] { $number } line
   *[other] { $number } lines
 }
order-placed = Placed
order-by = By
order-monthly = Per month
order-once = Once
order-first-month = First month, in proportion
order-given-up = Given up
order-done = Delivered
order-open = In progress
order-partly = Partly delivered
order-is-placed = The order is placed. Lines open as soon as the network is ready: this page says how far they are.
order-late = That was no longer possible: the line has changed meanwhile. This is how it stands now.
order-line-ordered = Ordered
order-line-activating = Being activated
order-line-stuck = Refused by the network
order-number-to-come = Number to come
order-begins-at = From { $value }
order-more-lines = { $count ->
    [one] { $number } more line is not shown here.
   *[other] { $number } more lines are not shown here.
 }
order-again = Ask the network again
order-give-up = Give up
order-give-up-lead = The line will not be opened. Its SIM and number become free again.
order-give-up-yes = Yes, give this line up
porting-requested = Porting requested from the other operator
porting-eligible = Porting agreed
porting-dated = The number comes on { $value }
porting-done = The number came on { $value }
porting-refused = Porting refused: { $value }
porting-cancelled = Porting cancelled
porting-agree = The other operator agrees
porting-refuse = The other operator refuses
porting-refuse-yes = Note the refusal and give the line up
porting-reason = Reason given
column-actions = Actions
order-from-file = Order from a file
order-what = Which lines?
order-a-month = { $value } a month
order-paid-once = { $value } once
order-free = no extra charge
order-capping = Beyond the allowance
order-capped = Capped
order-uncapped = Uncapped
order-count = Number of lines
order-options = Options
order-choose-again = Update the choice
order-go-on = Continue
order-customer-hint = Name or reference of the customer.
order-several-customers = Several customers match: choose one from the list of the field.
order-count-hint = { $count ->
    [one] At most { $number } line a form. Send a file for more.
   *[other] At most { $number } lines a form. Send a file for more.
 }
order-for-all = For all lines
order-account = Billing account
order-line = Line { $value }
order-sim = SIM
order-iccid = Number of a particular card
order-iccid-hint = Without a card number, one from the stock is taken.
order-number = Number to keep or chosen
order-number-hint = Without a number, the line gets a new one. To keep a number of another operator, give it with its proof.
order-number-network = The network gives these lines their numbers.
order-donor-number = Customer number at the other operator
order-day = Wished date
order-day-hint = Without a date, the line opens as soon as possible.
order-check = Check and see the price
order-place = Place the order
order-place-good = { $count ->
    [one] Order the one good line only
   *[other] Order the { $number } good lines only
 }
order-total = What the order costs
order-total-note = Prices without VAT. Nothing is ordered until you confirm.
order-file = CSV file
order-file-lead = Each row is a line. You see the price and the faults before you order.
order-file-hint = At most 10,000 rows, with a header. Known columns, of which only the first two are needed:
order-file-changed = The number of rows that can be ordered has changed since you checked: nothing was ordered. See below what can be ordered now.
order-rows-wrong = { $count ->
    [one] { $number } row to correct
   *[other] { $number } rows to correct
 }
order-no-lines = There is no line to order.
order-too-many = { $count ->
    [one] At most { $number } line an order.
   *[other] At most { $number } lines an order.
 }
order-no-token = The form is incomplete. Open the page again and start over.
order-no-account = The customer has no such billing account. Choose another.
order-lines-wrong = Nothing is ordered: correct first what is marked.
order-people-wrong = The details of the user are not valid: check the column or field “{ $value }”. Give somebody new, or the line that they already use, not both.
order-user-of = Same user as line
order-user-more = More about the user
order-user-hint = For somebody who already uses a line, give the number of that line and leave their details empty: they are taken over.
order-sim-unknown = No SIM of this number is there for this customer. Check the number.
order-no-sim-left = There is no SIM of this kind left in stock. Choose another kind, or restock.
order-number-not-ours = This number cannot be picked here. Take one from the list, or give the proof to bring it.
order-no-number-left = There are no free numbers left. The operator has to add some.
order-header = The first row has to name the columns, “network” and “offer” among them. To correct: { $value }
order-row = The row has not as many columns as the header.
order-value = “{ $value }” is not valid here.
order-value-missing = Give the number that this proof is for.
order-rio-wrong = This RIO is not that of the number. Dial 3179 from the line to hear it.
order-twice = Stands in row { $value } already.
order-network-unknown = There is no such network. Choose one from the list.
order-offer-unknown = There is no such offer. Choose one from the list.
order-offer-elsewhere = The offer is not sold on this network.
order-capping-missing = Choose whether the line is capped.
order-no-capping = This offer leaves no choice of capping.
order-option-wrong = One of the options does not go with this offer or the other options.
order-cutoff-or-option = An option stands in for this limit already: take one of them away.
order-cutoff-wrong = The offer has no such limit or value.
order-cutoff-missing = Choose a value for each limit that is asked for.
order-no-esim = This network has no eSIM.
order-sim-twice = The same SIM stands twice in the order.
order-sim-ended = This SIM was used and is over.
order-sim-in-use = This SIM is another line's.
order-sim-reserved = Another order has reserved this SIM.
order-sim-not-theirs = This SIM is given to another customer.
order-sim-other-network = This SIM is of another network.
order-sim-other-kind = This SIM is not of the kind asked for.
order-no-picking = Numbers cannot be picked on this network. To bring one, give the proof.
order-other-digits = The number has not the digits of such lines.
order-number-twice = The same number stands twice in the order.
order-no-porting = The network gives these lines their numbers: none can be brought.
order-porting-early = A number can come on { $value } at the earliest. Choose another day.
order-porting-holiday = No number moves on a weekend or a holiday. Choose a working day.
order-day-passed = The day has passed or cannot be chosen. Give another date.
order-never-open = This network takes no new lines.
order-number-taken = The number is taken.
order-number-ported = The number is being ported already.
order-number-rests = The number rests after its line ended: it is not free yet.
order-number-gone = The number is not ours any more. To bring it back, give the proof.
order-promise = In service by
order-promise-ported = With porting, in service on
order-promised-by = promised by { $value }
order-promised-on = promised, with its number, on { $value }
order-closes =
    { $count ->
        [one] With a limit of 0, { $number } line will have no data in that zone.
       *[other] With a limit of 0, { $number } lines will have no data in that zone.
    }
order-closes-meant = This is intended: no data in that zone
order-promise-word = Start of service
order-closes-unmeant = Nothing is ordered until the box below the price is ticked.
