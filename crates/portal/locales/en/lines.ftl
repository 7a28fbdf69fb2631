### Lines

state-in-progress = In progress
state-active = Active
state-suspended = Suspended
state-ended = Ended
line-kind-fixed = Fixed line
line-kind-mobile = Mobile line
line-kind-data = Data only
data-open = Data open
data-slowed = Data slowed
data-stopped = Data blocked
number-to-come = Number to come
no-user = No user
lines-found = { $count ->
    [one] { $number } line
   *[other] { $number } lines
 }
lines-caption = Lines with their state, offer and usage this month
lines-none = No lines yet
lines-none-found = No line matches these filters
rows-a-page = Rows a page
column-number = Number
column-state = State
column-delivered = Delivered
column-user = User
column-customer = Customer
column-offer = Offer
column-sim = SIM
column-data = Data
column-out-of-bundle = Out of bundle
filter-placeholder = Filter
filter-number = Filter by number
filter-state = Filter by state
filter-user = Filter by user
filter-customer = Filter by customer
filter-offer = Filter by offer
filter-out-of-bundle = With or without out of bundle
ceiling = At the end of the plan
ceiling-capped = Capped
ceiling-uncapped = Slowed, at no charge
ceiling-metered = Charged by usage
network = Network
of-included = of { $value }
left = { $value } left
of-which-recharges = { $value } from recharges
of-which-options = { $value } from options
of-which-charged = { $value } out of bundle
out-of-bundle = Out of bundle
data-against-allowance = Data this month against the allowance
chart-used = Used
chart-share = { $value } of the allowance
chart-included = Included
column-sum = Total
allowances = Allowances
allowances-none = Nothing included this month
unlimited = unlimited
alerts = Alerts this month
alerts-none = No alerts
alert-reached = { $share } reached: { $allowance }
alert-stopped = Data blocked
alert-slowed = Data slowed
alert-lifted = Data restored
compare-offers = Compare offers
compare-months = { $from } to { $to }, at today's prices, without VAT
compare-month = { $value }, at today's prices, without VAT
compare-cheapest = { $offer } would have cost { $saving } less for the same usage
compare-none = The current offer is the cheapest for this usage
compare-empty = No usage to compare yet: come back after the first month
offers-that-serve = Offers that fit
offers-too-small = Offers that are too small
offers-too-small-lead = Part of the usage would have been stopped, slowed or refused
offer-current = Current offer
offer-other-family = another range
column-subscription = Subscription
column-extras = Options and recharges
column-total = Total
column-difference = Difference
held-back = { $value } stopped or slowed
refused = { $count ->
    [one] { $number } call or message refused
   *[other] { $number } calls or messages refused
 }
