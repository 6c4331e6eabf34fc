//! A page of a PDF → its glyphs and rulings: the device on which hayro draws, which writes down what it is told to draw
//! instead of painting it.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, BezPath, Rect as KurboRect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, TransformExt, interpret_page,
};

use super::characters::{Character, CharacterFinder};
use super::cut::{self, Clipped};
use super::marks;
use super::placing::{UNITS_PER_EM, is_clipped, is_somewhere, place};
use super::rulings::{self, Shape};
use super::skew::Skew;
use super::slanted;
use super::turn;
use super::undrawn;
use super::visibility::{Backdrop, Colour, PaintedArea};
use crate::document::geometry::Rect;
use crate::document::{HiddenReason, MarkKind, PageNumber};
use crate::limits::Clock;
use crate::model::{Axis, Glyph, HiddenGlyph, Mark, Page, Ruling};

/// Paint with less opacity than this leaves no visible mark.
const MIN_OPACITY: f32 = 0.05;

/// A page with more glyphs than this (a hundred full pages' worth) is hostile; the rest of it is left out and named
/// by a diagnostic.
const MAX_GLYPHS: usize = 400_000;

/// A page with more rulings than this is a drawing that nobody can lay out; the rest of it is left out as well.
const MAX_RULINGS: usize = 100_000;

/// The same for painted areas, each of which may hide any character.
const MAX_AREAS: usize = 20_000;

/// The clock is looked at once for this many drawing operations or characters.
const OPERATIONS_A_LOOK: u32 = 256;

/// Reads one page. `drawn` is empty; it lends its room.
pub(super) fn read_page<'a>(
    page: &PdfPage<'a>,
    number: PageNumber,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    characters: &mut CharacterFinder<'_>,
    drawn: &mut Vec<DrawnGlyph>,
    clock: &Clock,
) -> Page {
    let (width, height) = page.render_dimensions();
    let bounds = KurboRect::new(0.0, 0.0, width.into(), height.into());
    let transform = page.initial_transform(true).to_kurbo();
    let record = |transform: Affine, recorder: &mut Recorder<'_, '_>| {
        let mut context = Context::new(transform, bounds, cache, pdf.xref(), InterpreterSettings::default());
        let interpreted = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, recorder)));
        if let Err(payload) = interpreted
            && !payload.is::<PageFull>()
        {
            resume_unwind(payload);
        }
    };
    let page_bounds = Rect::from_corners(0.0, 0.0, width, height);
    let mut recorder = Recorder::new(page_bounds, characters, drawn, clock);
    record(transform, &mut recorder);
    if let Some(angle) = recorder.skew.of_most(recorder.glyphs.len()) {
        // A page laid askew has lines that run into one another and borders that are none: it is read again, level.
        let Recorder { characters, glyphs, .. } = recorder;
        glyphs.clear();
        recorder = Recorder::new(page_bounds, characters, glyphs, clock);
        record(Affine::rotate_about(-angle, bounds.center()) * transform, &mut recorder);
    }
    recorder.left_out += undrawn::characters(page);
    recorder.into_page(number, width, height)
}

/// A glyph as drawn, before it is known whether anybody sees it.
pub(super) struct DrawnGlyph {
    pub(super) glyph: Glyph,
    mapped: bool,
    pub(super) turn: Option<turn::Quarter>,
    pub(super) colour: Option<Colour>,
    /// The run that it was drawn with.
    pub(super) order: u32,
    pub(super) hidden: Option<HiddenReason>,
    /// What it is, where it belongs to no text.
    pub(super) mark: Option<MarkKind>,
}

/// Where and when a ruling was drawn, and in what colour.
pub(super) struct DrawnRuling {
    pub(super) ruling: Ruling,
    colour: Option<Colour>,
    order: u32,
}

/// Unwinds out of hayro, which cannot be asked to stop, when a page has more marks than any page can hold. What was
/// written down until then stays.
struct PageFull;

/// The device that writes down what it is told to draw.
struct Recorder<'c, 'd> {
    bounds: Rect,
    clock: &'c Clock,
    operations: u32,
    full: bool,
    characters: &'c mut CharacterFinder<'d>,
    glyphs: &'c mut Vec<DrawnGlyph>,
    rulings: Vec<DrawnRuling>,
    areas: Vec<PaintedArea>,
    clips: Vec<Clip>,
    clipped: Vec<Clipped>,
    /// Characters of which the clipping area cuts the lower half.
    half_seen: Vec<Clipped>,
    opacities: Vec<f32>,
    order: u32,
    image_area: f32,
    left_out: usize,
    after_space: bool,
    shapes: Vec<Shape>,
    skew: Skew,
}

