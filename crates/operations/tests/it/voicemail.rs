//! The voicemail of a line on both databases: messages that arrive, a walk by keys, a code, mails, and a folder that is tidied up.

use crate::{
    line_access::{PASSWORD as PAULS, accepted_by_paul},
    people::{NOW, PASSWORD, Town, actor_of, given, links},
    stage::{actor, after, at, fixed_line, house, line},
};
use gateways::DemoMailbox;
use operations::{
    Actor, House, IdentifierKind, NewBrand, NewCustomer, NewLogin, NewOperator, Scope,
    journal::Object,
    life::Doer,
    line_access,
    line_user::{self, Field, Typed},
    mail::{Addressed, BoxedMail, Delivery, MailRenderer, MailWords, Mailbox},
    permission::Role,
    provision,
    seal::Seal,
    sign_in::{self, Brand, Door},
    telephony::{self, Change, ChangeAsked, Source},
    voicemail::{
        self, CallRefusal, CodeFault, CodeRefusal, From, Key, LeaveRefusal, Left, MailRefusal, MailboxShown, Prompt, SoundFolder,
        Tidied, VoicemailCall, Which,
        sound::{LARGEST_SOUND, SoundFault, SoundFormat},
    },
};
use std::{fs, path::Path, sync::Arc};
use vocabulary::{CustomerId, LineId, OperatorId, ResellerId, VoicemailMessageId};

const DAY_S: i64 = 86_400;

struct Stage {
    town: Town,
    anne: Actor,
    /// The household's first, which is fixed.
    line: LineId,
    operator: OperatorId,
    folder: tempfile::TempDir,
    _database: testkit::TestDatabase,
}

async fn stages() -> Vec<Stage> {
    let mut stages = Vec::new();
    for database in testkit::databases() {
        stages.push(stage(database).await);
    }
    stages
}

/// A household with two telephones, another one, and somebody of the operator.
async fn stage(database: testkit::TestDatabase) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let key = Seal::fresh_line(Some("k1")).unwrap().as_str().to_owned();
    let sounds = SoundFolder::at(folder.path().join("voicemail"));
    let house = house(database.url(), NOW).await.with_seal(Seal::read(&key).unwrap()).with_sounds(sounds);
    let hash = sign_in::hash_password(PASSWORD.to_owned()).await.unwrap();
    let login = |identifier: &str, role: Role, customer| NewLogin {
        identifiers: vec![(IdentifierKind::Reference, identifier.to_owned())],
        email: format!("{}@example.fr", identifier.to_lowercase()),
        password_hash: Some(hash.clone()),
        role: role.as_str().to_owned(),
        name: identifier.to_owned(),
        reseller: None,
        customer,
        line: None,
    };
    let household = |reference: &str, lines| NewCustomer::household(reference, reference, lines);
    let first = vec![
        fixed_line("+33388110001", &[]),
        line("+33639980032", &[], ("mobile", "rhenane", "mobile-20")),
        line("tv-1", &[], ("tv", "vallee", "tv-essential")),
    ];
    let new = NewOperator {
        slug: "vallee".to_owned(),
        name: "Vallée".to_owned(),
        brands: vec![NewBrand {
            host: "test.localhost".to_owned(),
            reseller: None,
            name: "Vallée".to_owned(),
            colour: "#0f766e".to_owned(),
            contact: String::new(),
        }],
        customers: vec![household("V100003", first), household("V100004", vec![fixed_line("+33388110009", &[])])],
        logins: vec![
            login("V100003", Role::Subscriber, Some(0)),
            login("V100004", Role::Subscriber, Some(1)),
            login("olga", Role::OperatorAdmin, None),
        ],
        ..NewOperator::default()
    };
    let operator = provision(&house, &new).await.unwrap();
    let known = house.store.scoped(Scope::operator(operator)).line_choices().await.unwrap();
    let named = |text: &str| known.iter().find(|line| line.number.to_string() == text).expect("a line").id;
    let lines = ["+33388110001", "+33639980032", "+33388110009", "tv-1"].map(named).to_vec();
    let nobody = CustomerId(0);
    let door = Door { operator, reseller: None };
    let town = Town { house, door, reseller: ResellerId(0), company: nobody, other: nobody, household: nobody, lines, key };
    let anne = actor_of(&town, "V100003").await;
    let line = town.lines[0];
    Stage { town, anne, line, operator, folder, _database: database }
}

