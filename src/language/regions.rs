//! The region that an organisation's name begins with: 上海市普陀区, of a bureau there.

use super::vocabulary::RegionWords;

/// A region as a name says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region<'n> {
    /// The region, from its highest level.
    pub(crate) name: &'n str,
    /// Its lowest level, in the word of the name: 省, 市, 区, 街道.
    pub(crate) level: &'n str,
}

/// The region that a name says; `None` where it says none.
pub(crate) fn region_of<'n>(name: &'n str, words: &RegionWords) -> Option<Region<'n>> {
    let name = words.prefixes.strip_from(name).unwrap_or(name);
    let mut found = None;
    let mut end = 0;
    while let Some((start, length)) = next_ending(&name[end..], words) {
        let level = end + start;
        end = level + length;
        found = Some(Region { name: &name[..end], level: &name[level..end] });
    }
    found
}

/// Where the next level stands in the rest of a name, and how long its word is.
fn next_ending(rest: &str, words: &RegionWords) -> Option<(usize, usize)> {
    for (at, _) in rest.char_indices() {
        let Some(ending) = words.endings.iter().find(|ending| rest[at..].starts_with(ending)) else { continue };
        let end = at + ending.len();
        if at == 0 {
            // 市场监督管理局 names no 市.
            return None;
        }
        let is_word = words.no_regions.end(&rest[..end]);
        let follows = &rest[end..];
        let is_township = !words.townships.contain(ending)
            || follows.is_empty()
            || words.township_followers.strip_from(follows).is_some();
        if !is_word && is_township {
            return Some((at, ending.len()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::national;

    #[test]
    fn names_begin_with_their_region() {
        let region = |name| region_of(name, &national().regions).map(|region| (region.name, region.level));
        assert_eq!(region("海东市人民政府办公室"), Some(("海东市", "市")));
        assert_eq!(region("上海市普陀区万里街道办事处"), Some(("上海市普陀区万里街道", "街道")));
        assert_eq!(region("内蒙古自治区阿克苏地区新乡市财政局"), Some(("内蒙古自治区阿克苏地区新乡市", "市")));
        assert_eq!(region("中国共产党湖州市委员会宣传部"), Some(("湖州市", "市")));
        assert_eq!(region("桃江县桃花江镇人民政府"), Some(("桃江县桃花江镇", "镇")));
        assert_eq!(region("景德镇市住房和城乡建设局"), Some(("景德镇市", "市")));
        assert_eq!(region("广州市市场监督管理局"), Some(("广州市", "市")));
        for name in ["市场监督管理局", "城市管理局", "乡村振兴局", "信访局", "区域合作办公室"]
        {
            assert_eq!(region(name), None, "{name}");
        }
    }
}
