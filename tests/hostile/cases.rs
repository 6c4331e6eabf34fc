//! What is done to the reader: one function a case.

use super::bytes::{File, PAGES, stream};
use super::file::{deflated, repeated, stored};

/// A case: its name, its file, and what must become of it.
pub struct Case {
    pub name: &'static str,
    pub file: fn() -> Vec<u8>,
    pub outcome: Outcome,
}

/// What must become of a file.
#[derive(Clone, Copy, Debug)]
pub enum Outcome {
    /// An error of a kind, by its code.
    Error(&'static str),
    /// A document with a diagnostic.
    Diagnostic(&'static str),
    /// A document, or an error that names what the file lacks: whatever the file is, it ends.
    Ends,
}

use Outcome::{Diagnostic, Ends, Error};

/// All cases.
pub const CASES: &[Case] = &[
    Case { name: "flate-bomb", file: flate_bomb, outcome: Error("too-large") },
    Case { name: "flate-bomb-in-flate", file: nested_flate_bomb, outcome: Error("too-large") },
    Case { name: "bomb-in-the-object-stream", file: object_stream_bomb, outcome: Error("too-large") },
    Case { name: "content-named-a-million-times", file: repeated_contents, outcome: Error("too-large") },
    Case { name: "glyph-a-hundred-million-times", file: one_long_text, outcome: Error("too-large") },
    Case { name: "two-million-characters", file: many_texts, outcome: Diagnostic("page-too-full") },
    Case { name: "rulings-a-million-times", file: many_rulings, outcome: Diagnostic("page-too-full") },
    Case { name: "areas-a-million-times", file: many_areas, outcome: Diagnostic("page-too-full") },
    Case { name: "path-that-is-never-painted", file: endless_path, outcome: Ends },
    Case { name: "saved-states-without-end", file: saved_states, outcome: Ends },
    Case { name: "forms-ten-in-ten-in-ten", file: laughs_with_text, outcome: Diagnostic("page-too-full") },
    Case { name: "empty-forms-ten-in-ten-in-ten", file: laughs, outcome: Error("timeout") },
    Case { name: "form-in-itself", file: form_in_itself, outcome: Ends },
    Case { name: "form-without-resources-in-itself", file: form_in_its_page, outcome: Ends },
    Case { name: "form-ten-times-in-itself", file: form_often_in_itself, outcome: Ends },
    Case { name: "forms-a-thousand-deep", file: deep_forms, outcome: Ends },
    Case { name: "type3-glyph-in-itself", file: type3_in_itself, outcome: Ends },
    Case { name: "page-tree-that-is-its-kid", file: page_tree_loop, outcome: Ends },
    Case { name: "page-tree-a-hundred-thousand-deep", file: deep_page_tree, outcome: Ends },
    Case { name: "count-of-two-billion", file: huge_count, outcome: Diagnostic("pages-missing") },
    Case { name: "pages-beyond-the-limit", file: many_pages, outcome: Error("too-large") },
    Case { name: "xref-of-a-million-objects", file: million_objects, outcome: Ends },
    Case { name: "xref-before-itself", file: xref_loop, outcome: Ends },
    Case { name: "xref-stream-that-claims-everything", file: xref_stream_claims, outcome: Ends },
    Case { name: "ten-thousand-updates", file: many_updates, outcome: Ends },
    Case { name: "arrays-a-hundred-thousand-deep-in-content", file: deep_content, outcome: Ends },
    Case { name: "dictionaries-a-hundred-thousand-deep-in-content", file: deep_content_dictionaries, outcome: Ends },
    Case { name: "arrays-a-hundred-thousand-deep-in-an-object", file: deep_object, outcome: Ends },
    Case { name: "dictionaries-a-hundred-thousand-deep-in-the-trailer", file: deep_trailer, outcome: Ends },
    Case { name: "length-that-refers-to-itself", file: length_loop, outcome: Ends },
    Case { name: "object-stream-in-itself", file: object_stream_loop, outcome: Ends },
    Case { name: "numbers-without-bounds", file: unbounded_numbers, outcome: Ends },
    Case { name: "page-without-bounds", file: unbounded_page, outcome: Ends },
    Case { name: "unicode-map-of-everything", file: unicode_map_of_everything, outcome: Ends },
    Case { name: "unicode-map-bomb", file: unicode_map_bomb, outcome: Error("too-large") },
    Case { name: "font-that-maps-everything", file: font_of_everything, outcome: Ends },
    Case { name: "encrypted-with-garbage", file: encrypted_garbage, outcome: Error("encrypted") },
    Case { name: "white-on-white-on-white", file: overpainted, outcome: Ends },
    Case { name: "marked-content-without-end", file: marked_content, outcome: Ends },
    Case { name: "dump-of-captions-alone", file: dump_of_captions, outcome: Ends },
    Case { name: "dump-whose-rows-never-end", file: dump_of_rows, outcome: Diagnostic("table-too-long") },
    Case { name: "dump-whose-items-fit-both-sides", file: dump_of_items, outcome: Ends },
    Case { name: "dump-with-sixty-columns", file: dump_of_columns, outcome: Ends },
];

const DUMP: &str = "某市人民政府办公室二〇二三年部门预算公开表\n部门名称：某市人民政府办公室 单位：万元\n";

fn dump(text: &str) -> Vec<u8> {
    format!("{DUMP}{text}").into_bytes()
}

fn dump_of_captions() -> Vec<u8> {
    dump(&"支出总表\n单位：万元\n".repeat(20_000))
}

fn dump_of_rows() -> Vec<u8> {
    let header = "支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n";
    dump(&format!("{header}{}", "201 一般公共服务支出 2.00 1.00 1.00\n".repeat(5_000)))
}

fn dump_of_items() -> Vec<u8> {
    let header = "收支总表\n单位：万元\n收入 支出\n项目 预算数 项目 预算数\n";
    dump(&format!("{header}{}", "某某经费 1.00\n".repeat(800)))
}

fn dump_of_columns() -> Vec<u8> {
    let header = format!("收入总表\n单位：万元\n预算单位 合计{}\n", " 其他收入".repeat(60));
    dump(&format!("{header}{}", "办公室 6.00 1.00 1.00 1.00 1.00 1.00 1.00\n".repeat(500)))
}

const TEXT: &str = "BT /F 10 Tf 1 0 0 1 50 700 Tm (text) Tj ET\n";

fn content(text: &str) -> Vec<u8> {
    stream("", text.as_bytes())
}

fn flate_bomb() -> Vec<u8> {
    File::with_content(deflated("", &repeated(TEXT.as_bytes(), b" ", 80 << 20)), "").build()
}

fn nested_flate_bomb() -> Vec<u8> {
    let bomb = stored(&repeated(TEXT.as_bytes(), b" ", 80 << 20));
    File::with_content(stream("/Filter [/FlateDecode /FlateDecode]", &bomb), "").build()
}

fn object_stream_bomb() -> Vec<u8> {
    let mut file = File::with_content(content(TEXT), "");
    file.add(deflated("/Type /ObjStm /N 1 /First 4", &repeated(b"9 0 ", b" ", 80 << 20)));
    file.build()
}

fn repeated_contents() -> Vec<u8> {
    let mut file = File::new();
    let piece = file.add(deflated("", &repeated(TEXT.as_bytes(), b" ", 1 << 20)));
    file.add_page(&format!("/Contents [{}]", format!("{piece} 0 R ").repeat(1_000_000)), "");
    file.build()
}

fn one_long_text() -> Vec<u8> {
    File::with_content(deflated("", &repeated(b"BT /F 10 Tf (", b"a", 100_000_000)), "").build()
}

fn many_texts() -> Vec<u8> {
    let text = format!("BT /F 1 Tf 0.001 0 0 1 50 700 Tm {}", format!("({}) Tj ", "a".repeat(100_000)).repeat(20));
    File::with_content(content(&text), "").build()
}

fn many_rulings() -> Vec<u8> {
    let rulings: String = (0..150_000).map(|i| format!("{} {} 9 .1 re f ", i % 590, i / 590 * 3)).collect();
    File::with_content(content(&(TEXT.to_owned() + &rulings)), "").build()
}

fn many_areas() -> Vec<u8> {
    let areas: String = (0..40_000).map(|i| format!("{} {} 9 9 re f ", i % 590, i / 590 * 3)).collect();
    File::with_content(content(&(TEXT.to_owned() + &areas)), "").build()
}

fn endless_path() -> Vec<u8> {
    File::with_content(deflated("", &repeated(&[TEXT.as_bytes(), b"0 0 m "].concat(), b"0 1 l ", 12 << 20)), "").build()
}

fn saved_states() -> Vec<u8> {
    File::with_content(deflated("", &repeated(TEXT.as_bytes(), b"q 1 w ", 12 << 20)), "").build()
}

fn marked_content() -> Vec<u8> {
    File::with_content(deflated("", &repeated(TEXT.as_bytes(), b"/A BMC", 6 << 20)), "").build()
}

/// Forms of which each draws the next ten times; the last draws `innermost`.
fn nested_forms(innermost: &str) -> Vec<u8> {
    const DEPTH: usize = 9;
    let mut file = File::new();
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";
    let font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
    let mut inner = file.add(stream(&format!("{form} /Resources << {font} >>"), innermost.as_bytes()));
    for _ in 0..DEPTH {
        let resources = format!("{form} /Resources << /XObject << /X {inner} 0 R >> >>");
        inner = file.add(stream(&resources, "/X Do ".repeat(10).as_bytes()));
    }
    let page = file.add(content(&format!("{TEXT} /X Do")));
    file.add_page(&format!("/Contents {page} 0 R"), &format!("/XObject << /X {inner} 0 R >>"));
    file.build()
}

fn laughs_with_text() -> Vec<u8> {
    nested_forms(&format!("BT /F 10 Tf 1 0 0 1 50 700 Tm ({}) Tj ET", "ha".repeat(2000)))
}

fn laughs() -> Vec<u8> {
    nested_forms("q Q")
}

fn form_drawing(itself: &str) -> Vec<u8> {
    let mut file = File::with_content(content(&format!("{TEXT} /X Do")), "/XObject << /X 5 0 R >>");
    let form = file.add(stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X 5 0 R >> >>",
        itself.as_bytes(),
    ));
    assert_eq!(form, 5);
    file.build()
}

fn form_in_itself() -> Vec<u8> {
    form_drawing("/X Do")
}

fn form_often_in_itself() -> Vec<u8> {
    form_drawing(&"/X Do ".repeat(10))
}

fn form_in_its_page() -> Vec<u8> {
    let mut file = File::with_content(content(&format!("{TEXT} /X Do")), "/XObject << /X 5 0 R >>");
    file.add(stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800]", b"/X Do"));
    file.build()
}

fn deep_forms() -> Vec<u8> {
    let mut file = File::with_content(content(&format!("{TEXT} /X Do")), "/XObject << /X 5 0 R >>");
    for next in 6..1006 {
        let resources = format!("/Resources << /XObject << /X {next} 0 R >> >>");
        file.add(stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 600 800] {resources}"), b"/X Do"));
    }
    file.build()
}

fn type3_in_itself() -> Vec<u8> {
    let text = format!("{TEXT} BT /T 10 Tf (aaaaaaaaaa) Tj ET");
    let mut file = File::new();
    let page = file.add(content(&text));
    let glyph = file.add(content("1000 0 d0 BT /T 10 Tf (aaaaaaaaaa) Tj ET"));
    let font = file.add(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /CharProcs \
         << /a {glyph} 0 R >> /Encoding << /Type /Encoding /Differences [97 /a] >> /FirstChar 97 /LastChar 97 \
         /Widths [1000] /Resources << /Font << /T 5 0 R >> >> >>"
    ));
    assert_eq!(font, 5);
    let page = file.add(format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {page} 0 R /Resources << /Font << \
         /T {font} 0 R /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    ));
    file.replace(PAGES, format!("<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>"));
    file.build()
}

