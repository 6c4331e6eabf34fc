//! Text dumps of PDFs → pages with lines and tables: what reading and laying out are for a PDF.

mod drawing;
mod performance;
mod text;
