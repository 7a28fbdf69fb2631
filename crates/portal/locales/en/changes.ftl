### What is asked of a line in service

doing-activate = Activation
doing-suspend = Suspension
doing-reactivate = Reactivation
doing-end = End of the line
doing-plan = Move to { $value }
doing-capped = Blocked at the end of the allowance
doing-uncapped = Slower at the end of the allowance, never blocked
doing-add = Added: { $value }
doing-replace = { $to } instead of { $from }
doing-leave = Ended: { $value }
doing-cutoff = { $name }: { $value }
doing-swap = SIM swap
doing-other = Change of the line
choice-capped = Blocked at the end of the allowance
choice-uncapped = Slower at the end of the allowance
act-suspend = Suspend the line
act-reactivate = Reactivate the line
act-plan = Change plan
act-capping = Choose what happens at the end of the allowance
act-option = Add an option
act-block = Block usage
act-replace = Replace an option
act-leave = End an option
act-cutoff = Change a limit
act-sim = Swap the SIM
act-end = End the line
act-lost = Phone lost or stolen
acts = What you can do
services = Services and actions
services-monthly = { $value } a month, without VAT
a-month = a month
once = once
since = since { $value }
replace = Replace
end-option = End
change = Change
ended-options = Past options
planned = Planned
planned-for = Takes effect on { $value }
take-back = Take back
underway-closed = The network is closed and will begin from { $value }.
underway-telling = The request is on its way to the network.
underway-taken = The network is working on it.
underway-unanswered = The network does not answer: our team is looking into it.
underway-withdrawing = The network is asked to forget the request.
underway-since = Asked { $value }
done-begun = The request is on its way. This page will say when the network has done it.
done-begun-closed = The request is recorded. The network will begin as soon as it opens.
done-answered = The request was dealt with: see the state of the line and its history.
done-planned = It is planned. You can take it back until that date.
done-taken-back = The planned change was taken back.
done-too-late = Too late: this change has begun already or is no longer there.
refusal-over = The line is over.
refusal-ending = The line is about to end.
refusal-activating = The line is being activated.
refusal-not-active-yet = The line is not in service yet.
refusal-in-service = The line is in service already.
refusal-already-suspended = The line is suspended already.
refusal-not-suspended = The line is not suspended.
refusal-leaving = The number is on its way to another operator.
refusal-porting-not-due = The number has not arrived yet.
refusal-underway = The network is carrying out another request for this line.
refusal-planned = Such a change is planned already: take it back first.
refusal-unknown = This is no longer in the catalogue.
refusal-other-network = This plan does not exist on the line's network.
refusal-other-family = The line cannot move to a plan of this family.
refusal-same = The line has it already.
refusal-no-cap-choice = The line's plan leaves no such choice.
refusal-not-its-cutoff = This limit does not suit the line.
refusal-option-instead = An option of the line stands in for this limit.
refusal-no-such-sim = This SIM is not among those assigned to you.
refusal-no-esim = This network has no eSIM.
refusal-day-passed = This date has passed.
refusal-no-day = No date can be chosen for this change.
refusal-never-open = The network does not do this.
refusal-option-other-lines = This option does not suit the line's plan or network.
refusal-option-capping = This option does not suit what happens at the end of the allowance.
refusal-option-group = The line has an option of the same group: replace that one.
refusal-option-needs = Another option is needed first.
refusal-option-not-held = The line does not have this option.
refusal-option-other-group = These two options do not replace each other.
refusal-option-needed = Another option of the line needs it.
refusal-cutoff-instead = A limit of the line stands in the place of this option.
refusal-sim-ended = This SIM was used before and cannot be used again.
refusal-sim-in-use = This SIM is in use already.
refusal-sim-reserved = This SIM is reserved.
refusal-sim-other-network = This SIM belongs to another network.
refusal-sim-other-kind = This SIM is not of the kind that was asked for.
ask-closes-zone = With this value, nothing gets through in this zone any more.
ask-stays-billed = While it is suspended, the plan is still billed.
ask-for-ever = This is final: neither the SIM nor the number will ever be used again.
ask-billed-twice = This month both options are billed; only the new one counts.
told-effect = Takes effect
told-now = At once
told-opens = Closed then; carried out from { $value }
told-once = Once
told-this-month = This month
told-monthly = Each month
told-unchanged = unchanged
told-ends = Options that end
told-changed = Something has changed meanwhile: this is what holds now. Nothing was done.
confirm-plan = Plan this change
confirm-now = Confirm
do-nothing = Change nothing
back-to-line = Back to the line
choose-again = Choose something else
choices = Your choice
choices-none = There is nothing to choose for now.
look-before = See what changes
another-day = Another day
day = Date
day-hint = Without a date it is at once. With a date, the change begins at midnight of that day and can be taken back until then.
look-at-day = See for that day
next = Continue
free-of-charge = free of charge
swap-card = Another SIM card
swap-to-card = SIM { $value }
swap-to-esim = Move to an eSIM
swap-esim-lead = An eSIM is downloaded to the phone: no card to insert any more.
swap-cards = { $count ->
    [one] { $number } card is assigned to you: its number completes as you type.
   *[other] { $number } cards are assigned to you: numbers complete as you type.
 }
