//! The rules for paths of the demo: there are none, as no server would keep them, but what one would join can be seen.

use std::collections::BTreeMap;

use super::{sessions::of_site, site::load_site};
use crate::models::{
    error::AppError,
    ids::SiteId,
    path_rule::{PathRules, PathViews, RulesShown},
};

/// What a pattern would join.
pub async fn load_rules(site: SiteId, typed: String) -> Result<RulesShown, AppError> {
    let site = load_site(site).await?.id;
    let mut views: BTreeMap<String, u64> = BTreeMap::new();
    for page in of_site(site).iter().filter(|detail| detail.session.bot.is_none()).flat_map(|detail| detail.pages()) {
        *views.entry(page.path.clone()).or_default() += 1;
    }
    let paths = views.into_iter().map(|(path, views)| PathViews { path, views }).collect();
    Ok(RulesShown::of(&PathRules::default(), paths, &typed))
}
