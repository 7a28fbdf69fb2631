//! Where new messages are sent by mail (FIX-02). Whoever set it, and the addresses of before and from now on, are told of it by mail.

use super::{entry, found};
use crate::{
    Actor, House, OperationError,
    back_off::{MAIL_RECEPTION_RULE, minutes},
    entering::tell,
    esim::brand_of,
    first_access::Address,
    life::Doer,
    mail::{self, Letter, Post},
    members::address,
    sign_in::hash_of,
    telephony::Source,
};
use ::telephony::Change;
use serde_json::json;
use vocabulary::LineId;

/// So often it is written anew when somebody was faster.
const ATTEMPTS: usize = 5;

/// Why an address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailRefusal {
    /// It is none.
    Address,
    /// It was changed too often: so many minutes have to pass.
    Wait(i64),
}

/// Has new messages sent to an address from now on, in the language of the page, or nowhere where it is empty; `None` where the voicemail is not
/// there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn set_mail_reception(
    house: &House,
    actor: &Actor,
    line: LineId,
    (typed, language): (&str, &str),
    here: &Address,
) -> Result<Option<Result<(), MailRefusal>>, OperationError> {
    let doer = Doer::Person(actor);
    let to = match typed.trim() {
        "" => String::new(),
        typed => match address(typed) {
            Ok(address) => address,
            Err(_) => return Ok(found(house, doer, line).await?.map(|_| Err(MailRefusal::Address))),
        },
    };
    for _ in 0..ATTEMPTS {
        let Some(found) = found(house, doer, line).await? else { return Ok(None) };
        let kept = &found.kept;
        let before = kept.services.mail_reception.to_string();
        if before == to {
            return Ok(Some(Ok(())));
        }
        let now = house.clock.now();
        let subjects = [hash_of(&format!("mail reception of line {line}"))];
        let waiting = |_: usize, tries| MAIL_RECEPTION_RULE.waiting(tries, now);
        if !to.is_empty()
            && let Some(until) = house.store.count_try(&subjects, now, waiting).await?
        {
            return Ok(Some(Err(MailRefusal::Wait(minutes(now, until)))));
        }
        let change = Change::MailReception { to: to.as_str().into() };
        let services = kept.services.after(&change).unwrap_or_else(|_| kept.services.clone());
        let letter = |to: &str| Letter::VoicemailMail { number: found.number.to_string(), to: to.to_owned(), at: now };
        let login = house.store.login(actor.login).await?;
        let own = login.as_ref().map(|login| login.email.clone()).unwrap_or_default();
        let mut mails = Vec::new();
        let brand = brand_of(house, (doer.scope().operator, kept.owner.0)).await?;
        if let Some(brand) = brand.filter(|_| house.seal.is_there()) {
            // Whom it went to hears that it ends, and not where it goes: the owner alone does.
            let others = [(&before, ""), (&to, to.as_str())];
            for (recipient, to) in others.into_iter().filter(|(recipient, _)| !recipient.is_empty() && **recipient != own) {
                let post = Post {
                    operator: doer.scope().operator,
                    host: &brand.host,
                    recipient,
                    name: "",
                    language,
                    letter: letter(to),
                    useful_until: None,
                };
                mails.push(mail::written(house, post)?);
            }
        }
        let transaction = house.store.begin().await?;
        let saved = transaction.write_telephony((line, kept.version), &services, (now, Source::Page.as_str())).await?;
        if !saved {
            continue;
        }
        transaction.set_voicemail_language(line, language).await?;
        let said = ("line_telephony_changed", Source::Page, json!({ "telephone_services": "mail_reception" }));
        transaction.note(entry(house, doer, kept, said)).await?;
        for mail in &mails {
            transaction.post_mail(mail).await?;
        }
        if let Some(login) = &login {
            tell(house, &transaction, login, here, letter(&to)).await?;
        }
        transaction.commit().await?;
        house.mail_posted();
        return Ok(Some(Ok(())));
    }
    Err(OperationError::Contended)
}
