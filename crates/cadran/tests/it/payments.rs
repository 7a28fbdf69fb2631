//! An invoice is paid by card in a real browser, in each mood of a payment provider.

use crate::{
    members::only,
    portal::{demo, is_well_made, sign_in},
};
use testkit::Browser;

const HOST: &str = "vallee.localhost";

/// A household that pays, and the page on which it says how much.
struct Payer {
    browser: Browser,
    form: String,
}

impl Payer {
    async fn sign_in(identifier: &str) -> Self {
        let browser = Browser::open_speaking("fr").await.unwrap();
        sign_in(&browser, demo(), HOST, identifier).await;
        browser.goto(&demo().url(HOST, "/invoices")).await.unwrap();
        browser.find("#pay").await.unwrap();
        is_well_made(&browser, "invoices-owed").await;
        let form = browser.evaluate("return document.querySelector('#pay').href").await.unwrap();
        let form = form.as_str().unwrap().to_owned();
        Self { browser, form }
    }

    /// What is left to pay, in cents.
    async fn owed(&self) -> i64 {
        self.browser.goto(&demo().url(HOST, "/invoices")).await.unwrap();
        let figure = self.browser.text("#owed-title + .figure").await.unwrap();
        figure.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
    }

    /// Types an amount and goes to the provider's page.
    async fn ask(&self, amount: &str) {
        self.browser.goto(&self.form).await.unwrap();
        self.browser.fill("#amount", amount).await.unwrap();
        self.browser.click("#pay").await.unwrap();
        self.browser.arrive("/sandbox-payments/").await.unwrap();
    }

    async fn choose(&self, mood: &str) {
        self.browser.click(&format!("button[value='{mood}']")).await.unwrap();
    }

    /// What the page of the payment comes to say.
    async fn is_told(&self, words: &str) {
        self.browser.arrive("/payments/").await.unwrap();
        self.browser.find_text("#told", words).await.unwrap();
    }

    /// An amount that is not taken, and why.
    async fn refused(&self, amount: &str, why: &str) {
        self.browser.goto(&self.form).await.unwrap();
        self.browser.fill("#amount", amount).await.unwrap();
        self.browser.click("#pay").await.unwrap();
        self.browser.find_text("#refusal", why).await.unwrap();
        only(&self.browser, "422").await;
    }
}

/// BIL-07, CUS-09, FLT-17: what is owed is filled in and may be changed; an amount of nothing, too much or none at all is refused by name; success,
/// refusal, strong authentication, a late, double, early, forged or wrong callback, a time that runs out and a browser that goes back each have
/// their own clear end, and money counts once: the account owes exactly what succeeded less. Mails say so, staff finds what was set aside, and
/// gives back what is asked for. axe finds nothing on the way.
#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_paid_in_each_mood_of_a_provider() {
    let payer = Payer::sign_in("V100042").await;
    let browser = &payer.browser;
    let before = payer.owed().await;

    browser.goto(&payer.form).await.unwrap();
    browser.find("#amount").await.unwrap();
    let proposed = browser.evaluate("return document.querySelector('#amount').value").await.unwrap();
    let proposed: String = proposed.as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
    assert_eq!(proposed.parse(), Ok(before), "what is owed is filled in");
    is_well_made(browser, "payment-new").await;
    payer.refused("0", "supérieur à zéro").await;
    payer.refused("-3", "supérieur à zéro").await;
    payer.refused("dix", "n’est pas un montant").await;
    payer.refused("1,005", "s’arrête aux centimes").await;
    payer.refused("99999", "plus que ce qui reste à payer").await;
    is_well_made(browser, "payment-refused").await;

    payer.ask("1,00").await;
    is_well_made(browser, "payment-sandbox").await;
    payer.choose("success").await;
    payer.is_told("Nous avons reçu votre paiement de 1,00").await;
    is_well_made(browser, "payment-received").await;
    browser.back().await.unwrap();
    browser.arrive("/sandbox-payments/").await.unwrap();
    payer.choose("success").await;
    payer.is_told("Nous avons reçu").await;
    let paid = browser.url().await.unwrap();

    payer.ask("1,01").await;
    payer.choose("refusal").await;
    payer.is_told("Le paiement a été refusé").await;
    is_well_made(browser, "payment-refused-by-bank").await;
    payer.ask("1,02").await;
    payer.choose("strong-authentication").await;
    browser.find_text(".notice", "si c’est bien vous").await.unwrap();
    is_well_made(browser, "payment-authentication").await;
    payer.choose("success").await;
    payer.is_told("Nous avons reçu").await;
    payer.ask("1,04").await;
    payer.choose("late").await;
    payer.is_told("Nous avons reçu").await;
    payer.ask("1,08").await;
    payer.choose("twice").await;
    payer.is_told("Nous avons reçu").await;
    payer.ask("1,16").await;
    payer.choose("before-redirect").await;
    payer.is_told("Nous avons reçu").await;
    for mood in ["forged", "wrong-amount", "wrong-currency"] {
        payer.ask("2,00").await;
        payer.choose(mood).await;
        payer.is_told("Nous attendons la confirmation").await;
    }
    is_well_made(browser, "payment-waiting").await;
    payer.ask("2,00").await;
    payer.choose("expired").await;
    payer.is_told("Le temps prévu pour payer est écoulé").await;
    payer.ask("1,32").await;
    payer.choose("left").await;
    payer.is_told("n’est pas terminé").await;
    is_well_made(browser, "payment-left").await;
    browser.click("#go-on").await.unwrap();
    payer.choose("success").await;
    payer.is_told("Nous avons reçu votre paiement de 1,32").await;
    assert_eq!(payer.owed().await, before - (100 + 102 + 104 + 108 + 116 + 132), "what succeeded, each once");

    browser.click(".card-foot a[href^='/payments?']").await.unwrap();
    browser.find_text("tbody", "Non terminé").await.unwrap();
    is_well_made(browser, "payments").await;
    let received = "return [...document.querySelectorAll('tbody .state.active')].length";
    assert_eq!(browser.evaluate(received).await.unwrap(), 6);
    loop {
        browser.goto(&demo().url(HOST, "/mailbox")).await.unwrap();
        if browser.text("main").await.unwrap().matches("Paiement reçu").count() == 6 {
            break;
        }
    }
    browser.click("tbody a[href^='/mailbox/']").await.unwrap();
    is_well_made(browser, "mail-payment").await;

    let staff = Browser::open_speaking("fr").await.unwrap();
    sign_in(&staff, demo(), HOST, "compta@vallee.example").await;
    staff.goto(&demo().url(HOST, "/payments/problems")).await.unwrap();
    staff.find_text("tbody", "CHF were paid").await.unwrap();
    is_well_made(&staff, "payment-problems").await;
    staff.goto(&paid).await.unwrap();
    staff.find_text("#refund-title", "Rembourser").await.unwrap();
    is_well_made(&staff, "payment-refund").await;
    staff.fill("#amount", "1,50").await.unwrap();
    staff.click("input[name='sure']").await.unwrap();
    staff.click("#give-back").await.unwrap();
    staff.find_text("#refusal", "plus que ce qui reste du paiement").await.unwrap();
    only(&staff, "422").await;
    staff.fill("#amount", "0,40").await.unwrap();
    staff.click("input[name='sure']").await.unwrap();
    staff.click("#give-back").await.unwrap();
    staff.find_text("#refunds-title", "Remboursements").await.unwrap();
    is_well_made(&staff, "payment-given-back").await;
    assert_eq!(payer.owed().await, before - (100 + 102 + 104 + 108 + 116 + 132) + 40);
}
