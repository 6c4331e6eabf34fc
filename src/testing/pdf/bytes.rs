//! A PDF byte by byte: objects are what a test says, whether or not they make sense.
//!
//! Knows nothing of the crate, so that tests outside of it can take it in by its path.

/// The object number of the catalog.
pub const CATALOG: usize = 1;

/// The object number of the page tree.
pub const PAGES: usize = 2;

/// Objects numbered from 1 on; the first two are the catalog and the page tree.
#[derive(Clone)]
pub struct File {
    objects: Vec<Vec<u8>>,
    trailer: String,
}

impl File {
    /// A file with a catalog and room for a page tree.
    pub fn new() -> Self {
        let mut file = Self { objects: vec![Vec::new(), Vec::new()], trailer: String::new() };
        file.catalog("");
        file
    }

    /// Gives the catalog these further entries.
    pub fn catalog(&mut self, entries: &str) {
        self.replace(CATALOG, format!("<< /Type /Catalog /Pages {PAGES} 0 R {entries} >>"));
    }

    /// Adds an object and returns its number.
    pub fn add(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    /// Puts another object in the place of one.
    pub fn replace(&mut self, number: usize, body: impl Into<Vec<u8>>) {
        self.objects[number - 1] = body.into();
    }

    /// Adds entries to the trailer.
    pub fn trailer(&mut self, entries: &str) {
        self.trailer += entries;
    }

    /// Makes pages the page tree.
    pub fn pages(&mut self, pages: &[usize]) {
        let kids: String = pages.iter().map(|page| format!("{page} 0 R ")).collect();
        self.replace(PAGES, format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len()));
    }

    /// The bytes of the file, with cross-reference table and trailer.
    pub fn build(&self) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n%\xE4\xF6\xFC\xDF\n".to_vec();
        let size = self.objects.len() + 1;
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for (number, object) in (1..).zip(&self.objects) {
            table += &format!("{:010} 00000 n \n", file.len());
            file.extend(format!("{number} 0 obj\n").bytes());
            file.extend(object);
            file.extend(b"\nendobj\n");
        }
        let start = file.len();
        let trailer = &self.trailer;
        file.extend(table.bytes());
        file.extend(
            format!("trailer\n<< /Size {size} /Root {CATALOG} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").bytes(),
        );
        file
    }
}

/// A stream object; `entries` go into its dictionary.
pub fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< /Length {} {entries} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}
