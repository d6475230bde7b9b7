import { hubOnTrial, logLinesOf } from './hub.ts'
import { person, register } from './people.ts'
import { tillOf } from './tills.ts'
const hub = await hubOnTrial({ clock: '2026-10-05T09:00:00+07:00' })
let t = performance.now()
const lap = (what: string) => { console.log(what, Math.round(performance.now() - t)); t = performance.now() }
try {
  const p = person()
  await register(hub, p)
  await register(hub, person())
  await tillOf(hub, 'indomaret').pay({ id: 'october', customer: p.nik, amount: 8_400 })
  await hub.settle(); lap('settled')
  for (const to of ['2026-10-31T09:00:00+07:00', '2026-11-01T00:09:00+07:00', '2026-11-01T00:30:00+07:00', '2027-01-10T10:00:00+07:00']) {
    const watch = setInterval(async () => { try { const q = (await hub.api('viewer', 'GET', '/api/queues')).body; console.log('   ', q.filter((x: any) => x.visible + x.inFlight + x.deadLetters > 0).map((x: any) => `${x.name}:${x.visible}/${x.inFlight}/${x.deadLetters}`).join(' ')) } catch (e) { console.log(String(e)) } }, 5000)
    await hub.moveTo(to).then((r) => console.log(r.status, JSON.stringify(r.body)), (e) => console.log(String(e)))
    clearInterval(watch)
    lap(to)
  }
  const lines = logLinesOf(hub.dataDir).filter((l) => /"level":"(WARN|ERROR)"/.test(l))
  console.log(lines.slice(0, 20).join('\n'))
} finally { await hub.stop() }
