import { hubOnTrial } from './hub.ts'
import { person, register } from './people.ts'
import { tillOf } from './tills.ts'
const hub = await hubOnTrial({ clock: '2026-10-05T09:00:00+07:00' })
try {
  const p = person()
  await register(hub, p)
  await tillOf(hub, 'indomaret').pay({ id: 'october', customer: p.nik, amount: 8_400 })
  await hub.settle()
  const r = await hub.moveTo('2027-01-10T10:00:00+07:00').catch((e) => String(e))
  console.log(JSON.stringify(r))
  console.log(JSON.stringify((await hub.api('viewer', 'GET', '/api/lapses?days=30&by=channel')).body))
  console.log(JSON.stringify((await hub.api('viewer', 'GET', '/api/queues')).body))
} finally { await hub.stop() }
