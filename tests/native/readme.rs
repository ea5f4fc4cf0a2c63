//! The README's table of models is that of the registry.

use dgm::models::registry::MODELS;

#[test]
fn every_model_stands_in_the_readme_with_its_year_and_paper() {
    let readme = include_str!("../../README.md");
    for spec in MODELS {
        let start = format!("| `{}` |", spec.id);
        let row = readme.lines().find(|line| line.starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("the README has no row for {}", spec.id));
        for part in [spec.year.to_string().as_str(), spec.arxiv] {
            assert!(
                row.contains(part),
                "the README's row for {} does not name {part}",
                spec.id
            );
        }
        let file = row.split('`').rev().nth(1).expect("a file in backquotes");
        assert!(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists(),
            "{file} does not exist"
        );
    }
}
