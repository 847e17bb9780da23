//! The declaration as JSON, part by part: how a cell's value gets in and out.

use luguo_domain::Declaration;
use serde_json::{Map, Value};

/// The declaration that cells are put into.
#[derive(Debug, Default)]
pub(super) struct Parts(Map<String, Value>);

impl Parts {
    /// Puts a value where a pointer such as `/rights/3/title` says.
    pub(super) fn put(&mut self, path: &str, value: Value) {
        let mut steps = path.trim_start_matches('/').split('/');
        let first = steps.next().unwrap_or_default();
        let mut place = self.0.entry(first).or_insert(Value::Null);
        for step in steps {
            place = match step.parse::<usize>() {
                Ok(index) => at(place, index),
                Err(_) => under(place, step),
            };
        }
        *place = value;
    }

    /// Adds a value to a list.
    pub(super) fn add(&mut self, path: &str, value: Value) {
        let key = path.trim_start_matches('/');
        let list = self
            .0
            .entry(key)
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(value);
        }
    }

    /// The declaration, with the rows that were left blank between others left out.
    pub(super) fn declaration(self) -> Declaration {
        let mut whole = Value::Object(self.0);
        without_gaps(&mut whole);
        serde_json::from_value(whole).expect("every value was made by the kind of its cell")
    }
}

fn at(place: &mut Value, index: usize) -> &mut Value {
    if !place.is_array() {
        *place = Value::Array(Vec::new());
    }
    let Value::Array(list) = place else {
        unreachable!("it was made a list above")
    };
    if list.len() <= index {
        list.resize(index + 1, Value::Null);
    }
    &mut list[index]
}

fn under<'a>(place: &'a mut Value, key: &str) -> &'a mut Value {
    if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    let Value::Object(map) = place else {
        unreachable!("it was made an object above")
    };
    map.entry(key).or_insert(Value::Null)
}

fn without_gaps(value: &mut Value) {
    match value {
        Value::Array(list) => list.retain(|entry| !entry.is_null()),
        Value::Object(map) => map.values_mut().for_each(without_gaps),
        _ => {}
    }
}

/// What stands at a pointer of a declaration's JSON; nothing for a blank.
pub(super) fn part<'a>(whole: &'a Value, path: &str) -> Option<&'a Value> {
    whole.pointer(path).filter(|value| match value {
        Value::Null => false,
        Value::String(words) => !words.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_left_blank_between_others_is_left_out() {
        let mut parts = Parts::default();
        parts.put("/rights/0/title", "甲".into());
        parts.put("/rights/2/title", "乙".into());
        parts.put("/ownership/holders/1/name", "丙".into());
        let form = parts.declaration();
        let titles: Vec<_> = form
            .rights
            .iter()
            .map(|right| right.title.as_str())
            .collect();
        assert_eq!(titles, ["甲", "乙"]);
        assert_eq!(form.ownership.holders.len(), 1);
    }

    #[test]
    fn a_form_without_cells_is_blank() {
        assert_eq!(Parts::default().declaration(), Declaration::default());
    }
}
