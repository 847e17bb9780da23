//! What a scanner can be asked for, out of what `scanimage -A` prints.

use crate::Mode;

/// The words that an option takes: `--mode Lineart|Gray|Color [Gray]`.
pub(crate) fn words(options: &str, name: &str) -> Vec<String> {
    let Some(line) = options.lines().map(str::trim_start).find(|line| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(' '))
    }) else {
        return Vec::new();
    };
    let values = line[name.len()..].split('[').next().unwrap_or_default();
    values
        .split('|')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The scanner's word for a mode, the nearest that it has.
pub(crate) fn mode(known: &[String], wanted: Mode) -> Option<&str> {
    let with = |part: &str| {
        known
            .iter()
            .find(|word| word.to_lowercase().contains(part))
            .map(String::as_str)
    };
    let (line, gray, color) = (
        with("lineart")
            .or_else(|| with("black"))
            .or_else(|| with("binary")),
        with("gray").or_else(|| with("grey")),
        with("color").or_else(|| with("colour")),
    );
    match wanted {
        Mode::Lineart => line.or(gray),
        Mode::Gray => gray.or(color),
        Mode::Color => color.or(gray),
    }
}

/// The scanner's word for feeder or glass; `None` when it names no sources.
pub(crate) fn source(known: &[String], feeder: bool) -> Option<&str> {
    let is_feeder = |word: &str| {
        let word = word.to_lowercase();
        word.contains("feeder") || word.contains("adf")
    };
    known
        .iter()
        .find(|word| is_feeder(word) == feeder)
        .map(String::as_str)
}

/// The resolution that it has, nearest to the wanted one: a list, or a range.
pub(crate) fn resolution(options: &str, wanted: u16) -> u16 {
    let number = |text: &str| -> Option<u16> {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let known = words(options, "--resolution");
    if let [range] = known.as_slice()
        && let Some((from, to)) = range.split_once("..")
        && let (Some(from), Some(to)) = (number(from), number(to))
        && from <= to
    {
        return wanted.clamp(from, to);
    }
    known
        .iter()
        .filter_map(|word| number(word))
        .min_by_key(|known| known.abs_diff(wanted))
        .unwrap_or(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: &str = "  Scan Mode:
    --mode Lineart|Gray|24bit Color [Gray]
        Selects the scan mode.
    --mode-extra x|y [x]
    --resolution 75|150|300|600dpi [75]
    --source Flatbed|ADF Front|ADF Duplex [Flatbed]";

    #[test]
    fn the_nearest_that_a_scanner_has_is_asked_for() {
        let modes = words(OPTIONS, "--mode");
        assert_eq!(mode(&modes, Mode::Lineart), Some("Lineart"));
        assert_eq!(mode(&modes, Mode::Color), Some("24bit Color"));
        assert_eq!(mode(&["Gray".to_owned()], Mode::Lineart), Some("Gray"));
        assert_eq!(mode(&[], Mode::Gray), None);
        let sources = words(OPTIONS, "--source");
        assert_eq!(source(&sources, true), Some("ADF Front"));
        assert_eq!(source(&sources, false), Some("Flatbed"));
        assert_eq!(source(&["Flatbed".to_owned()], true), None);
        assert_eq!(resolution(OPTIONS, 200), 150);
        assert_eq!(
            resolution("--resolution 1..1200dpi (in steps of 1) [50]", 200),
            200
        );
        assert_eq!(resolution("--resolution 50..100dpi [50]", 200), 100);
        assert_eq!(resolution("", 200), 200);
    }
}
