import { expect, it } from 'vitest'
import { describeInBrowser, violations } from '../support/browser.js'

const PAGES = [
  '/?at=rds/operating-system',
  '/?q=rds&owner=customer&layer=data,operating-system',
  '/?view=compare&service=ec2,rds,lambda',
  '/?view=split&service=rds',
  '/?view=duties&service=rds',
  '/?view=ask',
  '/?view=route',
  '/?view=learn&topic=stages',
  '/?view=learn&topic=guides&id=least-privilege-s3-read',
] as const

describeInBrowser('every page', (portal) => {
  it.each(PAGES)('%s breaks no rule of axe, in light and in dark', async (path) => {
    const page = await portal.open(path, { colorScheme: 'light', reducedMotion: 'reduce' })
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await violations(page)).toEqual([])
    expect(portal.faults).toEqual([])
  })

  it.each([390, 768, 1440])('fits a screen of %i pixels without scrolling sideways', async (width) => {
    const page = await portal.open('/', { viewport: { width, height: 800 } })
    for (const path of ['/', ...PAGES]) {
      await page.goto(portal.base + path, { waitUntil: 'networkidle' })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect({ path, overflow }).toEqual({ path, overflow: 0 })
    }
  })
})
