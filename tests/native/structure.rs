//! Arrows run one way: no circle of files in either crate.
//!
//! A file points at each file whose items it names. A re-export is a sign at the door, not an arrow: who names an item through it points at the
//! file behind.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use syn::{
    UseTree, Visibility,
    visit::{self, Visit},
};

/// A module's path from the crate's root, as in `["models", "energy"]`.
type Module = Vec<String>;

/// The names that a file takes from elsewhere, as absolute paths.
#[derive(Default)]
struct Named {
    module: Module,
    /// `mod` items of this file with a body here: what they name belongs to it.
    inline: Vec<String>,
    children: BTreeSet<String>,
    /// What stands here under a name of elsewhere, for others and, in a module, for its children.
    signs: Vec<(String, Module)>,
    paths: Vec<Module>,
}

impl Named {
    fn of(module: Module, text: &str) -> Self {
        let file = syn::parse_file(text).expect("the crate compiles");
        let children = file.items.iter().filter_map(|item| match item {
            syn::Item::Mod(child) if child.content.is_none() => Some(child.ident.to_string()),
            _ => None,
        });
        let mut named = Self {
            children: children.collect(),
            module,
            ..Self::default()
        };
        named.visit_file(&file);
        named
    }

    /// The absolute path behind one written here; none where it leads out of the crate.
    fn absolute(&self, written: &[String]) -> Option<Module> {
        let mut here = [self.module.as_slice(), &self.inline].concat();
        let mut rest = written;
        match rest.first()?.as_str() {
            "crate" => here.clear(),
            "self" => {}
            "super" => {
                here.pop();
                while rest.get(1).is_some_and(|part| part == "super") {
                    here.pop();
                    rest = &rest[1..];
                }
            }
            child if self.inline.is_empty() && self.children.contains(child) => {
                return Some([here.as_slice(), rest].concat());
            }
            _ => return None,
        }
        Some([here.as_slice(), &rest[1..]].concat())
    }

    fn walk(&mut self, tree: &UseTree, prefix: &mut Vec<String>, exported: bool) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.walk(&path.tree, prefix, exported);
                prefix.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|item| self.walk(item, prefix, exported)),
            UseTree::Name(name) => self.leaf(prefix, &name.ident.to_string(), &name.ident.to_string(), exported),
            UseTree::Rename(name) => self.leaf(prefix, &name.ident.to_string(), &name.rename.to_string(), exported),
            UseTree::Glob(_) => self.leaf(prefix, "self", "*", exported),
        }
    }

    fn leaf(&mut self, prefix: &[String], name: &str, called: &str, exported: bool) {
        let mut written = prefix.to_vec();
        if name != "self" {
            written.push(name.into());
        }
        let Some(path) = self.absolute(&written) else { return };
        if !exported {
            self.paths.push(path.clone());
        }
        self.signs.push((called.into(), path));
    }
}

impl Visit<'_> for Named {
    fn visit_item_mod(&mut self, item: &syn::ItemMod) {
        if item.content.is_some() && item.ident != "tests" {
            self.inline.push(item.ident.to_string());
            visit::visit_item_mod(self, item);
            self.inline.pop();
        }
    }

    fn visit_item_use(&mut self, item: &syn::ItemUse) {
        let exported = !matches!(item.vis, Visibility::Inherited);
        self.walk(&item.tree, &mut Vec::new(), exported);
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let written: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if written.len() > 1 {
            self.paths.extend(self.absolute(&written));
        }
        visit::visit_path(self, path);
    }
}

/// Every file below `folder` with its module; tests are outside the house.
fn modules(folder: &Path, at: &[String], found: &mut Vec<(Module, PathBuf)>) {
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let below = [at, std::slice::from_ref(&name)].concat();
        if path.is_dir() {
            modules(&path, &below, found);
        } else if path.extension().is_none_or(|kind| kind != "rs") {
            // what a file includes is part of it
        } else if name == "mod" || name == "lib" {
            found.push((at.to_vec(), path));
        } else if name != "tests" {
            found.push((below, path));
        }
    }
}

/// Each module with those it points at.
fn arrows(folder: &str) -> BTreeMap<Module, BTreeSet<Module>> {
    let mut found = Vec::new();
    modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &[], &mut found);
    let files: BTreeMap<Module, Named> = found
        .into_iter()
        .map(|(module, path)| {
            (
                module.clone(),
                Named::of(module, &fs::read_to_string(path).expect("readable")),
            )
        })
        .collect();
    // The file that a path leads to, through every re-export on the way.
    let target = |path: &Module| {
        let mut path = path.clone();
        loop {
            let door = (0..=path.len()).rev().find(|&n| files.contains_key(&path[..n]))?;
            let file = &files[&path[..door]];
            let sign = path
                .get(door)
                .and_then(|name| file.signs.iter().find(|(called, _)| called == name));
            match sign {
                Some((_, behind)) => path = [behind.as_slice(), &path[door + 1..]].concat(),
                None => return Some(path[..door].to_vec()),
            }
        }
    };
    files
        .iter()
        .map(|(module, named)| {
            let mut to: BTreeSet<Module> = named.paths.iter().filter_map(target).collect();
            to.remove(module);
            (module.clone(), to)
        })
        .collect()
}

/// Every module that can be reached from `start` in one step or more.
fn reached(arrows: &BTreeMap<Module, BTreeSet<Module>>, start: &Module) -> BTreeSet<Module> {
    let mut found = BTreeSet::new();
    let mut next = vec![start];
    while let Some(module) = next.pop() {
        for to in &arrows[module] {
            if found.insert(to.clone()) {
                next.push(to);
            }
        }
    }
    found
}

/// Says which arrows of a folder close a circle; returns how many there are.
fn check(folder: &str) -> usize {
    let arrows = arrows(folder);
    let ahead: BTreeMap<&Module, BTreeSet<Module>> =
        arrows.keys().map(|module| (module, reached(&arrows, module))).collect();
    for (module, to) in &arrows {
        for to in to.iter().filter(|to| ahead[to].contains(module)) {
            println!("{} -> {}", module.join("::"), to.join("::"));
        }
    }
    let circle = arrows.keys().find(|module| ahead[module].contains(*module));
    assert!(
        circle.is_none(),
        "{circle:?} is in a circle of files of {folder}: the arrows are above"
    );
    arrows.values().map(BTreeSet::len).sum()
}

#[test]
fn no_circle_of_files() {
    for (folder, least) in [("src", 200), ("kernels/src", 12)] {
        let count = check(folder);
        assert!(count > least, "only {count} imports were read in {folder}");
    }
}
