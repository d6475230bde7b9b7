/**
 * Tells the people of a sponsor that a program ends: once per stage and language, by e-mail.
 *
 * ```
 * (none) -> reserved -> sent | refused | unknown          never again
 *              ^  '---> waiting ---> reserved             certainly not sent: the message comes again, and so does the next day
 * ```
 * Promise: two at once send one; a reservation left by a kill may have gone out and is not sent again. Producer: sweep-memberships.
 */
import { assertNever } from '../../shared/domain/assert-never.ts'
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { LANGUAGES, type Language } from '../../shared/domain/notice-preferences.ts'
import { lastMonthOf, type Program } from '../../shared/domain/sponsors/program.ts'
import {
  type ProgramNoticeRules,
  type ProgramNoticeStage,
  programNoticeDue,
} from '../../shared/domain/sponsors/program-notice.ts'
import { type ProgramId, sponsorOf } from '../../shared/domain/sponsors/sponsor.ts'
import type { GroupMailer } from '../../shared/notices/email.ts'
import type { Delivery } from '../../shared/notices/notifier.ts'
import { sponsorEmail } from '../../shared/notices/sponsor-texts.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import type { SponsorContactStore } from '../../shared/store/contacts/sponsor-contacts.ts'
import type { ProgramNotice, SponsorStore } from '../../shared/store/sponsors/sponsors.ts'

export type SponsorNoticePorts = {
  readonly sponsors: Pick<SponsorStore, 'program' | 'programNotice' | 'putProgramNotice'>
  readonly sponsorContacts: Pick<SponsorContactStore, 'of'>
  readonly mailer: GroupMailer
  readonly programNotices: ProgramNoticeRules
  readonly now: () => Instant
  /** Never the same twice. */
  readonly newAttempt: () => string
}

export type Told = { readonly language: Language; readonly outcome: ProgramNotice['state'] | 'before' }

/** What became of each language that somebody reads; empty where nothing is due or nobody is known. */
export async function tellSponsor(ports: SponsorNoticePorts, id: ProgramId): Promise<readonly Told[]> {
  const program = await ports.sponsors.program(id)
  const stage = program && programNoticeDue(program, businessDateOf(ports.now()), ports.programNotices)
  if (!program || !stage) return []
  const contacts = await ports.sponsorContacts.of(sponsorOf(id))
  const told: Told[] = []
  for (const language of LANGUAGES) {
    const to = contacts.filter((contact) => contact.language === language).map(({ email }) => email)
    if (to.length > 0) told.push({ language, outcome: await tell(ports, program, stage, language, to) })
  }
  return told
}

async function tell(
  ports: SponsorNoticePorts,
  program: Program,
  stage: ProgramNoticeStage,
  language: Language,
  to: readonly string[],
): Promise<Told['outcome']> {
  const known = await ports.sponsors.programNotice(program.id, stage, language)
  if (known && known.state !== 'waiting') return 'before'
  const version = (known?.version ?? 0) + 1
  const attempt = ports.newAttempt()
  const put = (state: ProgramNotice['state'], at: number) =>
    ports.sponsors.putProgramNotice({
      program: program.id,
      stage,
      language,
      state,
      at: ports.now(),
      attempt,
      version: at,
    })
  if ((await put('reserved', version)) === 'conflict') return 'before'
  const mail = sponsorEmail({ program: program.id, lastMonth: lastMonthOf(program), stage }, language)
  const state = stateAfter(await ports.mailer.send(to, mail))
  await put(state, version + 1)
  if (state === 'waiting')
    throw new Transient('MAIL_LATER', 'expected the e-mail service to take a notice now; it comes again')
  return state
}

function stateAfter({ outcome }: Delivery): 'sent' | 'refused' | 'unknown' | 'waiting' {
  switch (outcome) {
    case 'sent':
    case 'refused':
    case 'unknown':
      return outcome
    case 'later':
      return 'waiting'
    default:
      return assertNever(outcome)
  }
}