/// A clipping area by its box.
#[derive(Clone, Copy)]
struct Clip {
    bbox: Rect,
    /// Whether the area is its box: what fills a frame or a rounded clip does not cover what stands in the middle.
    exact: bool,
}

/// How something is painted. A pattern has no one colour.
#[derive(Clone, Copy)]
struct Ink {
    colour: Option<Colour>,
    visible: bool,
}

impl<'c, 'd> Recorder<'c, 'd> {
    /// `glyphs` is empty; it lends its room.
    fn new(
        bounds: Rect,
        characters: &'c mut CharacterFinder<'d>,
        glyphs: &'c mut Vec<DrawnGlyph>,
        clock: &'c Clock,
    ) -> Self {
        Self {
            bounds,
            clock,
            operations: 0,
            full: false,
            characters,
            glyphs,
            rulings: Vec::new(),
            areas: Vec::new(),
            clips: Vec::new(),
            clipped: Vec::new(),
            half_seen: Vec::new(),
            opacities: Vec::new(),
            order: 0,
            image_area: 0.0,
            left_out: 0,
            after_space: false,
            shapes: Vec::new(),
            skew: Skew::default(),
        }
    }

    /// Counts a drawing operation, and ends reading when there is no time left.
    fn tick(&mut self) {
        self.operations = self.operations.wrapping_add(1);
        if self.operations.is_multiple_of(OPERATIONS_A_LOOK) {
            self.clock.check_or_unwind("reading the pages");
        }
    }

