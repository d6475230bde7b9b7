/** A sponsor is told once per stage and language, never twice, and again only after what was certainly not sent. */
import { expect, test } from 'vitest'
import { tellSponsor } from '../../../functions/send-notice/tell-sponsor.ts'
import { draftProgram, takeStep } from '../../../shared/domain/sponsors/program.ts'
import type { ProgramStep } from '../../../shared/domain/sponsors/program-life.ts'
import { PROGRAM_NOTICE_RULES } from '../../../shared/domain/sponsors/program-notice.ts'
import { parseSponsorId, programIdOf, type SponsorId } from '../../../shared/domain/sponsors/sponsor.ts'
import type { Delivery } from '../../../shared/notices/notifier.ts'
import { at } from '../../support/facts.ts'
import { memorySponsorContacts, memorySponsors } from '../../support/memory-sponsors.ts'
import { PLAN } from '../../support/sponsors.ts'

const JAMBI = parseSponsorId('jambi') as SponsorId
const ID = programIdOf(JAMBI, '2027')
const PAID: readonly ProgramStep[] = ['open', 'bill', 'pay']

/** A paid program of 2027 on 20 December 2027. `answers` are the mail service's, in order; then everything is sent. */
async function december(answers: readonly Delivery[] = [], steps = PAID) {
  const sponsors = memorySponsors()
  const sponsorContacts = memorySponsorContacts()
  await sponsorContacts.put(JAMBI, [
    { name: 'Siti', email: 'siti@jambi.example.id', language: 'id' },
    { name: 'Budi', email: 'budi@jambi.example.id', language: 'id' },
    { name: 'Ann', email: 'ann@jambi.example.id', language: 'en' },
  ])
  let change = draftProgram(ID, PLAN, { by: 'operator-1', at: at('2026-11-20T10:00'), note: '' })
  await sponsors.putProgram(change)
  for (const step of steps) {
    const next = takeStep(change.program, step, { by: 'operator-1', at: at('2026-11-21T10:00'), note: '' })
    if (!next) throw new Error(`expected ${step} to be possible`)
    change = next
    await sponsors.putProgram(change)
  }
  const left = [...answers]
  let attempts = 0
  const mails: { readonly to: readonly string[]; readonly subject: string }[] = []
  const clock = { now: at('2027-12-20T08:05') }
  const ports = {
    sponsors,
    sponsorContacts,
    mailer: {
      send: async (to: readonly string[], { subject }: { readonly subject: string }) => {
        mails.push({ to, subject })
        return left.shift() ?? ({ outcome: 'sent', messageId: 'M1' } as const)
      },
    },
    programNotices: PROGRAM_NOTICE_RULES,
    now: () => clock.now,
    newAttempt: () => `A${++attempts}`,
  }
  return { ports, mails, clock, tell: () => tellSponsor(ports, ID) }
}

test('one e-mail for each language, to all who read it', async () => {
  const { tell, mails } = await december()
  expect(await tell()).toEqual([
    { language: 'id', outcome: 'sent' },
    { language: 'en', outcome: 'sent' },
  ])
  expect(mails.map(({ to }) => to)).toEqual([
    ['siti@jambi.example.id', 'budi@jambi.example.id'],
    ['ann@jambi.example.id'],
  ])
})

test('the same message again, two at once and the next day send nothing more; the next stage does', async () => {
  const { tell, mails, clock } = await december()
  await Promise.all([tell(), tell()])
  clock.now = at('2027-12-21T08:05')
  expect(await tell()).toEqual([
    { language: 'id', outcome: 'before' },
    { language: 'en', outcome: 'before' },
  ])
  expect(mails).toHaveLength(2)
  clock.now = at('2028-01-01T08:05')
  await tell()
  expect(mails).toHaveLength(4)
})

test.each([
  ['refused', { outcome: 'refused', code: 'MESSAGE_REJECTED' }],
  ['unknown', { outcome: 'unknown', code: 'TIMEOUT' }],
] as const)('what was %s is not sent again', async (outcome, answer) => {
  const { tell, mails } = await december([answer])
  expect((await tell())[0]).toEqual({ language: 'id', outcome })
  await tell()
  expect(mails).toHaveLength(2)
})

test('a service that is busy is asked again by the message that comes again', async () => {
  const { tell, mails } = await december([{ outcome: 'later', code: 'BUSY' }])
  await expect(tell()).rejects.toMatchObject({ code: 'MAIL_LATER' })
  expect(await tell()).toEqual([
    { language: 'id', outcome: 'sent' },
    { language: 'en', outcome: 'sent' },
  ])
  expect(mails).toHaveLength(3)
})

test('a mail whose call broke may have gone out and is not sent again', async () => {
  const { ports, tell, mails } = await december()
  const broken = { ...ports, mailer: { send: () => Promise.reject(new Error('killed')) } }
  await expect(tellSponsor(broken, ID)).rejects.toThrow('killed')
  expect((await tell())[0]).toEqual({ language: 'id', outcome: 'before' })
  expect(mails).toHaveLength(1)
})

test('nobody is told of a program that was never paid, that nobody has, or outside a window', async () => {
  expect(await (await december([], ['open', 'bill'])).tell()).toEqual([])
  const { ports, clock, tell } = await december()
  expect(await tellSponsor(ports, programIdOf(JAMBI, 'none'))).toEqual([])
  clock.now = at('2027-06-01T08:05')
  expect(await tell()).toEqual([])
})
