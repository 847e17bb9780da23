//! Words for the search index: NFKC, lower case, one token a Han character, runs of letters and
//! digits as one token, and how names sound (pinyin and initials).
//!
//! Change [`VERSION`] with anything that changes a token: vaults index anew at their next opening.

use pinyin::ToPinyin as _;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

/// Which way of splitting this is.
pub(crate) const VERSION: u32 = 1;

/// Letters of full pinyin kept from each syllable of a name on; a longer search is cut to it.
const SOUND: usize = 16;
/// Initials kept from each character of a name on.
const INITIALS: usize = 8;

/// One token and where it stands in the text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) place: Range<usize>,
    han: Option<char>,
}

/// Splits a text.
pub(crate) fn split(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut run = false;
    for (start, c) in text.char_indices() {
        let place = start..start + c.len_utf8();
        for folded in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
            if is_han(folded) {
                tokens.push(Token {
                    text: token_of(folded),
                    place: place.clone(),
                    han: Some(folded),
                });
                run = false;
            } else if folded.is_alphanumeric() {
                match tokens.last_mut() {
                    Some(last) if run => {
                        last.text.push(folded);
                        last.place.end = place.end;
                    }
                    _ => tokens.push(Token {
                        text: folded.to_string(),
                        place: place.clone(),
                        han: None,
                    }),
                }
                run = true;
            } else {
                run = false;
            }
        }
    }
    tokens
}

/// Characters beyond the first plane go by their number: SQLite's own tables of letters are older
/// than many of them.
fn token_of(c: char) -> String {
    if u32::from(c) > 0xFFFF {
        format!("u{:x}", u32::from(c))
    } else {
        c.to_string()
    }
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c),
        0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF)
}

/// The tokens as the index takes them.
pub(crate) fn indexed<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for text in texts {
        for token in split(text) {
            push(&mut out, &token.text);
        }
        // Keeps a phrase from reaching from one entry into the next.
        push(&mut out, "zzzz0");
    }
    out
}

/// A number as it stands, and without anything but letters and digits: `ZL 2021 1 0123456.7` is
/// found as `ZL202110123456.7` too.
pub(crate) fn indexed_numbers<'a>(numbers: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for number in numbers {
        for token in split(number) {
            push(&mut out, &token.text);
        }
        push(&mut out, &run_together(number));
    }
    out
}

/// Letters and digits of a text without what stands between them.
pub(crate) fn run_together(text: &str) -> String {
    split(text).into_iter().map(|token| token.text).collect()
}

/// How names sound from each of their characters on: full pinyin and initials.
pub(crate) fn sounds<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for name in names {
        let tokens = split(name);
        for at in 0..tokens.len() {
            let (full, initials) = sound_from(&tokens[at..]);
            if !full.is_empty() {
                push(&mut out, &full);
                push(&mut out, &initials);
            }
        }
    }
    out
}

/// What the tokens sound like, cut to what the index keeps; empty unless the first is a Han
/// character.
fn sound_from(tokens: &[Token]) -> (String, String) {
    let (mut full, mut initials) = (String::new(), String::new());
    if tokens.first().is_none_or(|token| token.han.is_none()) {
        return (full, initials);
    }
    for token in tokens {
        match token.han.map(|c| c.to_pinyin()) {
            Some(Some(pinyin)) => {
                full.push_str(pinyin.plain());
                initials.push_str(pinyin.first_letter());
            }
            Some(None) => break,
            None => {
                full.push_str(&token.text);
                initials.push_str(&token.text);
            }
        }
        if full.len() >= SOUND && initials.len() >= INITIALS {
            break;
        }
    }
    (cut(full, SOUND), cut(initials, INITIALS))
}

fn cut(mut text: String, most: usize) -> String {
    if let Some((at, _)) = text.char_indices().nth(most) {
        text.truncate(at);
    }
    text
}

fn push(out: &mut String, token: &str) {
    if token.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(token);
}

/// What a person looks for: every term has to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted(Vec<Term>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    tokens: Vec<String>,
    /// The last token may go on: a word being typed.
    open: bool,
    /// The term as pinyin or initials.
    sound: Option<String>,
    /// The term without what stands between its letters and digits, for numbers.
    together: Option<String>,
}

