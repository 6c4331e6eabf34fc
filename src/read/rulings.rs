//! Painted paths → rulings and areas.
//!
//! Office software draws a table line in many ways: as a stroked line, a thin filled rectangle, a mitred filled
//! quadrilateral, a frame between two nested rectangles, a one-pixel image, or any of these in short pieces.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point};

use crate::document::geometry::Rect;
use crate::model::{Axis, Ruling};

/// A filled shape at most this thick, in points, is a ruling; the thickest table borders seen are 2.25 pt, and the
/// smallest shaded cell must hold a character of 5 pt.
const MAX_RULING_THICKNESS: f32 = 3.0;

/// A thin shape must be at least this many times as long as thick: smaller ones are the dots where borders meet.
const MIN_RULING_ASPECT: f32 = 2.0;

/// What a painted shape is for the layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// A straight line.
    Ruling(Ruling),
    /// A filled area.
    Area(Rect),
    /// The box around a filled area with curved edges.
    Curved(Rect),
}

/// The shapes of a filled path.
pub(super) fn of_fill(path: &BezPath, transform: Affine, shapes: &mut Vec<Shape>) {
    let mut areas: Vec<Rect> = Vec::new();
    for_each_subpath(path, transform, |points, curved| {
        let Some(bbox) = bounding_box(points) else { return };
        match of_rect(bbox) {
            Some(Shape::Area(area)) if !curved => areas.push(area),
            Some(Shape::Area(area)) => shapes.push(Shape::Curved(area)),
            Some(shape) => shapes.push(shape),
            None => {}
        }
    });
    let mut rest = areas.as_slice();
    while let [outer, inner, ..] = rest
        && let Some(frame) = frame_rulings(outer, inner)
    {
        shapes.extend(frame.map(Shape::Ruling));
        rest = &rest[2..];
    }
    shapes.extend(rest.iter().map(|area| Shape::Area(*area)));
}

/// The shapes of a stroked path; `width` is the line width on the page in points.
pub(super) fn of_stroke(path: &BezPath, transform: Affine, width: f32, shapes: &mut Vec<Shape>) {
    let mut start = Point::ZERO;
    let mut last = Point::ZERO;
    let mut segment = |a: Point, b: Point| {
        let (a, b) = (transform * a, transform * b);
        let bbox = Rect::from_corners(a.x as f32, a.y as f32, b.x as f32, b.y as f32);
        shapes.extend(stroked_segment(bbox, width));
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                start = p;
                last = p;
            }
            PathEl::LineTo(p) => {
                segment(last, p);
                last = p;
            }
            PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => last = p,
            PathEl::ClosePath => {
                segment(last, start);
                last = start;
            }
        }
    }
}

/// A rectangle as a shape: a ruling where it is thin, nothing where it is but a dot.
pub(super) fn of_rect(rect: Rect) -> Option<Shape> {
    if rect.width() <= MAX_RULING_THICKNESS && rect.height() <= MAX_RULING_THICKNESS {
        return thin_shape(rect).map(Shape::Ruling);
    }
    Some(thin_shape(rect).map_or(Shape::Area(rect), Shape::Ruling))
}

fn stroked_segment(bbox: Rect, width: f32) -> Option<Shape> {
    let (w, h) = (bbox.width(), bbox.height());
    if w.min(h) > MAX_RULING_THICKNESS || w.max(h) <= 0.0 {
        return None; // slanted, or nothing at all
    }
    if width > MAX_RULING_THICKNESS {
        let half = width / 2.0;
        let area = if w >= h {
            Rect { y0: bbox.y0 - half, y1: bbox.y1 + half, ..bbox }
        } else {
            Rect { x0: bbox.x0 - half, x1: bbox.x1 + half, ..bbox }
        };
        return Some(Shape::Area(area));
    }
    Some(Shape::Ruling(along(bbox, width)))
}

fn thin_shape(bbox: Rect) -> Option<Ruling> {
    let (thin, long) = (bbox.width().min(bbox.height()), bbox.width().max(bbox.height()));
    let is_thin = thin <= MAX_RULING_THICKNESS && long >= thin * MIN_RULING_ASPECT && long > 0.0;
    is_thin.then(|| along(bbox, thin))
}

fn along(bbox: Rect, thickness: f32) -> Ruling {
    let (cx, cy) = bbox.center();
    if bbox.width() >= bbox.height() {
        Ruling { axis: Axis::Horizontal, position: cy, start: bbox.x0, end: bbox.x1, thickness }
    } else {
        Ruling { axis: Axis::Vertical, position: cx, start: bbox.y0, end: bbox.y1, thickness }
    }
}

