//! The command line of classified vaults.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Keys and cards.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// 生成封装密钥（先要有备用卡）
    Generate {
        /// 证书名称：单位和岗位
        #[arg(long)]
        holder: String,
        /// 有效期，年
        #[arg(long, default_value_t = 3)]
        years: u32,
        /// 备用卡的指纹
        #[arg(long)]
        escrow: String,
    },
    /// 生成备用卡，写成密码保护的文件
    Escrow {
        /// 备用卡名称：单位和保管人岗位
        #[arg(long)]
        holder: String,
        /// 有效期，年
        #[arg(long, default_value_t = 5)]
        years: u32,
        /// 存有备用卡密码的文件（第一行）
        #[arg(long)]
        password_file: PathBuf,
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
    },
    /// 把证书写成文件，交给对方
    Card {
        /// 指纹
        fingerprint: String,
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
    },
    /// 收录对方的证书；不给 --digits 时只显示指纹供核对
    ImportCard {
        /// 文件
        file: PathBuf,
        /// 单位
        #[arg(long, default_value = "")]
        unit: String,
        /// 持有人或岗位
        #[arg(long, default_value = "")]
        person: String,
        /// 对方念的指纹末 8 位
        #[arg(long)]
        digits: Option<String>,
        /// 怎样核对的：aloud 念读、qr 二维码、paper 盖章的指纹卡
        #[arg(long, default_value = "aloud")]
        compared: String,
        /// 这是签发证书的机构
        #[arg(long)]
        authority: bool,
    },
    /// 密钥和证书列表
    List,
    /// 停用密钥：不再封装，仍能打开封给它的密封包
    Retire {
        /// 指纹
        fingerprint: String,
        /// 原因
        #[arg(long)]
        reason: String,
    },
    /// 作废证书
    Void {
        /// 指纹
        fingerprint: String,
        /// 原因
        #[arg(long)]
        reason: String,
    },
}

