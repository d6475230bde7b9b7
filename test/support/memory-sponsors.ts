/** Table `sponsors` in memory, and the contacts of sponsors: held to their twins by test/conformance/sponsors.test.ts. */
import type { SponsorContact, SponsorId } from '../../shared/domain/sponsors/sponsor.ts'
import type { SponsorContactStore } from '../../shared/store/contacts/sponsor-contacts.ts'
import { type SponsorStore, sponsorsIn } from '../../shared/store/sponsors/sponsors.ts'
import { memoryEntries } from './memory-settlements.ts'

export function memorySponsors(): SponsorStore {
  return sponsorsIn(memoryEntries({ parts: new Map(), inserted: () => {} }, async (_method, _part, work) => work()))
}

export function memorySponsorContacts(): SponsorContactStore {
  const contacts = new Map<SponsorId, readonly SponsorContact[]>()
  return {
    of: async (id) => contacts.get(id) ?? [],
    put: async (id, people) => void contacts.set(id, people),
  }
}
