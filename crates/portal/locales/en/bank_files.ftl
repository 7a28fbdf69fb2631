bank-files = Debits and bank
bank-files-lead = Files for the bank, what it answers, and transfers to be matched.
collect-title = To be collected
collect-until = Up to
debit-day-of = Day of debit
collect-debits = Debits
collect-nothing = Nothing is to be collected up to that day.
collect-announced = Besides, these invoices will be announced to their customers, and collected on the day announced: { $value }.
collect-announced-only = { $count ->
    [one] Nothing to collect; { $number } invoice was announced.
   *[other] Nothing to collect; { $number } invoices were announced.
 }
collect-without-mandate = { $count ->
    [one] { $number } invoice cannot be collected: its mandate may not be used.
   *[other] { $number } invoices cannot be collected: their mandates may not be used.
 }
collect-make = Make the file
collect-wrong-day = Choose a day between today and 30 days ahead.
collect-files = Collection files
collect-none = No files yet.
collect-made = Made
collection-title = Debits { $value }
collection-fetch = Download for the bank
debit-under-way = With the bank
debit-settled = Settled
debit-rejected = Rejected
debit-returned = Returned
bank-take = File from the bank
bank-file = File
bank-send = Take in
bank-hint = pain.002, camt.053 or camt.054, as the bank sent it, of 16 MB at most. The same file twice counts once.
bank-waiting = To be decided
bank-nothing-waits = Nothing waits for a decision.
bank-party = Party
bank-why = Why
bank-decide = Decision
bank-number = Invoice number
bank-assign = Assign
bank-what = Or: what is it?
bank-say = Note
bank-message = Message
bank-taken = Files of the bank
bank-none-taken = No files taken yet.
bank-taken-at = Taken
bank-items = Items
bank-waits = Waits
bank-came-back = Came back
bank-not-counted = Not counted
bank-counted = Counted
bank-booked = Booked
bank-became = Result
bank-report = Report of the bank
bank-statements = Account statement
bank-taken-before = This file was taken before: nothing is counted twice. This is what it came to.
bank-file-empty = This file says nothing new.
bank-accepted = Accepted by the bank: { $value }
bank-credit = { $value } to the account's credit
bank-settled = { $count ->
    [one] { $number } debit settled
   *[other] { $number } debits settled
 }
bank-again = Presented once more on { $value }
bank-customer-pays = The customer pays otherwise
bank-look = Somebody has to look
bank-says-nothing = No structured communication and no invoice number
bank-unknown-reference = The communication { $value } is of no invoice
bank-several-accounts = Names invoices of several accounts
bank-noted-by-hand = A payment of this amount was already recorded by hand for this account. If it is the same, take it back on its page, then assign this transfer.
bank-not-euros = In { $value }, and invoices are in euros
bank-went-out = Money that went out
bank-twice = Counted before
bank-unknown-debit = No debit has this name: { $value }
bank-told-before = Told before: { $value }
bank-other-amount = The amount is not what was collected: { $value }
bank-other-currency = In another currency than the euro: { $value }
bank-busy = Somebody else is at it: try again in a moment.
bank-other-account = This statement is of another account ({ $value }) than the one that customers pay to.
bank-no-account = The operator has no account or creditor identifier for this.
bank-decided = Noted.
bank-decided-before = Somebody decided it before.
bank-no-invoice = No invoice has the number { $value }: check it.
bank-invoice-missing = Enter the number of an invoice.
bank-no-money = This is no money that came in euros: it pays no invoice.
bank-say-what = Say in 200 characters at most what it is.
bank-file-too-large = { $count ->
    [one] The file is too large: { $number } MB at most. Ask the bank for shorter periods.
   *[other] The file is too large: { $number } MB at most. Ask the bank for shorter periods.
 }
bank-file-encoding = The file is not UTF-8: save it as the bank sent it.
bank-file-cut = The file ends in the middle: fetch it again. Nothing was counted.
bank-file-no-xml = This is no XML file of a bank.
bank-file-other = This message ({ $value }) is no pain.002, camt.053 or camt.054 in a version that is read here.
bank-file-missing = The file lacks an element: { $value }. Nothing was counted.
bank-file-value = The file holds a value that cannot be, { $value }. Nothing was counted.
reason-ac01 = wrong account number
reason-ac04 = account closed
reason-ac06 = account blocked
reason-ag01 = no debits from this kind of account
reason-ag02 = wrong operation
reason-am04 = not enough money
reason-am05 = collected twice
reason-be05 = creditor not known
reason-ff05 = wrong kind of debit
reason-md01 = no valid mandate
reason-md06 = refund asked for by the debtor
reason-md07 = holder has died
reason-ms02 = refused by the debtor
reason-ms03 = the bank does not say why
reason-rc01 = wrong BIC
reason-rr01 = required details missing
reason-other = reason { $value }
collection-stop = Do not collect
collection-stop-lead = The customer will pay it otherwise. A debit that the bank has already still takes place.
collection-stop-yes = Yes, do not collect
collection-stopped = This invoice is not collected any more: it is paid by transfer or by card.
