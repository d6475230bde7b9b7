/** Telling a member once: what is due, by day, on the facts, over the first way that takes it, and never twice. */
import { describe, expect, test } from 'vitest'
import { NO_PREFERENCES } from '../../../shared/domain/notice-preferences.ts'
import { Defect, Throttled, Transient } from '../../../shared/runtime/faults.ts'
import { at, close, KPJ, pay, post, reverse, terms } from '../../support/facts.ts'
import { noticesOn } from './notices-on.ts'

const REGISTERED = terms('2026-01')
const OCTOBER = pay('OCT', '2026-10-10T10:00', ['2026-10'])
const DUE = { now: '2026-11-16T08:05', facts: [REGISTERED, OCTOBER] } as const

describe('a member who has paid through October', () => {
  test.each([
    ['2026-11-08T10:00', 'nothing-due'],
    ['2026-11-09T10:00', '2026-11 before-due sent'],
    ['2026-11-15T19:59', '2026-11 before-due sent'],
    ['2026-11-16T08:00', '2026-11 due sent'],
    ['2026-11-19T10:00', '2026-11 due sent'],
    ['2026-11-20T10:00', '2026-11 grace sent'],
    ['2026-11-27T10:00', '2026-11 grace sent'],
    ['2026-11-28T10:00', 'nothing-due'],
    ['2026-12-09T10:00', 'nothing-due'],
    ['2027-01-24T10:00', 'nothing-due'],
    ['2027-01-25T10:00', '2026-11 last-week sent'],
    ['2027-01-31T10:00', '2026-11 last-week sent'],
    ['2027-02-01T10:00', '2027-02 lapsed sent'],
    ['2027-02-08T10:00', '2027-02 lapsed sent'],
    ['2027-02-09T10:00', 'nothing-due'],
  ])('on %s: %s, from a view that was folded in October', async (now, expected) => {
    const hub = await noticesOn({ now: '2026-10-10T10:01', facts: DUE.facts })
    hub.setClock(now)
    const { outcome } = await hub.look()
    expect(outcome === 'sent' ? hub.known()[0] : outcome).toBe(expected)
  })

  test('is told in words what is owed and where to pay', async () => {
    const hub = await noticesOn({ ...DUE, now: '2027-01-25T08:05' })
    await hub.look()
    expect(hub.sent[0]?.text).toContain(
      'akan nonaktif 1 Februari 2027. Bayar iuran November 2026 - Januari 2027, Rp33.600',
    )
  })

  test('hears a stage once, however often it is asked for', async () => {
    const hub = await noticesOn(DUE)
    const looks = await Promise.all(Array.from({ length: 5 }, () => hub.look()))
    expect(looks.filter(({ outcome }) => outcome === 'sent')).toHaveLength(1)
    hub.setClock('2026-11-17T08:05')
    expect(await hub.look()).toMatchObject({ outcome: 'already' })
    expect(hub.sent).toHaveLength(1)
  })

  test.each(['2026-11-16T07:59', '2026-11-16T20:00', '2026-11-16T03:00'])('is left alone at %s', async (now) => {
    const hub = await noticesOn({ ...DUE, now })
    expect(await hub.look()).toMatchObject({ outcome: 'not-daytime' })
    expect(hub.known()).toEqual([])
  })

  test.each([
    ['51.71', '2026-11-16T07:00', 'sent'],
    ['51.71', '2026-11-16T19:00', 'not-daytime'],
    ['94.01', '2026-11-16T06:00', 'sent'],
    ['94.01', '2026-11-16T18:00', 'not-daytime'],
  ])('in %s lives by another clock: at %s WIB %s', async (regionCode, now, outcome) => {
    const hub = await noticesOn({ now, facts: [{ ...REGISTERED, regionCode }, OCTOBER] })
    expect(await hub.look()).toMatchObject({ outcome })
  })
})

