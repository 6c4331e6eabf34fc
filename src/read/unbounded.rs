//! What the second reader would not survive: it follows forms into themselves and recurses into every bracket of a
//! ToUnicode map, and a stack that overflows ends the process.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use rustc_hash::{FxHashMap, FxHashSet};

/// Forms within forms that the second reader is trusted with; office software nests two or three.
const MAX_DEPTH: usize = 10;

/// Brackets within brackets that it is trusted with in a ToUnicode map; one is usual.
const MAX_BRACKETS: usize = 50;

/// Bytes of a form or map that are looked at.
const MAX_LENGTH: usize = 16 << 20;

/// Why the second reader must not see this file; `None` where it may.
pub(super) fn reason(file: &[u8]) -> Option<&'static str> {
    let document = Document::load_mem(file).ok()?;
    if document.objects.values().any(|object| nests_brackets(&document, object)) {
        return Some("a ToUnicode map nests brackets too deep");
    }
    let forms: FxHashMap<ObjectId, Vec<ObjectId>> = document
        .objects
        .iter()
        .filter_map(|(id, object)| Some((*id, drawn_by(&document, object.as_stream().ok()?)?)))
        .collect();
    let mut shallow = FxHashSet::default();
    let nests = forms.keys().any(|form| !is_shallow(*form, &forms, 0, &mut shallow));
    nests.then_some("its forms nest too deep, or draw themselves")
}

/// Whether a font's ToUnicode map nests brackets deeper than any real one.
fn nests_brackets(document: &Document, font: &Object) -> bool {
    let map = font.as_dict().ok().and_then(|font| font.get(b"ToUnicode").ok());
    let Some(Object::Stream(map)) = map.map(|map| resolved(document, map)) else { return false };
    let Ok(text) = map.decompressed_content_with_limit(MAX_LENGTH) else { return map.content.len() > MAX_BRACKETS };
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text {
        match byte {
            b'[' | b'{' | b'(' | b'<' => depth += 1,
            b']' | b'}' | b')' | b'>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest > MAX_BRACKETS
}

/// The forms that a form can draw; itself where it draws by the names of whoever draws it. `None` for what is no form.
fn drawn_by(document: &Document, form: &Stream) -> Option<Vec<ObjectId>> {
    let is_form = form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|subtype| subtype == b"Form");
    is_form.then(|| match form.dict.get(b"Resources").map(|resources| resolved(document, resources)) {
        Ok(Object::Dictionary(resources)) => drawn_with(document, resources),
        _ if draws_forms(form) => document.objects.keys().copied().filter(|id| is_same(document, *id, form)).collect(),
        _ => Vec::new(),
    })
}

fn drawn_with(document: &Document, resources: &Dictionary) -> Vec<ObjectId> {
    let named = resources.get(b"XObject").map(|named| resolved(document, named));
    let Ok(Object::Dictionary(named)) = named else { return Vec::new() };
    named.iter().filter_map(|(_, object)| object.as_reference().ok()).collect()
}

fn draws_forms(form: &Stream) -> bool {
    let compressed = form.dict.has(b"Filter");
    let content = form.decompressed_content_with_limit(MAX_LENGTH);
    match content {
        Ok(content) => content.windows(2).any(|bytes| bytes == b"Do"),
        Err(_) => compressed || form.content.windows(2).any(|bytes| bytes == b"Do"),
    }
}

fn is_same(document: &Document, id: ObjectId, form: &Stream) -> bool {
    document.objects.get(&id).and_then(|object| object.as_stream().ok()).is_some_and(|other| std::ptr::eq(other, form))
}

/// Whether a form and those it draws nest no deeper than [`MAX_DEPTH`]; `shallow` are those known to.
fn is_shallow(
    form: ObjectId,
    forms: &FxHashMap<ObjectId, Vec<ObjectId>>,
    depth: usize,
    shallow: &mut FxHashSet<(ObjectId, usize)>,
) -> bool {
    let Some(inner) = forms.get(&form) else { return true };
    if depth >= MAX_DEPTH {
        return false;
    }
    if !shallow.insert((form, depth)) {
        return true; // being followed from this depth, or found shallow
    }
    inner.iter().all(|next| is_shallow(*next, forms, depth + 1, shallow))
}

fn resolved<'d>(document: &'d Document, object: &'d Object) -> &'d Object {
    document.dereference(object).map_or(object, |(_, target)| target)
}
