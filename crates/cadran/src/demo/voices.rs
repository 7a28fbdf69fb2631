//! What was left on the voicemails of a demonstration.

use demo::DemoOperator;
use operations::{
    House, Scope,
    voicemail::{self, Left},
};
use vocabulary::{E164, OperatorId};

/// Leaves the messages of an operator, as long before now as they say, for lines that have none.
pub(super) async fn leave(house: &House, id: OperatorId, operator: &DemoOperator) -> anyhow::Result<()> {
    let now = house.clock.now();
    for voicemail in &operator.voicemails {
        let number: E164 = voicemail.number.parse()?;
        let found = house.store.scoped(Scope::operator(id)).telephony_of(&[number]).await?;
        let Some(line) = found.first().map(|found| found.line) else { continue };
        let mut messages = Vec::new();
        for message in &voicemail.messages {
            let caller = message.caller.as_deref().map(str::parse).transpose()?;
            let left = Left { caller, bytes: message.sound.clone() };
            messages.push((left, now.plus_seconds(-60 * message.minutes_ago), message.is_kept));
        }
        voicemail::set_up(house, id, line, messages).await?;
    }
    Ok(())
}
