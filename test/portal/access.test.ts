import { expect, it } from 'vitest'
import { describeInBrowser, violations } from '../support/browser.js'

const PAGES = [
  // Rows are all of one make; one category of them is told of all.
  '/?category=database&at=rds/operating-system',
  '/?q=rds&owner=customer&layer=data,operating-system',
  '/?at=nowhere',
  '/?q=nosuchservice',
  '/?view=compare&service=ec2,rds,lambda',
  '/?view=split&service=rds',
  '/?view=duties&service=rds',
  '/?view=ask&question=ECS%20hosts:%20who%20patches%20them',
  '/?view=route',
  '/?view=learn&topic=stages',
  '/?view=learn&topic=guides&id=least-privilege-s3-read',
] as const

describeInBrowser('every page', (portal) => {
  it.each(PAGES)('%s breaks no rule of axe in light or dark, and fits 390, 768 and 1440 pixels', async (path) => {
    const page = await portal.open(path, { colorScheme: 'light', reducedMotion: 'reduce' })
    expect(await violations(page)).toEqual([])
    // Only its colours change with the theme.
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await violations(page, ['color-contrast'])).toEqual([])
    for (const width of [390, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect({ width, overflow }).toEqual({ width, overflow: 0 })
    }
    expect(portal.faults).toEqual([])
  })
})
