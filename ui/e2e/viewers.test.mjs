// Every kind of evidence is shown in the window, without network and without another program.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { answerDialog, at, importComplete, makeUnit, open, picture, root, seriousFindings } from './support.mjs'

const folder = join(root, 'target/fixtures/viewers')
const file = (name) => join(folder, name)

/** Takes files in as evidence of the declaration that is open. */
async function attach(page, files) {
  await at(page, 'section-evidence').click()
  const before = await at(page, 'evidence-row').count()
  await answerDialog(page, () => at(page, 'evidence-add').click(), files)
  await page.waitForFunction((count) => document.querySelectorAll('[data-testid="evidence-row"]').length === count, before + files.length)
}

/** Opens the n-th piece of this title. */
async function preview(page, title, n = 0) {
  if (await at(page, 'preview-close').isVisible()) await at(page, 'preview-close').click()
  await page.getByRole('button', { name: `预览 ${title}`, exact: true }).nth(n).click()
  await at(page, 'viewer').waitFor()
}

/** Whether the page that is shown has anything dark on it: a scan that came out blank has not. */
async function isInked(page, number) {
  await page.locator(`[data-testid="viewer-pages"] [data-page="${number}"][data-ready]`).waitFor()
  return page.evaluate((n) => {
    const drawn = document.querySelector(`[data-testid="viewer-pages"] [data-page="${n}"] canvas, [data-testid="viewer-pages"] [data-page="${n}"] img`)
    const canvas = document.createElement('canvas')
    canvas.width = 200
    canvas.height = 280
    const context = canvas.getContext('2d')
    context.fillStyle = 'white'
    context.fillRect(0, 0, 200, 280)
    context.drawImage(drawn, 0, 0, 200, 280)
    const { data } = context.getImageData(0, 0, 200, 280)
    let dark = 0
    for (let at = 0; at < data.length; at += 4) if (data[at] < 160) dark += 1
    return dark > 300
  }, number)
}

test('each kind of evidence is shown: scans in every compression, pictures, Word, Excel, text, film, archive', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await importComplete(page, 'key-technology.json')
    const paged = { '扫描 CCITT.pdf': 1, '扫描 JBIG2.pdf': 1, '扫描 JPEG2000.pdf': 1, '五页扫描 G4.tif': 5, '彩色扫描 LZW.tif': 2, '彩色扫描 JPEG.tif': 2, '现场照片.jpg': 1, '现场照片.webp': 1, '现场照片.heic': 1, '系统截图.png': 1 }
    const others = ['应用证明.docx', '经济效益.xlsx', '说明 GBK.txt', '源代码.zip', '试验录像.mp4']
    await attach(page, [...Object.keys(paged), ...others].map(file))
    const broken = join(desk.folder, '坏的证书.pdf')
    writeFileSync(broken, '%PDF-1.7 and nothing else')
    const unknown = join(desk.folder, '设备数据.dat')
    writeFileSync(unknown, 'measured')
    await attach(page, [join(root, 'target/fixtures/试验录像.webm'), broken, unknown, join(root, 'target/fixtures/发明专利证书.pdf')])
    const title = (name) => name.replace(/\.[^.]+$/, '')
    for (const [name, pages] of Object.entries(paged)) {
      // Three pictures have the same title.
      await preview(page, title(name), { '现场照片.webp': 1, '现场照片.heic': 2 }[name])
      assert.equal(await isInked(page, 1), true, `${name} is not blank`)
      assert.equal(await at(page, 'viewer').getAttribute('data-pages'), String(pages), name)
      await picture(page, `材料-${name}`)
    }
    await preview(page, '应用证明')
    const frame = page.frameLocator('[data-testid="viewer-word"]')
    await frame.getByText('累计应用 24 个月').waitFor()
    await frame.getByText('2 460').waitFor()
    assert.equal(await frame.locator('img').count(), 1, 'the stamp is shown')
    await picture(page, '材料-应用证明.docx')

    await preview(page, '经济效益')
    await at(page, 'viewer-workbook').getByText('新增销售额（万元）').waitFor()
    await at(page, 'viewer-sheet').nth(1).click()
    await at(page, 'viewer-workbook').getByText('数据来自财务系统').waitFor()
    await picture(page, '材料-经济效益.xlsx')

    await preview(page, '说明 GBK')
    await at(page, 'viewer-text').getByText('山东省重大科技成果').waitFor()
    await preview(page, '源代码')
    await at(page, 'viewer-archive').getByText('说明.txt').waitFor()
    await picture(page, '材料-源代码.zip')

    for (const n of [0, 1]) {
      await preview(page, '试验录像', n)
      await page.waitForFunction(() => document.querySelector('[data-testid="viewer-video"]')?.readyState >= 2 || document.querySelector('[data-testid="viewer-fault"]'))
      await picture(page, `材料-试验录像-${n}`)
    }
    await preview(page, '坏的证书')
    await at(page, 'viewer-none').getByText('读不出来').waitFor()
    await picture(page, '材料-坏的证书')
    await preview(page, '设备数据')
    await at(page, 'viewer-none').getByText('不能在窗口里显示').waitFor()
    assert.deepEqual(await seriousFindings(page), [])

    await preview(page, '发明专利证书')
    await page.locator('.textLayer').getByText('ZL202210318844.5').waitFor()
    await at(page, 'viewer-find').fill('第二页')
    await at(page, 'viewer-find').press('Enter')
    await at(page, 'viewer-found').getByText('1 处').waitFor()
    await page.waitForFunction(() => document.querySelector('[data-testid="viewer-page"]').value === '2')
    await page.locator('.textLayer .found').waitFor()
    await picture(page, '材料-查找')
    assert.deepEqual(await seriousFindings(page), [])
  } finally {
    await desk.close()
  }
})

