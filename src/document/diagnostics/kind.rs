//! What is known of a kind of diagnostic without the single case: its id, how grave it is, whether figures are in
//! doubt, and what it says in both languages.

use std::cmp::Ordering;

use super::super::Severity;
use super::DiagnosticKind;

use DiagnosticKind::*;

impl DiagnosticKind {
    /// Its stable name, in kebab case, as the JSON has it in `id`.
    pub fn id(self) -> &'static str {
        self.into()
    }

    /// How grave it is.
    pub fn severity(self) -> Severity {
        match self {
            BlankPage
            | HiddenText
            | Watermark
            | Stamp
            | StruckOut
            | CutText
            | FootnoteMark
            | SecondReaderUnavailable
            | FigureRejoined
            | StrayText
            | UnreadPart
            | RowRejoined
            | UnitInherited
            | AmbiguousFacts
            | LevelInferred
            | LevelContradicted
            | ProjectsTotal => Severity::Note,
            DamagedFile | PagesMissing | ContentMissing | RecognisedText | NoTextLayer | PictureOnly
            | UnmappedGlyphs | CutFigure | PageTooFull | CharactersNowhere | SecondReaderDiffers
            | FiguresOutsideTables | TableTooLong | DoubtfulTable | DoubtfulNames | UnplacedFigures
            | PerformanceUnread | UncertainIndicator | AlignedTable | NoHeader | OddThousands | UnreadableAmount
            | UncertainUnit | MixedUnits | TableOfNoKind | TableWithoutUnit | UnreadText | NotABudget
            | NoOrganisation | NoStatements | PerformanceUnplaced => Severity::Warning,
        }
    }

    /// Whether the figures of its page may be misread, so that a failing check there may be our own fault. Where a
    /// single table or row is in doubt, the document marks that itself (`layout`, `confidence`, `ambiguous`).
    pub fn doubts_figures(self) -> bool {
        matches!(
            self,
            UnmappedGlyphs
                | CutFigure
                | PageTooFull
                | CharactersNowhere
                | SecondReaderDiffers
                | OddThousands
                | UnreadableAmount
        )
    }

    /// What it says, without the single case, in Chinese.
    pub fn chinese(self) -> &'static str {
        match self {
            DamagedFile => "文件不完整，可能没有下载完",
            PagesMissing => "有的页读不出",
            ContentMissing => "本页的内容、字体或图形在文件中缺失",
            RecognisedText => "文字由扫描件识别而来",
            NoTextLayer => "整页是图像，没有文字",
            BlankPage => "空白页",
            UnmappedGlyphs => "有的字符没有编码对照，读不出",
            CutFigure => "数字被裁切，有一位看不见",
            CutText => "文字超出单元格被截断，已按全文读取",
            Watermark => "水印未读入正文",
            Stamp => "印章文字未读入正文",
            StruckOut => "划去的文字未读入",
            FootnoteMark => "脚注标号已与数字分开",
            PictureOnly => "整页几乎全是图像，图像上的内容未读取",
            PageTooFull => "一页的字符、线条或色块过多，超出部分未读取",
            CharactersNowhere => "有字符在页面上没有位置，未读取",
            HiddenText => "看不见的文字未读取",
            SecondReaderDiffers => "另一次读取的数字不同",
            SecondReaderUnavailable => "没有第二次读取",
            FiguresOutsideTables => "有像表中数字的内容在已识别的表格之外",
            TableTooLong => "表格行数过多，未按表格读取，只保留文字",
            FigureRejoined => "被断成两行的数字已接回",
            DoubtfulTable => "表中数字的行列位置得不到印证",
            DoubtfulNames => "没有编码的名称被断行，各段归属只能按位置判断",
            UnplacedFigures => "表中有数字没有单元格或没有对应名称",
            PerformanceUnread => "绩效表的单元格无法区分，只保留文字",
            UncertainIndicator => "绩效指标的文字归属不确定",
            StrayText => "有文字无处归属",
            UnreadPart => "有文字不属于任何能读的部分",
            UnreadText => "本页有文字没有读入结果",
            AlignedTable => "表格没有表格线，按文字对齐还原",
            NoHeader => "表格没有认得的表头",
            RowRejoined => "被分页截断的行已接回",
            OddThousands => "千分位位置异常",
            UnreadableAmount => "应为金额处不是金额",
            UnitInherited => "未印单位，沿用前表的单位",
            UncertainUnit => "未印单位，而全文有几种单位，沿用前表的单位",
            MixedUnits => "表中有几种单位，而有的列没有写",
            TableOfNoKind => "表中有编码或金额，但认不出是什么表",
            TableWithoutUnit => "表中有金额，但未印单位",
            LevelInferred => "一级指标由二级指标推定",
            LevelContradicted => "一级指标与二级指标不相符，按原文保留",
            AmbiguousFacts => "表中有金额不同而其他各项全同的数字",
            ProjectsTotal => "绩效表的合计行未保留",
            NotABudget => "不是预算或决算",
            NoOrganisation => "没有找到部门或单位名称",
            NoStatements => "情况说明中没有读出任何数字",
            PerformanceUnplaced => "绩效表中有内容放不准",
        }
    }

    /// The same in English.
    pub fn english(self) -> &'static str {
        match self {
            DamagedFile => "the file breaks off before its end",
            PagesMissing => "not all pages that the file claims could be read",
            ContentMissing => "content, a font or a form of the page is missing from the file",
            RecognisedText => "the text is the invisible layer of a scan, made by character recognition",
            NoTextLayer => "the page is an image: it has no text",
            BlankPage => "the page has no text",
            UnmappedGlyphs => "characters cannot be named: their font has no map to Unicode",
            CutFigure => "a figure is cut by the clipping area: one of its digits is not seen",
            CutText => "a text is cut by its cell and was read whole",
            Watermark => "a watermark was left out",
            Stamp => "the text of a seal or stamp was left out",
            StruckOut => "text that is struck out was left out",
            FootnoteMark => "footnote numbers were kept apart from figures and names",
            PictureOnly => "the page is an image with hardly any text: what the image shows is not read",
            PageTooFull => {
                "the page has more characters, rulings or areas than any page can hold: the rest was left out"
            }
            CharactersNowhere => "characters were left out: they stand nowhere on the page",
            HiddenText => "text that no reader sees was left out",
            SecondReaderDiffers => "figures differ in the second reading",
            SecondReaderUnavailable => "there is no second reading",
            FiguresOutsideTables => "figures that look like a table's stand outside the tables that were found",
            TableTooLong => "a table has too many lines to be read; they are kept as text",
            FigureRejoined => "a figure broken over two lines was rejoined",
            DoubtfulTable => "nothing confirms the figures of a table",
            DoubtfulNames => {
                "names without codes are broken over lines, and only their places tell whose the pieces are"
            }
            UnplacedFigures => "figures of a table's lines have no cell or no name",
            PerformanceUnread => {
                "a performance table whose cells cannot be told from one another; its lines are kept as text"
            }
            UncertainIndicator => "it is not certain whose a text of a performance table is",
            StrayText => "a single character that belongs to nothing",
            UnreadPart => "lines of text belong to no part that is read",
            UnreadText => "characters are nowhere in the document",
            AlignedTable => "the table has no rulings: its cells were placed by the alignment of their text",
            NoHeader => "no header was found: the columns have no names",
            RowRejoined => "a row cut by the page break was rejoined",
            OddThousands => "thousands separators stand oddly",
            UnreadableAmount => "no amount where one should be",
            UnitInherited => "a table prints no unit: that of a table before it was taken",
            UncertainUnit => {
                "a table prints no unit, and the document has several: that of a table before it was taken"
            }
            MixedUnits => "columns without a unit stand beside columns of several units",
            TableOfNoKind => "a table has codes or amounts, but its kind is not known",
            TableWithoutUnit => "a table has amounts, but no unit is printed for them",
            LevelInferred => "indicators have a first level that was taken from their second",
            LevelContradicted => "indicators have a second level that is no part of their first, as printed",
            AmbiguousFacts => "figures of a table differ in amount and in nothing else that is known of them",
            ProjectsTotal => "the total of the projects is not kept",
            NotABudget => "the document is neither a budget nor final accounts",
            NoOrganisation => "nothing says whose budget it is",
            NoStatements => "the narrative states no number",
            PerformanceUnplaced => "something in a performance table has no place",
        }
    }
}

/// By id, so that lists of kinds read alphabetically.
impl Ord for DiagnosticKind {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id().cmp(other.id())
    }
}

impl PartialOrd for DiagnosticKind {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
