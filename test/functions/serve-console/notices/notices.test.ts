/** What a member was told, for support and operators, and how a member wants to be told. */
import { describe, expect, test } from 'vitest'
import { instant } from '../../../../shared/domain/instant.ts'
import { month } from '../../../../shared/domain/month.ts'
import { NO_PREFERENCES } from '../../../../shared/domain/notice-preferences.ts'
import type { NoticeReservation } from '../../../../shared/store/notices/notices.ts'
import { at } from '../../../support/facts.ts'
import { memoryNotices } from '../../../support/memory-notices.ts'
import { consoleOn, KPJ, row } from '../console.ts'

const PREFERENCES = `/api/memberships/${KPJ}/contact-preferences`

async function withNotices() {
  const notices = memoryNotices()
  const hub = consoleOn({ notices })
  await hub.importRows(row())
  const reservation = (
    reservedAt: string,
    stage: NoticeReservation['stage'],
    contributionMonth = '2026-11',
  ): NoticeReservation => ({
    kpj: KPJ,
    month: month(contributionMonth),
    stage,
    attempt: stage,
    reservedAt: at(reservedAt),
  })
  return { hub, notices, reservation }
}

describe('the notices of a member', () => {
  test('say month, stage, state, channel and when, the newest month first, and no number', async () => {
    const { hub, notices, reservation } = await withNotices()
    const due = reservation('2026-11-16T08:05', 'due')
    await notices.reserve(due)
    await notices.finish(
      due,
      { state: 'sent', channel: 'sms', messageId: 'm-1', code: null },
      instant(due.reservedAt + 900),
    )
    await notices.noteUnreachable(reservation('2026-12-16T08:05', 'due', '2026-12'), 'NO_WAY')
    const { status, body } = await hub.call('support', 'GET', `/api/notices?kpj=${KPJ}`)
    expect(status).toBe(200)
    expect(body.items).toEqual([
      {
        month: '2026-12',
        stage: 'due',
        state: 'unreachable',
        channel: null,
        code: 'NO_WAY',
        at: '2026-12-16T01:05:00.000Z',
      },
      { month: '2026-11', stage: 'due', state: 'sent', channel: 'sms', code: null, at: '2026-11-16T01:05:00.900Z' },
    ])
    expect(JSON.stringify(body)).not.toContain('81234567890')
  })

  test('a reservation that was left behind is unknown after a quarter of an hour', async () => {
    const { hub, notices, reservation } = await withNotices()
    await notices.reserve(reservation('2026-11-20T09:50', 'grace'))
    const stateNow = async () => (await hub.call('viewer', 'GET', `/api/notices?kpj=${KPJ}`)).body.items[0].state
    expect(await stateNow()).toBe('reserved')
    hub.setClock('2026-11-20T10:05')
    expect(await stateNow()).toBe('unknown')
  })

  test('of more than two years ago are not shown, whether or not the table has dropped them', async () => {
    const { hub, notices, reservation } = await withNotices()
    await notices.reserve(reservation('2026-11-16T08:05', 'due'))
    hub.setClock('2028-11-14T10:00')
    expect((await hub.call('viewer', 'GET', `/api/notices?kpj=${KPJ}`)).body.items).toHaveLength(1)
    hub.setClock('2028-11-15T10:00')
    expect((await hub.call('viewer', 'GET', `/api/notices?kpj=${KPJ}`)).body.items).toEqual([])
  })

  test.each([
    ['', 400, 'INVALID_INPUT'],
    ['?kpj=1', 400, 'INVALID_INPUT'],
    [`?kpj=${KPJ}&month=2026-11`, 400, 'INVALID_INPUT'],
    ['?kpj=99999999999', 404, 'UNKNOWN_MEMBERSHIP'],
  ])('"%s" is %i %s', async (query, status, code) => {
    const { hub } = await withNotices()
    const reply = await hub.call('viewer', 'GET', `/api/notices${query}`)
    expect([reply.status, reply.body.code]).toEqual([status, code])
  })
})

describe('contact preferences', () => {
  test('what is said changes, what is not said stays, and the same again is the same', async () => {
    const { hub } = await withNotices()
    const answered = { language: 'en', preferredChannel: 'email', email: 'siti@example.id' }
    const first = await hub.call('support', 'PUT', PREFERENCES, answered)
    expect(first.body).toEqual({
      kpj: KPJ,
      language: 'en',
      preferredChannel: 'email',
      optedOut: false,
      wrongNumber: false,
      hasPhone: true,
      hasEmail: true,
    })
    const second = await hub.call('operator', 'PUT', PREFERENCES, { optedOut: true })
    expect(second.body).toEqual({ ...first.body, optedOut: true })
    expect(await hub.call('operator', 'PUT', PREFERENCES, { optedOut: true })).toEqual(second)
    expect(await hub.store.contacts.get(KPJ)).toMatchObject({ email: 'siti@example.id', name: 'BUDI SANTOSO' })
    const back = await hub.call('operator', 'PUT', PREFERENCES, { preferredChannel: null, email: '' })
    expect(back.body).toMatchObject({ preferredChannel: null, hasEmail: false, optedOut: true })
  })

  test('stay through an import; that a number was wrong is forgotten with the number', async () => {
    const { hub } = await withNotices()
    await hub.call('support', 'PUT', PREFERENCES, { language: 'en', wrongNumber: true })
    await hub.importRows(row({ name: 'BUDI SANTOSA' }))
    expect((await hub.store.contacts.get(KPJ))?.preferences).toMatchObject({ language: 'en', wrongNumber: true })
    await hub.importRows(row({ name: 'BUDI SANTOSA', phone: '081299998888' }))
    expect((await hub.store.contacts.get(KPJ))?.preferences).toEqual({ ...NO_PREFERENCES, language: 'en' })
  })

  test('are noted in the log by whom, without the address', async () => {
    const { hub } = await withNotices()
    await hub.call('support', 'PUT', PREFERENCES, { email: 'siti@example.id' })
    expect(hub.logged.at(-1)).toEqual({
      message: 'Contact preferences were set',
      fields: { account: KPJ, actor: 'operator-1' },
    })
  })

  test.each([
    [{ language: 'jv' }],
    [{ preferredChannel: 'fax' }],
    [{ optedOut: 'yes' }],
    [{ email: 'siti@' }],
    [{ email: 'a@example.id\nBcc: b@example.id' }],
    [{ email: `siti@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example.id` }],
    [{ phone: '0812' }],
  ])('%j is refused, naming the field and not what it held', async (body) => {
    const { hub } = await withNotices()
    const reply = await hub.call('support', 'PUT', PREFERENCES, body)
    expect([reply.status, reply.body.code]).toEqual([400, 'INVALID_INPUT'])
    expect(reply.body.detail).not.toContain('siti')
    expect((await hub.store.contacts.get(KPJ))?.preferences).toBeUndefined()
  })

  test('of nobody are 404', async () => {
    const { hub } = await withNotices()
    const reply = await hub.call('support', 'PUT', '/api/memberships/99999999999/contact-preferences', {
      optedOut: true,
    })
    expect([reply.status, reply.body.code]).toEqual([404, 'UNKNOWN_MEMBERSHIP'])
  })
})