    /// Ends reading the page where it is full.
    fn stop_if_full(&mut self) {
        let marks = [(self.glyphs.len(), MAX_GLYPHS), (self.rulings.len(), MAX_RULINGS), (self.areas.len(), MAX_AREAS)];
        if marks.iter().any(|(count, most)| count > most) {
            self.full = true;
            resume_unwind(Box::new(PageFull));
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().map_or(self.bounds, |clip| clip.bbox)
    }

    fn opacity(&self) -> f32 {
        self.opacities.last().copied().unwrap_or(1.0)
    }

    fn push_clip(&mut self, clip: KurboRect, exact: bool) {
        let bbox = self.clip().intersection(&to_rect(clip));
        let exact = exact && self.clips.last().is_none_or(|outer| outer.exact);
        self.clips.push(Clip { bbox, exact });
    }

    fn ink(&self, paint: &Paint<'_>) -> Ink {
        match paint {
            Paint::Color(color) => {
                let [r, g, b, a] = color.to_rgba().components();
                // What shines through looks as pale as paint of its own.
                let alpha = a * self.opacity();
                let colour = if alpha < 1.0 { [r, g, b].map(|c| 1.0 - alpha * (1.0 - c)) } else { [r, g, b] };
                Ink { colour: Some(colour), visible: alpha >= MIN_OPACITY }
            }
            Paint::Pattern(_) => Ink { colour: None, visible: self.opacity() >= MIN_OPACITY },
        }
    }

    fn record_glyph(&mut self, glyph: &PdfGlyph<'_>, to_page: Affine, vertical: bool, ink: Ink) {
        let character = self.characters.find(glyph);
        let text: &[char] = match &character {
            Character::Space => {
                self.after_space = true;
                return;
            }
            Character::Nothing => return,
            Character::One(character) => &[*character],
            Character::Several(text) => &text.chars().collect::<Vec<_>>(),
            Character::Unmapped => &[char::REPLACEMENT_CHARACTER],
        };
        let advance = match glyph {
            PdfGlyph::Outline(outline) => outline.advance_width(),
            PdfGlyph::Type3(type3) => type3.advance_width(),
        };
        // A font for vertical writing has no horizontal advance; its characters are one em wide.
        let advance = f64::from(advance.unwrap_or(0.0));
        let advance = if vertical || advance <= 0.0 { UNITS_PER_EM } else { advance };
        let step = advance / text.len() as f64;
        for (index, character) in text.iter().enumerate() {
            let from = step * index as f64;
            let placed = place(*character, to_page, from, step, vertical, self.after_space);
            self.after_space = false;
            self.push_glyph(placed, character != &char::REPLACEMENT_CHARACTER, ink);
        }
    }

    fn push_glyph(&mut self, (glyph, turn): (Glyph, Option<turn::Quarter>), mapped: bool, ink: Ink) {
        if !is_somewhere(&glyph) {
            self.left_out += 1;
            return;
        }
        let hidden = if !ink.visible {
            Some(HiddenReason::Invisible)
        } else if turn.is_none() {
            Some(HiddenReason::Slanted)
        } else if is_clipped(&glyph.bbox, &self.clip()) {
            self.clipped.push(Clipped { index: self.glyphs.len(), clip: self.clip() });
            Some(HiddenReason::Clipped)
        } else {
            let clip = self.clip();
            if glyph.bbox.center().1 > clip.y1 {
                self.half_seen.push(Clipped { index: self.glyphs.len(), clip });
            }
            None
        };
        self.glyphs.push(DrawnGlyph { glyph, mapped, turn, colour: ink.colour, order: self.order, hidden, mark: None });
    }

    fn record_shapes(&mut self, ink: Ink, opaque: bool) {
        self.order += 1;
        let clip = self.clip();
        let mut shapes = std::mem::take(&mut self.shapes);
        for shape in shapes.drain(..).filter(|_| ink.visible) {
            let (rect, covers) = match shape {
                Shape::Ruling(ruling) => {
                    if let Some(ruling) = clipped(ruling, &clip) {
                        self.rulings.push(DrawnRuling { ruling, colour: ink.colour, order: self.order });
                    }
                    continue;
                }
                Shape::Area(rect) => (rect, opaque && self.clips.last().is_none_or(|clip| clip.exact)),
                // Its box is larger than it is: what stands in a corner may be beside it.
                Shape::Curved(rect) => (rect, false),
            };
            // What shines through or has many colours may be behind anything.
            let colour = ink.colour.filter(|_| opaque);
            self.push_area(rect, colour, covers);
        }
        self.shapes = shapes; // keeps the allocation
        self.stop_if_full();
    }

    fn push_area(&mut self, rect: Rect, colour: Option<Colour>, covers: bool) {
        let rect = rect.intersection(&self.clip());
        if rect.width() > 0.0 && rect.height() > 0.0 {
            self.areas.push(PaintedArea { rect, colour, covers, order: self.order });
        }
    }

    fn is_opaque(&self, props: &DrawProps<'_>) -> bool {
        let solid = matches!(&props.paint, Paint::Color(color) if color.to_rgba().components()[3] > 0.99);
        solid && self.opacity() > 0.99 && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal
    }

    fn into_page(mut self, number: PageNumber, width: f32, height: f32) -> Page {
        let backdrop = Backdrop::new(height, &self.areas);
        let mut glyphs = std::mem::take(self.glyphs);
        for drawn in glyphs.iter_mut().filter(|drawn| drawn.hidden.is_none()) {
            self.operations = self.operations.wrapping_add(1);
            if self.operations.is_multiple_of(OPERATIONS_A_LOOK) {
                self.clock.check_or_unwind("finding what is seen");
            }
            drawn.hidden = backdrop.hides(drawn.glyph.bbox.center(), drawn.colour, drawn.order);
        }
        // A scan with a recognised text layer has invisible text only: better that than nothing, but it is named.
        let recognised = !glyphs.is_empty()
            && self.image_area > 0.0
            && glyphs.iter().all(|drawn| drawn.hidden == Some(HiddenReason::Invisible));
        if recognised {
            glyphs.iter_mut().for_each(|drawn| drawn.hidden = None);
        }
        cut::keep_in_rows(&mut glyphs, &self.half_seen);
        let cut = cut::restore(&mut glyphs, &self.clipped, self.bounds);
        marks::over_text(&mut glyphs, &self.rulings);
        slanted::level(&mut glyphs);
        let rulings = self.rulings.iter().zip(0_u32..).flat_map(|(drawn, index)| {
            if index.is_multiple_of(OPERATIONS_A_LOOK) {
                self.clock.check_or_unwind("finding what is seen");
            }
            let seen = backdrop.seen_pieces(&drawn.ruling, drawn.colour, drawn.order);
            seen.into_iter().map(|(start, end)| Ruling { start, end, ..drawn.ruling })
        });
        let mut page = Page {
            number,
            width,
            height,
            glyphs: Vec::with_capacity(glyphs.len()),
            rulings: rulings.take(MAX_RULINGS).collect(),
            hidden: Vec::new(),
            cut,
            marks: Vec::new(),
            unmapped: 0,
            left_out: self.left_out,
            full: self.full,
            image_share: (self.image_area / (width * height).max(1.0)).min(1.0),
            recognised,
        };
        let mut turns = Vec::with_capacity(glyphs.len());
        for drawn in glyphs.drain(..) {
            let DrawnGlyph { glyph, mapped, turn, hidden, mark, .. } = drawn;
            if let Some(kind) = mark {
                page.marks.push(Mark { glyph, kind });
                continue;
            }
            match hidden {
                Some(reason) => {
                    page.hidden.push(HiddenGlyph { character: glyph.character, bbox: glyph.bbox, reason });
                }
                None => {
                    page.unmapped += usize::from(!mapped);
                    turns.push(turn.unwrap_or_default());
                    page.glyphs.push(glyph);
                }
            }
        }
        *self.glyphs = glyphs; // its room is for the next page
        turn::upright(&mut page, &turns);
        marks::beside_text(&mut page);
        page
    }
}

impl<'a> Device<'a> for Recorder<'_, '_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.tick();
        match draw_mode {
            DrawMode::Fill(_) => rulings::of_fill(path, props.transform, &mut self.shapes),
            DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => {
                if let DrawMode::FillAndStroke(..) = draw_mode {
                    rulings::of_fill(path, props.transform, &mut self.shapes);
                }
                let width = stroke.line_width * mean_scale(props.transform);
                rulings::of_stroke(path, props.transform, width, &mut self.shapes);
            }
            DrawMode::Invisible => {}
        }
        let (ink, opaque) = (self.ink(&props.paint), self.is_opaque(&props));
        self.record_shapes(ink, opaque);
    }

    fn draw_rect(&mut self, rect: &KurboRect, props: DrawProps<'a>, draw_mode: &DrawMode) {
        if matches!(draw_mode, DrawMode::Fill(_)) {
            let on_page = props.transform.transform_rect_bbox(*rect);
            self.shapes.extend(rulings::of_rect(to_rect(on_page)));
            let (ink, opaque) = (self.ink(&props.paint), self.is_opaque(&props));
            self.record_shapes(ink, opaque);
        } else {
            self.draw_path(&rect.to_path(0.1), props, draw_mode);
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.tick();
        self.order += 1;
        let mut ink = self.ink(&props.paint);
        ink.visible &= !matches!(draw_mode, DrawMode::Invisible);
        let vertical = run.writing_mode() == WritingMode::Vertical;
        self.characters.begin_run();
        let (before, mut to_page) = (self.glyphs.len(), Affine::IDENTITY);
        for glyph in run.glyphs() {
            to_page = props.transform * glyph.transform();
            self.record_glyph(glyph, to_page, vertical, ink);
        }
        self.skew.note(to_page, self.glyphs.len() - before);
        self.stop_if_full();
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.tick();
        let pixels = KurboRect::new(0.0, 0.0, image.width().into(), image.height().into());
        let on_page = to_rect(props.transform.transform_rect_bbox(pixels)).intersection(&self.clip());
        self.image_area += on_page.width() * on_page.height();
        // A picture may have any colour anywhere, and be clear in places: it hides nothing.
        self.shapes.extend(rulings::of_rect(on_page));
        self.record_shapes(Ink { colour: None, visible: self.opacity() >= MIN_OPACITY }, false);
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.tick();
        self.push_clip(clip_path.path.bounding_box(), false);
    }

    fn push_clip_rect(&mut self, rect: &KurboRect) {
        self.tick();
        self.push_clip(*rect, true);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.opacities.push(self.opacity() * opacity);
    }

    fn pop_transparency_group(&mut self) {
        self.opacities.pop();
    }
}

fn clipped(ruling: Ruling, clip: &Rect) -> Option<Ruling> {
    let (low, high, from, to) = match ruling.axis {
        Axis::Horizontal => (clip.y0, clip.y1, clip.x0, clip.x1),
        Axis::Vertical => (clip.x0, clip.x1, clip.y0, clip.y1),
    };
    // A border drawn on the very edge of its clip is half visible.
    let tolerance = ruling.thickness.max(0.5);
    let (start, end) = (ruling.start.max(from), ruling.end.min(to));
    let inside = ruling.position >= low - tolerance && ruling.position <= high + tolerance && start <= end;
    (inside && ruling.position.is_finite()).then_some(Ruling { start, end, ..ruling })
}

fn mean_scale(transform: Affine) -> f32 {
    transform.determinant().abs().sqrt() as f32
}

fn to_rect(rect: KurboRect) -> Rect {
    Rect::from_corners(rect.x0 as f32, rect.y0 as f32, rect.x1 as f32, rect.y1 as f32)
}