test('size, turn and page are remembered for each piece, also after the program was closed', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await importComplete(page, 'key-technology.json')
    await attach(page, [file('五页扫描 G4.tif'), file('系统截图.png')])
    await preview(page, '五页扫描 G4')
    await isInked(page, 1)
    await at(page, 'viewer-page').fill('4')
    await at(page, 'viewer-page').press('Enter')
    await at(page, 'viewer-larger').click()
    await at(page, 'viewer-turn').click()
    await isInked(page, 4)
    await picture(page, '材料-旋转放大')
    await preview(page, '系统截图')
    assert.equal(await at(page, 'viewer-zoom').innerText(), '100%')
    await preview(page, '五页扫描 G4')
    assert.equal(await at(page, 'viewer-zoom').innerText(), '125%')
    await page.waitForFunction(() => document.querySelector('[data-testid="viewer-page"]').value === '4')
    await at(page, 'viewer-thumbs-toggle').click()
    await page.locator('[data-thumb="4"] [data-ready]').waitFor()
    await picture(page, '材料-缩略图')
    await page.locator('[data-thumb="0"]').click()
    await page.waitForFunction(() => document.querySelector('[data-testid="viewer-page"]').value === '1')
    assert.deepEqual(await seriousFindings(page), [])
  } finally {
    await desk.close()
  }
})

test('three hundred pages and a hundred megabytes open at once and are read to the end', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await importComplete(page, 'key-technology.json')
    await attach(page, [file('三百页 100MB.pdf')])
    const began = Date.now()
    await preview(page, '三百页 100MB')
    assert.equal(await isInked(page, 1), true)
    console.log(`first page after ${Date.now() - began} ms`)
    assert.equal(await at(page, 'viewer').getAttribute('data-pages'), '300')
    await at(page, 'viewer-page').fill('300')
    await at(page, 'viewer-page').press('Enter')
    assert.equal(await isInked(page, 300), true)
    assert.ok((await page.locator('[data-testid="viewer-pages"] [data-page]').count()) < 12, 'only pages near the screen exist')
    await at(page, 'viewer-thumbs-toggle').click()
    await page.locator('[data-thumb="299"] [data-ready]').waitFor()
    await picture(page, '材料-三百页')
  } finally {
    await desk.close()
  }
})
