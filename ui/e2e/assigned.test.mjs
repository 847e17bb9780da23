// What the endpoint assigned to the bureau comes in by itself and is read without the endpoint.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approve, at, bureauAccount, complete, importComplete, makeUnit, open, people, picture, seriousFindings, signInAs, signInAtEndpoint, submit } from './support.mjs'

test('a package reaches the bureau by itself and is read offline', async () => {
  const unit = await open()
  const bureau = await open(unit.endpoint)
  try {
    {
      const { page, folder, endpoint } = unit
      await makeUnit(page)
      await importComplete(page, 'basic-research.json')
      await complete(page, folder)
      await submit(page)
      await approve(page)
      await signInAtEndpoint(page, endpoint)
      await page.getByText('成果包都已送达').first().waitFor()
    }
    const { page } = bureau
    await makeUnit(page)
    await signInAs(page, people.reviewer)
    await signInAtEndpoint(page, unit.endpoint, bureauAccount)
    await page.getByText('分配来审核的成果包都已收下').first().waitFor()
    await at(page, 'nav-received').click()
    await at(page, 'received-row').waitFor()
    await at(page, 'received-fetch').click()
    assert.equal(await at(page, 'received-row').count(), 1)
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '收到的-从接收端')

    await unit.close()
    await at(page, 'received-open').click()
    await at(page, 'viewer').waitFor()
    await at(page, 'state').getByText('收到的成果包').waitFor()
    await page.locator('body').press('Space')
    await at(page, 'ticks-count').getByText('已核对 1/').waitFor()
  } finally {
    await unit.close()
    await bureau.close()
  }
})