describe('between reservation and call the facts are read', () => {
  test('who has paid meanwhile is not asked, and is told so when cover came back', async () => {
    const hub = await noticesOn({ ...DUE, now: '2026-11-20T10:00' })
    await hub.put(pay('NOV', '2026-11-20T09:59', ['2026-11']))
    expect(await hub.look()).toMatchObject({ outcome: 'obsolete' })
    await hub.fold()
    expect(await hub.look()).toMatchObject({ outcome: 'sent' })
    expect(hub.known()).toEqual(['2026-11 grace obsolete', '2026-11 active-again sent'])
    expect(hub.sent[0]?.text).toContain('aktif kembali. Anda terlindungi sampai akhir November 2026.')
  })

  test('a payment that is reversed again makes the notice due again', async () => {
    const hub = await noticesOn({ ...DUE, now: '2026-11-16T10:00' })
    const paid = pay('NOV', '2026-11-16T09:59', ['2026-11'])
    await hub.put(paid)
    expect(await hub.look()).toMatchObject({ outcome: 'obsolete' })
    await hub.put(reverse(paid, '2026-11-16T10:05'))
    hub.setClock('2026-11-16T10:10')
    await hub.fold()
    expect(await hub.look()).toMatchObject({ outcome: 'sent' })
    expect(hub.known()).toEqual(['2026-11 due sent'])
  })

  test('who was closed meanwhile is left alone', async () => {
    const hub = await noticesOn(DUE)
    await hub.put(close('2026-11-10', '2026-11-16T08:00'))
    expect(await hub.look()).toMatchObject({ outcome: 'obsolete' })
  })
})

describe('cover that came back', () => {
  test.each([
    ['on time, after a month that was paid', [OCTOBER], '2026-11-10T10:00', ['2026-11'], 'nothing-due'],
    ['on the due date', [OCTOBER], '2026-11-16T10:00', ['2026-11'], 'nothing-due'],
    ['after the due date', [OCTOBER], '2026-11-17T10:00', ['2026-11'], 'sent'],
    ['after a month without cover, early in the next', [OCTOBER], '2026-12-02T10:00', ['2026-11', '2026-12'], 'sent'],
    ['after having lapsed', [OCTOBER], '2027-03-02T10:00', ['2027-03'], 'sent'],
    ['for the first time', [], '2026-11-20T10:00', ['2026-11'], 'nothing-due'],
    [
      'after everything before was reversed',
      [OCTOBER, reverse(OCTOBER, '2026-10-10T11:00')],
      '2026-11-20T10:00',
      ['2026-11'],
      'nothing-due',
    ],
    ['for arrears that do not reach the current month', [OCTOBER], '2026-12-05T10:00', ['2026-11'], 'nothing-due'],
  ] as const)('by a payment %s', async (_, before, when, months, outcome) => {
    const hub = await noticesOn({ now: when, facts: [REGISTERED, ...before, pay('NOW', when, months)] })
    expect((await hub.look()).outcome).toBe(outcome)
  })

  test('is told the next morning where the payment came at night', async () => {
    const hub = await noticesOn({
      now: '2026-11-20T22:00',
      facts: [...DUE.facts, pay('NOV', '2026-11-20T21:59', ['2026-11'])],
    })
    expect(await hub.look()).toMatchObject({ outcome: 'not-daytime' })
    hub.setClock('2026-11-21T08:05')
    expect(await hub.look()).toMatchObject({ outcome: 'sent' })
    hub.setClock('2026-11-22T08:05')
    expect(await hub.look()).toMatchObject({ outcome: 'already' })
  })

  test('is told on the next day where the member heard something else on this one', async () => {
    const hub = await noticesOn({ ...DUE, now: '2026-11-17T08:05' })
    await hub.look()
    await hub.put(pay('NOV', '2026-11-17T12:00', ['2026-11']))
    hub.setClock('2026-11-17T12:01')
    await hub.fold()
    expect(await hub.look()).toMatchObject({ outcome: 'notified-today', due: { stage: 'active-again' } })
    hub.setClock('2026-11-18T08:05')
    expect(await hub.look()).toMatchObject({ outcome: 'sent', due: { stage: 'active-again' } })
  })

  test('also counts where finance posted the money', async () => {
    const facts = [...DUE.facts, post('P1', '2026-11-20T10:00', 8_400, ['2026-11'])]
    expect(await (await noticesOn({ now: '2026-11-20T10:01', facts })).look()).toMatchObject({ outcome: 'sent' })
  })
})

