//! The collection: lamps by room. Its tabs change the address without loading a page, and each address also works
//! when it is loaded.

use std::{borrow::Cow, fmt::Write};

use strum::{AsRefStr, EnumIter, EnumString, IntoEnumIterator};

use super::layout::Page;

/// Where a lamp belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "lowercase")]
pub(super) enum Room {
    Desk,
    Floor,
    Wall,
}

struct Lamp {
    name: &'static str,
    room: Room,
    price: &'static str,
    text: &'static str,
}

const LAMPS: [Lamp; 6] = [
    Lamp {
        name: "Fable",
        room: Room::Desk,
        price: "189 €",
        text: "Turns in the elbow and at the foot, and stays where you leave it.",
    },
    Lamp {
        name: "Fable, small", room: Room::Desk, price: "159 €", text: "The same for a desk that is mostly screen."
    },
    Lamp {
        name: "Heron",
        room: Room::Floor,
        price: "349 €",
        text: "Stands on one foot beside the chair and looks over your shoulder.",
    },
    Lamp {
        name: "Heron, wide",
        room: Room::Floor,
        price: "379 €",
        text: "A broader shade, for two chairs and a conversation.",
    },
    Lamp {
        name: "Latch",
        room: Room::Wall,
        price: "129 €",
        text: "Folds flat against the wall when somebody comes through with a ladder.",
    },
    Lamp {
        name: "Latch, pair",
        room: Room::Wall,
        price: "239 €",
        text: "Left and right of a bed, each with a switch that can be found in the dark.",
    },
];

impl Room {
    fn tab(self) -> &'static str {
        match self {
            Self::Desk => "Desk",
            Self::Floor => "Floor",
            Self::Wall => "Wall",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Desk => "Lamps for the desk · Lumen &amp; Oak",
            Self::Floor => "Lamps beside the chair · Lumen &amp; Oak",
            Self::Wall => "Lamps on the wall · Lumen &amp; Oak",
        }
    }
}

const TITLE: &str = "Collection · Lumen &amp; Oak";

/// The lamps of a room, or all.
pub(super) fn page(room: Option<Room>) -> Page {
    Page {
        title: room.map_or(TITLE, Room::title),
        description: "Six lamps for the desk, the chair and the wall.",
        content: Cow::Owned(content(room)),
    }
}

fn content(shown: Option<Room>) -> String {
    let tabs: String =
        std::iter::once(tab(None, shown)).chain(Room::iter().map(|room| tab(Some(room), shown))).collect();
    let lamps: String = LAMPS.iter().map(|lamp| card(lamp, shown)).collect();
    format!(
        "<h1>Collection</h1>\n<p class=\"lead\">Six lamps, one key.</p>\n<div id=\"rooms\">\n\
         <nav aria-label=\"Rooms\">\n{tabs}</nav>\n<ul class=\"cards\">\n{lamps}</ul>\n</div>\n"
    )
}

fn tab(room: Option<Room>, shown: Option<Room>) -> String {
    let key = room.as_ref().map_or("", Room::as_ref);
    let mut tab = String::from("<a href=\"/collection");
    if room.is_some() {
        tab.push('/');
    }
    let current = if room == shown { " aria-current=\"page\"" } else { "" };
    let (title, text) = (room.map_or(TITLE, Room::title), room.map_or("All", Room::tab));
    let _ = writeln!(tab, "{key}\" data-tab=\"{key}\" data-title=\"{title}\"{current}>{text}</a>");
    tab
}

fn card(lamp: &Lamp, shown: Option<Room>) -> String {
    let Lamp { name, room, price, text } = lamp;
    let hidden = if shown.is_some_and(|shown| shown != *room) { " hidden" } else { "" };
    let room = room.as_ref();
    format!(
        "<li class=\"card\" data-room=\"{room}\"{hidden}><svg viewBox=\"0 0 160 200\" aria-hidden=\"true\">\
         <use href=\"/lamps.svg#{room}\"/></svg><h2>{name}</h2><p>{text}</p><p class=\"price\">{price}</p>\
         <p><a class=\"button quiet\" href=\"/configure\">Configure</a></p></li>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_room_shows_its_own_lamps_when_its_address_is_loaded() {
        for room in Room::iter() {
            let html = content(Some(room));
            let own = format!("data-room=\"{}\">", room.as_ref());
            assert_eq!(html.matches(&own).count(), 2, "{html}");
            assert_eq!(html.matches(" hidden>").count(), 4);
            assert_eq!(html.matches("aria-current").count(), 1);
        }
        assert!(!content(None).contains(" hidden>"));
    }
}