impl Stage {
    fn house(&self) -> &House {
        &self.town.house
    }

    fn program(&self) -> Doer<'_> {
        Doer::Program(self.operator)
    }

    async fn leave(&self, bytes: Vec<u8>) -> Result<VoicemailMessageId, LeaveRefusal> {
        let caller = "+33612345678".parse().ok();
        voicemail::leave(self.house(), self.operator, self.line, Left { caller, bytes }).await.unwrap()
    }

    async fn shown(&self, doer: Doer<'_>) -> Option<MailboxShown> {
        voicemail::mailbox(self.house(), doer, self.line).await.unwrap()
    }

    async fn counts(&self) -> (usize, usize) {
        let shown = self.shown(self.program()).await.unwrap();
        (shown.new_count(), shown.kept_count())
    }

    async fn call(&self, from: From) -> Result<(VoicemailCall, Vec<Prompt>), CallRefusal> {
        VoicemailCall::answer(self.house(), self.operator, self.line, from).await.unwrap()
    }

    async fn press(&self, call: &mut VoicemailCall, keys: &str) -> Vec<Prompt> {
        let mut said = Vec::new();
        for key in keys.chars() {
            let key = match key {
                '*' => Key::Star,
                '#' => Key::Hash,
                digit => Key::Digit(u8::try_from(digit.to_digit(10).unwrap()).unwrap()),
            };
            said.extend(call.press(self.house(), key).await.unwrap());
        }
        said
    }

    async fn set_code(&self, typed: &str) -> Result<(), CodeRefusal> {
        voicemail::set_code(self.house(), Doer::Person(&self.anne), self.line, (typed, Source::Page)).await.unwrap().unwrap()
    }

    async fn set_mail(&self, typed: &str) -> Result<(), MailRefusal> {
        let here = links();
        let asked = voicemail::set_mail_reception(self.house(), &self.anne, self.line, (typed, "de"), &here);
        asked.await.unwrap().unwrap()
    }

    /// Every file of the folder.
    fn files(&self) -> Vec<String> {
        fn below(folder: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    below(&path, found);
                } else {
                    found.push(path.display().to_string());
                }
            }
        }
        let mut found = Vec::new();
        below(self.folder.path(), &mut found);
        found
    }

    async fn noted(&self) -> Vec<(String, serde_json::Value)> {
        let scoped = self.house().store.scoped(Scope::operator(self.operator));
        let journal = scoped.journal(Some(Object::Line(self.line)), None, 50).await.unwrap();
        journal.iter().rev().map(|entry| (entry.action.clone(), after(entry))).collect()
    }
}

/// A WAV of so many milliseconds, 8 bits, 8,000 a second.
fn wav(length_ms: u32) -> Vec<u8> {
    let samples = length_ms * 8;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + samples).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    file.extend(samples.to_le_bytes());
    file.resize(44 + samples as usize, 0x80);
    file
}

