//! The pages whose content is a file.

use std::borrow::Cow;

use super::layout::Page;

/// Each page by its address.
pub(super) const ALL: [(&str, Page); 10] = [
    (
        "/",
        Page {
            title: "Lumen &amp; Oak: light that stays out of the way",
            description: "Lamps of oiled oak and brushed brass, made to be repaired.",
            content: Cow::Borrowed(include_str!("files/home.html")),
        },
    ),
    (
        "/journal",
        Page {
            title: "Journal · Lumen &amp; Oak",
            description: "Short pieces on light, wood and keeping things.",
            content: Cow::Borrowed(include_str!("files/journal.html")),
        },
    ),
    (
        "/journal/light-for-reading",
        Page {
            title: "How much light does reading need? · Lumen &amp; Oak",
            description: "Less than most lamps give, in a smaller place.",
            content: Cow::Borrowed(include_str!("files/light-for-reading.html")),
        },
    ),
    (
        "/journal/oak-and-brass",
        Page {
            title: "Why oak, and why brass · Lumen &amp; Oak",
            description: "Two materials that look better after ten years than after ten days.",
            content: Cow::Borrowed(include_str!("files/oak-and-brass.html")),
        },
    ),
    (
        "/journal/lamps-worth-repairing",
        Page {
            title: "A lamp worth repairing · Lumen &amp; Oak",
            description: "Four rules that have nothing to do with the light.",
            content: Cow::Borrowed(include_str!("files/lamps-worth-repairing.html")),
        },
    ),
    (
        "/pricing",
        Page {
            title: "Pricing · Lumen &amp; Oak",
            description: "What lamps cost once, and what care costs a year.",
            content: Cow::Borrowed(include_str!("files/pricing.html")),
        },
    ),
    (
        "/sign-up",
        Page {
            title: "Sign up · Lumen &amp; Oak",
            description: "One letter a month from the workshop.",
            content: Cow::Borrowed(include_str!("files/sign-up.html")),
        },
    ),
    (
        "/sign-up/thanks",
        Page {
            title: "Thank you · Lumen &amp; Oak",
            description: "You signed up.",
            content: Cow::Borrowed(include_str!("files/thanks.html")),
        },
    ),
    (
        "/contact",
        Page {
            title: "Contact · Lumen &amp; Oak",
            description: "Ask about a lamp or a part.",
            content: Cow::Borrowed(include_str!("files/contact.html")),
        },
    ),
    (
        "/configure",
        Page {
            title: "Configure a lamp · Lumen &amp; Oak",
            description: "Three choices, one lamp.",
            content: Cow::Borrowed(include_str!("files/configure.html")),
        },
    ),
];

/// For addresses that lead nowhere.
pub(super) const NOT_FOUND: Page = Page {
    title: "Not found · Lumen &amp; Oak",
    description: "There is no page at this address.",
    content: Cow::Borrowed(include_str!("files/not-found.html")),
};
