### A household's usage

reported-at = Network last reported: { $value }
usage-detail = Usage in detail
all-lines = All lines
kind = Kind
kind-voice = Calls
kind-sms = SMS
kind-mms = MMS
kind-data = Data
search-placeholder = Number or destination