/// FIX-01: a call to 123 tells the counts; a message is heard, kept, deleted; a greeting is recorded and a code changed, and what keys do is what
/// a page shows, files included.
#[tokio::test(flavor = "multi_thread")]
async fn the_voicemail_is_walked_with_keys() {
    for stage in stages().await {
        let house = stage.house();
        for seconds in [2, 3, 4] {
            stage.leave(wav(seconds * 1_000)).await.unwrap();
            house.clock.set(house.clock.now().plus_seconds(60));
        }
        assert_eq!((stage.counts().await, stage.files().len()), ((3, 0), 3));
        let (mut call, said) = stage.call(From::OwnLine).await.unwrap();
        assert_eq!(said, [Prompt::Counts { new: 3, kept: 0 }, Prompt::Top]);
        assert_eq!(stage.press(&mut call, "1").await, [Prompt::Play(0), Prompt::Choices]);
        let first = call.message(0).unwrap();
        assert_eq!((first.caller.as_str(), first.arrived, first.sound.length_ms), ("+33612345678", at(NOW), 2_000));
        let heard = call.sound(house, 0).await.unwrap().unwrap();
        assert_eq!((heard.format, heard.bytes), (SoundFormat::Wav, wav(2_000)));
        assert_eq!(stage.press(&mut call, "4").await, [Prompt::Kept, Prompt::Play(1), Prompt::Choices]);
        assert_eq!(stage.press(&mut call, "5").await, [Prompt::Deleted, Prompt::Play(2), Prompt::Choices]);
        assert_eq!((stage.counts().await, stage.files().len()), ((1, 1), 2), "the sound is gone with its message");
        assert!(call.sound(house, 1).await.unwrap().is_none());
        assert_eq!(stage.press(&mut call, "*21").await, [Prompt::Top, Prompt::Settings, Prompt::SpeakGreeting]);
        assert!(call.is_recording());
        assert_eq!(call.recorded(house, b"hello".to_vec()).await.unwrap(), Err(SoundFault::Unknown));
        let said = call.recorded(house, wav(5_000)).await.unwrap().unwrap();
        assert_eq!(said, [Prompt::GreetingKept, Prompt::Settings]);
        let said = stage.press(&mut call, "22580#2580#").await;
        assert_eq!(said, [Prompt::TypeNewCode, Prompt::TypeAgain, Prompt::CodeChanged, Prompt::Settings]);
        assert_eq!(stage.press(&mut call, "**").await, [Prompt::Top, Prompt::Goodbye]);
        assert!(call.is_over());

        let shown = stage.shown(Doer::Person(&stage.anne)).await.unwrap();
        assert_eq!((shown.new_count(), shown.kept_count(), shown.has_code), (1, 1, true));
        assert_eq!(shown.greeting.unwrap().0.length_ms, 5_000);
        let messages = shown.messages;
        assert_eq!((messages[0].is_kept, messages[0].sound.length_ms), (false, 4_000), "new ones first");
        let heard = voicemail::greeting(house, Doer::Person(&stage.anne), stage.line).await.unwrap().unwrap();
        assert_eq!(heard.bytes, wav(5_000));
        let kept = house.store.scoped(stage.anne.scope).voicemail_box(stage.line).await.unwrap().code_hash.unwrap();
        assert!(kept.starts_with("$argon2id$") && !kept.contains("2580"), "{kept}");
        let noted = stage.noted().await;
        let actions: Vec<_> = noted.iter().map(|(action, _)| action.as_str()).collect();
        assert_eq!(actions, ["voicemail_messages_deleted", "voicemail_greeting_set", "voicemail_code_set"]);
        assert_eq!(noted[0].1, serde_json::json!({ "messages": 1, "source": "telephone" }), "nobody's number");
    }
}

