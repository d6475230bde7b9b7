/**
 * The whole local hub in a process of its own, for bench/flow.ts: reports its addresses and its memory, waits until it is
 * quiet, and stops, each when asked over IPC.
 */
import { startHub } from '../local/hub.ts'

export type HubAddresses = {
  readonly url: string
  readonly dynamoEndpoint: string
  readonly facts: string
  readonly memberships: string
}

const dataDir = process.env.HUB_DATA_DIR
if (dataDir === undefined) throw new Error('expected HUB_DATA_DIR to name a folder')
const say = (line: string) => line && console.log(`  hub: ${line}`)
const hub = await startHub({ port: 0, dataDir, isolates: 'interleaved', say })

process.on('message', async (message: 'until-quiet' | 'memory' | 'stop') => {
  if (message === 'memory') {
    process.send?.(process.memoryUsage.rss())
    return
  }
  if (message === 'until-quiet') {
    process.send?.(await hub.waitUntilQuiet())
    return
  }
  await hub.stop()
  process.exit(0)
})
process.once('disconnect', () => void hub.stop().then(() => process.exit(0)))
process.send?.({
  url: hub.url,
  dynamoEndpoint: hub.dynamoEndpoint,
  facts: tableNamed('facts'),
  memberships: tableNamed('memberships'),
} satisfies HubAddresses)

function tableNamed(name: string): string {
  const table = hub.assembly.tables.find((each) => each.name.endsWith(`-${name}`))
  if (!table) throw new Error(`expected the template to have the table ${name}`)
  return table.name
}
