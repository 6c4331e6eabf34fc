//! The synthetic samples: small documents in the layouts of other families than that of the real sample, with content of
//! our own. `YUSUAN_DRAW=1 cargo test --test golden` draws again those whose files differ.

#[path = "../../src/testing/pdf/drawing.rs"]
mod drawing;
mod layouts;
mod paper;

/// A sample: its file, relative to the project, and what draws it.
pub struct Synthetic {
    pub file: &'static str,
    pub pdf: fn() -> Vec<u8>,
}

/// All of them. What is read wrongly yet stands in `tests/misread`; it moves to `samples/synthetic` with its golden as
/// soon as it is read rightly.
pub const ALL: &[Synthetic] = &[
    Synthetic { file: "samples/synthetic/code-levels-yuan.pdf", pdf: layouts::code_levels_in_yuan },
    Synthetic {
        file: "samples/synthetic/accounts-caption-in-grid.pdf",
        pdf: layouts::accounts_with_captions_in_the_grid,
    },
    Synthetic { file: "samples/synthetic/project-forms.pdf", pdf: layouts::a_form_a_project },
    Synthetic { file: "samples/synthetic/no-rulings.pdf", pdf: layouts::without_rulings },
    Synthetic { file: "samples/synthetic/narrative-glossary.pdf", pdf: layouts::narrative_with_glossary },
    Synthetic { file: "samples/synthetic/two-classifications.pdf", pdf: layouts::two_classifications },
    // 机构设置 is read as one of the functions, joined with the paragraph after it.
    Synthetic { file: "tests/misread/short-paragraphs.pdf", pdf: layouts::short_paragraphs },
];
