//! Scanners, and what they say when they do not scan.

use crate::{declaration::view::readable, desk::Desk, failure};
use luguo_domain::ScanPageId;
use luguo_ipc::{
    Failure, FailureCode, JobView, ScanBeginRequest, ScanMode, ScannerView, ScannersView,
};
use luguo_scan::{Mode, ScanFault, Settings};
use std::{ops::ControlFlow, sync::Arc};
use uuid::Uuid;

pub(crate) fn devices(desk: &Desk) -> Result<ScannersView, Failure> {
    desk.vault()?;
    let found = desk.host.scanner.devices();
    let reason = match &found {
        Ok(devices) if devices.is_empty() => {
            Some("没有找到扫描仪。请接好、打开扫描仪再试；办公室的网络扫描仪可以扫描到文件夹，用“监看文件夹”接收。".to_owned())
        }
        Ok(_) => None,
        Err(fault) => Some(words(fault)),
    };
    Ok(ScannersView {
        scanners: found
            .unwrap_or_default()
            .into_iter()
            .map(|device| ScannerView {
                id: device.id,
                label: device.label,
            })
            .collect(),
        reason,
    })
}

pub(crate) fn begin(desk: &Desk, request: ScanBeginRequest) -> Result<JobView, Failure> {
    let vault = desk.vault()?;
    readable(&vault, request.declaration)?;
    let job = desk.jobs.begin("扫描".to_owned(), 0);
    let settings = Settings {
        mode: match request.mode {
            ScanMode::Lineart => Mode::Lineart,
            ScanMode::Gray => Mode::Gray,
            ScanMode::Color => Mode::Color,
        },
        resolution: request.resolution.clamp(50, 1_200),
        feeder: request.feeder,
    };
    let (worker, clock) = (Arc::clone(&job), Arc::clone(&desk.host.clock));
    let scanner = Arc::clone(&desk.host.scanner);
    desk.jobs.spawn(move || {
        let mut behind = request.behind;
        let mut count = 0_u32;
        let mut refused = None;
        worker.at("等待扫描仪");
        let outcome = scanner.scan(&request.scanner, settings, &mut |picture| {
            let id = ScanPageId(Uuid::now_v7());
            let kept = vault.keep_scan_page(
                request.declaration,
                id,
                behind,
                settings.resolution,
                &picture,
                clock(),
            );
            if let Err(fault) = kept {
                refused = Some(failure::save(fault));
                return ControlFlow::Break(());
            }
            count += 1;
            behind = behind.map(|_| id);
            let name = format!("第 {count} 页");
            worker.finished(&name, None);
            worker.at(&format!("已扫描 {count} 页"));
            if worker.is_cancelled() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        if let Some(failure) = refused {
            worker.fault("扫描", &failure);
        } else if let Err(fault) = outcome {
            let kept = if count > 0 {
                format!("已扫描的 {count} 页都在。")
            } else {
                String::new()
            };
            let failure = Failure::new(FailureCode::File, format!("{}{kept}", words(&fault)))
                .with_detail(fault);
            worker.fault("扫描", &failure);
        }
        worker.end();
    });
    Ok(job.view())
}

/// What to do about a scanner that does not scan.
fn words(fault: &ScanFault) -> String {
    match fault {
        ScanFault::NoProgram => {
            "这台电脑上没有扫描程序，不能直接扫描。请安装 sane-utils，或者扫描到文件夹后用“监看文件夹”接收。"
        }
        ScanFault::NoDevice => "扫描仪没有应答。请检查电源和连接线，再选一次扫描仪。",
        ScanFault::Busy => "扫描仪正被别的程序使用。请等它用完，或关闭那个程序再试。",
        ScanFault::NoPaper => "进纸器里没有纸。请放好纸再扫。",
        ScanFault::Jammed => "扫描仪卡纸了。请取出卡住的纸，从没扫的那一页接着扫。",
        ScanFault::CoverOpen => "扫描仪的盖子没有盖好。请盖好再扫。",
        ScanFault::NotAllowed => "当前的系统用户不能使用这台扫描仪。请系统管理员把您加入 scanner 组。",
        ScanFault::NoFeeder => "这台扫描仪没有自动进纸器。请改选“平板”，一页一页扫。",
        ScanFault::Failed(_) => "扫描仪出错，没有扫下去。请关掉扫描仪再打开，然后重试。",
    }
    .to_owned()
}