/// FIX-01: from elsewhere nobody is let in without a code; three wrong ones end the call and make the next wait, right ones included, and stand in
/// the journal; a new code from the page begins anew.
#[tokio::test(flavor = "multi_thread")]
async fn three_wrong_codes_and_a_pause() {
    for stage in stages().await {
        let house = stage.house();
        assert_eq!(stage.call(From::Elsewhere).await.unwrap_err(), CallRefusal::NoCode);
        for bad in ["", "123", "123456789", "12a4", "１２３４", "２５８０"] {
            assert_eq!(stage.set_code(bad).await, Err(CodeRefusal::Fault(CodeFault::Digits)), "{bad}");
        }
        for easy in ["0000", "1234", "87654321"] {
            assert_eq!(stage.set_code(easy).await, Err(CodeRefusal::Fault(CodeFault::Easy)), "{easy}");
        }
        assert_eq!(stage.set_code("10001").await, Err(CodeRefusal::OwnNumber));
        stage.set_code("2580").await.unwrap();
        let (mut call, said) = stage.call(From::Elsewhere).await.unwrap();
        assert_eq!(said, [Prompt::TypeCode]);
        assert_eq!(stage.press(&mut call, "2581#").await, [Prompt::WrongCode, Prompt::TypeCode]);
        assert_eq!(stage.press(&mut call, "2580#").await, [Prompt::Counts { new: 0, kept: 0 }, Prompt::Top]);
        let (mut call, _) = stage.call(From::Elsewhere).await.unwrap();
        let wrong = [Prompt::WrongCode, Prompt::TypeCode];
        let last = [Prompt::WrongCode, Prompt::Goodbye];
        assert_eq!(stage.press(&mut call, "1111#2222#3333#").await, [&wrong[..], &wrong, &last].concat());
        assert!(call.is_over());
        assert_eq!(stage.call(From::Elsewhere).await.unwrap_err(), CallRefusal::Wait(15));
        assert!(stage.call(From::OwnLine).await.is_ok(), "the line's own telephone needs none");
        house.clock.set(house.clock.now().plus_seconds(900));
        let (mut call, _) = stage.call(From::Elsewhere).await.unwrap();
        assert_eq!(stage.press(&mut call, "4444#").await, wrong);
        assert_eq!(stage.press(&mut call, "2580#").await, wrong, "the right one waits too, half an hour now");
        assert_eq!(stage.call(From::Elsewhere).await.unwrap_err(), CallRefusal::Wait(30));
        stage.set_code("0852").await.unwrap();
        let (mut call, _) = stage.call(From::Elsewhere).await.unwrap();
        assert_eq!(stage.press(&mut call, "0852#").await.len(), 2);
        let noted = stage.noted().await;
        let refused: Vec<_> = noted.iter().filter(|(action, _)| action == "voicemail_code_refused").collect();
        assert_eq!(refused.len(), 2, "{noted:?}");
    }
}

/// FIX-01: what is no sound is refused with its reason, a full voicemail takes no more, two who delete at once delete once, and nothing of what was
/// refused stays in the folder.
#[tokio::test(flavor = "multi_thread")]
async fn bad_sounds_and_full_voicemails_change_nothing() {
    for stage in stages().await {
        let house = stage.house();
        let mut lying = wav(1_000);
        lying[40..44].copy_from_slice(&9_999_999_u32.to_le_bytes());
        let huge = vec![b'R'; 100_000_000];
        for (bytes, fault) in [
            (Vec::new(), SoundFault::Empty),
            (wav(1_000)[..500].to_vec(), SoundFault::Damaged),
            (b"this is no sound.wav".to_vec(), SoundFault::Unknown),
            (huge, SoundFault::TooLarge),
            (lying, SoundFault::Damaged),
            (wav(181_000), SoundFault::TooLong(180)),
        ] {
            assert_eq!(stage.leave(bytes).await, Err(LeaveRefusal::Sound(fault)));
        }
        let greeting = voicemail::set_greeting(house, Doer::Person(&stage.anne), stage.line, (wav(121_000), Source::Page));
        assert_eq!(greeting.await.unwrap(), Some(Err(SoundFault::TooLong(120))));
        assert!(wav(121_000).len() < LARGEST_SOUND && stage.files().is_empty());
        let tv = Left { caller: None, bytes: wav(1_000) };
        let none = voicemail::leave(house, stage.operator, stage.town.lines[3], tv).await.unwrap();
        assert_eq!(none, Err(LeaveRefusal::NoVoicemail));

        let most = stage.shown(stage.program()).await.unwrap().voicemail.most_messages;
        // More at once than there is room for.
        let mut left = tokio::task::JoinSet::new();
        for _ in 0..most + 5 {
            let (house, operator, line) = (house.clone(), stage.operator, stage.line);
            left.spawn(
                async move { voicemail::leave(&house, operator, line, Left { caller: None, bytes: wav(300) }).await.unwrap() },
            );
        }
        let came: Vec<_> = left.join_all().await;
        let full = came.iter().filter(|came| **came == Err(LeaveRefusal::Full)).count();
        assert_eq!((full, stage.counts().await), (5, (usize::try_from(most).unwrap(), 0)));
        assert_eq!(stage.files().len(), usize::try_from(most).unwrap());
        assert!(stage.shown(stage.program()).await.unwrap().is_full());

        let (doer, one) = (Doer::Person(&stage.anne), came.into_iter().find_map(Result::ok).unwrap());
        let deleting = || voicemail::delete(house, doer, stage.line, (Which::One(one), Source::Page));
        let (first, second) = tokio::join!(deleting(), deleting());
        let mut counts = [first.unwrap(), second.unwrap()];
        counts.sort_unstable();
        assert_eq!(counts, [Some(0), Some(1)]);
        let all = voicemail::delete(house, doer, stage.line, (Which::All, Source::Page)).await.unwrap();
        assert_eq!((all, stage.files().len()), (Some(usize::try_from(most - 1).unwrap()), 0));
    }
}

