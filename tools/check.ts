/** `npm run check`: types and style, without the tests. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'

let broken = false
for (const [command, ...args] of [
  ['tsc', '-p', '.'],
  ['biome', 'ci', '.'],
] as const) {
  const { status } = spawnSync(path.join('node_modules', '.bin', command), args, { stdio: 'inherit' })
  if (status !== 0) broken = true
}
process.exitCode = broken ? 1 : 0