describe('a member for whom somebody else pays', () => {
  const sponsored = [terms('2026-01', { funding: 'village' }), OCTOBER]
  test.each([
    ['2026-10-17T10:00', 'nothing-due'],
    ['2026-10-18T10:00', 'sponsor-stopping'],
    ['2026-11-08T10:00', 'sponsor-stopping'],
    ['2026-11-16T10:00', 'nothing-due'],
    ['2027-01-28T10:00', 'nothing-due'],
    ['2027-02-01T10:00', 'lapsed'],
  ])('on %s: %s, and never a sum to pay', async (now, expected) => {
    const hub = await noticesOn({ now, facts: sponsored })
    const looked = await hub.look()
    expect(looked.outcome === 'sent' ? looked.due.stage : looked.outcome).toBe(expected)
    for (const { text } of hub.sent) expect(text).toContain('daftar sebagai peserta mandiri')
    for (const { text } of hub.sent) expect(text).not.toContain('Rp')
  })
})

describe('nobody is told', () => {
  test.each([
    ['never registered', [], 'not-a-membership'],
    ['registered, nothing paid yet', [REGISTERED], 'nothing-due'],
    ['closed', [...DUE.facts, close('2026-11-10', '2026-11-10T10:00')], 'nothing-due'],
    ['paid ahead', [...DUE.facts, pay('AHEAD', '2026-11-02T10:00', ['2026-11', '2026-12'])], 'nothing-due'],
  ] as const)('who is %s', async (_, facts, outcome) => {
    expect((await (await noticesOn({ ...DUE, facts })).look()).outcome).toBe(outcome)
  })

  test('who opted out; it is noted, once, and holds until they change their mind', async () => {
    const preferences = { ...NO_PREFERENCES, optedOut: true }
    const hub = await noticesOn({ ...DUE, contact: { preferences } })
    expect(await hub.look()).toMatchObject({ outcome: 'opted-out' })
    expect(hub.notices.all()).toMatchObject([{ state: 'unreachable', code: 'OPTED_OUT' }])
    const contact = await hub.store.contacts.get(KPJ)
    await hub.store.contacts.put({ ...(contact as NonNullable<typeof contact>), preferences: NO_PREFERENCES })
    expect(await hub.look()).toMatchObject({ outcome: 'sent' })
  })

  test.each([
    ['no number and no address', { phone: '', email: '' }],
    ['a number that cannot be', { phone: '0812', email: 'siti' }],
    ['a landline only', { phone: '+62215201797', email: '' }],
    ['a number of somebody else', { preferences: { ...NO_PREFERENCES, wrongNumber: true } }],
  ])('who has %s', async (_, contact) => {
    const hub = await noticesOn({ ...DUE, contact })
    expect(await hub.look()).toMatchObject({ outcome: 'no-way-to-reach' })
    expect(hub.notices.all()).toMatchObject([{ state: 'unreachable', code: 'NO_WAY' }])
  })
})

describe('the ways to a member', () => {
  const both = { phone: '081234567890', email: 'siti@example.id' }
  const refusing =
    (...channels: readonly string[]) =>
    (channel: string) =>
      channels.includes(channel)
        ? ({ outcome: 'refused', code: 'OPTED_OUT_THERE' } as const)
        : ({ outcome: 'sent', messageId: 'm' } as const)

  test.each([
    ['first by SMS', {}, [], 'sms', '+6281234567890'],
    ['then by WhatsApp', {}, ['sms'], 'whatsapp', '+6281234567890'],
    ['then by e-mail', {}, ['sms', 'whatsapp'], 'email', 'siti@example.id'],
    ['as they prefer', { preferredChannel: 'email' }, [], 'email', 'siti@example.id'],
    ['as they prefer, and then as everybody', { preferredChannel: 'whatsapp' }, ['whatsapp'], 'sms', '+6281234567890'],
    ['never by a number of somebody else', { wrongNumber: true }, [], 'email', 'siti@example.id'],
  ] as const)('%s', async (_, preferred, refused, channel, address) => {
    const preferences = { ...NO_PREFERENCES, ...preferred }
    const hub = await noticesOn({ ...DUE, contact: { ...both, preferences }, answer: refusing(...refused) })
    await hub.look()
    expect(hub.sent).toMatchObject([{ channel, address }])
    expect(hub.notices.all()).toMatchObject([{ state: 'sent', channel }])
  })

  test('in the language of the member', async () => {
    const hub = await noticesOn({ ...DUE, contact: { preferences: { ...NO_PREFERENCES, language: 'en' } } })
    await hub.look()
    expect(hub.sent[0]?.text).toContain('is due on 16 November 2026')
  })

  test('when all refuse, it failed, says why, and is not tried again', async () => {
    const hub = await noticesOn({ ...DUE, contact: both, answer: refusing('sms', 'whatsapp', 'email') })
    expect(await hub.look()).toMatchObject({ outcome: 'failed' })
    expect(hub.notices.all()).toMatchObject([{ state: 'failed', code: 'OPTED_OUT_THERE', channel: null }])
    expect(await hub.look()).toMatchObject({ outcome: 'already' })
  })

  test('a delivery of which nobody knows ends it, on every channel', async () => {
    const calls: string[] = []
    const hub = await noticesOn({
      ...DUE,
      contact: both,
      answer: (channel) => {
        calls.push(channel)
        return { outcome: 'unknown', code: 'TimeoutError' }
      },
    })
    expect(await hub.look()).toMatchObject({ outcome: 'unknown', channel: 'sms' })
    hub.setClock('2026-11-17T08:05')
    expect(await hub.look()).toMatchObject({ outcome: 'already' })
    expect(calls).toEqual(['sms'])
  })
})

