//! Walks through the menu of the voicemail, with keys.

use telephony::menu::{Act, Age, Event, From, Key, Menu, Prompt, Verdict};

fn keys(menu: &mut Menu, typed: &str) -> (Vec<Prompt>, Vec<Act>) {
    let mut all = (Vec::new(), Vec::new());
    for sign in typed.chars() {
        let key = match sign {
            '*' => Key::Star,
            '#' => Key::Hash,
            digit => Key::Digit(digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).expect("a digit")),
        };
        let (said, acts) = menu.step(&Event::Key(key));
        all.0.extend(said);
        all.1.extend(acts);
    }
    all
}

fn at_home(messages: &[Age]) -> Menu {
    Menu::begin(From::OwnLine, messages.to_vec()).0
}

/// FIX-01: the voicemail tells how many messages are new and kept; they are heard, heard again, kept and deleted with keys.
#[test]
fn fix_01_messages_are_heard_kept_and_deleted() {
    let (mut menu, (said, acts)) = Menu::begin(From::OwnLine, vec![Age::New, Age::New, Age::Kept]);
    assert_eq!((said, acts), (vec![Prompt::Counts { new: 2, kept: 1 }, Prompt::Top], vec![]));
    let (said, acts) = keys(&mut menu, "114");
    let play = |at| [Prompt::Play(at), Prompt::Choices];
    assert_eq!(said, [&play(0)[..], &play(0), &[Prompt::Kept], &play(1)].concat());
    assert_eq!(acts, [Act::Keep(0)]);
    let (said, acts) = keys(&mut menu, "52");
    assert_eq!(said, [&[Prompt::Deleted][..], &play(2), &[Prompt::NoMore, Prompt::Top]].concat());
    assert_eq!(acts, [Act::Delete(1)]);
    // What was deleted is not heard again.
    assert_eq!(keys(&mut menu, "12").0, [&play(0)[..], &play(2)].concat());
    assert_eq!(keys(&mut menu, "*").0, [Prompt::Top]);
    assert_eq!(keys(&mut menu, "*"), (vec![Prompt::Goodbye], vec![Act::HangUp]));
    assert!(menu.is_over());
    assert_eq!(keys(&mut menu, "1"), (vec![], vec![]));
}

/// FIX-01: an empty voicemail says so.
#[test]
fn fix_01_an_empty_voicemail() {
    assert_eq!(keys(&mut at_home(&[]), "1").0, [Prompt::NoMore, Prompt::Top]);
}

/// FIX-01: the greeting is recorded, the code changed; what is typed twice unlike is not taken.
#[test]
fn fix_01_greeting_and_code() {
    let mut menu = at_home(&[]);
    assert_eq!(keys(&mut menu, "21"), (vec![Prompt::Settings, Prompt::SpeakGreeting], vec![Act::Record]));
    assert_eq!(menu.step(&Event::Recorded).0, [Prompt::GreetingKept, Prompt::Settings]);
    assert_eq!(keys(&mut menu, "2123#").0, [Prompt::TypeNewCode, Prompt::CodeTooShort, Prompt::TypeNewCode]);
    for easy in ["0000#", "1234#", "987654#"] {
        assert_eq!(keys(&mut menu, easy), (vec![Prompt::CodeTooEasy, Prompt::TypeNewCode], vec![]), "{easy}");
    }
    assert_eq!(keys(&mut menu, "2580#2581#"), (vec![Prompt::TypeAgain, Prompt::NotAlike, Prompt::TypeNewCode], vec![]));
    let (said, acts) = keys(&mut menu, "2580#2580#");
    assert_eq!(said, [Prompt::TypeAgain, Prompt::CodeChanged, Prompt::Settings]);
    assert_eq!(acts, [Act::SetCode("2580".into())]);
    assert_eq!(keys(&mut menu, "2*").0, [Prompt::TypeNewCode, Prompt::Settings]);
    // More digits than a code may have are no code, and nothing of them is taken.
    assert_eq!(keys(&mut menu, "2123456789#").0, [Prompt::TypeNewCode, Prompt::CodeTooShort, Prompt::TypeNewCode]);
}

/// FIX-01: from elsewhere a code is asked for; three wrong ones end the call.
#[test]
fn fix_01_three_wrong_codes_end_the_call() {
    let (mut menu, (said, _)) = Menu::begin(From::Elsewhere, vec![Age::New]);
    assert_eq!(said, [Prompt::TypeCode]);
    assert_eq!(keys(&mut menu, "1234#").1, [Act::CheckCode("1234".into())]);
    assert_eq!(menu.step(&Event::CodeWas(Verdict::Wrong)).0, [Prompt::WrongCode, Prompt::TypeCode]);
    assert_eq!(keys(&mut menu, "12345678901#").1, [Act::CheckCode("123456789".into())]);
    menu.step(&Event::CodeWas(Verdict::Wrong));
    assert_eq!(menu.step(&Event::CodeWas(Verdict::Wrong)), (vec![Prompt::WrongCode, Prompt::Goodbye], vec![Act::HangUp]));
    let (mut menu, _) = Menu::begin(From::Elsewhere, vec![Age::New]);
    keys(&mut menu, "1234#");
    assert_eq!(menu.step(&Event::CodeWas(Verdict::Right)).0, [Prompt::Counts { new: 1, kept: 0 }, Prompt::Top]);
    // A second verdict, which nobody asked for, changes nothing.
    assert_eq!(menu.step(&Event::CodeWas(Verdict::Wrong)), (vec![], vec![]));
}

/// FIX-01: a key that means nothing, and silence, repeat the choices; who says nothing at all is gone.
#[test]
fn fix_01_silence_ends_the_call() {
    let mut menu = at_home(&[Age::New]);
    assert_eq!(keys(&mut menu, "9").0, [Prompt::NotAKey, Prompt::Top]);
    assert_eq!(keys(&mut menu, "17").0[2..], [Prompt::NotAKey, Prompt::Choices]);
    assert_eq!(menu.step(&Event::Silence).0, [Prompt::Choices]);
    assert_eq!(menu.step(&Event::Silence).0, [Prompt::Choices]);
    assert_eq!(menu.step(&Event::Silence), (vec![Prompt::Goodbye], vec![Act::HangUp]));
}