/// FIX-01, PLT-02, TEL-07: nobody hears a line's messages but its user: not the operator's people, not another household, and not the household's
/// holder while the line has access of its own; when it comes back, what was left for the other is gone.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_hears_a_line() {
    for stage in stages().await {
        let house = stage.house();
        let message = stage.leave(wav(1_000)).await.unwrap();
        let other = actor_of(&stage.town, "V100004").await;
        let staff = actor_of(&stage.town, "olga").await;
        for stranger in [&other, &staff, &actor(Scope::operator(stage.operator), Role::Auditor)] {
            let doer = Doer::Person(stranger);
            assert!(stage.shown(doer).await.is_none());
            assert!(voicemail::hear(house, doer, stage.line, message).await.unwrap().is_none());
            assert!(voicemail::keep(house, doer, stage.line, message).await.unwrap().is_none());
            let deleted = voicemail::delete(house, doer, stage.line, (Which::All, Source::Page)).await.unwrap();
            assert!(deleted.is_none());
            let here = links();
            let mail = voicemail::set_mail_reception(house, stranger, stage.line, ("a@example.fr", "fr"), &here);
            assert!(mail.await.unwrap().is_none());
            let change = ChangeAsked::Other(Change::MailReception { to: "a@example.fr".into() });
            let changed = telephony::change(house, doer, stage.line, (&change, Source::Page)).await.unwrap();
            assert!(changed.is_none(), "nor by another way");
        }
        let theirs = Doer::Person(&other);
        let own = stage.town.lines[2];
        assert!(voicemail::hear(house, theirs, own, message).await.unwrap().is_none(), "another's message at one's own line");
        assert_eq!(voicemail::keep(house, theirs, own, message).await.unwrap(), Some(false));
        assert_eq!(voicemail::delete(house, theirs, own, (Which::One(message), Source::Page)).await.unwrap(), Some(0));
        assert_eq!(stage.counts().await, (1, 0));

        let mobile = stage.town.lines[1];
        accepted_by_paul(&stage.town, &stage.anne, mobile).await;
        voicemail::leave(house, stage.operator, mobile, Left { caller: None, bytes: wav(900) }).await.unwrap().unwrap();
        let anne = Doer::Person(&stage.anne);
        assert!(voicemail::mailbox(house, anne, mobile).await.unwrap().is_none());
        let lines = line_access::list(house, &stage.anne).await.unwrap().unwrap();
        let version = lines.into_iter().find(|found| found.line == mobile).unwrap().own.unwrap().version;
        let joined = line_access::join(house, &stage.anne, (mobile, version), PAULS, &links()).await.unwrap();
        assert_eq!(joined, Some(Ok(())));
        assert!(voicemail::mailbox(house, anne, mobile).await.unwrap().unwrap().messages.is_empty());
        assert_eq!(stage.files().len(), 2, "what is left over is erased by who tidies up");
        assert_eq!(voicemail::tidy(house, stage.operator).await.unwrap().erased, 1);
        assert_eq!(stage.files().len(), 1);
    }
}