describe('a provider that is busy, away or set up wrongly', () => {
  test('gets the message again later, and no reservation stands in its way', async () => {
    const hub = await noticesOn({
      ...DUE,
      answer: (_, nth) =>
        nth === 0 ? { outcome: 'later', code: 'ThrottlingException' } : { outcome: 'sent', messageId: 'm' },
    })
    await expect(hub.look()).rejects.toThrow(Throttled)
    expect(hub.known()).toEqual([])
    await expect(hub.look()).rejects.toThrow('a moment ago')
    hub.setClock('2026-11-16T08:06')
    expect(await hub.look()).toMatchObject({ outcome: 'sent' })
  })

  test('that cannot be reached is a reason to come again', async () => {
    const hub = await noticesOn({ ...DUE, answer: () => ({ outcome: 'later', code: 'NOT_CONNECTED' }) })
    await expect(hub.look()).rejects.toThrow(Transient)
    expect(hub.known()).toEqual([])
  })

  test('that refuses us parks the message; once mended the notice goes out', async () => {
    const hub = await noticesOn({
      ...DUE,
      answer: (_, nth) => {
        if (nth === 0) throw new Defect('PROVIDER_REFUSED', 'expected a sender id, there is none')
        return { outcome: 'sent', messageId: 'm' }
      },
    })
    await expect(hub.look()).rejects.toThrow(Defect)
    expect(hub.known()).toEqual([])
    expect(await hub.look()).toMatchObject({ outcome: 'sent' })
  })
})

describe('a process that dies between reservation and answer', () => {
  async function dying() {
    let dead = false
    const hub = await noticesOn({
      ...DUE,
      // The provider took it; then nothing of this process is heard any more.
      changeNotices: (store) => ({
        ...store,
        finish: async (...given) => {
          if (!dead) {
            dead = true
            throw new Transient('STORE_UNREACHABLE', 'expected an answer, the process is gone')
          }
          return store.finish(...given)
        },
      }),
    })
    await expect(hub.look()).rejects.toThrow(Transient)
    return hub
  }

  test('leaves a reservation that nobody sends again, and that is unknown after a quarter of an hour', async () => {
    const hub = await dying()
    hub.setClock('2026-11-16T08:10')
    expect(await hub.look()).toMatchObject({ outcome: 'already' })
    hub.setClock('2026-11-16T08:20')
    expect(await hub.look()).toMatchObject({ outcome: 'unknown', channel: null })
    expect(hub.notices.all()).toMatchObject([{ state: 'unknown', code: 'RESERVATION_LEFT' }])
    hub.setClock('2026-11-17T08:05')
    expect(await hub.look()).toMatchObject({ outcome: 'already' })
    expect(hub.sent).toHaveLength(1)
  })
})

test('facts that cannot be read let the reservation go', async () => {
  const hub = await noticesOn(DUE)
  const broken = {
    ofAccount: () => Promise.reject(new Throttled('expected the facts to be read, was refused 3 times')),
  }
  const { sendNotice } = await import('../../../functions/send-notice/send-notice.ts')
  await expect(sendNotice({ ...hub.ports, facts: broken }, KPJ)).rejects.toThrow(Throttled)
  expect(hub.known()).toEqual([])
  hub.moveTo(at('2026-11-16T08:06'))
  expect(await hub.look()).toMatchObject({ outcome: 'sent' })
})
