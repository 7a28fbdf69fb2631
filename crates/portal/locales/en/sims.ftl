menu-sims = SIM cards
sims-all = All
sims-by-state = SIM cards by state
sims-found =
    { $count ->
        [one] { $number } SIM
       *[other] { $number } SIMs
    }
sims-of-batch = batch { $value }
sims-none = No SIM cards yet.
sims-none-found = No SIM card matches these filters.
sims-export = Export as CSV
sims-give = Assign
sims-release = Release
sims-give-title = Assign SIM cards
sims-release-title = Release SIM cards
sims-given-done =
    { $count ->
        [one] { $number } SIM was assigned.
       *[other] { $number } SIMs were assigned.
    }
sims-released-done =
    { $count ->
        [one] { $number } SIM was released.
       *[other] { $number } SIMs were released.
    }
sims-taken-done =
    { $count ->
        [one] { $number } SIM came into stock.
       *[other] { $number } SIMs came into stock.
    }
sim-title = SIM { $value }
sim-iccid = SIM number
sim-kind = Kind
sim-holder = Holder
sim-stock = Stock
sim-line = Line
sim-batch = Batch
sim-free = Free
sim-given = Assigned
sim-reserved = Reserved
sim-in-use = In use
sim-ended = Retired
sims-free = Free
sims-given = Assigned
sims-reserved = Reserved
sims-in-use = In use
sims-ended = Retired
sim-card-with-pin = Card with PIN
sim-card-without-pin = Card without PIN
sim-esim = eSIM
sim-puk = PUK code
sim-puk-lead = The PUK unlocks the card after three wrong PINs. Each time it is shown is written to the journal.
sim-puk-show = Show the PUK
sim-puk-tries = After ten wrong PUKs the card is locked for good.
sim-batches = SIM batches
sim-batches-lead = The makers’ files: a file comes in whole, or not at all.
batch-upload = Import a maker’s file
batch-file = File
batch-send = Import
batch-choose-network = Choose a network
batch-hint = A CSV file of at most 10,000 cards with the columns iccid, imsi, pin1, puk1, pin2, puk2. The codes are encrypted as they arrive.
batch-cards = Cards
batches-none = No batches yet.
batch-before = This file came in before as { $value }: nothing has changed.
batch-too-large = The file is larger than 2 MB. Split the cards over several files.
batch-not-text = The file is not UTF-8 text. Save it in that format.
batch-no-network = Choose the network the cards were made for.
batch-header = The first row has to name the columns iccid, imsi, pin1, puk1, pin2, puk2, in this order.
batch-empty = The file has no cards. Choose another one.
batch-too-many =
    { $count ->
        [one] A file has at most { $number } card.
       *[other] A file has at most { $number } cards.
    }
batch-rows-wrong =
    { $count ->
        [one] { $number } row is wrong: nothing was imported.
       *[other] { $number } rows are wrong: nothing was imported.
    }
batch-faults = Wrong rows
batch-row = Row
batch-column = Column
batch-what = Reason
batch-known = { $value } is in stock already
batch-more =
    { $count ->
        [one] and { $number } more
       *[other] and { $number } more
    }
transfer-lead = A single SIM or a whole range. Nothing changes before you confirm.
transfer-range = Range
transfer-first = First SIM
transfer-last = Last SIM
transfer-to = Recipient
transfer-customer = Customer (reference or exact name)
transfer-reseller = or reseller
transfer-look = Check
transfer-hint = In ascending order, counted without the check digit. For a single SIM, leave the last one empty.
transfer-confirm = Confirm
transfer-changed = Something has changed since you checked: nothing was done. Check again.
transfer-would-give =
    { $count ->
        [one] { $number } SIM to assign
       *[other] { $number } SIMs to assign
    }
transfer-would-release =
    { $count ->
        [one] { $number } SIM to release
       *[other] { $number } SIMs to release
    }
transfer-unchanged =
    { $count ->
        [one] { $number } SIM is like that already.
       *[other] { $number } SIMs are like that already.
    }
transfer-refused =
    { $count ->
        [one] { $number } SIM is in the way: none will change.
       *[other] { $number } SIMs are in the way: none will change.
    }
transfer-unknown = Unknown
transfer-not-theirs = Already assigned to a customer
transfer-other-stock = In another reseller’s stock
transfer-first-wrong = The first number is not a SIM’s: 19 or 20 digits, with a right check digit.
transfer-last-wrong = The last number is not a SIM’s: 19 or 20 digits, with a right check digit.
transfer-descending = The last SIM comes before the first: give them in ascending order.
transfer-lengths = The two numbers are not of the same length. Check them.
transfer-too-many =
    { $count ->
        [one] At most { $number } SIM at a time.
       *[other] At most { $number } SIMs at a time.
    }
transfer-no-customer = No customer has this reference or name. Check what you typed.
transfer-several-customers = Several customers have this name: give the reference.
transfer-no-reseller = This reseller does not exist. Choose one from the list.
journal-sims-taken-in = Imported a batch of SIMs
journal-sim-given = Assigned a SIM
journal-sim-released = Released a SIM
journal-puk-shown = Viewed a PUK code
journal-sim = SIM no. { $value }
journal-sim-batch = SIM batch no. { $value }
sim-on-its-way = On its way
sims-on-their-way = On their way
deliveries = Card deliveries
deliveries-lead = Blank SIM cards in packs of ten, delivered within two working days.
deliveries-none = No deliveries yet.
deliveries-to-send =
    { $count ->
        [one] { $number } delivery to send
       *[other] { $number } deliveries to send
    }
delivery = Delivery
delivery-title = Delivery no. { $value }
delivery-asked = Ordered
delivery-promised = Expected arrival
delivery-ordered = Ordered
delivery-sent = Sent
delivery-arrived = Arrived
delivery-cancelled = Cancelled
delivery-order = Order blank cards
delivery-order-now = Order
delivery-there-on = Ordered now, they arrive on { $value }.
delivery-what = Cards and address
delivery-cards = Number of cards (in tens)
delivery-recipient = Recipient
delivery-street = Street address
delivery-postcode = Postcode
delivery-city = Town
delivery-address = Delivery address
delivery-by-packs =
    { $count ->
        [one] Cards are ordered in packs of { $number }.
       *[other] Cards are ordered in packs of { $number }.
    }
delivery-how-many =
    { $count ->
        [one] Order between 10 and { $number } cards.
       *[other] Order between 10 and { $number } cards.
    }
delivery-no-network = Choose the network of the cards.
delivery-no-kind = Choose the kind of card.
delivery-no-address = Fill in every line of the address, with at most 100 characters each.
delivery-send = Send the parcel
delivery-send-now = Send
delivery-send-note = Free cards from the stock of this network and kind, as many as were ordered. Once they are in the parcel, nobody else can use them.
delivery-range-wrong = These SIM numbers are not a range in ascending order. Check them.
delivery-count-wrong =
    { $count ->
        [one] The range has { $number } card: this is not the number that was ordered.
       *[other] The range has { $number } cards: this is not the number that was ordered.
    }
delivery-cards-wrong =
    { $count ->
        [one] { $number } card cannot be sent: it is not free, or not of this network or kind.
       *[other] { $number } cards cannot be sent: they are not free, or not of this network or kind.
    }
delivery-receive = The cards have arrived
delivery-receive-note = Once you confirm their arrival, the cards are in your list and can be used.
delivery-cancel = Cancel the order
journal-blank-sims-asked = Ordered blank cards
journal-blank-sims-sent = Sent blank cards
journal-blank-sims-arrived = Confirmed that the cards arrived
journal-blank-sims-cancelled = Cancelled an order of cards
