import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import type { AppStatusView, ContentView, VaultKind } from '../generated/commands'
import { session } from '../shared/session'
import VideoView from './VideoView.vue'

vi.mock('./bytes', () => ({ readWhole: () => Promise.resolve([new Uint8Array([0])]) }))

test.each<[VaultKind, string | undefined, string | undefined]>([
  ['classified', '', 'nodownload nofullscreen noremoteplayback'],
  ['open', undefined, undefined],
])('in the %s edition a film leaves the window as far as that edition lets it', async (edition, apart, list) => {
  session.status = { edition } as AppStatusView
  const film = mount(VideoView, { props: { view: { media_type: 'video/mp4' } as ContentView, name: '试验录像' } })
  await flushPromises()
  expect(film.get('video').attributes('disablepictureinpicture')).toBe(apart)
  expect(film.get('video').attributes('controlslist')).toBe(list)
  film.unmount()
  session.status = null
})
