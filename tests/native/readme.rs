//! The README's table of models is that of the registry.

use dgm::models::{language::registry::LANGUAGE_MODELS, registry::MODELS};

#[test]
fn every_model_stands_in_the_readme_with_its_year_and_paper() {
    let readme = include_str!("../../README.md");
    let points = MODELS.iter().map(|spec| (spec.id, spec.year, spec.arxiv));
    let texts = LANGUAGE_MODELS.iter().map(|spec| (spec.id, spec.year, spec.arxiv));
    for (id, year, arxiv) in points.chain(texts) {
        let start = format!("| `{id}` |");
        let row = readme.lines().find(|line| line.starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("the README has no row for {id}"));
        for part in [year.to_string().as_str(), arxiv] {
            assert!(row.contains(part), "the README's row for {id} does not name {part}");
        }
        let file = row.split('`').rev().nth(1).expect("a file in backquotes");
        assert!(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists(),
            "{file} does not exist"
        );
    }
}
