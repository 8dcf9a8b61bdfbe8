//! How long a part of a page may take: one that is slow must not keep the others, nor the list.

use std::time::Duration;

use app::services::{NoFacet, Unavailable};
use tokio::time::timeout;

/// How long a facet may take: longer than the first question after a start about the pages of a million sessions
/// (docs/benchmarks.md). Days go on being read, so that whoever tries again finds them.
const FACET: Duration = Duration::from_secs(8);

/// A facet, if it is there in time.
pub(super) async fn in_time<T>(facet: impl Future<Output = Result<T, Unavailable>>) -> Result<T, NoFacet> {
    match timeout(FACET, facet).await {
        Ok(answer) => answer.map_err(|Unavailable| NoFacet::Unavailable),
        Err(_) => {
            tracing::warn!("the values of a facet took too long");
            Err(NoFacet::TooSlow)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use app::models::{facet::Facet, query::Dimension};
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_facet_that_takes_too_long_is_given_up_and_the_others_are_not() {
        let began = Instant::now();
        let quick = Facet { dimension: Dimension::Country, values: Vec::new(), others: 0 };
        let (slow, there, failed) = tokio::join!(
            in_time(pending::<Result<Facet, _>>()),
            in_time(async { Ok(quick.clone()) }),
            in_time(async { Err::<Facet, _>(Unavailable) }),
        );
        assert_eq!((slow, there, failed), (Err(NoFacet::TooSlow), Ok(quick), Err(NoFacet::Unavailable)));
        assert!((FACET..FACET * 2).contains(&began.elapsed()), "{:?}", began.elapsed());
    }
}
