/** `npm run reset`: empties the hub's data folder. Removes only what the hub made, and not while a hub runs there. */
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { holder } from './lock.ts'

const MADE = [
  ...['dynamodb', 'queues', 'pipes', 'files', 'drop', 'dropped', 'outgoing', 'evidence', 'notices.jsonl', 'partners'],
  ...['secrets', 'sandbox', 'logs', 'demo.json', 'hub.lock'],
]

const dataDir = path.resolve(process.env.HUB_DATA_DIR ?? '.hub')
const running = holder(path.join(dataDir, 'hub.lock'))
if (running !== undefined) {
  console.error(`A hub is running there (process ${running}). Stop it first.`)
  process.exit(1)
}
const found = MADE.filter((name) => existsSync(path.join(dataDir, name)))
for (const name of found) rmSync(path.join(dataDir, name), { recursive: true, force: true })
console.log(found.length > 0 ? `Emptied ${path.relative('.', dataDir) || dataDir}.` : 'There was nothing to remove.')
