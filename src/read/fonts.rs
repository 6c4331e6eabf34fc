//! The fonts that the pages of a document and the forms on them use.

use hayro_interpret::hayro_syntax::object::{Dict, Name, ObjRef, Stream};
use hayro_interpret::hayro_syntax::page::{Page as PdfPage, Resources};
use rustc_hash::FxHashSet;

/// Forms within forms are followed this deep; office software nests two or three.
const MAX_DEPTH: usize = 6;

/// Walks through the fonts of a document, each once.
#[derive(Default)]
pub(super) struct FontWalk {
    /// Where in memory the dictionaries stand that were met: an inline dictionary has no identifier of its own.
    seen: FxHashSet<(usize, usize)>,
    /// References that were followed: most pages name the same, and following one reads a whole dictionary.
    followed: FxHashSet<ObjRef>,
    incomplete: bool,
}

impl FontWalk {
    /// Shows every font of a page and its forms that was not met before, and tells whether all that are named are there.
    pub(super) fn visit<'a>(&mut self, page: &PdfPage<'a>, visit: &mut impl FnMut(&Dict<'a>)) -> bool {
        self.incomplete = false;
        self.walk(page.resources(), visit, 0);
        !self.incomplete
    }

    fn walk<'a>(&mut self, resources: &Resources<'a>, visit: &mut impl FnMut(&Dict<'a>), depth: usize) {
        for name in resources.fonts.keys() {
            let reference = resources.fonts.get_ref(&name);
            if reference.is_some_and(|reference| self.followed.contains(&reference)) {
                continue;
            }
            let Some(font) = resources.fonts.get::<Dict<'_>>(name) else {
                self.incomplete |= reference.is_some();
                continue;
            };
            self.followed.extend(reference);
            if self.is_new(&font) {
                visit(&font);
            }
        }
        if depth == MAX_DEPTH {
            return;
        }
        for name in resources.x_objects.keys() {
            let reference = resources.x_objects.get_ref(&name);
            if reference.is_some_and(|reference| self.followed.contains(&reference)) {
                continue;
            }
            let Some(stream) = resources.x_objects.get::<Stream<'_>>(name) else {
                self.incomplete |= reference.is_some();
                continue;
            };
            self.followed.extend(reference);
            let dict = stream.dict();
            let is_form = dict.get::<Name<'_>>("Subtype").is_some_and(|subtype| subtype.as_str() == "Form");
            if is_form
                && self.is_new(dict)
                && let Some(inner) = dict.get::<Dict<'_>>("Resources")
            {
                self.walk(&Resources::new(inner), visit, depth + 1);
            }
        }
    }

    /// Whether a dictionary was not met before.
    fn is_new(&mut self, dict: &Dict<'_>) -> bool {
        let data = dict.data();
        self.seen.insert((data.as_ptr() as usize, data.len()))
    }
}
