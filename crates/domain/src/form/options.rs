//! The options of the form, each spelled and ordered as in the notice (附件1).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Declares a choice of the form: code in files, label on paper, in the notice's order.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal => $label:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub enum $name {
            $(#[doc = $label] $(#[$vdoc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every option in the notice's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The option's words on the form.
            pub fn label(self) -> &'static str {
                match self { $($name::$variant => $label),+ }
            }

            /// The option's word in files.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }
        }
    };
}

pub(crate) use choice;

choice!(
    /// Field 2, 技术领域. A single choice, because 附件2 has one column for it.
    TechnicalField {
        ElectronicInformation = "electronic_information" => "电子信息",
        AdvancedManufacturing = "advanced_manufacturing" => "先进制造",
        BiologyMedicine = "biology_medicine" => "生物、医药和医疗器械",
        ChemicalIndustry = "chemical_industry" => "化工",
        Textile = "textile" => "纺织",
        NewMaterials = "new_materials" => "新材料",
        NewEnergy = "new_energy" => "新能源与高效节能",
        Environment = "environment" => "环境保护与资源综合利用",
        Marine = "marine" => "海洋",
        Agriculture = "agriculture" => "农业",
        ModernTransport = "modern_transport" => "现代交通",
        UrbanSocial = "urban_social" => "城市建设与社会发展",
        Other = "other" => "其它",
    }
);

choice!(
    /// Field 3, 成果类型.
    AchievementKind {
        BasicResearch = "basic_research" => "基础研究成果",
        KeyTechnology = "key_technology" => "技术攻关成果",
        MajorApplication = "major_application" => "重大应用成果",
    }
);

choice!(
    /// Field 4, 成果水平.
    AchievementLevel {
        Leading = "leading" => "领跑",
        Abreast = "abreast" => "并跑",
        Uncharted = "uncharted" => "无人区",
    }
);

choice!(
    /// Field 5, 成果研究时间: how the period relates to the project.
    ResearchBasis {
        WithinProject = "within_project" => "项目实施期内完成",
        DerivedFromAccepted = "derived_from_accepted" => "已验收项目的衍生成果",
    }
);

choice!(
    /// Field 7, 知识产权类型. The last one excludes the others.
    RightKind {
        InventionPatent = "invention_patent" => "发明专利",
        UtilityModel = "utility_model" => "实用新型专利",
        Design = "design" => "外观设计专利",
        Software = "software" => "软件著作权",
        PlantAnimalVariety = "plant_animal_variety" => "动植物新品种",
        BiomedicalVariety = "biomedical_variety" => "生物医药新品种",
        CircuitLayout = "circuit_layout" => "集成电路布图设计",
        Standard = "standard" => "标准",
        Publication = "publication" => "论文、论著",
        None = "none" => "未涉及知识产权",
    }
);

choice!(
    /// Field 9, 类别 of an entry, which 附件2 needs.
    ProjectCategory {
        Project = "project" => "项目",
        Platform = "platform" => "平台",
        Talent = "talent" => "人才",
        Enterprise = "enterprise" => "企业",
    }
);

choice!(
    /// Field 9, level of an entry; clause 一（一）: national or provincial.
    ProjectLevel {
        National = "national" => "国家级",
        Provincial = "provincial" => "省级",
    }
);

choice!(
    /// Field 11, 单位性质.
    UnitNature {
        University = "university" => "大专院校",
        ResearchInstitute = "research_institute" => "科研院所",
        PublicInstitution = "public_institution" => "行政事业单位",
        Enterprise = "enterprise" => "企业",
        Overseas = "overseas" => "境外机构(含港澳台)",
        SocialOrganisation = "social_organisation" => "社会组织",
        Other = "other" => "其它",
    }
);

choice!(
    /// Field 13, 技术成熟度.
    Maturity {
        InDevelopment = "in_development" => "正在研发",
        Prototype = "prototype" => "已有样品",
        SmallScale = "small_scale" => "通过小试",
        PilotScale = "pilot_scale" => "通过中试",
        MassProduction = "mass_production" => "可以量产",
    }
);

choice!(
    /// Field 16, 合作方式.
    CooperationMode {
        TechnologyTransfer = "technology_transfer" => "技术转让",
        PatentLicence = "patent_licence" => "专利许可",
        CommissionedDevelopment = "commissioned_development" => "委托开发",
        JointDevelopment = "joint_development" => "合作开发",
        Consulting = "consulting" => "技术咨询",
        TechnicalService = "technical_service" => "技术服务",
        TechnologyShares = "technology_shares" => "技术入股",
        Equity = "equity" => "股权投资",
        Other = "other" => "其他",
    }
);

choice!(
    /// The contests whose winners enter directly, clause 二（六）.
    Contest {
        DisruptiveTechnology = "disruptive_technology" => "全国颠覆性技术创新大赛领域赛公开海选类优胜项目",
        InnovationShandong = "innovation_shandong" => "中国创新创业大赛山东赛区前 50 强优胜企业的参赛成果",
    }
);

choice!(
    /// Field 21, 性别.
    Gender {
        Male = "male" => "男",
        Female = "female" => "女",
    }
);
