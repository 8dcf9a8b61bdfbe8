//! How closed lists travel: by the texts that they have in addresses. Browsers read these anyway, and reading each list as
//! JSON would weigh as much again.

/// Has closed lists travel as their texts.
macro_rules! travels_as_text {
    ($list:ty) => {
        impl serde::Serialize for $list {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_ref())
            }
        }

        impl<'de> serde::Deserialize<'de> for $list {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(|_| serde::de::Error::custom("it is not in the list"))
            }
        }
    };
}

pub(in crate::models) use travels_as_text;
