//! Classes as a text asks for them.
//!
//! ```text
//! expression = part { "or" part }  |  part { ( "and" | "not" | "and not" ) part }        not both in one
//! part       = class | "not" class
//! class      = its number, counted from 0  |  its name, in either language of the page
//! ```
//!
//! "or" joins classes as they are, so none of its parts begins with "not".

use super::{Run, Session, condition, config::CUSTOM};
use crate::{
    data::DATA,
    error::{Error, Result},
    models::composition::Asked,
};

/// Longest part of a text that an error quotes, in characters.
const QUOTED: usize = 60;

impl Session {
    /// The classes that `text` asks for; all of them where there is none.
    ///
    /// # Errors
    /// [`Error::BadExpression`] where it is none, [`Error::UnknownId`] and [`Error::NoSuchClass`] where there is no such class, and those of
    /// [`condition::checked`].
    pub fn asked(&self, text: Option<&str>) -> Result<Asked> {
        let run = self.run()?;
        let Some(text) = text else { return Ok(Asked::All) };
        let asked = parse(text, &self.names(run), run.data.space().classes)?;
        condition::checked(run.choice.model, &run.choice.settings, &asked, run.data.space().classes)?;
        Ok(asked)
    }

    /// Each name of a class, with its number.
    fn names(&self, run: &Run) -> Vec<(String, usize)> {
        let own = self.own().filter(|_| run.choice.data == CUSTOM);
        if let Some(classes) = own.and_then(|own| own.classes.as_ref()) {
            let names = classes.names.iter().enumerate();
            return names.map(|(class, name)| (name.clone(), class)).collect();
        }
        let known = DATA.iter().find(|spec| spec.id == run.choice.data);
        let names = known.map_or(&[][..], |spec| spec.class_names).iter().enumerate();
        names
            .flat_map(|(class, name)| [(name.en.to_owned(), class), (name.zh.to_owned(), class)])
            .collect()
    }
}

/// How one part follows another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    Or,
}

fn parse(text: &str, names: &[(String, usize)], classes: usize) -> Result<Asked> {
    let bad = || Error::BadExpression { text: quoted(text) };
    let mut rest = text.trim();
    let (mut of, mut without) = (Vec::new(), Vec::new());
    let mut joints = Vec::new();
    loop {
        let left_out = word(rest, "not");
        rest = left_out.unwrap_or(rest);
        let (class, after) = class(rest, names)?.ok_or_else(bad)?;
        match left_out {
            Some(_) => without.push(class),
            None => of.push(class),
        }
        rest = after;
        if rest.is_empty() {
            break;
        }
        let (joint, after) = match (word(rest, "and"), word(rest, "or"), word(rest, "not")) {
            (Some(after), _, _) => (Joint::And, after),
            (_, Some(after), _) => (Joint::Or, after),
            (_, _, Some(_)) => (Joint::And, rest),
            _ => return Err(bad()),
        };
        joints.push(joint);
        rest = after;
    }
    for &class in of.iter().chain(&without) {
        if class >= classes {
            return Err(Error::NoSuchClass { class, classes });
        }
    }
    match joints.contains(&Joint::Or) {
        true if joints.contains(&Joint::And) || !without.is_empty() => Err(bad()),
        true => Ok(Asked::any(of)),
        false if of.is_empty() && (0..classes).all(|class| without.contains(&class)) => Err(bad()),
        false => Ok(Asked::product(of, without, classes)),
    }
}

/// What follows `word` at the start of `text`, where it stands there by itself.
fn word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    let rest = &text[word.len()..];
    (head.eq_ignore_ascii_case(word) && ends(rest)).then(|| rest.trim_start())
}

/// Whether a word ends where `rest` begins.
fn ends(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
}

/// The class at the start of `text` and what follows; of several names that fit the longest.
fn class<'a>(text: &'a str, names: &[(String, usize)]) -> Result<Option<(usize, &'a str)>> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(digits);
    if !number.is_empty() && ends(rest) {
        // a number too long for one is that of no class
        let class = number.parse::<u32>().unwrap_or(u32::MAX) as usize;
        return Ok(Some((class, rest.trim_start())));
    }
    let fits = |name: &str| {
        let head = text.get(..name.len())?;
        let rest = &text[name.len()..];
        (head.to_lowercase() == name.to_lowercase() && ends(rest)).then(|| rest.trim_start())
    };
    let found = names.iter().filter(|(name, _)| !name.is_empty());
    let found = found.filter_map(|(name, class)| Some((name.len(), *class, fits(name)?)));
    if let Some((_, class, rest)) = found.max_by_key(|(length, ..)| *length) {
        return Ok(Some((class, rest)));
    }
    let unknown = text.split_whitespace().next();
    let operator = ["and", "or", "not"]
        .iter()
        .any(|operator| word(text, operator).is_some());
    match unknown {
        Some(id) if !operator && !names.is_empty() => Err(Error::UnknownId {
            what: "class",
            id: quoted(id),
            known: names
                .iter()
                .map(|(name, _)| name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        }),
        _ => Ok(None),
    }
}

fn quoted(text: &str) -> String {
    let kept: String = text.chars().take(QUOTED).collect();
    if kept.len() < text.len() { kept + "…" } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::composition::Product;

    fn read(text: &str) -> Result<Asked> {
        let names = ["upper moon", "上面的月牙", "Adelie", "moon"].map(String::from);
        parse(text, &names.into_iter().zip([0, 0, 1, 2]).collect::<Vec<_>>(), 5)
    }

    fn product(of: &[usize], without: &[usize]) -> Asked {
        Asked::Product(Product {
            of: of.to_vec(),
            without: without.to_vec(),
        })
    }

    #[test]
    fn expressions_are_read_as_they_are_meant() {
        for (text, expected) in [
            ("3", Asked::Class(3)),
            (" 3 or 3 ", Asked::Class(3)),
            ("4 or 2 or 3", Asked::Any(vec![2, 3, 4])),
            ("0 and 3", product(&[0, 3], &[])),
            ("3 and 3", product(&[3, 3], &[])),
            ("1 not 4", product(&[1], &[4])),
            ("1 AND not 4 and 2", product(&[1, 2], &[4])),
            ("not 4 and 1", product(&[1], &[4])),
            ("not 4", Asked::Any(vec![0, 1, 2, 3])),
            ("not 1 not 4", Asked::Any(vec![0, 2, 3])),
            ("Upper Moon and adelie", product(&[0, 1], &[])),
            ("上面的月牙 or moon", Asked::Any(vec![0, 2])),
        ] {
            assert_eq!(read(text).as_ref(), Ok(&expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_expression_is_refused_by_what_is_wrong_with_it() {
        for (text, code) in [
            ("", "bad_expression"),
            ("and", "bad_expression"),
            ("0 and", "bad_expression"),
            ("0 3", "bad_expression"),
            ("0 or 1 and 2", "bad_expression"),
            ("0 or not 2", "bad_expression"),
            ("not 0 not 1 not 2 not 3 not 4", "bad_expression"),
            ("-1", "unknown_id"),
            ("0and 3", "unknown_id"),
            ("Gentoo", "unknown_id"),
            ("5", "no_such_class"),
            ("0 not 99999999999999999999", "no_such_class"),
        ] {
            assert_eq!(read(text).map_err(|error| error.code()), Err(code), "{text}");
        }
        assert_eq!(
            parse("blue", &[], 2).map_err(|error| error.code()),
            Err("bad_expression")
        );
    }
}
