//! What a name and a password may be. The forms say the same; browsers are not relied on.

use app::models::account::SignInProblem;

use super::passwords::Password;

/// Longest name of an account, in characters.
const LONGEST_NAME: usize = 100;
/// How long a password may be, in characters. The upper limit keeps the hashing of nonsense short.
const PASSWORD: std::ops::RangeInclusive<usize> = 10..=200;

/// Whether an account may be called and protected like this.
pub(super) fn check(name: &str, password: &Password, again: &Password) -> Result<(), SignInProblem> {
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        Err(SignInProblem::NameInvalid)
    } else if !PASSWORD.contains(&password.chars()) {
        Err(SignInProblem::PasswordInvalid)
    } else if !password.is(again) {
        Err(SignInProblem::PasswordsDiffer)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn checked(name: &str, password: &str, again: &str) -> Result<(), SignInProblem> {
        check(name, &Password::typed(password.into()), &Password::typed(again.into()))
    }

    #[rstest]
    #[case("owner", "0123456789", "0123456789", Ok(()))]
    #[case("Änne", "ääääääääää", "ääääääääää", Ok(()))]
    #[case("", "0123456789", "0123456789", Err(SignInProblem::NameInvalid))]
    #[case("a\nb", "0123456789", "0123456789", Err(SignInProblem::NameInvalid))]
    #[case("owner", "012345678", "012345678", Err(SignInProblem::PasswordInvalid))]
    #[case("owner", "0123456789", "0123456788", Err(SignInProblem::PasswordsDiffer))]
    fn names_and_passwords(
        #[case] name: &str,
        #[case] password: &str,
        #[case] again: &str,
        #[case] expected: Result<(), SignInProblem>,
    ) {
        assert_eq!(checked(name, password, again), expected);
    }

    #[test]
    fn there_are_upper_limits() {
        let long = "x".repeat(201);
        assert_eq!(checked("owner", &long, &long), Err(SignInProblem::PasswordInvalid));
        assert_eq!(checked(&"x".repeat(101), "0123456789", "0123456789"), Err(SignInProblem::NameInvalid));
    }
}