impl Wanted {
    /// Reads what was typed; `None` when there is nothing to look for in it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let terms: Vec<_> = text.split_whitespace().filter_map(Term::read).collect();
        (!terms.is_empty()).then_some(Self(terms))
    }

    /// As FTS5 takes it. Every token comes from [`split`]: letters and digits only, so nothing
    /// that was typed is read as an operator.
    pub(crate) fn expression(&self) -> String {
        let terms: Vec<_> = self.0.iter().map(Term::expression).collect();
        terms.join(" AND ")
    }

    /// Where the text has what is looked for, in bytes, in order and without overlap.
    pub(crate) fn places(&self, text: &str, sounds: bool) -> Vec<Range<usize>> {
        let tokens = split(text);
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let length = self
                .0
                .iter()
                .filter_map(|term| term.length(&tokens[at..], sounds))
                .max();
            match length {
                Some(length) => {
                    found.push(tokens[at].place.start..tokens[at + length - 1].place.end);
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }
}

impl Term {
    fn read(text: &str) -> Option<Self> {
        let split = split(text);
        let last = split.last()?;
        let open = last.han.is_none();
        let tokens: Vec<_> = split.iter().map(|token| token.text.clone()).collect();
        let together: String = tokens.concat();
        let latin = together.chars().all(|c| c.is_ascii_lowercase());
        let number = split.iter().all(|token| token.han.is_none())
            && together.chars().any(|c| c.is_ascii_digit());
        Some(Self {
            tokens,
            open,
            sound: latin.then(|| cut(together.clone(), SOUND)),
            together: number.then_some(together),
        })
    }

    fn expression(&self) -> String {
        let mut ways = vec![format!(
            "{{name summary units people numbers evidence}} : \"{}\"{}",
            self.tokens.join(" "),
            if self.open { " *" } else { "" }
        )];
        if let Some(sound) = &self.sound {
            ways.push(format!("sound : \"{sound}\" *"));
        }
        // In one piece the first way finds it too.
        if let Some(together) = self.together.as_ref().filter(|_| self.tokens.len() > 1) {
            ways.push(format!("numbers : \"{together}\" *"));
        }
        format!("({})", ways.join(" OR "))
    }

    /// How many tokens from the first on are this term.
    fn length(&self, tokens: &[Token], sounds: bool) -> Option<usize> {
        let same = tokens.len() >= self.tokens.len()
            && self.tokens.iter().enumerate().all(|(n, wanted)| {
                let here = &tokens[n].text;
                if self.open && n + 1 == self.tokens.len() {
                    here.starts_with(wanted.as_str())
                } else {
                    here == wanted
                }
            });
        if same {
            return Some(self.tokens.len());
        }
        if let Some(together) = &self.together {
            let mut so_far = String::new();
            for (n, token) in tokens.iter().enumerate().take(together.len()) {
                so_far.push_str(&token.text);
                if so_far.starts_with(together.as_str()) {
                    return Some(n + 1);
                }
                if !together.starts_with(&so_far) {
                    break;
                }
            }
        }
        let wanted = self.sound.as_deref().filter(|_| sounds)?;
        let (full, initials) = sound_from(tokens);
        if full.is_empty() {
            return None;
        }
        if initials.starts_with(wanted) {
            return Some(wanted.len().min(tokens.len()));
        }
        full.starts_with(wanted).then(|| {
            let mut letters = 0;
            tokens
                .iter()
                .take_while(|token| {
                    let goes_on = letters < wanted.len();
                    letters += token
                        .han
                        .and_then(|c| c.to_pinyin())
                        .map_or(token.text.len(), |pinyin| pinyin.plain().len());
                    goes_on
                })
                .count()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(query: &str, text: &str) -> Vec<String> {
        let wanted = Wanted::read(query).expect("something to look for");
        wanted
            .places(text, true)
            .into_iter()
            .map(|place| text[place].to_owned())
            .collect()
    }

    #[test]
    fn one_token_a_han_character_and_one_a_run_of_letters_and_digits() {
        let texts: Vec<_> = split("深海ＡＵＶ-6000型")
            .into_iter()
            .map(|token| token.text)
            .collect();
        assert_eq!(texts, ["深", "海", "auv", "6000", "型"]);
        let rare: Vec<_> = split("𬭚").into_iter().map(|token| token.text).collect();
        assert_eq!(rare, ["u2cb5a"]);
    }

    #[test]
    fn what_was_typed_is_never_read_as_an_operator() {
        let wanted = Wanted::read("name:\"海\" OR NOT *").expect("words");
        assert_eq!(wanted.expression().matches(" OR ").count(), 2);
        assert!(!wanted.expression().contains("name:"));
        assert_eq!(Wanted::read(" \"*() "), None);
    }

    #[test]
    fn a_name_is_found_by_a_part_its_pinyin_and_its_initials() {
        let name = "深海浮力材料制备技术";
        assert_eq!(marked("浮力", name), ["浮力"]);
        assert_eq!(marked("fulicai", name), ["浮力材"]);
        assert_eq!(marked("flcl", name), ["浮力材料"]);
        assert_eq!(marked("fuli 技术", name), ["浮力", "技术"]);
        assert!(marked("力浮", name).is_empty());
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        let there = "ZL 2021 1 0123456.7";
        for query in ["ZL202110123456.7", "zl2021101", "ZL 2021"] {
            assert_eq!(
                marked(query, there).concat().get(..2),
                Some("ZL"),
                "{query}"
            );
        }
        assert_eq!(marked("ZL202110123456.7", there), [there]);
        let index = indexed_numbers([there]);
        assert!(index.ends_with(" zl2021101234567"), "{index}");
    }
}