/// Marks, who may know, the machine.
#[derive(Debug, Subcommand)]
pub enum ClassifiedCommand {
    /// 承办人提出定密：确定、变更或解除
    Mark(ClassificationArguments),
    /// 定密责任人决定
    Decide {
        /// 成果编号
        id: String,
        /// 不同意
        #[arg(long)]
        refuse: bool,
        /// 理由；不同意时必须写
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// 查看密级、知悉范围和历次决定
    Show {
        /// 成果编号
        id: String,
    },
    /// 知悉人员登记
    Knowers {
        /// 成果编号
        id: String,
    },
    /// 登记涉密计算机；什么都不给时查看
    Machine {
        /// 设备编号
        #[arg(long)]
        number: Option<String>,
        /// 批准情况
        #[arg(long, default_value = "")]
        approval: String,
        /// 使用依据
        #[arg(long, default_value = "")]
        basis: String,
        /// 密封包由机要渠道传递
        #[arg(long)]
        secrecy_channel: bool,
    },
}

/// A proposal.
#[derive(Debug, Args)]
pub struct ClassificationArguments {
    /// 成果编号
    pub id: String,
    /// 密级：confidential 秘密、secret 机密、top-secret 绝密
    #[arg(long, required_unless_present = "end")]
    pub level: Option<String>,
    /// 保密期限，年
    #[arg(long, conflicts_with_all = ["until", "condition"])]
    pub years: Option<u32>,
    /// 解密时间，YYYY-MM-DD
    #[arg(long, conflicts_with = "condition")]
    pub until: Option<String>,
    /// 解密条件
    #[arg(long)]
    pub condition: Option<String>,
    /// 定密日期，YYYY-MM-DD；不给时是今天
    #[arg(long)]
    pub on: Option<String>,
    /// 定密依据
    #[arg(long, default_value = "")]
    pub basis: String,
    /// 知悉范围：本保管库人员的姓名，可给多个；外单位人员写成 姓名@单位
    #[arg(long)]
    pub know: Vec<String>,
    /// 材料的密级：材料编号=密级:年数 或 材料编号=none（不涉密），可给多个
    #[arg(long)]
    pub part: Vec<String>,
    /// 没有用 --part 写到的材料都不涉密
    #[arg(long)]
    pub other_parts_open: bool,
    /// 期限超过规定年数的理由
    #[arg(long, default_value = "")]
    pub longer_reason: String,
    /// 变更：给出书面通知的文号和标题
    #[arg(long, conflicts_with = "end")]
    pub change: Option<String>,
    /// 解除：给出书面通知的文号和标题
    #[arg(long)]
    pub end: Option<String>,
    /// 变更或解除的理由
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// Sealed packages.
#[derive(Debug, Subcommand)]
pub enum SealedCommand {
    /// 看看能封装什么、还缺什么
    Plan(ItemArguments),
    /// 封装到介质：涉密成果专管员办理，单位审核人在场
    Seal {
        /// 封装什么
        #[command(flatten)]
        items: ItemArguments,
        /// 用哪个密钥（指纹）
        #[arg(long)]
        key: String,
        /// 收件人证书（指纹），可给多个
        #[arg(long, required = true)]
        to: Vec<String>,
        /// 在场的单位审核人
        #[arg(long)]
        approver: String,
        /// 存有他密码的文件
        #[arg(long)]
        approver_passphrase_file: PathBuf,
        /// 介质上的文件夹
        #[arg(short, long)]
        output: PathBuf,
        /// 介质编号
        #[arg(long)]
        medium: String,
        /// 介质序列号
        #[arg(long, default_value = "")]
        serial: String,
        /// 写到非可移动介质的原因
        #[arg(long, default_value = "")]
        fixed_reason: String,
    },
    /// 不用密钥查看密封包
    Inspect {
        /// 文件
        file: PathBuf,
    },
    /// 不用密钥逐字节核验
    Verify {
        /// 文件
        file: PathBuf,
    },
    /// 打开密封包，收进保管库
    Open {
        /// 文件
        file: PathBuf,
        /// 谁可以知悉：本保管库人员的姓名，可给多个
        #[arg(long)]
        know: Vec<String>,
        /// 备用卡文件
        #[arg(long)]
        key_file: Option<PathBuf>,
        /// 存有备用卡密码的文件
        #[arg(long, requires = "key_file")]
        password_file: Option<PathBuf>,
    },
    /// 列出密封包里的内容
    List {
        /// 文件
        file: PathBuf,
    },
    /// 取出密封包里的一份内容，记入操作记录
    Extract {
        /// 文件
        file: PathBuf,
        /// 第几份
        #[arg(long)]
        part: u32,
        /// 原因
        #[arg(long)]
        reason: String,
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
    },
}

/// What goes into a package.
#[derive(Debug, Args)]
pub struct ItemArguments {
    /// 成果编号，可给多个
    #[arg(long)]
    pub declaration: Vec<String>,
    /// 送回审核意见的成果编号，可给多个
    #[arg(long)]
    pub reply: Vec<String>,
}

/// The register.
#[derive(Debug, Subcommand)]
pub enum HandoverCommand {
    /// 移交登记簿；给 -o 时写成 PDF
    Register {
        /// 年份，写 PDF 时用
        #[arg(long)]
        year: Option<i32>,
        /// 写到哪里
        #[arg(short, long, requires = "year")]
        output: Option<PathBuf>,
    },
    /// 移交清单（PDF）
    Sheet {
        /// 密封包标识
        package: String,
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
    },
    /// 登记一步：counted 清点、registered 登记、handed_over 移交、returned 退回、destroyed 销毁
    Step {
        /// 密封包标识
        package: String,
        /// 哪一步
        step: String,
        /// 传递渠道：机要交通、机要通信
        #[arg(long, default_value = "")]
        channel: String,
        /// 押运人，可给多个
        #[arg(long)]
        courier: Vec<String>,
        /// 审批人
        #[arg(long, default_value = "")]
        approved_by: String,
        /// 说明
        #[arg(long, default_value = "")]
        words: String,
    },
    /// 写出收到的密封包的签收回执
    Receipt {
        /// 密封包标识
        package: String,
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
    },
    /// 收下对方的回执：文件，或者对方念的 12 位回执码
    Receive {
        /// 回执文件
        file: Option<PathBuf>,
        /// 密封包标识
        #[arg(long, requires = "code")]
        package: Option<String>,
        /// 回执码
        #[arg(long, conflicts_with = "file")]
        code: Option<String>,
    },
}