fn page_tree_loop() -> Vec<u8> {
    let mut file = File::with_content(content(TEXT), "");
    let node = file.add("<< /Type /Pages /Parent 2 0 R /Count 9 /Kids [2 0 R 5 0 R 4 0 R 2 0 R] >>");
    file.replace(PAGES, format!("<< /Type /Pages /Parent {node} 0 R /Count 9 /Kids [2 0 R {node} 0 R {node} 0 R] >>"));
    file.build()
}

fn deep_page_tree() -> Vec<u8> {
    let mut file = File::with_content(content(TEXT), "");
    file.replace(PAGES, "<< /Type /Pages /Count 1 /Kids [5 0 R] >>");
    for next in 6..100_006 {
        file.add(format!("<< /Type /Pages /Count 1 /Kids [{next} 0 R] >>"));
    }
    file.add("<< /Type /Pages /Count 1 /Kids [4 0 R] >>");
    file.build()
}

fn huge_count() -> Vec<u8> {
    let mut file = File::with_content(content(TEXT), "");
    file.replace(PAGES, "<< /Type /Pages /Count 2147483647 /Kids [4 0 R] >>");
    file.build()
}

fn many_pages() -> Vec<u8> {
    let mut file = File::with_content(content(TEXT), "");
    let kids: String = (0..3000)
        .map(|_| {
            format!("{} 0 R ", file.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R >>"))
        })
        .collect();
    file.replace(PAGES, format!("<< /Type /Pages /Count 3000 /Kids [{kids}] >>"));
    file.build()
}

fn million_objects() -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend(
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 0 /Kids [] >> endobj\n",
    );
    let start = file.len();
    file.extend(b"xref\n0 1000000\n");
    for _ in 0..1_000_000 {
        file.extend(b"0000000009 00000 n \n");
    }
    file.extend(format!("trailer << /Size 1000000 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

fn xref_loop() -> Vec<u8> {
    let mut file = File::with_content(content(TEXT), "");
    let start = file.build().windows(5).rposition(|bytes| bytes == b"xref\n").unwrap_or(0);
    let start = file.build()[..start].windows(4).rposition(|bytes| bytes == b"xref").unwrap_or(start);
    file.trailer(&format!("/Prev {start}"));
    file.build()
}

fn xref_stream_claims() -> Vec<u8> {
    let mut file = b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n".to_vec();
    let start = file.len();
    let entries = "/Type /XRef /Size 4294967295 /Root 1 0 R /W [1 8 4] /Index [0 4294967295 0 4294967295]";
    file.extend(b"3 0 obj ");
    file.extend(stream(entries, &[2; 13 * 1000]));
    file.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

fn many_updates() -> Vec<u8> {
    let mut file = File::with_content(content(TEXT), "").build();
    let mut previous = file.windows(5).rposition(|bytes| bytes == b"xref\n").unwrap_or(0);
    for _ in 0..10_000 {
        let object = file.len();
        file.extend(b"9 0 obj null endobj\n");
        let start = file.len();
        file.extend(
            format!(
                "xref\n9 1\n{object:010} 00000 n \ntrailer << /Size 10 /Root 1 0 R /Prev {previous} >>\n\
                 startxref\n{start}\n%%EOF\n"
            )
            .bytes(),
        );
        previous = start;
    }
    file
}

fn deep_content() -> Vec<u8> {
    File::with_content(content(&format!("{TEXT} {} TJ {TEXT}", "[".repeat(100_000))), "").build()
}

fn deep_content_dictionaries() -> Vec<u8> {
    File::with_content(content(&format!("{TEXT} /A {} BDC {TEXT}", "<</A".repeat(100_000))), "").build()
}

fn deep_object() -> Vec<u8> {
    let mut file = File::with_content(content(TEXT), "/XObject 5 0 R");
    file.add("[".repeat(100_000) + &"]".repeat(100_000));
    file.build()
}

fn deep_trailer() -> Vec<u8> {
    let mut file = File::with_content(content(TEXT), "");
    file.trailer(&format!("/Info {} 1 {}", "<</A".repeat(100_000), ">>".repeat(100_000)));
    file.build()
}

fn length_loop() -> Vec<u8> {
    let mut file = File::new();
    let content = file.add(format!("<< /Length 3 0 R >>\nstream\n{TEXT}\nendstream"));
    file.add_page(&format!("/Contents {content} 0 R"), "");
    file.build()
}

fn object_stream_loop() -> Vec<u8> {
    let mut file = b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n".to_vec();
    let objects = file.len();
    file.extend(b"3 0 obj ");
    file.extend(stream(
        "/Type /ObjStm /N 2 /First 8 /Extends 3 0 R",
        b"3 0 2 2 << /Type /Pages /Kids [2 0 R 3 0 R] >>",
    ));
    file.extend(b"\nendobj\n");
    let start = file.len();
    let mut entries = vec![0, 0, 0, 0, 1, 0, 9, 0, 2, 0, 3, 1, 2, 0, 3, 0, 1];
    entries.extend((start as u16).to_be_bytes());
    entries.push(0);
    let _ = objects;
    file.extend(b"4 0 obj ");
    file.extend(stream("/Type /XRef /Size 5 /Root 1 0 R /W [1 2 1]", &entries));
    file.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

fn unbounded_numbers() -> Vec<u8> {
    let nines = "9".repeat(400);
    let text = format!(
        "{TEXT} BT /F {nines} Tf (a) Tj ET BT /F 10 Tf {nines} 0 0 -{nines} {nines} 0 Tm (b) Tj ET 0 0 {nines} {nines} \
         re f 1e999 nan inf w 0 0 m {nines} {nines} l S -{nines}.{nines} w 0 0 m 500 0 l S BT /F 0 Tf (c) Tj ET \
         0 0 0 0 0 0 cm BT /F 10 Tf (d) Tj ET 0 0 10 10 re f"
    );
    File::with_content(content(&text), "").build()
}

fn unbounded_page() -> Vec<u8> {
    let nines = "9".repeat(40);
    let mut file = File::with_content(content(&format!("{TEXT} 0 0 {nines} {nines} re f {TEXT}")), "");
    let body = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [-{nines} -{nines} {nines} {nines}] /Contents 3 0 R /UserUnit {nines} \
         /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    );
    file.replace(4, body);
    file.build()
}

/// A page in a composite font with a ToUnicode map.
fn mapped(map: Vec<u8>) -> File {
    let mut file = File::new();
    let text = file.add(content(&format!("{TEXT} BT /M 10 Tf 1 0 0 1 50 600 Tm <00410042FFFF> Tj ET")));
    let map = file.add(map);
    let font = file.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /ToUnicode {map} 0 R \
         /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    ));
    let page = file.add(format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {text} 0 R /Resources << /Font << \
         /M {font} 0 R /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    ));
    file.replace(PAGES, format!("<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>"));
    file
}

fn unicode_map_of_everything() -> Vec<u8> {
    let range = "1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange 1 begincidrange <00> <FFFFFFFF> 0 endcidrange ";
    let map = format!(
        "begincmap 1 begincodespacerange <00> <FFFFFFFF> endcodespacerange {} 1 beginbfrange <0000> <FFFF> [{}] \
         endbfrange endcmap",
        range.repeat(1000),
        "[".repeat(100_000)
    );
    mapped(content(&map)).build()
}

fn unicode_map_bomb() -> Vec<u8> {
    mapped(deflated("", &repeated(b"begincmap ", b" <00> ", 80 << 20))).build()
}

fn font_of_everything() -> Vec<u8> {
    const GROUPS: u32 = 50_000;
    let mut map = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0];
    map.extend((16 + 12 * GROUPS).to_be_bytes());
    map.extend(0_u32.to_be_bytes());
    map.extend(GROUPS.to_be_bytes());
    for _ in 0..GROUPS {
        map.extend([0, 0, 0, 0, 0, 0x10, 0xff, 0xff, 0, 0, 0, 1]);
    }
    let head = [0; 54];
    let maxp = [0, 1, 0, 0, 0xff, 0xff];
    let tables: [(&[u8; 4], &[u8]); 3] = [(b"cmap", &map), (b"head", &head), (b"maxp", &maxp)];
    let mut font = vec![0, 1, 0, 0, 0, 3, 0, 32, 0, 1, 0, 16];
    let mut offset = 12 + 16 * tables.len();
    for (tag, table) in &tables {
        font.extend(*tag);
        font.extend([0; 4]);
        font.extend((offset as u32).to_be_bytes());
        font.extend((table.len() as u32).to_be_bytes());
        offset += table.len();
    }
    tables.iter().for_each(|(_, table)| font.extend(*table));
    let mut file = File::new();
    let text = file.add(content(&format!("{TEXT} BT /M 10 Tf 1 0 0 1 50 600 Tm <00410042FFFF> Tj ET")));
    let program = file.add(stream(&format!("/Length1 {}", font.len()), &font));
    let font = file.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [<< /Type /Font \
         /Subtype /CIDFontType2 /BaseFont /SimSun /CIDToGIDMap /Identity /FontDescriptor << /Type /FontDescriptor \
         /FontName /SimSun /Flags 4 /FontFile2 {program} 0 R >> \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    ));
    let page = file.add(format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {text} 0 R /Resources << /Font << \
         /M {font} 0 R /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    ));
    file.replace(PAGES, format!("<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>"));
    file.build()
}

fn encrypted_garbage() -> Vec<u8> {
    let mut file = File::with_content(content(TEXT), "");
    file.trailer("/ID [(a) (b)] /Encrypt << /Filter /Standard /V 5 /R 6 /O (x) /U (y) /P -1 /Length 4096 /CF 2 0 R >>");
    file.build()
}

fn overpainted() -> Vec<u8> {
    let areas: String = (0..15_000).map(|i| format!("1 g {} 0 .9 800 re f 1 0 0 RG ", i % 600)).collect();
    let rulings: String = (0..20_000).map(|i| format!("0 {} m 600 {} l S ", i % 800, i % 800)).collect();
    File::with_content(content(&format!("{rulings} {areas} 0 g {TEXT} {rulings}")), "").build()
}