swap-no-cards = No free card is assigned to you for this network.
swap-no-number = This is not a SIM number: 19 or 20 digits are printed on the card.
swap-no-esim-left = No eSIM is available at the moment.
swap-address = This is not an email address.
swap-old-ends = As soon as the network has swapped them, the current SIM will never work again.
swap-is-told = The current SIM gets a text message, and those who manage the line get an email.
swap-email = Contact email
swap-email-card = Optional: for messages about this line.
swap-email-esim = This is where we will write about the eSIM.
swap-number = Contact number
lost-title = Phone lost or stolen
lost-suspend = 1. Suspend the line
lost-suspend-lead = Nobody will be able to call, send messages or use data with your SIM. The request goes to the network at once.
lost-suspend-now = Suspend at once
lost-suspended = The line is suspended.
lost-being-suspended = The suspension was asked for: the network is carrying it out.
lost-police = 2. Report it to the police
lost-police-lead = If it was stolen, report it to the police and give them the IMEI of the phone: with it, the phone can be blocked on all networks.
lost-imei = The IMEI is on the invoice and the box of the phone. While you have a phone at hand: dial *#06# and note it down.
lost-sim = 3. Ask for a new SIM
lost-sim-lead = With another card or an eSIM you keep your number. The old SIM will never work again.
lost-sim-contact = With a new SIM you keep your number. Ask for one: { $value }.
lost-found = Found it again?
lost-found-lead = The line can be reactivated at any time as long as its SIM was not replaced.
bulk-title = { $count ->
    [one] Change { $number } line
   *[other] Change { $number } lines
 }
bulk-lead = The change is made for all of these lines or for none.
bulk-what = What do you want to change?
bulk-change = Change
bulk-before = Before, a month
bulk-after = After, a month
bulk-nothing = No line is chosen.
bulk-too-many = { $count ->
    [one] No more than { $number } line can be changed at once: narrow the filters.
   *[other] No more than { $number } lines can be changed at once: narrow the filters.
 }
bulk-choose-lines = Choose lines
bulk-able = { $count ->
    [one] { $number } line changes
   *[other] { $number } lines change
 }
bulk-unable = { $count ->
    [one] { $number } line cannot.
   *[other] { $number } lines cannot.
 }
bulk-all-or-nothing = As long as they are among them, nothing changes.
bulk-only-able = { $count ->
    [one] Keep only the line that can
   *[other] Keep only the { $number } lines that can
 }
bulk-confirm = { $count ->
    [one] Apply to { $number } line
   *[other] Apply to { $number } lines
 }
bulk-more = { $count ->
    [one] And { $number } more line.
   *[other] And { $number } more lines.
 }
bulk-latest = Latest changes of many lines
bulk-pick = Choose { $value }
bulk-pick-page = This whole page
bulk-pick-all = { $count ->
    [one] The line of this list
   *[other] All { $number } lines of this list
 }
bulk-pick-change = Change the chosen lines
bulk-moving = The network is carrying out the changes
bulk-over = All done
bulk-to-come = Everything is planned
bulk-leave = You may leave this page: the work goes on.
bulk-refused = Refused
bulk-unanswered = No answer
bulk-asked = Asked
bulk-planned = Planned
bulk-taken-back = Taken back
bulk-done = Done
mail-sim-swapped-subject = SIM swap asked for your line
mail-sim-swapped = Another SIM was asked for a line of your { $value } account. As soon as the network has swapped them, the current SIM will stop working. If it was you, there is nothing to do.
mail-new-sim = New SIM
text-sim-swapped = { $brand }: another SIM was asked for your line ({ $at }). This one will stop working. It was not you? Contact us: { $contact }
journal-order-placed = Ordered lines
journal-line-ordered = Line ordered
journal-line-given-up = Order given up
journal-line-porting-agreed = Day of the porting agreed
journal-line-porting-refused = Porting refused
journal-line-change-planned = Planned a change
journal-line-change-taken-back = Took a planned change back
journal-line-change-dropped = A planned change could not be made
journal-line-work-begun = Asked of the network
journal-line-work-done = Done by the network
journal-line-work-not-done = Not done by the network
journal-line-needs-staff = Waits for our team
journal-change = Change
journal-new = Added
journal-ended = Ended
journal-option = Option
journal-cutoffs = Limits
journal-note = Note
journal-cause = Cause
journal-order = Order
journal-ported = Number kept
journal-cause-asked = On request
journal-cause-ported-away = Number moved to another operator
journal-note-unanswered = The network does not answer
journal-note-refused = The network refused
journal-note-done-despite-cancel = The network did it although it was cancelled
journal-note-contradiction = The network contradicts itself