/// FIX-01, TEL-07, FLT-07: whoever comes to use a line finds an empty voicemail without a code, and nobody who used it before is sent what comes: when
/// its own access is accepted, and when somebody else is put in the user's place.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_changes_hands_has_an_empty_voicemail() {
    for stage in stages().await {
        let (house, anne) = (stage.house(), Doer::Person(&stage.anne));
        let mobile = stage.town.lines[1];
        let left =
            async |line| voicemail::leave(house, stage.operator, line, Left { caller: None, bytes: wav(900) }).await.unwrap();
        for line in [stage.line, mobile] {
            left(line).await.unwrap();
            voicemail::set_code(house, anne, line, ("4711", Source::Page)).await.unwrap().unwrap().unwrap();
            let here = links();
            let mail = voicemail::set_mail_reception(house, &stage.anne, line, ("anne@example.fr", "fr"), &here);
            mail.await.unwrap().unwrap().unwrap();
        }
        accepted_by_paul(&stage.town, &stage.anne, mobile).await;
        let staff = actor_of(&stage.town, "olga").await;
        let next = Typed::with(|field| if field == Field::LastName { "Roux".to_owned() } else { String::new() });
        assert_eq!(line_user::replace(house, &staff, (stage.line, 0), &next).await.unwrap(), Some(Ok(())));
        for line in [stage.line, mobile] {
            let shown = voicemail::mailbox(house, stage.program(), line).await.unwrap().unwrap();
            assert_eq!((shown.messages.len(), shown.has_code, shown.mail_reception.as_str()), (0, false, ""));
        }
    }
}

struct Plain;

impl MailRenderer for Plain {
    fn render(&self, brand: &Brand, mail: Addressed<'_>) -> Result<MailWords, String> {
        let text = format!("{} {}", mail.language, mail.letter.word());
        Ok(MailWords { subject: brand.look.name.clone(), text, html: String::new(), qr: None })
    }
}

/// FIX-02: a message goes to the address of the user's choosing with its sound, in the language in which it was chosen; one that was deleted before
/// is not sent; who set the address, and the one before, hear of it; the sound stands in no database.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_sent_by_mail() {
    for stage in stages().await {
        let house = stage.house();
        let mailbox = Arc::new(DemoMailbox::open(stage.folder.path().join("mailbox"), house.clock.clone()).unwrap());
        let delivery = Delivery::new(house.clone(), mailbox.clone(), Arc::new(Plain)).unwrap();
        stage.leave(wav(400)).await.unwrap();
        for wrong in ["anne", "anne@", "@example.fr", "a b@example.fr", "a@example.fr, b@example.fr"] {
            assert_eq!(stage.set_mail(wrong).await, Err(MailRefusal::Address), "{wrong}");
        }
        assert!(given(house).await.is_empty(), "nothing goes anywhere until it is asked for");
        stage.set_mail("bureau@example.fr").await.unwrap();
        let told = |address: &str| (address.to_owned(), "voicemail-mail".to_owned());
        assert_eq!(given(house).await, [told("bureau@example.fr"), told("v100003@example.fr")]);
        stage.leave(wav(2_000)).await.unwrap();
        delivery.round().await.unwrap();
        let latest = || mailbox.latest(stage.operator, None).unwrap();
        let BoxedMail { mail, .. } = latest().remove(0);
        assert_eq!((mail.to.as_str(), mail.words.text.as_str()), ("bureau@example.fr", "de voicemail-message"));
        let file = mail.file.unwrap();
        assert_eq!((file.name.as_str(), file.media_type.as_str()), ("voicemail-20261121-110000.wav", "audio/wav"));
        assert_eq!(file.bytes, wav(2_000));

        let sent = latest().len();
        let deleted = stage.leave(wav(3_000)).await.unwrap();
        let doer = Doer::Person(&stage.anne);
        voicemail::delete(house, doer, stage.line, (Which::One(deleted), Source::Telephone)).await.unwrap();
        assert_eq!(delivery.round().await.unwrap().failed, 1);
        assert_eq!(latest().len(), sent, "what was deleted is not sent");

        stage.set_mail("").await.unwrap();
        let more: Vec<_> = given(house).await.into_iter().map(|(address, _)| address).collect();
        assert!(more.ends_with(&["bureau@example.fr".to_owned(), "v100003@example.fr".to_owned()]), "{more:?}");
        let before = more.len();
        stage.leave(wav(1_000)).await.unwrap();
        assert_eq!(given(house).await.len(), before);
        for at in 0..9 {
            stage.set_mail(&format!("a{at}@example.fr")).await.unwrap();
        }
        assert_eq!(stage.set_mail("b@example.fr").await, Err(MailRefusal::Wait(1_440)));
        let noted = stage.noted().await;
        assert!(noted.iter().all(|(_, said)| !said.to_string().contains("example.fr")), "{noted:?}");
    }
}