/// The four sides of the frame between two nested rectangles, where it is thin enough on every side.
fn frame_rulings(outer: &Rect, inner: &Rect) -> Option<[Ruling; 4]> {
    let (outer, inner) = if outer.width() >= inner.width() { (outer, inner) } else { (inner, outer) };
    let sides = [inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1];
    if sides.iter().any(|side| *side < 0.0 || *side > MAX_RULING_THICKNESS) {
        return None;
    }
    let bars = [
        Rect { x1: inner.x0, ..*outer },
        Rect { y1: inner.y0, ..*outer },
        Rect { x0: inner.x1, ..*outer },
        Rect { y0: inner.y1, ..*outer },
    ];
    Some(bars.map(|bar| along(bar, bar.width().min(bar.height()))))
}

fn for_each_subpath(path: &BezPath, transform: Affine, mut visit: impl FnMut(&[Point], bool)) {
    let mut points: Vec<Point> = Vec::with_capacity(8);
    let mut curved = false;
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                visit(&points, curved);
                points.clear();
                curved = false;
                points.push(transform * p);
            }
            PathEl::LineTo(p) => points.push(transform * p),
            PathEl::QuadTo(a, p) => {
                curved = true;
                points.extend([transform * a, transform * p]);
            }
            PathEl::CurveTo(a, b, p) => {
                curved = true;
                points.extend([transform * a, transform * b, transform * p]);
            }
            PathEl::ClosePath => {}
        }
    }
    visit(&points, curved);
}

fn bounding_box(points: &[Point]) -> Option<Rect> {
    if points.len() < 2 {
        return None;
    }
    Rect::around(points.iter().map(|p| Rect::from_corners(p.x as f32, p.y as f32, p.x as f32, p.y as f32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polygon(points: &[(f64, f64)]) -> BezPath {
        let mut path = BezPath::new();
        path.move_to(points[0]);
        for point in &points[1..] {
            path.line_to(*point);
        }
        path.close_path();
        path
    }

    fn fill(path: &BezPath) -> Vec<Shape> {
        let mut shapes = Vec::new();
        of_fill(path, Affine::IDENTITY, &mut shapes);
        shapes
    }

    #[test]
    fn a_mitred_quadrilateral_is_a_ruling() {
        let shapes = fill(&polygon(&[(0.0, 0.0), (100.0, 0.0), (99.0, 1.0), (1.0, 1.0)]));
        assert_eq!(
            shapes,
            [Shape::Ruling(Ruling { axis: Axis::Horizontal, position: 0.5, start: 0.0, end: 100.0, thickness: 1.0 })]
        );
    }

    #[test]
    fn a_shaded_cell_is_an_area() {
        let shapes = fill(&polygon(&[(0.0, 0.0), (100.0, 0.0), (100.0, 20.0), (0.0, 20.0)]));
        assert_eq!(shapes, [Shape::Area(Rect::from_corners(0.0, 0.0, 100.0, 20.0))]);
    }

    #[test]
    fn a_frame_between_two_rectangles_is_four_rulings() {
        let mut path = polygon(&[(0.0, 0.0), (100.0, 0.0), (100.0, 50.0), (0.0, 50.0)]);
        path.extend(polygon(&[(1.0, 1.0), (99.0, 1.0), (99.0, 49.0), (1.0, 49.0)]));
        let shapes = fill(&path);
        assert_eq!(shapes.len(), 4);
        assert!(shapes.iter().all(|shape| matches!(shape, Shape::Ruling(_))), "{shapes:?}");
    }

    #[test]
    fn the_dot_where_borders_meet_is_nothing() {
        assert_eq!(of_rect(Rect::from_corners(0.0, 0.0, 0.5, 0.5)), None);
    }

    #[test]
    fn a_stroked_rectangle_has_four_sides() {
        let mut shapes = Vec::new();
        let path = polygon(&[(0.0, 0.0), (100.0, 0.0), (100.0, 50.0), (0.0, 50.0)]);
        of_stroke(&path, Affine::IDENTITY, 0.5, &mut shapes);
        assert_eq!(shapes.len(), 4);
    }

    #[test]
    fn a_slanted_stroke_is_no_ruling() {
        let mut shapes = Vec::new();
        of_stroke(&polygon(&[(0.0, 0.0), (100.0, 80.0)]), Affine::IDENTITY, 0.5, &mut shapes);
        assert_eq!(shapes, []);
    }
}
