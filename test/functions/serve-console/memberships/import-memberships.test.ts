import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importMemberships } from '../../../../functions/serve-console/memberships/import-memberships.ts'
import { NO_PREFERENCES } from '../../../../shared/domain/notice-preferences.ts'
import { Transient } from '../../../../shared/runtime/faults.ts'
import { callerOf } from '../../../support/caller.ts'
import { consoleOn, HEADER, KPJ, NIK, participantOf, row } from '../console.ts'

const OTHER_KPJ = '12345678902'
const OTHER_NIK = '3578015203850002'

describe('the layout of a membership file', () => {
  const good = `${HEADER}\n${row()}\n`

  test.each([
    ['with LF', good],
    ['with CRLF', good.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${good}`],
    ['without a last line end', good.trimEnd()],
    ['with quoted fields', `${HEADER}\n${row({ name: '"BUDI SANTOSO"' })}\n`],
  ])('a file %s is read', async (_, file) => {
    const answer = await consoleOn().call('operator', 'POST', '/api/memberships/import', file)
    expect(answer).toMatchObject({ status: 200, body: { accepted: 1, unchanged: 0, refused: [] } })
  })

  test.each([
    ['a column is renamed', good.replace('region_code', 'region')],
    ['two columns change places', good.replace('kpj,nik', 'nik,kpj')],
    ['a column is added', good.replace('registered_on\n', 'registered_on,email\n')],
    ['the header is missing', row()],
    ['there is nothing', ''],
    ['something stands before the header', `\n${good}`],
    ['a quote is never closed', `${HEADER}\n"${row()}\n`],
    ['a quote opens within a field', `${HEADER}\n${row({ name: 'BUDI "B" SANTOSO' })}\n`],
    ['columns are separated by semicolons', good.replaceAll(',', ';')],
  ])('a file in which %s is refused whole', async (_, file) => {
    const hub = consoleOn()
    const answer = await hub.call('operator', 'POST', '/api/memberships/import', file)
    expect(answer).toMatchObject({ status: 400, body: { code: 'LAYOUT_CHANGED' } })
    expect(hub.store.everything().facts).toEqual([])
  })

  test('a file that is not UTF-8 is refused whole', async () => {
    const bytes = Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0xc3, 0x28])])
    const answer = await consoleOn().call('operator', 'POST', '/api/memberships/import', bytes)
    expect(answer).toMatchObject({ status: 400, body: { code: 'LAYOUT_CHANGED' } })
  })

  test('JSON is refused by its content type', async () => {
    const answer = await consoleOn().call('operator', 'POST', '/api/memberships/import', { rows: [] })
    expect(answer).toMatchObject({ status: 415, body: { code: 'WRONG_CONTENT_TYPE' } })
  })

  test('no bytes at all make the reader throw', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          fc.string().map((text) => Buffer.from(`${HEADER}\n${text}`)),
        ),
        async (bytes) => {
          const { status } = await consoleOn().call('operator', 'POST', '/api/memberships/import', bytes)
          expect([200, 400]).toContain(status)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('the rows of a membership file', () => {
  test.each([
    ['WRONG_COLUMN_COUNT', `${row()},extra`],
    ['WRONG_COLUMN_COUNT', 'only,three,columns'],
    ['BAD_KPJ', row({ kpj: '1234567890' })],
    ['BAD_NIK', row({ nik: '9978011203850001' })],
    ['BAD_NIK', row({ nik: '3578013102850001' })],
    ['BAD_NAME', row({ name: '' })],
    ['BAD_NAME', row({ name: '=1+1' })],
    ['BAD_NAME', row({ name: 'BUDI|SANTOSO' })],
    ['BAD_NAME', row({ name: 'X'.repeat(101) })],
    ['BAD_REGION', row({ region_code: '99.01' })],
    ['BAD_SECTOR', row({ sector: 'mining' })],
    ['BAD_FUNDING', row({ funding: 'SELF' })],
    ['BAD_PROGRAMS', row({ programs: 'JKK' })],
    ['BAD_INCOME', row({ income: '-1' })],
    ['BAD_INCOME', row({ income: '1000000.50' })],
    ['BAD_INCOME', row({ income: '1e6' })],
    ['BAD_PHONE', row({ phone: '12345' })],
    ['BAD_PHONE', row({ phone: '8123456789' })],
    ['BAD_DATE', row({ registered_on: '2026-11-21' })],
    ['BAD_DATE', row({ registered_on: '1969-12-31' })],
    ['BAD_DATE', row({ registered_on: '2026-02-30' })],
    ['BAD_DATE', row({ registered_on: '20260105' })],
  ])('%s is reported with its line, and stops nobody else', async (code, bad) => {
    const hub = consoleOn()
    const answer = await hub.importRows(row({ kpj: OTHER_KPJ, nik: OTHER_NIK }), bad)
    expect(answer.body).toEqual({ accepted: 1, unchanged: 0, refused: [{ line: 3, code, reason: expect.any(String) }] })
  })

  test('lines are counted as an editor shows them: empty lines and line breaks in quotes count', async () => {
    const answer = await consoleOn().importRows('', row({ name: '"BUDI\nSANTOSO"' }), row({ kpj: 'x' }))
    expect(answer.body.refused.map(({ line, code }: { line: number; code: string }) => [line, code])).toEqual([
      [3, 'BAD_NAME'],
      [5, 'BAD_KPJ'],
    ])
  })

  test('no reason repeats what stood in the row', async () => {
    const bad = row({ nik: '3578013102850001', name: 'SITI AMINAH', phone: '081234567890' })
    const hub = consoleOn()
    const answer = await hub.importRows(bad, row({ name: 'SITI AMINAH', phone: '1' }))
    const answered = JSON.stringify([answer.body, hub.logged])
    for (const personal of ['3578013102850001', 'SITI', '081234567890', NIK]) expect(answered).not.toContain(personal)
  })

  test('what is kept: terms as a fact from the month of registration, the person in contacts only', async () => {
    const hub = consoleOn()
    await hub.importRows(row({ phone: '0812-3456-7890', region_code: '3578011001' }))
    const { facts } = hub.store.everything()
    expect(facts).toMatchObject([
      {
        kind: 'terms',
        account: KPJ,
        source: 'import',
        id: ['0001'],
        from: '2026-01',
        terms: { sector: 'farming', funding: 'self', programs: 'JKK+JKM', income: 1_000_000 },
        regionCode: '35.78.01.1001',
        participant: participantOf(NIK),
      },
    ])
    expect(JSON.stringify(facts)).not.toMatch(/BUDI|3578011203850001|81234567890/)
    expect(await hub.store.contacts.get(KPJ)).toMatchObject({
      name: 'BUDI SANTOSO',
      nik: NIK,
      phone: '+6281234567890',
      maskedNames: [{ name: 'BU*** SA***' }],
    })
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBe(KPJ)
  })

  test('the same file again changes nothing', async () => {
    const hub = consoleOn()
    await hub.importRows(row(), row({ kpj: OTHER_KPJ, nik: OTHER_NIK, phone: '' }))
    const before = hub.store.everything()
    const again = await hub.importRows(row(), row({ kpj: OTHER_KPJ, nik: OTHER_NIK, phone: '' }))
    expect(again.body).toEqual({ accepted: 0, unchanged: 2, refused: [] })
    expect(hub.store.everything()).toEqual(before)
  })

  test('the same row twice in one file is unchanged the second time, another content is refused', async () => {
    const answer = await consoleOn().importRows(row(), row(), row({ income: '2000000' }))
    expect(answer.body).toMatchObject({ accepted: 1, unchanged: 1, refused: [{ line: 4, code: 'DUPLICATE_IN_FILE' }] })
  })

  test('a refused row does not stand in the way of its correction below it', async () => {
    const answer = await consoleOn().importRows(row({ sector: 'mining' }), row())
    expect(answer.body).toMatchObject({ accepted: 1, refused: [{ line: 2, code: 'BAD_SECTOR' }] })
  })
})

describe('a row that changes what is known', () => {
  test.each([
    ['sector', { sector: 'transport' }],
    ['income', { income: '2000000' }],
    ['programs', { programs: 'JKK+JKM+JHT' }],
    ['funding', { funding: 'village' }],
    ['region', { region_code: '35.78.02' }],
  ])('another %s holds from the first month that is not yet paid', async (_, changed) => {
    const hub = consoleOn()
    await hub.importRows(row())
    await hub.pay('P1', '2026-11-20T10:00', ['2026-11', '2026-12'])
    hub.setClock('2026-11-21T10:00')
    expect((await hub.importRows(row(changed))).body).toMatchObject({ accepted: 1 })
    const terms = hub.store.everything().facts.filter(({ kind }) => kind === 'terms')
    expect(terms).toMatchObject([{ id: ['0001'] }, { id: ['0002'], from: '2027-01' }])
    const shown = await hub.call('viewer', 'GET', `/api/memberships/${KPJ}`)
    expect(shown.body).toMatchObject({ payable: { month: '2027-01' } })
  })

  test('another phone changes the contact and no fact', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    expect((await hub.importRows(row({ phone: '' }))).body).toMatchObject({ accepted: 1, unchanged: 0 })
    expect(hub.store.everything().facts).toHaveLength(1)
    expect(await hub.store.contacts.get(KPJ)).toMatchObject({ phone: '', maskedNames: [{ name: 'BU*** SA***' }] })
  })

  test('a name that is masked otherwise is kept with the instant it holds from, an equal mask is not', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    hub.setClock('2026-11-21T10:00')
    await hub.importRows(row({ name: 'BUDI SANTOSA' }))
    await hub.importRows(row({ name: 'RUDI SANTOSO' }))
    const contact = await hub.store.contacts.get(KPJ)
    expect(contact?.name).toBe('RUDI SANTOSO')
    expect(contact?.maskedNames.map(({ name }) => name)).toEqual(['BU*** SA***', 'RU*** SA***'])
  })

  test('a KPJ of another person is refused, and leaves that NIK free', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    const answer = await hub.importRows(row({ nik: OTHER_NIK }))
    expect(answer.body.refused).toMatchObject([{ line: 2, code: 'KPJ_BELONGS_TO_ANOTHER' }])
    expect((await hub.importRows(row({ kpj: OTHER_KPJ, nik: OTHER_NIK }))).body).toMatchObject({ accepted: 1 })
  })

  test('a KPJ of another person whose contact was erased is refused too, and takes no NIK', async () => {
    const hub = consoleOn()
    const { contacts } = hub.store
    await hub.importRows(row())
    const ports = { ...hub.ports, contacts: { ...contacts, getMany: async () => [], get: async () => undefined } }
    const reply = await importMemberships(ports, {
      query: {},
      body: Buffer.from(`${HEADER}\n${row({ nik: OTHER_NIK })}`),
      ...callerOf(null, hub.ports.now()),
    })
    expect(reply).toMatchObject({ status: 200, body: { refused: [{ code: 'KPJ_BELONGS_TO_ANOTHER' }] } })
    expect(await hub.store.decisions.selfPaidMembership(participantOf(OTHER_NIK))).toBeUndefined()
  })

  test('a NIK pays for one open membership; sponsored ones may stand beside it', async () => {
    const hub = consoleOn()
    const answer = await hub.importRows(
      row(),
      row({ kpj: OTHER_KPJ }),
      row({ kpj: '12345678903', funding: 'village' }),
      row({ kpj: '12345678904', funding: 'csr' }),
    )
    expect(answer.body).toMatchObject({ accepted: 3, refused: [{ line: 3, code: 'NIK_ALREADY_SELF_PAID' }] })
  })

  test('a membership that a sponsor takes over frees the NIK for another', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    await hub.importRows(row({ funding: 'village' }))
    expect((await hub.importRows(row({ kpj: OTHER_KPJ }))).body).toMatchObject({ accepted: 1 })
    const back = await hub.importRows(row())
    expect(back.body.refused).toMatchObject([{ code: 'NIK_ALREADY_SELF_PAID' }])
  })

  test('a closed membership takes no changes, and the same row again is unchanged', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    await hub.decided(`/api/memberships/${KPJ}/closure`, { reason: 'wage earner', on: '2026-11-19' })
    expect((await hub.importRows(row())).body).toMatchObject({ unchanged: 1 })
    expect((await hub.importRows(row({ income: '3000000' }))).body.refused).toMatchObject([
      { code: 'MEMBERSHIP_CLOSED' },
    ])
  })
})

