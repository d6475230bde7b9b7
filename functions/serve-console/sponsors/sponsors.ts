/**
 * Sponsors and whom the hub writes to about their programs. A sponsor is created once under an id: the same again changes
 * nothing, another one under that id is refused, and so are other contacts, which are changed by a call of their own. Contacts are
 * written behind their entry in the audit chain. People of a sponsor see their own only (http/route.ts, `listSponsors`).
 */
import { isDeepStrictEqual } from 'node:util'
import { formatUtc } from '../../../shared/domain/instant.ts'
import { maskName } from '../../../shared/domain/masked-name.ts'
import { parseRegionCode, type RegionCode } from '../../../shared/domain/region.ts'
import {
  parseSponsorId,
  type Sponsor,
  type SponsorContact,
  type SponsorId,
} from '../../../shared/domain/sponsors/sponsor.ts'
import { recordAct } from '../http/acting.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { unknownSponsor } from './parameters.ts'
import { programView } from './programs.ts'
import type { ContactsRequest, SponsorItem, SponsorRequest, SponsorsQuery, SponsorView } from './schemas.ts'

const PAGE = 100

export async function createSponsor(ports: ConsolePorts, call: Call<{ body: SponsorRequest }>) {
  const { body, actor, now } = call
  if (actor === null) return problem('NOT_ALLOWED', 'expected a token that names who creates it')
  const region = regionOf(body.regionCode ?? null)
  if (region === undefined) {
    return problem('INVALID_INPUT', 'field regionCode: expected a code such as 15, 15.71 or 15.71.01.1001, or null')
  }
  const { kind, name = '', contacts = [] } = body
  if ((kind === 'person') !== (name === '')) {
    return problem('INVALID_INPUT', 'field name: expected one of an organisation, and none of a person')
  }
  const id = body.id === undefined ? drawnId(ports) : (body.id as SponsorId)
  const sponsor: Sponsor = { id, kind, name, regionCode: region, createdBy: actor, createdAt: now }
  const standing = await putOnce(ports, sponsor)
  if (!standing) return idTaken()
  // The sponsor first: only whose sponsor stands says who is written to. A repeat after a crash puts the contacts.
  if (body.contacts !== undefined && !(await giveContacts(ports, call, id, contacts))) return otherContacts()
  ports.log.info('A sponsor was created', { sponsor: id, actor })
  return json(201, await sponsorView(ports, standing, call))
}

/** The sponsor that stands under the id then; undefined: it is another one. */
async function putOnce({ sponsors }: ConsolePorts, sponsor: Sponsor): Promise<Sponsor | undefined> {
  const known = await sponsors.sponsor(sponsor.id)
  if (known) return isSameSponsor(known, sponsor) ? known : undefined
  if ((await sponsors.putSponsor(sponsor)) !== 'other') return sponsor
  const winner = await sponsors.sponsor(sponsor.id)
  return winner && isSameSponsor(winner, sponsor) ? winner : undefined
}

/** Whether these are the contacts then: the first that the sponsor has, or the same again. */
async function giveContacts(ports: ConsolePorts, call: Call, id: SponsorId, contacts: readonly SponsorContact[]) {
  const standing = await ports.sponsorContacts.of(id)
  if (standing.length > 0 || contacts.length === 0) return isDeepStrictEqual(standing, contacts)
  await recordContacts(ports, call, id, contacts)
  if ((await ports.sponsorContacts.putFirst(id, contacts)) === 'put') return true
  return isDeepStrictEqual(await ports.sponsorContacts.of(id), contacts)
}

export async function listSponsors(ports: ConsolePorts, { query, ownSponsor }: Call<{ query: SponsorsQuery }>) {
  if (ownSponsor !== null) {
    const own = await ports.sponsors.sponsor(ownSponsor)
    return json(200, { items: own ? [itemOf(own)] : [], next: null })
  }
  const { after, limit = PAGE } = query
  const from = after === undefined ? null : parseSponsorId(after)
  if (from === undefined) return problem('INVALID_INPUT', 'query parameter after: expected the next of the page before')
  const found = await ports.sponsors.sponsors(from, limit + 1)
  const items = found.slice(0, limit)
  return json(200, { items: items.map(itemOf), next: found.length > limit ? (items.at(-1)?.id ?? null) : null })
}

export async function showSponsor(ports: ConsolePorts, call: Call<{ path: { sponsor: SponsorId } }>) {
  const sponsor = await ports.sponsors.sponsor(call.path.sponsor)
  return sponsor ? json(200, await sponsorView(ports, sponsor, call)) : unknownSponsor()
}

export async function changeContacts(
  ports: ConsolePorts,
  call: Call<{ path: { sponsor: SponsorId }; body: ContactsRequest }>,
) {
  const sponsor = await ports.sponsors.sponsor(call.path.sponsor)
  if (!sponsor) return unknownSponsor()
  await recordContacts(ports, call, sponsor.id, call.body.contacts)
  await ports.sponsorContacts.put(sponsor.id, call.body.contacts)
  ports.log.info('Contacts of a sponsor were changed', { sponsor: sponsor.id, actor: call.actor })
  return json(200, await sponsorView(ports, sponsor, call))
}

/** Before they are written. How many, and nobody's name. */
async function recordContacts(ports: ConsolePorts, call: Call, id: SponsorId, contacts: readonly SponsorContact[]) {
  const detail = { contacts: contacts.length }
  await recordAct(ports, call, { action: 'set-contact', subject: `sponsor#${id}`, detail })
}

async function sponsorView(ports: ConsolePorts, sponsor: Sponsor, caller: Call): Promise<SponsorView> {
  const [contacts, programs] = await Promise.all([
    ports.sponsorContacts.of(sponsor.id),
    ports.sponsors.programsOf(sponsor.id),
  ])
  const isOpen = caller.unmasked || caller.ownSponsor !== null
  return {
    ...itemOf(sponsor),
    contacts: contacts.map((contact) => (isOpen ? contact : masked(contact))),
    programs: programs.map((program) => programView(program, ports.rules)),
  }
}

function itemOf({ id, kind, name, regionCode, createdAt }: Sponsor): SponsorItem {
  return { id, kind, name, regionCode, createdAt: formatUtc(createdAt) }
}

function masked({ name, language }: SponsorContact) {
  return { name: maskName(name), email: null, language }
}

function isSameSponsor(a: Sponsor, b: Sponsor): boolean {
  return a.kind === b.kind && a.name === b.name && a.regionCode === b.regionCode
}

/** Nine digits in a row look like the number of a person, so the serial is written in letters too. */
function drawnId(ports: ConsolePorts): SponsorId {
  const id = parseSponsorId(
    `s-${ports
      .randomSerial()
      .toString(36)
      .padStart(5, '0')
      .replace(/(.{4})(?=.)/g, '$1-')}`,
  )
  if (id === undefined) throw new RangeError('expected a serial to make the id of a sponsor')
  return id
}

/** undefined: no code of a region. */
function regionOf(text: string | null): RegionCode | null | undefined {
  if (text === null) return null
  const region = parseRegionCode(text)
  return region.outcome === 'region' ? region.code : undefined
}

function idTaken() {
  return problem('ID_TAKEN', 'expected an id that no other sponsor has; choose another, or leave it out')
}

function otherContacts() {
  return problem(
    'ID_TAKEN',
    'expected the contacts that this sponsor has, or a sponsor without any; change them by PUT /api/sponsors/{sponsor}/contacts',
  )
}
