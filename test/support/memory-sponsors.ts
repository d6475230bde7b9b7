/** Table `sponsors` in memory, and the contacts of sponsors: held to their twins by test/conformance/sponsors.test.ts. */
import type { SponsorContact, SponsorId } from '../../shared/domain/sponsors/sponsor.ts'
import type { SponsorContactStore } from '../../shared/store/contacts/sponsor-contacts.ts'
import { packRows, unpackRows } from '../../shared/store/files/cohort-rows.ts'
import { type AgentStore, agentsIn } from '../../shared/store/sponsors/agents.ts'
import {
  type CohortRowStore,
  type RowsMark,
  type SponsorStore,
  sponsorsIn,
} from '../../shared/store/sponsors/sponsors.ts'
import { memoryEntries } from './memory-settlements.ts'

export function memorySponsors(): SponsorStore {
  return { ...sponsorsIn(entries()), ...memoryCohortRows() }
}

/** The twin of shared/store/files/cohort-rows.ts. */
export function memoryCohortRows(): CohortRowStore {
  const objects = new Map<string, string>()
  return {
    putRows: async (id, chunk, rows, over) => {
      const text = packRows(rows)
      const standing = objects.get(`${id} ${chunk}`) ?? null
      if (standing !== over && standing !== text) return 'conflict'
      objects.set(`${id} ${chunk}`, text)
      return 'put'
    },
    rows: async (id, chunk) => {
      const text = objects.get(`${id} ${chunk}`)
      return text === undefined ? undefined : unpackRows(text)
    },
    markedRows: async (id, chunk) => {
      const text = objects.get(`${id} ${chunk}`)
      return text === undefined ? undefined : { rows: unpackRows(text), mark: text as RowsMark }
    },
  }
}

export function memoryAgents(): AgentStore {
  return agentsIn(entries())
}

function entries() {
  return memoryEntries({ parts: new Map(), inserted: () => {} }, async (_method, _part, work) => work())
}

export function memorySponsorContacts(): SponsorContactStore {
  const contacts = new Map<SponsorId, readonly SponsorContact[]>()
  return {
    of: async (id) => contacts.get(id) ?? [],
    put: async (id, people) => void contacts.set(id, people),
    putFirst: async (id, people) => {
      if (contacts.has(id)) return 'exists'
      contacts.set(id, people)
      return 'put'
    },
  }
}
