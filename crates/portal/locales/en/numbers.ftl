inventory-numbers = Numbers
numbers-all = All
numbers-by-state = Numbers by state
numbers-found =
    { $count ->
        [one] { $number } number
       *[other] { $number } numbers
    }
numbers-more-than = More than { $value } numbers
numbers-empty = No numbers yet.
numbers-none-found = No number matches these filters.
numbers-begin = Begins with…
numbers-end = Ends with…
numbers-any = Any
number-kind = Use
number-kind-mobile = Mobile
number-kind-data = Data only
number-kind-m2m = Machines (M2M)
number-kind-fixed = Fixed
number-free = Free
number-given = Assigned
number-reserved = Reserved
number-in-use = In use
number-porting-in = Porting in
number-porting-out = Porting out
number-resting = Resting
number-gone = No longer ours
numbers-free = Free
numbers-given = Assigned
numbers-reserved = Reserved
numbers-in-use = In use
numbers-porting-in = Porting in
numbers-porting-out = Porting out
numbers-resting = Resting
numbers-gone = No longer ours
number-until = until { $value }
number-since = since { $value }
number-taken = Used by a line or an order
number-ported = Being ported
numbers-take-in = Add numbers
numbers-intake-lead = The whole range comes into stock, or nothing at all.
numbers-intake-hint = At most 100,000 numbers, from the first to the last. For a single number, leave the last one empty.
numbers-no-network = Choose the network these numbers are for.
numbers-no-kind = This network has no lines of this kind: choose another use.
numbers-digits =
    { $count ->
        [one] Numbers of this kind have { $number } digit.
       *[other] Numbers of this kind have { $number } digits.
    }
numbers-known =
    { $count ->
        [one] { $number } number is in stock already: nothing was added.
       *[other] { $number } numbers are in stock already: nothing was added.
    }
numbers-give-title = Assign numbers
numbers-release-title = Release numbers
numbers-transfer-lead = A single number or a whole range. Nothing changes before you confirm.
numbers-first = First number
numbers-last = Last number
numbers-range-hint = In ascending order. For a single number, leave the last one empty.
numbers-first-wrong = The first number is not one of this country. Check it.
numbers-last-wrong = The last number is not one of this country. Check it.
numbers-descending = The last number comes before the first: give them in ascending order.
numbers-too-many =
    { $count ->
        [one] At most { $number } number at a time.
       *[other] At most { $number } numbers at a time.
    }
numbers-would-give =
    { $count ->
        [one] { $number } number to assign
       *[other] { $number } numbers to assign
    }
numbers-would-release =
    { $count ->
        [one] { $number } number to release
       *[other] { $number } numbers to release
    }
numbers-unchanged =
    { $count ->
        [one] { $number } number is like that already.
       *[other] { $number } numbers are like that already.
    }
numbers-refused =
    { $count ->
        [one] { $number } number is in the way: none will change.
       *[other] { $number } numbers are in the way: none will change.
    }
numbers-given-done =
    { $count ->
        [one] { $number } number was assigned.
       *[other] { $number } numbers were assigned.
    }
numbers-released-done =
    { $count ->
        [one] { $number } number was released.
       *[other] { $number } numbers were released.
    }
numbers-taken-done =
    { $count ->
        [one] { $number } number came into stock.
       *[other] { $number } numbers came into stock.
    }
journal-numbers-taken-in = Added numbers to stock
journal-numbers-given = Assigned numbers
journal-numbers-released = Released numbers
