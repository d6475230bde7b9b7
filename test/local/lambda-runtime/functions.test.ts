/** Functions in their threads: events interleave or not, and what one event does wrong is its own trouble. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { hubClock } from '../../../local/clock.ts'
import type { FunctionPlan } from '../../../local/cloud-assembly/cloud-assembly.ts'
import { type HostedFunction, hostFunction, type Isolates } from '../../../local/lambda-runtime/functions.ts'
import { aPlan } from '../an-assembly.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'hub-functions-'))
const hosted: HostedFunction[] = []
afterAll(async () => {
  await Promise.all(hosted.map((each) => each.stop()))
  rmSync(folder, { recursive: true, force: true })
})

const BUNDLE = `
let together = 0, most = 0
const pause = (ms) => new Promise((done) => setTimeout(done, ms))
exports.handler = async (event, context) => {
  switch (event.do) {
    case 'together':
      most = Math.max(most, ++together)
      await pause(30)
      together--
      return { most }
    case 'clock': return [Date.now(), new Date().getTime(), Date().slice(11, 15), new Date(0).getTime(), new Date() instanceof Date]
    case 'tell': return { name: context.functionName, left: context.getRemainingTimeInMillis() <= 300, table: process.env.FACTS_TABLE, home: process.env.HOME ?? null }
    case 'hang': return new Promise(() => setInterval(() => {}, 1000))
    case 'slow': await pause(150); return 'done'
    case 'throw': throw new RangeError('no')
    case 'exit': setImmediate(() => process.exit(1)); return pause(1000)
    case 'print': console.log(JSON.stringify({ line: event.line })); return null
  }
}`

function host(bundle: string, isolates: Isolates = 'interleaved', clock = hubClock()): HostedFunction {
  const file = path.join(folder, `bundle-${hosted.length}.cjs`)
  writeFileSync(file, bundle)
  const [endpoint] = aPlan().functions
  const plan: FunctionPlan = {
    ...(endpoint as FunctionPlan),
    name: `endpoint-${hosted.length}`,
    file,
    timeoutMillis: 300,
  }
  const made = hostFunction({ plan, environment: plan.environment, clock: clock.memory, dataDir: folder, isolates })
  hosted.push(made)
  return made
}

describe('places', () => {
  test('up to sixteen events share a thread', async () => {
    const endpoint = host(BUNDLE)
    const answers = await Promise.all(Array.from({ length: 20 }, () => endpoint.invoke({ do: 'together' })))
    expect(Math.max(...answers.map((answer) => (answer as { most: number }).most))).toBe(16)
    expect(endpoint.busy()).toBe(0)
  })

  test('strict isolates take one at a time', async () => {
    const endpoint = host(BUNDLE, 'strict')
    const answers = await Promise.all(Array.from({ length: 4 }, () => endpoint.invoke({ do: 'together' })))
    expect(answers).toEqual(Array(4).fill({ most: 1 }))
  })
})

describe('trouble', () => {
  test('what a function throws comes back with its name', async () => {
    await expect(host(BUNDLE).invoke({ do: 'throw' })).rejects.toMatchObject({ errorType: 'RangeError', message: 'no' })
  })

  test('an event that runs out of time fails alone; its neighbour and the next event are served', async () => {
    const endpoint = host(BUNDLE)
    await endpoint.invoke({ do: 'print', line: 0 })
    const hanging = endpoint.invoke({ do: 'hang' })
    const late = new Promise((done) => setTimeout(done, 200)).then(() => endpoint.invoke({ do: 'slow' }))
    await expect(hanging).rejects.toMatchObject({ errorType: 'Sandbox.Timedout' })
    expect(await late).toBe('done')
    expect(await endpoint.invoke({ do: 'together' })).toEqual({ most: 1 })
  })

  test('a thread that ends takes its events with it and is replaced', async () => {
    const endpoint = host(BUNDLE)
    await expect(endpoint.invoke({ do: 'exit' })).rejects.toMatchObject({ errorType: 'Runtime.ExitError' })
    expect(await endpoint.invoke({ do: 'together' })).toEqual({ most: 1 })
  })

  test('a bundle that cannot load fails each event and never spins', async () => {
    const endpoint = host('throw new SyntaxError("broken")')
    await expect(endpoint.invoke({})).rejects.toMatchObject({ message: 'broken' })
    await expect(endpoint.invoke({})).rejects.toMatchObject({ message: 'broken' })
    expect(endpoint.busy()).toBe(0)
  })

  test('a stopping hub leaves nobody waiting', async () => {
    const endpoint = host(BUNDLE, 'strict')
    const all = Promise.allSettled([endpoint.invoke({ do: 'hang' }), endpoint.invoke({ do: 'slow' })])
    await endpoint.stop()
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})

describe('what a bundle finds', () => {
  test('its own environment and nothing of the machine', async () => {
    expect(await host(BUNDLE).invoke({ do: 'tell' })).toMatchObject({ left: true, table: 'hub-facts', home: null })
  })

  test("the hub's clock in every way of asking for the time", async () => {
    const clock = hubClock()
    clock.set(Date.parse('2031-06-01T00:00:00Z'))
    const [now, made, year, epoch, isDate] = (await host(BUNDLE, 'interleaved', clock).invoke({
      do: 'clock',
    })) as number[]
    for (const time of [now, made]) expect(Math.abs((time as number) - clock.now())).toBeLessThan(10_000)
    expect([year, epoch, isDate]).toEqual(['2031', 0, true])
  })

  test('a log of its own, in lines', async () => {
    const endpoint = host(BUNDLE)
    await Promise.all([1, 2, 3].map((line) => endpoint.invoke({ do: 'print', line })))
    const lines = readFileSync(path.join(folder, 'logs', `${endpoint.plan.name}.jsonl`), 'utf8')
      .trim()
      .split('\n')
    expect(lines.map((line) => JSON.parse(line).line).sort()).toEqual([1, 2, 3])
  })
})
