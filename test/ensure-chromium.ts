/**
 * Sees to it that there is a Chromium for test/browser: Debian's own, installed by apt when it is missing. Part of `npm test`'s
 * set-up. Where neither is possible the browser tests fail and say so; they are never skipped.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

export function ensureChromium(): void {
  if (existsSync(CHROMIUM)) return
  console.log('Installing Chromium for the browser tests (apt-get); this takes about a minute the first time …')
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  apt('update', '-q')
  apt('install', '-q', '-y', '--no-install-recommends', 'chromium')
  if (!existsSync(CHROMIUM))
    console.error(`Expected ${CHROMIUM} after the installation; install Chromium or set CHROMIUM.`)
}
