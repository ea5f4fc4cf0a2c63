//! Pasted text: which numbers are read from it, as points of what, and what is named as left out.

use dgm::data::{Points, Skipped, points_from_text};

fn read(text: &str) -> (Points, Skipped) {
    points_from_text(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

#[test]
fn lists_are_points_of_the_line_however_they_are_separated() {
    for text in [
        "1 2.5 -3e1",
        "1,2.5,-3e1",
        "1;2.5;-3e1",
        "1\t2.5\t-3e1",
        "1\n2.5\n-3e1\n",
        "1\r\n\r\n 2.5\r\n−30",
        "1, 2.5,\n-30",
        "1，2.5、-30",
        "\"1\",\"2.5\",\"-30\"",
    ] {
        let (points, skipped) = read(text);
        assert_eq!((points.dim, points.values), (1, vec![1.0, 2.5, -30.0]), "{text:?}");
        assert_eq!(skipped.count, 0, "{text:?}");
    }
}

#[test]
fn two_numbers_in_every_row_are_points_of_the_plane() {
    for text in [
        "1 2\n3 4\n5 6",
        "1,2\n3,4\n5,6\n",
        "1;2\n3;4\n5;6",
        "1\t2\n3\t4\n5\t6",
        "1 2; 3 4; 5 6",
        "1,2; 3,4; 5,6",
        "x,y\n1,2\n3,4\n5,6",
    ] {
        let (points, _) = read(text);
        assert_eq!(
            (points.dim, points.values),
            (2, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
            "{text:?}"
        );
    }
    for text in ["1 2\n3 4\n5", "1 2", "1 2 3\n4 5 6", "1\n2 3"] {
        assert_eq!(read(text).0.dim, 1, "{text:?}");
    }
}

#[test]
fn a_header_and_a_column_of_names_are_left_out_and_named() {
    let (points, skipped) = read("name,score\n\"Li, Wei\",70\nStudent 7,81.5\n王芳,90\n");
    assert_eq!((points.dim, points.values), (1, vec![70.0, 81.5, 90.0]));
    assert_eq!(skipped.count, 5);
    assert_eq!(skipped.first, ["name", "score", "Li, Wei", "Student 7", "王芳"]);
    let (points, skipped) = read("score 70 n/a 80 absent 90% 85");
    assert_eq!(points.values, [70.0, 80.0, 85.0]);
    assert_eq!((skipped.count, skipped.first.len()), (4, 4));
}

#[test]
fn empty_cells_are_no_entries() {
    let (points, skipped) = read("1,,2,\n,3,\n");
    assert_eq!((points.values, skipped.count), (vec![1.0, 2.0, 3.0], 0));
}

#[test]
fn many_words_are_counted_and_the_first_shortened() {
    let (_, skipped) = read(&format!("1\n2\n{}\n{}", "x".repeat(200), "word\n".repeat(50)));
    assert_eq!((skipped.count, skipped.first.len()), (51, 5));
    assert_eq!(skipped.first[0].chars().count(), 25);
}

#[test]
fn a_decimal_comma_is_not_guessed() {
    assert_eq!(read("1,5").0.values, [1.0, 5.0]);
}

#[test]
fn what_cannot_be_computed_with_is_refused() {
    let code = |text: &str| points_from_text(text).expect_err("refused").code();
    for text in ["1 NaN 2", "1, inf, 2", "1 -Infinity", "1e999 2", "1e60 2", "1 ∞"] {
        assert_eq!(code(text), "data_not_finite", "{text:?}");
    }
    for text in ["", " \n ", "no numbers, none", ",;,"] {
        assert_eq!(code(text), "no_numbers", "{text:?}");
    }
}