/// FIX-01: what is older than the catalogue keeps it is erased with its file; a file that somebody named and never wrote goes after an hour; a file
/// without a row and a row without a file are told and left as they are.
#[tokio::test(flavor = "multi_thread")]
async fn the_folder_is_tidied_up() {
    for stage in stages().await {
        let house = stage.house();
        let tidy = async || voicemail::tidy(house, stage.operator).await.unwrap();
        let old = stage.leave(wav(500)).await.unwrap();
        house.clock.set(house.clock.now().plus_seconds(29 * DAY_S));
        stage.leave(wav(600)).await.unwrap();
        let kept = voicemail::keep(house, Doer::Person(&stage.anne), stage.line, old).await.unwrap();
        assert_eq!((kept, tidy().await), (Some(true), Tidied::default()));
        house.clock.set(house.clock.now().plus_seconds(DAY_S + 1));
        assert_eq!(tidy().await, Tidied { expired: 1, ..Tidied::default() });
        assert_eq!((stage.counts().await, stage.files().len()), ((1, 0), 1));

        let announced = "aa00000000000000000000000000000f.wav".to_owned();
        let leftover = store::Leftover { file: announced.clone(), operator: stage.operator };
        let due = house.clock.now().plus_seconds(3_600);
        house.store.announce_voicemail_file(&leftover, due).await.unwrap();
        let aa = stage.folder.path().join("voicemail/vallee/aa");
        fs::create_dir_all(&aa).unwrap();
        fs::write(aa.join(format!(".{announced}.part")), "half").unwrap();
        assert_eq!(tidy().await, Tidied::default(), "somebody may be writing it");
        house.clock.set(due);
        assert_eq!((tidy().await, stage.files().len()), (Tidied { erased: 1, ..Tidied::default() }, 1));

        let stranger = "aa11111111111111111111111111111f.wav";
        fs::write(aa.join(stranger), wav(500)).unwrap();
        let own = stage.files().into_iter().find(|file| !file.contains(stranger)).unwrap();
        fs::remove_file(&own).unwrap();
        let found = tidy().await;
        assert_eq!((found.unknown.as_slice(), found.missing.len()), (&[stranger.to_owned()][..], 1));
        assert!(own.ends_with(&found.missing[0]) && aa.join(stranger).exists());
        let message = stage.shown(stage.program()).await.unwrap().messages[0].id;
        let heard = voicemail::hear(house, Doer::Person(&stage.anne), stage.line, message).await.unwrap();
        assert!(heard.is_none(), "whoever wants to hear it gets the answer of what is not there");
    }
}
