//! Triggers as an offer holds them: flat, and without what is usual, since every page downloads them.

use super::{Moment, Touch, Trigger, usual};
use serde::ser::{Serialize, SerializeMap, Serializer};

impl Serialize for Trigger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.moment.write(&mut map)?;
        number(&mut map, "delay", self.delay, 0.0)?;
        if !self.all.is_empty() {
            map.serialize_entry("all", &self.all)?;
        }
        map.end()
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.write(&mut map)?;
        map.end()
    }
}

impl Serialize for Touch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Moment {
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("on", self.name())?;
        match self {
            Self::Load | Self::ScriptError => Ok(()),
            Self::Dwell { seconds } => number(map, "seconds", *seconds, usual::DWELL_SECONDS),
            Self::Return { seconds } => number(map, "seconds", *seconds, usual::RETURN_SECONDS),
            Self::Idle { seconds } => number(map, "seconds", *seconds, usual::IDLE_SECONDS),
            Self::Scroll { percent } => number(map, "percent", *percent, usual::SCROLL_PERCENT),
            Self::PageViews { count } => number(map, "count", *count, usual::PAGE_VIEWS),
            Self::Visit { count } => number(map, "count", *count, usual::VISITS),
            Self::Click { selector } => map.serialize_entry("selector", selector),
            Self::Copy { selector } => text(map, "selector", selector, ""),
            Self::ExitIntent {
                edge_px,
                armed_after,
                touch,
            } => {
                number(map, "edge_px", *edge_px, usual::EXIT_EDGE_PX)?;
                number(map, "armed_after", *armed_after, usual::EXIT_ARMED_AFTER)?;
                list(map, "touch", touch)
            }
            Self::Visible { selector, percent } => {
                map.serialize_entry("selector", selector)?;
                number(map, "percent", *percent, usual::VISIBLE_PERCENT)
            }
            Self::RageClick {
                clicks,
                within_ms,
                px,
            } => {
                number(map, "clicks", *clicks, usual::RAGE_CLICKS)?;
                number(map, "within_ms", *within_ms, usual::RAGE_WITHIN_MS)?;
                number(map, "px", *px, usual::RAGE_PX)
            }
            Self::Event { name, conditions } => {
                map.serialize_entry("name", name)?;
                list(map, "where", conditions)
            }
            Self::FormAbandon { selector, seconds } => {
                text(map, "selector", selector, usual::FORM)?;
                number(map, "seconds", *seconds, usual::FORM_SECONDS)
            }
        }
    }
}

/// A number that is not the usual one, written without a fraction where it has none.
fn number<M: SerializeMap>(map: &mut M, name: &str, is: f64, usual: f64) -> Result<(), M::Error> {
    if is == usual {
        Ok(())
    } else if is.fract() == 0.0 {
        map.serialize_entry(name, &(is as i64))
    } else {
        map.serialize_entry(name, &is)
    }
}

fn text<M: SerializeMap>(map: &mut M, name: &str, is: &str, usual: &str) -> Result<(), M::Error> {
    if is == usual {
        return Ok(());
    }
    map.serialize_entry(name, is)
}

fn list<M: SerializeMap, T: Serialize>(
    map: &mut M,
    name: &str,
    is: &Vec<T>,
) -> Result<(), M::Error> {
    if is.is_empty() {
        return Ok(());
    }
    map.serialize_entry(name, is)
}
