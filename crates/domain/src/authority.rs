//! The authorities (主管部门): the 16 city bureaus with their GB/T 2260 codes, and the department.

/// A city bureau: code and city.
pub const CITIES: [(&str, &str); 16] = [
    ("370100", "济南"),
    ("370200", "青岛"),
    ("370300", "淄博"),
    ("370400", "枣庄"),
    ("370500", "东营"),
    ("370600", "烟台"),
    ("370700", "潍坊"),
    ("370800", "济宁"),
    ("370900", "泰安"),
    ("371000", "威海"),
    ("371100", "日照"),
    ("371300", "临沂"),
    ("371400", "德州"),
    ("371500", "聊城"),
    ("371600", "滨州"),
    ("371700", "菏泽"),
];

/// The department.
pub const DEPARTMENT: &str = "山东省科学技术厅";

/// The bureau of a city, by its code.
pub fn bureau(code: &str) -> Option<String> {
    CITIES
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, city)| format!("{city}市科学技术局"))
}
