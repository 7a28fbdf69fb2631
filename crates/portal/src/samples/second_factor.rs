//! What protects one's own login, made up.

use super::at;
use crate::{
    Page,
    second_factor::{FactorDone, FactorRefusal, RecoveryMade, RecoveryPage, SecondFactorPage},
    sign_in::CodePage,
};
use askama::DynTemplate;
use operations::{
    KeptPasskey,
    passkey::PasskeyRefusal,
    second_factor::{CodeRefusal, Codes, Missing, RecoveryCodes, SecondFactor, Setup},
};
use vocabulary::PasskeyId;

/// Each state of the page.
pub(super) fn second_factor(page: impl Fn() -> Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let passkey = |id, name: &str, used| KeptPasskey {
        id: PasskeyId(id),
        host: "bellerive.example".to_owned(),
        user_handle: String::new(),
        credential: String::new(),
        name: name.to_owned(),
        made: at(2, 9, 30, 0),
        used,
    };
    let passkeys = || vec![passkey(1, "Téléphone", Some(at(21, 7, 10, 0))), passkey(2, "Ordinateur du bureau", None)];
    let shown = |codes, is_required| SecondFactorPage {
        page: page(),
        factor: SecondFactor {
            codes,
            recovery_left: 9,
            passkeys: passkeys(),
            is_required,
            missing: is_required.then_some(Missing::Codes),
        },
        done: None,
        refusal: None,
    };
    let setup = || Setup {
        secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned().into(),
        address: "otpauth://totp/Bellerive:claire?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bellerive".to_owned().into(),
    };
    let wrong = Some(FactorRefusal::Codes(CodeRefusal::WrongCode));
    let unknown = Some(FactorRefusal::Adding(PasskeyRefusal::Unknown));
    vec![
        ("factor-off", Box::new(SecondFactorPage { done: Some(FactorDone::CodesEnded), ..shown(Codes::Off, false) })),
        ("factor-required", Box::new(shown(Codes::Off, true))),
        ("factor-begun", Box::new(SecondFactorPage { refusal: wrong, ..shown(Codes::Begun(setup()), false) })),
        ("factor-on", Box::new(SecondFactorPage { refusal: unknown, ..shown(Codes::On(at(20, 8, 0, 0)), false) })),
    ]
}

/// Ten codes.
pub(super) fn recovery(page: Page) -> RecoveryPage {
    let codes = (0..10).map(|code| format!("7K2M-Q9TD-HX4{code}-WNR8").into()).collect();
    RecoveryPage { page, codes: RecoveryCodes(codes), made: RecoveryMade::First, next: "/account/second-factor" }
}

/// The second step of signing in.
pub(super) fn code(page: Page) -> CodePage {
    let refusal = Some(crate::second_factor::code_words(&page, CodeRefusal::WrongCode));
    CodePage { page, name: "Claire Muller".to_owned(), next: "/".to_owned(), refusal }
}