function factsByAccount(hub: ReturnType<typeof consoleOn>) {
  return [...hub.store.everything().facts].sort((a, b) => a.account.localeCompare(b.account))
}

describe('an import that is cut off or meets another', () => {
  const rows = [
    row(),
    row({ kpj: OTHER_KPJ, nik: OTHER_NIK }),
    row({ kpj: '12345678903', nik: OTHER_NIK, funding: 'village' }),
  ]

  test('after a crash at any step the same file again ends as if nothing had happened', async () => {
    const whole = consoleOn()
    await whole.importRows(...rows)
    const expected = factsByAccount(whole)
    let survived = false
    for (let step = 1; !survived; step++) {
      let writes = 0
      let armed = true
      const hub = consoleOn({
        before: async ({ kind }) => {
          if (armed && kind === 'write' && ++writes === step) throw new Transient('CRASH', 'expected no crash')
        },
      })
      survived = await hub.importRows(...rows).then(
        () => true,
        () => false,
      )
      armed = false
      const again = await hub.importRows(...rows)
      expect(again.body.refused).toEqual([])
      expect(factsByAccount(hub)).toEqual(expected)
      expect((await hub.importRows(...rows)).body).toEqual({ accepted: 0, unchanged: 3, refused: [] })
    }
  })

  test('an opt-out between the reading of a file and the writing of its row stays, with the address that came with it', async () => {
    let meanwhile: (() => Promise<void>) | undefined
    const hub = consoleOn({
      before: async ({ store, method, phase }) => {
        if (store !== 'contacts' || method !== 'getMany' || phase !== 'after') return
        const optOut = meanwhile
        meanwhile = undefined
        await optOut?.()
      },
    })
    await hub.importRows(row())
    const optedOut = { ...NO_PREFERENCES, optedOut: true }
    meanwhile = () => hub.store.contacts.prefer(KPJ, optedOut, 'budi@example.id')
    const answer = await hub.importRows(row({ phone: '+628111111111' }))
    expect(answer.body).toEqual({ accepted: 1, unchanged: 0, refused: [] })
    expect(await hub.store.contacts.get(KPJ)).toMatchObject({
      phone: '+628111111111',
      email: 'budi@example.id',
      preferences: { optedOut: true },
    })
  })

  test('a row whose contact somebody changes each time before it is written ends in a fault that may be repeated', async () => {
    let isArmed = false
    let round = 0
    const hub = consoleOn({
      before: async ({ method, phase }) => {
        if (isArmed && method === 'putOver' && phase === 'before')
          await hub.store.contacts.prefer(KPJ, NO_PREFERENCES, `${++round}@example.id`)
      },
    })
    await hub.importRows(row())
    isArmed = true
    await expect(hub.importRows(row({ phone: '' }))).rejects.toThrow(Transient)
    isArmed = false
    expect((await hub.importRows(row({ phone: '' }))).body).toMatchObject({ accepted: 1 })
    expect(await hub.store.contacts.get(KPJ)).toMatchObject({ phone: '', email: `${round}@example.id` })
  })

  test('a sponsor taking over frees the NIK also when the first try ended before that', async () => {
    let armed = false
    const hub = consoleOn({
      before: async ({ method, phase }) => {
        if (armed && method === 'freeSelfPaid' && phase === 'before') throw new Transient('CRASH', 'expected no crash')
      },
    })
    await hub.importRows(row())
    armed = true
    await expect(hub.importRows(row({ funding: 'village' }))).rejects.toThrow(Transient)
    armed = false
    await hub.importRows(row({ funding: 'village' }))
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBeUndefined()
  })

  test('two files at once leave one terms fact per row and one payer per NIK', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const hub = consoleOn({ before: ({ phase }) => scheduler.schedule(Promise.resolve(), phase) })
        const imports = [hub.importRows(row()), hub.importRows(row()), hub.importRows(row({ kpj: OTHER_KPJ }))]
        await scheduler.waitFor(Promise.all(imports))
        const { facts } = hub.store.everything()
        expect(facts).toHaveLength(1)
        const payer = hub.store.decisions.selfPaidMembership(participantOf(NIK))
        expect(await scheduler.waitFor(payer)).toBe(facts[0]?.account)
      }),
      { numRuns: 30 },
    )
  })

  test('ten thousand rows are one call', async () => {
    const hub = consoleOn()
    const many = Array.from({ length: 10_000 }, (_, index) => {
      const birth = index < 5_000 ? '010385' : '020385'
      const nik = `357801${birth}${String((index % 5_000) + 1).padStart(4, '0')}`
      return row({ kpj: String(20_000_000_000 + index), nik })
    })
    const answer = await hub.call('operator', 'POST', '/api/memberships/import', [HEADER, ...many].join('\n'))
    expect(answer.body).toEqual({ accepted: 10_000, unchanged: 0, refused: [] })
    expect(hub.logged.at(-1)).toMatchObject({ fields: { accepted: 10_000 } })
  })
})
