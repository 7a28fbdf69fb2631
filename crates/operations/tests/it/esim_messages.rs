//! The confirmation code of an eSIM in the text message that leaves.

use crate::{
    esim::{ordered, rounds, with_server},
    text_message::{Centre, worker},
};
use operations::{
    esim::{self, EsimStage, ProfileState},
    mail::Window,
    text_message,
};
use std::{mem, sync::Arc};

const ELSEWHERE: &str = "+33612345678";

/// RES-08, PLT-07, PLT-16: the text message that leaves says the six digits with which the profile was confirmed at its server, to the number that was
/// given; what waits in the database does not hold them, and a message whose code is worth nothing any more never leaves.
#[tokio::test]
async fn the_six_digits_leave_in_the_message() {
    for database in testkit::databases() {
        let (stage, server) = with_server(database.url()).await;
        let line = ordered(&stage, "one").await;
        rounds(&stage).await;
        let centre = Arc::new(Centre::default());
        let messenger = worker(&stage.house, &centre, 0);
        let send = async || esim::text_code(&stage.house, stage.proof(), line, ELSEWHERE).await.unwrap().unwrap().unwrap();
        let confirmed = || {
            let asked = server.confirmed.lock().unwrap().last().cloned().expect("a profile was confirmed");
            asked.confirmation_code.expect("with a code").reveal().to_owned()
        };
        let left = || mem::take(&mut *centre.taken.lock().unwrap());
        let kept = async || {
            let window = Window { offset: 0, rows: 10 };
            text_message::texts(&stage.house, stage.staff.scope, window).await.unwrap().unwrap().0
        };
        send().await;
        let code = confirmed();
        assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "six digits");
        assert!(!format!("{:?}", kept().await).contains(&code), "what waits does not hold it");
        messenger.round().await.unwrap();
        let [(to, words)] = left().try_into().expect("one message");
        assert_eq!(to, ELSEWHERE);
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, code, "the digits of the message are the code and nothing else");
        assert!(!format!("{:?}", kept().await).contains(&code), "nor does what was sent");
        // Another code is drawn while a message waits: that one says nothing any more, the next one says the new code.
        send().await;
        assert_eq!(esim::renew(&stage.house, stage.proof(), line).await.unwrap(), Some(Ok(())));
        rounds(&stage).await;
        assert_eq!(stage.stage_of(line).await, EsimStage::At(ProfileState::Released));
        messenger.round().await.unwrap();
        assert_eq!(left(), []);
        assert!(kept().await.iter().any(|text| text.problem.as_deref().is_some_and(|why| why.contains("worth nothing"))));
        send().await;
        messenger.round().await.unwrap();
        let [(_, words)] = left().try_into().expect("one message");
        assert!(words.ends_with(&confirmed()), "the code of now");
    }
}
