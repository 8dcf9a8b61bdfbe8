//! Ids as the tracker makes them.

use serde::{Deserialize, Deserializer, de::Error};
use uuid::Uuid;

/// 128 random bits, as the tracker writes them: four decimal numbers of 32 bits with dashes between. A UUID is one too.
pub(super) struct RandomId(pub(super) Uuid);

impl<'de> Deserialize<'de> for RandomId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        random_id(&text).map(Self).ok_or_else(|| D::Error::custom("not an id"))
    }
}

/// Reads one, `None` if it is none.
pub(super) fn random_id(text: &str) -> Option<Uuid> {
    let mut words = text.split('-').map(str::parse::<u32>);
    if let (Some(Ok(a)), Some(Ok(b)), Some(Ok(c)), Some(Ok(d)), None) =
        (words.next(), words.next(), words.next(), words.next(), words.next())
    {
        return Some(Uuid::from_u128([a, b, c, d].iter().fold(0, |id, &word| (id << 32) | u128::from(word))));
    }
    Uuid::try_parse(text).ok()
}
